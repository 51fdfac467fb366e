"""Students at the leadership game: alone and in teams of two seats, on laptops and phones, until the debrief."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import solara
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from trustsim.app.components.live import Live
from trustsim.app.components.teach.dashboard import Dashboard
from trustsim.app.components.teach.reveal import Reveal, calibration
from trustsim.app.components.teach.steps import Steps
from trustsim.app.rooms import Draft, Rooms, open_rooms
from trustsim.app.widgets.teach import AdvanceW, DashboardW, HeadW, JoinW, MovesW, PredictW, ReflectW, RevealW
from trustsim.game import DASHBOARDS, PREDICTED, QUARTERS, SEATS, WEEKS, Game, Judged, Pick, Played, Prediction, Setup
from trustsim.measures import MEASURES
from trustsim.report.words import capital, name_of
from trustsim.scenario import load_scenario

FIRST = 180_000  # milliseconds: the first game on a machine compiles the model
SETUP = Setup("slow_erosion", "ceo", seed=3, mode="assessed")
CANDID = Pick("transparent_communication", "candid")
NOTHING_CHANGES = tuple(Prediction(seat, measure, 0.0) for seat in SEATS for measure in PREDICTED)


@pytest.fixture
def rooms(server: SimpleNamespace) -> Iterator[Rooms]:
    """The rooms of the server, from another process: a teacher, or a partner, whose browser is not looked at."""
    arguments = server.process.args
    opened = Rooms(Path(arguments[arguments.index("--rooms") + 1]))
    yield opened
    opened.close()


def decide(rooms: Rooms, token: str, *picks: Pick) -> Game:
    version = rooms.team(token).version
    rooms.draft(token, lambda _: Draft(picks, NOTHING_CHANGES), version)
    return rooms.commit(token, version)


def sit_down(page: Any, address: str, token: str, seat: str) -> Any:
    page.goto(f"{address}/teach?team={token}&seat={seat}")
    page.get_by_role("heading", name="The hospital as seen from").wait_for(timeout=FIRST)
    return page


def expect_no_change(page: Any) -> None:
    for measure in PREDICTED:
        page.get_by_role("button", name=f"{capital(name_of(measure))} stays the same").click()


def advance(page: Any, quarter: int) -> None:
    page.get_by_role("button", name=f"Advance through quarter {quarter}").click()
    page.get_by_role("button", name="Yes, decide").click()
    page.get_by_role("heading", name=f"Quarter {quarter}: what came of it").wait_for()


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.innerText")


def test_a_student_plays_alone_takes_a_quarter_back_and_finds_the_game_again(visitor):
    page = visitor.page
    page.goto(f"{visitor.address}/teach")
    page.get_by_role("radio", name="New merger").check()
    seed = page.get_by_label("Luck (seed)")
    seed.fill("")
    page.get_by_role("button", name="Begin").click()
    assert seed.evaluate("(field) => field === document.activeElement && field.validity.valueMissing")
    seed.fill("1")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="The clinician's seat").click()
    page.get_by_role("heading", name="The hospital as seen from the clinician's seat").wait_for(timeout=FIRST)
    page.get_by_text("Two hospitals became one on paper last month.").wait_for()
    ready = page.get_by_role("button", name="Advance through quarter 1")
    expect(ready).to_be_disabled()  # nothing is expected yet

    expect_no_change(page)
    page.get_by_role("checkbox", name="Listening tour").click()
    page.get_by_role("checkbox", name="Leadership training").click()
    page.locator("p.ts-error").get_by_text("of 300 leader-hours").wait_for()
    expect(ready).to_be_disabled()
    page.get_by_role("checkbox", name="Leadership training").click()
    page.get_by_label("How: Listening tour").select_option("light")
    trust = page.get_by_role("slider", name="trust in administrators")
    trust.focus()
    page.keyboard.press("End")
    assert trust.get_attribute("aria-valuetext") == "rises a lot: +10.0 points"
    trust.fill("0.004")
    page.get_by_text("stays about the same: +0.4 points").wait_for()
    page.keyboard.press("End")

    page.get_by_text("1 move chosen").wait_for()
    ready.focus()
    for key in ("Enter", "Tab", "Enter"):  # the question takes the focus; the next thing in it is "Yes, decide"
        page.keyboard.press(key)
    page.get_by_role("heading", name="Quarter 1: what came of it").wait_for()
    page.wait_for_function("document.activeElement.innerText === 'Quarter 1: what came of it'")
    assert "Expected +10.0 points, came" in page.locator(".ts-teach-judged").inner_text()
    page.get_by_text("Listening tour going on").wait_for()

    expect_no_change(page)
    advance(page, 2)
    answer = page.get_by_role("textbox").first
    answer.fill("We do not know yet.")
    assert page.get_by_role("button", name="Advance").count() == 0  # first the questions
    page.get_by_role("button", name="Keep these and go on").click()
    page.get_by_role("heading", name="Decide quarter 3").wait_for()

    page.get_by_role("button", name="Take the last quarter back").click()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Quarter 2 was taken back.").wait_for()
    page.get_by_role("heading", name="Decide quarter 2").wait_for()
    page.get_by_role("checkbox", name="Listening tour").click()
    page.get_by_role("button", name="stays the same").first.click()
    page.get_by_text("Say first what you expect of clinicians' burnout and concerns").wait_for()
    before = page.get_by_role("main").inner_text().replace("Quarter 2 was taken back.", "")
    page.reload()
    page.get_by_role("heading", name="Quarter 1: what came of it").wait_for()
    page.get_by_text("Say first what you expect of clinicians' burnout and concerns").wait_for()
    assert page.get_by_role("main").inner_text().split() == before.split()
    assert focused(page) != "Quarter 1: what came of it"  # nobody asked for it


def test_two_seats_share_a_draft_and_hear_of_a_decision(visit, rooms: Rooms):
    opened = rooms.open(SETUP)
    one, other = visit(), visit()
    one.page.goto(f"{one.address}/teach?code={opened.code[:5]}")
    one.page.get_by_role("button", name="Join", exact=True).click()
    one.page.get_by_text(f"no room has the code '{opened.code[:5]}'").wait_for()
    one.page.get_by_label("Code from the screen").fill(opened.code.lower())
    one.page.get_by_role("button", name="Join", exact=True).click()
    one.page.get_by_role("button", name="The administrator's seat").click()
    one.page.get_by_role("heading", name="The hospital as seen from").wait_for(timeout=FIRST)
    one.page.get_by_text("Your seat, your partner's code, your link").click()
    partners = re.search(r"types the code (\S+),", one.page.locator(".ts-teach-head").inner_text())[1]
    other.page.goto(f"{other.address}/teach?code={partners}")
    other.page.get_by_role("button", name="Join", exact=True).click()
    other.page.get_by_role("button", name="The clinician's seat").click()
    other.page.get_by_role("heading", name="The hospital as seen from").wait_for()
    one.page.get_by_text("Your partner is at the clinician's seat.").wait_for()

    shown = [each.page.locator(".ts-teach-readings").inner_text() for each in (one, other)]
    for seat, text in zip(SEATS, shown, strict=True):
        assert [name in text for name in map(capital, map(name_of, DASHBOARDS[seat]))] == [True] * 6
    assert not set(re.findall(r"[A-Z][^\n]+", shown[0])) & set(re.findall(r"[A-Z][^\n]+", shown[1]))
    assert "not on your dashboard: ask the other seat" in one.page.get_by_role("main").inner_text()

    one.page.get_by_role("checkbox", name="Regular messages from the top").click()
    expect_no_change(one.page)
    theirs = other.page.get_by_role("checkbox", name="Regular messages from the top")
    expect(theirs).to_be_checked()
    other.page.get_by_text("The administrator's seat has predicted all that it has to.").wait_for()
    expect_no_change(other.page)
    other.page.get_by_role("button", name="Advance through quarter 1").click()  # and waits for the answer

    rooms.pause(opened.token)
    one.page.get_by_text("Paused by your teacher.", exact=True).wait_for()
    expect(one.page.get_by_role("button", name="Advance through quarter 1")).to_be_disabled()
    rooms.pause(opened.token, paused=False)
    one.page.get_by_text("Paused by your teacher.", exact=True).wait_for(state="detached")
    advance(one.page, 1)
    other.page.get_by_text("Quarter 1 was decided.").wait_for()
    assert other.page.get_by_role("button", name="Yes, decide").count() == 0  # it was about quarter 1
    assert other.page.locator(".ts-teach-judged > li").count() == 2 * len(PREDICTED)
    decide(rooms, parse_qs(urlsplit(one.page.url).query)["team"][0])
    for page in (one.page, other.page):
        page.get_by_text("Quarter 2 was decided.").wait_for()
        page.get_by_text("Assessed: what is decided stays decided.").wait_for()
        assert page.get_by_role("button", name=re.compile("back|over")).count() == 0


def test_twelve_quarters_lead_to_a_debrief_to_take_along(visitor, rooms: Rooms, tmp_path: Path):
    room = rooms.open(SETUP)
    joined, rival = rooms.join(room.code), rooms.join(room.code)
    for _ in range(QUARTERS):
        decide(rooms, rival.token)
    for _ in range(7):
        decide(rooms, joined.token, CANDID)
    page = sit_down(visitor.page, visitor.address, joined.token, "clinician")
    for quarter in range(8, QUARTERS + 1):
        expect_no_change(page)
        advance(page, quarter)
        if quarter % 2 == 0:
            page.get_by_role("button", name="Skip").click()
    page.get_by_text("What became of the hospital", exact=True).wait_for(timeout=60_000)
    page.get_by_text("Searching for the best and the worst plan").wait_for()  # the rest is here already
    said = page.locator(".ts-teach-debrief").all_inner_texts()
    assert "Regular messages from the top (candid)" in "".join(said)
    page.get_by_text("The class", exact=True).click()
    page.get_by_text("1 is Blue heron. 2 is Green finch.").wait_for()
    for name in ("trustsim_debrief.html", "team.yaml", "untouched.yaml"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"({name})").click()
        download.value.save_as(tmp_path / name)
    assert "Debrief: Blue heron" in (tmp_path / "trustsim_debrief.html").read_text("utf-8")
    plan, ours = load_scenario(tmp_path / "team.yaml"), rooms.team(joined.token).game.scenario()
    assert (plan.interventions, plan.shocks, plan.weeks) == (ours.interventions, ours.shocks, ours.weeks)
    page.set_viewport_size({"width": 390, "height": 844})
    unfold(page)
    assert_open_to_all(page)
    page.get_by_text("All worked out.").wait_for(timeout=120_000)
    page.get_by_text("The best and the worst plan", exact=True).click()
    page.get_by_text("knowing all that was going to happen").wait_for()


@pytest.mark.parametrize("look", ["phone", "dark"])
def test_no_student_is_shut_out(visit, rooms: Rooms, look: str):
    size = {"width": 390, "height": 844} if look == "phone" else {"width": 1366, "height": 768}
    one = visit(viewport=size, has_touch=look == "phone", color_scheme="dark" if look == "dark" else "light")
    joined = rooms.alone(SETUP)
    decide(rooms, joined.token, CANDID)
    one.page.goto(f"{one.address}/teach")
    one.page.get_by_role("button", name="Begin").wait_for()
    assert_open_to_all(one.page)
    page = sit_down(one.page, one.address, joined.token, "administrator")
    page.get_by_role("heading", name="Quarter 1: what came of it").wait_for()
    unfold(page)
    page.get_by_role("button", name="stays the same").first.click()
    assert_open_to_all(page)
    heights = page.evaluate(
        "[...document.querySelectorAll('main button, main select, main summary, main input[type=range], main label')]"
        ".filter((part) => part.offsetHeight).map((part) => [part.offsetHeight, part.outerHTML.slice(0, 90)])"
    )
    assert [each for each in heights if each[0] < 36] == []


def unfold(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def assert_open_to_all(page: Any) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    serious = [each for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == [], json.dumps(serious, indent=1)[:3000]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_link_that_leads_nowhere_says_so_and_offers_the_way_in(visitor):
    page = visitor.page
    page.goto(f"{visitor.address}/teach?team=%3Cimg%20src=x%3E&seat=king")
    page.get_by_text("This link leads nowhere").wait_for()
    page.get_by_role("link", name="Join with a code").click()
    page.get_by_role("heading", name="Join your class").wait_for()
    assert parse_qs(urlsplit(page.url).query) == {}


def test_of_two_who_decide_at_a_time_one_is_told_that_the_other_was_quicker(tmp_path: Path):
    rooms = open_rooms(tmp_path / "rooms.sqlite3")
    try:
        token, said = rooms.alone(SETUP).token, dict[str, str]()
        rooms.draft(token, lambda _: Draft((CANDID,), NOTHING_CHANGES), 0)
        team = rooms.team(token)
        for seat in SEATS:
            live = Live(team, "", lambda: None)
            steps = Steps(token, seat, live, "", 0, lambda text, seat=seat: said.update({seat: text}), lambda *_: None)
            steps.advance(0)
        assert rooms.team(token).game.quarter == 1
        assert said["administrator"] == ""
        assert said["clinician"].startswith("Your partner was quicker.")
    finally:
        rooms.close()


def test_nobody_decides_what_the_partner_chose_while_the_question_was_answered(tmp_path: Path):
    rooms = open_rooms(tmp_path / "rooms.sqlite3")
    try:
        token, said = rooms.alone(SETUP).token, list[str]()
        rooms.draft(token, lambda _: Draft((CANDID,), NOTHING_CHANGES), 0)
        steps = Steps(
            token, "clinician", Live(rooms.team(token), "", lambda: None), "", 0, said.append, lambda *_: None
        )
        rooms.draft(token, lambda draft: replace(draft, picks=()), 0)
        steps.advance(0)
        assert said[-1].startswith("Your partner was quicker.")
        assert rooms.team(token).game.turns == ()
    finally:
        rooms.close()


class TestCalibration:
    def test_nobody_who_guessed_worse_than_no_change_is_praised(self):
        assert "Always guessing no change would have come closer" in calibration(judged(guess=0.04, came=0.01))

    def test_who_came_closer_everywhere_is_told(self):
        assert "All of them together came closer" in calibration(judged(guess=0.04, came=0.05))

    def test_who_guessed_no_change_is_not_told_that_this_would_have_been_better(self):
        assert "You expected no change every time" in calibration(judged(guess=0.0, came=0.05))

    def test_what_was_never_predicted_is_not_counted_as_missed(self):
        assert "All of them together came closer" in calibration(judged(guess=0.04, came=0.05)[:1])

    def test_a_wrong_direction_does_not_count_as_right(self):
        assert f"0 of your {len(PREDICTED)} predictions" in calibration(judged(guess=-0.05, came=0.05))


def quarter(guess: float, change: float) -> dict[str, Any]:
    """Return what is told of a quarter in which all that was 0.04 changes."""
    predictions = [Prediction("clinician", measure, guess) for measure in PREDICTED]
    weeks = np.repeat([0.04, 0.04 + change], WEEKS)
    series = dict.fromkeys(MEASURES, np.column_stack([weeks, weeks]))
    played = Played(Game(SETUP).commit((), predictions), series)
    told: dict[str, Any] = {}
    for part, kind in ((Reveal(played, "clinician", 0), RevealW), (Dashboard(played, "clinician"), DashboardW)):
        _, page = solara.render(part, handle_error=False)
        told |= json.loads(page.find(kind).widget.content)
        page.close()
    return told


class TestWhatIsToldOfAQuarter:
    def test_what_is_too_small_to_be_shown_neither_rose_nor_is_good_news(self):
        told = quarter(0.0, 0.0003)
        assert told["happened"][1:] == ["Little moved on your dashboard."]
        assert {(one["change"][:2], one["tone"]) for one in told["readings"]} == {("0 ", "ts-muted")}

    @pytest.mark.parametrize(
        ("guess", "change", "verdict"),
        [
            (0.004, 0.05, "It did move."),
            (0.05, 0.001, "It hardly moved."),
            (-0.004, 0.001, "Right: it hardly moved."),
            (0.05, -0.05, "Wrong direction."),
            (0.08, 0.06, "Right direction."),
        ],
    )
    def test_nobody_who_expected_no_change_is_told_of_a_wrong_direction(self, guess, change, verdict):
        assert all(one["verdict"].startswith(verdict) for one in quarter(guess, change)["judged"])


def judged(*, guess: float, came: float) -> list[Judged]:
    return [Judged(0, Prediction("clinician", measure, guess), came) for measure in PREDICTED]


def test_what_a_hostile_page_tells_reaches_nobody():
    told: list[object] = []

    def listen(*what: object) -> None:
        told.append(what)

    JoinW(on_join=listen, on_alone=listen).vue_join("x" * 1000)
    JoinW(on_alone=listen).vue_alone({"situation": "slow_erosion", "role": "ceo", "mode": "practice", "seed": "1"})
    JoinW(on_alone=listen).vue_alone({"situation": [], "role": "ceo", "mode": "practice", "seed": 1})
    MovesW(on_pick=listen).vue_pick({"move": "huddles"})
    PredictW(on_guess=listen).vue_guess({"measure": "x", "change": float("nan")})
    PredictW(on_guess=listen).vue_guess({"measure": "x", "change": True})
    AdvanceW(on_advance=listen).vue_advance("0")
    HeadW(on_back=listen).vue_back(["undo"])
    ReflectW(on_answer=listen).vue_answer(["x" * 100_000])
    ReflectW(on_answer=listen).vue_answer(["x"] * 50)
    assert told == []
