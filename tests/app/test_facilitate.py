"""Whoever teaches a class sees all of it, holds it, and takes a debrief home."""

import csv
import io
import json
import re
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import solara
from axe_playwright_python.sync_playwright import Axe

from tests.app.serving import serving
from trustsim.app.address import Address
from trustsim.app.components.facilitate import door
from trustsim.app.components.facilitate.chance import picture
from trustsim.app.components.facilitate.opening import Opening
from trustsim.app.components.facilitate.spread import MEASURES_SHOWN, spread
from trustsim.app.components.teach.join import Join
from trustsim.app.limits import MOST_BEGUN, MOST_JOINED, MOST_OPENED
from trustsim.app.rooms import Draft, GoneError, PausedError, Rooms, open_rooms
from trustsim.app.service import classroom, games
from trustsim.app.service.classroom import packed, revealed
from trustsim.app.service.errand import Errand, Progress
from trustsim.app.service.fair_pool import FairPool
from trustsim.app.widgets.facilitate import DoorW, ErrandW, SetupW, TeamsW
from trustsim.app.widgets.teach import JoinW
from trustsim.errors import InputError
from trustsim.game import PREDICTED, SEATS, Game, Luck, Pick, Prediction, Setup, play, said, search
from trustsim.game.class_luck import ClassLuck, luck_of_class
from trustsim.game.readings import short_change

SETUP = Setup("acute_crisis", "cmo", seed=7)
FORECAST = tuple(Prediction(seat, measure, 0.01) for seat in SEATS for measure in PREDICTED)
DYADS, ALONE = Pick("dyad_leadership", "weekly"), Pick("autocratic_decisions", "all")
CHOICE = {"situation": "acute_crisis", "role": "cmo", "seed": 7, "mode": "practice"}
LOOKS = {"1366 dark": (1366, 768, "dark"), "phone": (390, 844, "light")}


@pytest.fixture
def rooms(server: SimpleNamespace) -> Iterator[Rooms]:
    """The rooms of the server, from another process: students whose browsers are not looked at."""
    opened = Rooms(Path(server.process.args[-1]))
    yield opened
    opened.close()


def decide(rooms: Rooms, token: str, *picks: Pick) -> Game:
    version = rooms.team(token).version
    rooms.draft(token, lambda _: Draft(picks, FORECAST), version)
    return rooms.commit(token, version)


def class_of_two(rooms: Rooms, code: str) -> list[str]:
    tokens = [rooms.join(code).token for _ in range(2)]
    for _ in range(2):
        decide(rooms, tokens[0], DYADS)
        decide(rooms, tokens[1], ALONE)
    return tokens


def table(page: Any, name: str) -> list[list[str]]:
    rows = page.get_by_role("region", name=f"{name}, as a table").locator("tbody tr").all()
    return [row.locator("th, td").all_inner_texts() for row in rows]


def test_a_class_is_taught_and_debriefed(visitor, rooms: Rooms):
    page = visitor.page
    page.goto(f"{visitor.address}/facilitate")
    for choice in ("Acute crisis", "Chief medical officer", "Practice"):
        page.get_by_role("radio", name=choice).check()
    page.get_by_label("Seed of the hospital").fill("7")
    page.get_by_role("button", name="Open the room").click()
    code = page.locator(".ts-door-code").inner_text()
    assert re.fullmatch("[B-DF-HJ-NP-TV-XZ]{6}", code)
    door = page.locator(".ts-door").inner_text()
    assert f"{visitor.address}/teach" in door
    assert "Students cannot reach this yet" in door
    assert "trustsim app --host 0.0.0.0" in door
    page.get_by_role("button", name="Fill the screen with the code").click()
    page.wait_for_function("document.fullscreenElement && document.fullscreenElement.className === 'ts-door-in'")
    page.evaluate("document.exitFullscreen()")
    page.get_by_text("Nobody has joined yet.").wait_for()
    token = page.url.partition("room=")[2]
    assert rooms.view(token).setup == SETUP

    heron, finch = rooms.join(code).token, rooms.join(code).token
    page.get_by_role("heading", name="2 teams").wait_for()
    rooms.draft(heron, lambda _: Draft((DYADS,), FORECAST[:2]), 0)
    page.get_by_text("1 move, 2 of 3 predicted").wait_for()
    page.get_by_role("button", name="Pause all teams").click()
    page.get_by_text("Held for all teams.").wait_for()
    with pytest.raises(PausedError):
        rooms.commit(heron, 0)
    page.get_by_role("button", name="Let them go on").click()
    page.get_by_text("The games go on.").wait_for()
    for _ in range(2):
        games = {"Blue heron": decide(rooms, heron, DYADS), "Green finch": decide(rooms, finch, ALONE)}

    page.locator(".ts-teams td.ts-bad").first.wait_for(timeout=180_000)  # the first run of a machine compiles the model
    page.wait_for_function("document.querySelectorAll('.ts-teams')[0].innerText.match(/3 of 12/g).length === 2")
    rows = {name: cells for name, *cells in table(page, "Teams")}
    for name, game in games.items():
        outcome = play(game)
        told = [short_change(one.measure, one.gained).text for group in outcome.card() for one in group.measures]
        assert [cell.split(" ")[-1] for cell in rows[name][4:]] == told
        right = sum(each.right_direction for each in outcome.predictions())
        assert rows[name][:4] == ["3 of 12", "nobody", "at the three questions", f"{right} of 12"]

    page.get_by_label("Measure").select_option("burnout_prevalence")
    page.get_by_role("heading", name="Clinicians' burnout").wait_for()
    page.get_by_text("Data table").click()
    burnout = {name: cells for name, *cells in table(page, "Clinicians' burnout")}
    for name, game in games.items():
        values = [play(game).value("burnout_prevalence", quarter) for quarter in (-1, 0, 1)]
        assert burnout[name] == [said("burnout_prevalence", value) for value in values]

    page.get_by_role("button", name="Reveal").click()
    page.get_by_text("of 10 other hospitals").first.wait_for(timeout=60_000)
    debriefed(visitor, games)
    page.reload()  # the link is all that it takes
    page.get_by_role("heading", name="2 teams").wait_for()
    assert page.locator(".ts-door-code").inner_text() == code

    page.get_by_role("button", name="Close the room").click()
    page.get_by_role("button", name="Close and delete").click()
    page.get_by_text("this link leads nowhere").wait_for()
    with pytest.raises(GoneError):
        rooms.team(heron)


def debriefed(visitor: Any, games: dict[str, Game]) -> None:
    """Make the pack, stop it once, and look into it."""
    page = visitor.page
    page.get_by_role("button", name="Make the debrief").click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Stopped.").wait_for()
    page.get_by_role("button", name="Make the debrief").click()
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("button", name="Download the pack").click(timeout=120_000)
    with zipfile.ZipFile(download.value.path()) as pack:
        kept = {team: Game.from_json(json.dumps(log)) for team, log in json.loads(pack.read("games.json")).items()}
        assert kept == games
        decisions = list(csv.DictReader(io.StringIO(pack.read("decisions.csv").decode("utf-8-sig"))))
        assert [(row["team"], row["move"]) for row in decisions] == [
            *[("Blue heron", "dyad_leadership")] * 2,
            *[("Green finch", "autocratic_decisions")] * 2,
        ]
        html = pack.read("debrief.html").decode()
    assert "Blue heron" in html
    assert "The best and the worst plan" in html
    with visitor.context.expect_page() as opened:
        page.get_by_role("button", name="Open the debrief page").click()
    opened.value.get_by_role("heading", name="Debrief of the class").wait_for()


def test_another_situation_after_the_first_decision_takes_a_second_word(visitor, rooms: Rooms):
    opened = rooms.open(SETUP)
    team = rooms.join(opened.code).token
    decide(rooms, team, DYADS)
    page = visitor.page
    page.goto(f"{visitor.address}/facilitate?room={opened.token}")
    page.get_by_text("Another situation, role, luck or mode").click()
    page.get_by_role("radio", name="New merger").check()
    page.get_by_role("button", name="Change it for all teams").click()
    page.get_by_role("dialog").get_by_text("Blue heron has played already").wait_for()
    page.get_by_role("button", name="Keep their games").click()
    assert rooms.team(team).game.quarter == 1
    page.get_by_role("button", name="Change it for all teams").click()
    page.get_by_role("button", name="Start anew").click()
    page.get_by_text("All teams begin with this.").wait_for()
    assert rooms.team(team).game == Game(rooms.view(opened.token).setup)
    assert rooms.team(team).game.setup.situation == "new_merger"


def test_pages_of_one_browser_are_refused_in_words_once_it_has_made_enough(tmp_path: Path):
    rooms = open_rooms(tmp_path / "rooms.sqlite3")
    opened: list[str] = []
    for _ in range(MOST_OPENED + 1):  # each a page of its own
        _, page = solara.render(Opening("one", opened.append), handle_error=False)
        page.find(SetupW).widget.vue_choose(CHOICE)
        error = page.find(SetupW).widget.error
        page.close()
    assert len(opened) == MOST_OPENED
    assert "this browser has opened 10 rooms within an hour" in error
    joined: list[str] = []
    _, page = solara.render(Join("", "one", joined.append), handle_error=False)
    for _ in range(MOST_JOINED + 1):
        page.find(JoinW).widget.vue_join(rooms.view(opened[0]).code)
    for _ in range(MOST_BEGUN + 1):
        page.find(JoinW).widget.vue_alone(CHOICE)
    assert "this browser has joined 8 teams to this room" in page.find(JoinW).widget.error
    assert "this browser has begun 30 games" in page.find(JoinW).widget.refused
    assert len(joined) == MOST_JOINED + MOST_BEGUN
    page.close()
    rooms.close()


def test_removing_a_team_takes_a_second_word_and_its_page_says_so(visit, rooms: Rooms):
    opened = rooms.open(SETUP)
    stranger, ours = rooms.join(opened.code).token, rooms.join(opened.code).token
    student, teacher = visit(), visit()
    student.page.goto(f"{student.address}/teach?team={stranger}")
    page = teacher.page
    page.goto(f"{teacher.address}/facilitate?room={opened.token}")
    page.get_by_text("Remove a team").click()
    page.get_by_role("button", name="Remove Blue heron").click()
    page.get_by_role("button", name="Keep it").click()
    assert rooms.team(stranger).name == "Blue heron"
    page.get_by_role("button", name="Remove Blue heron").click()
    page.get_by_role("button", name="Remove and delete").click()
    page.get_by_role("heading", name="1 team").wait_for()
    student.page.get_by_text("The facilitator closed this team").wait_for()
    assert rooms.team(ours).name == "Green finch"


def test_a_room_is_there_again_after_a_crash(visit, rooms: Rooms, tmp_path: Path):
    before, later = visit(), visit()
    before.page.goto(f"{before.address}/facilitate")
    before.page.get_by_role("button", name="Open the room").click()
    code = before.page.locator(".ts-door-code").inner_text()
    token = before.page.url.partition("room=")[2]
    before.page.close()
    decide(rooms, rooms.join(code).token, Pick("staffing_relief", "light"))
    for file in rooms.path.parent.glob(f"{rooms.path.name}*"):  # as they are on the disk while the server runs
        shutil.copy(file, tmp_path)
    with serving(tmp_path, "-m", "trustsim") as after:
        later.address = after.address
        later.page.goto(f"{after.address}/facilitate?room={token}")
        later.page.locator(".ts-door-code").get_by_text(code).wait_for()
        later.page.get_by_role("heading", name="1 team").wait_for()
        assert later.page.locator(".ts-teams tbody td").first.inner_text() == "2 of 12"
        later.page.close()


@pytest.mark.parametrize("look", LOOKS)
def test_nobody_is_shut_out_of_the_facilitators_page(visit, rooms: Rooms, look: str):
    width, height, colors = LOOKS[look]
    one = visit(viewport={"width": width, "height": height}, color_scheme=colors, has_touch=look == "phone")
    opened = rooms.open(SETUP)
    class_of_two(rooms, opened.code)
    one.page.goto(f"{one.address}/facilitate?room={opened.token}")
    one.page.locator(".ts-teams td.ts-bad").first.wait_for(timeout=180_000)
    one.page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    found = Axe().run(one.page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    serious = [each for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == [], json.dumps(serious, indent=1)[:3000]
    assert one.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


class TestThePictureOfAClass:
    @pytest.fixture
    def view(self, tmp_path: Path) -> Any:
        rooms = Rooms(tmp_path / "rooms.sqlite3")
        opened = rooms.open(SETUP)
        tokens = class_of_two(rooms, opened.code)
        decide(rooms, tokens[0], DYADS)
        rooms.join(opened.code)
        view = rooms.view(opened.token)
        rooms.close()
        return view

    def test_the_door_has_the_address_that_students_can_reach(self, view: Any):
        ours = door.shown(view, Address("127.0.0.1", 8770))
        assert ours["unreachable"]
        assert ours["command"] == "trustsim app --host 0.0.0.0 --port 8770"
        theirs = door.shown(view, Address("0.0.0.0", 8765))
        assert not theirs["unreachable"]
        assert "0.0.0.0" not in theirs["url"]
        assert theirs["command"] == "trustsim app --host 0.0.0.0"

    def test_teams_that_are_further_have_more_dots(self, view: Any):
        outcomes = {team.number: play(team.game) for team in view.teams}
        for measure in MEASURES_SHOWN:
            text, told = spread(view, outcomes, measure)
            drawn = json.loads(text)
            assert drawn["categories"] == ["start", "1", "2", "3"]
            nobody, middle, dots = (one["points"] for one in drawn["series"])
            assert [len(nobody), len(middle), len(dots)] == [4, 4, 4 + 3 + 1]
            one, other = ([y for x, y, name in dots if name.startswith(team)] for team in ("Blue", "Green"))
            assert middle[2][1] == pytest.approx((one[2] + other[2]) / 2)
            assert middle[3][1] == one[3]  # the only one that is there
            assert "1 of 3 teams" in told
            by_team = {name: cells for name, *cells in drawn["rows"]}
            assert by_team["Green finch"][3] == by_team["Amber owl"][1] == ""

    def test_luck_is_that_of_the_debrief_and_nothing_where_nothing_was_decided(self, view: Any):
        games = {team.name: team.game for team in view.teams[:2]} | {"Idle": Game(SETUP).commit().commit()}
        shares: list[float] = []
        found = luck_of_class(games, shares.append)
        assert found.quarters == 2
        assert shares[-1] == 1.0
        card = {one.measure: one.gained for group in play(games["Green finch"]).card() for one in group.measures}
        assert {measure: luck.own for measure, luck in found.teams["Green finch"].items()} == card
        for luck in found.teams["Idle"].values():
            assert (luck.own, set(luck.others)) == (0.0, {0.0})
        drawn, told = picture(found, "trust_clinician_admin")
        assert [row[0] for row in json.loads(drawn)["rows"]] == ["Blue heron", "Green finch", "Idle"]
        assert re.fullmatch(r"\w+( \w+)? does better than \w+( \w+)? here, and in \d+ of 10 other hospitals\.", told)

    def test_students_have_their_turns_while_a_class_is_debriefed(self, view: Any, monkeypatch: pytest.MonkeyPatch):
        pool = FairPool(1)
        for module in (games, classroom):
            monkeypatch.setattr(module, "shared_pool", lambda: pool)
        monkeypatch.setattr(games, "search", partial(search, rounds=3))
        doing: list[tuple[str, float]] = []
        waited: list[tuple[tuple[str, float], tuple[str, float]]] = []

        def note(words: str, share: float) -> None:
            asked = (words, share)
            doing.append(asked)
            pool.share("student").submit(lambda: waited.append((asked, doing[-1])))

        of = {team.name: replace(team.game, turns=team.game.turns[:1]) for team in view.teams}
        packed(of, "teacher", note, lambda: None)
        revealed(of, "teacher", note)
        pool.share("student").submit(lambda: None).result()
        assert len(waited) == len(doing) == 1 + 3 + 2 + 11
        assert all(then == asked for asked, then in waited)

    def test_before_the_first_quarter_there_is_no_luck(self):
        with pytest.raises(InputError, match="no team has played"):
            luck_of_class({"Blue heron": Game(SETUP)}, lambda _: None)
        with pytest.raises(InputError, match="no team has played"):  # the only quarter was taken back meanwhile
            packed({"Blue heron": Game(SETUP)}, "a teacher", lambda *_: None, lambda: None)

    def test_a_team_alone_is_compared_with_nobody(self):
        luck = Luck("trust_clinician_admin", 0.02, (0.01,) * 9 + (-0.01,))
        told = picture(ClassLuck(1, {"Blue heron": {"trust_clinician_admin": luck}}), "trust_clinician_admin")[1]
        assert told == "Blue heron: +2.0 points here, and the same way in 9 of 10 other hospitals."

    def test_nobody_learns_the_luck_of_a_class_beforehand(self, view: Any):
        assert "seed" not in door.shown(view, Address("127.0.0.1", 8770))["summary"]
        seeds = set()
        for _ in range(4):
            _, page = solara.render(Opening("one", lambda _: None), handle_error=False)
            seeds.add(json.loads(page.find(SetupW).widget.current)["seed"])
            page.close()
        assert len(seeds) > 1


class TestWorkThatTakesTime:
    def follow(self) -> tuple[list[Progress[Any]], threading.Event, Any]:
        told: list[Progress[Any]] = []
        end = threading.Event()

        def tell(progress: Progress[Any]) -> None:
            told.append(progress)
            if progress.stage != "working":
                end.set()

        return told, end, tell

    def test_it_tells_how_far_it_is_and_what_came_of_it(self):
        told, end, tell = self.follow()
        seen = threading.Event()

        def work(note: Any, check: Any) -> str:
            note("half of it", 0.5)
            assert seen.wait(10)
            return "done"

        def listen(progress: Progress[Any]) -> None:
            tell(progress)
            if progress.share == 0.5:
                seen.set()

        Errand[str]().start(work, listen)
        assert end.wait(10)
        assert told[-1] == Progress("done", share=1.0, result="done")
        assert Progress("working", "half of it", 0.5) in told

    def test_it_stops_when_nobody_wants_it(self):
        told, end, tell = self.follow()
        errand, begun, asked = Errand[None](), threading.Event(), threading.Event()

        def work(note: Any, check: Any) -> None:
            begun.set()
            try:
                while True:
                    check()
            finally:
                asked.set()

        errand.start(work, tell)
        assert begun.wait(10)
        errand.stop()
        assert end.wait(10)
        assert told[-1].stage == "stopped"
        assert asked.wait(10)

    def test_work_that_was_replaced_says_nothing_over_what_took_its_place(self):
        told, end, tell = self.follow()
        errand, begun, ended = Errand[str](), threading.Event(), threading.Event()

        def forever(note: Any, check: Any) -> str:
            begun.set()
            try:
                while True:
                    check()
                    time.sleep(0.01)
            finally:
                ended.set()

        errand.start(forever, lambda progress: told.append(replace(progress, doing="old")))
        assert begun.wait(10)
        errand.start(lambda note, check: str(ended.wait(10) and time.sleep(1.0)), tell)
        assert end.wait(10)
        assert [(each.doing, each.stage) for each in told] == [("old", "working"), ("", "working"), ("", "done")]

    @pytest.mark.parametrize(
        ("error", "words"),
        [(InputError("no team has played"), "no team has played"), (KeyError("x"), "mistake of ours")],
    )
    def test_why_it_failed_is_said(self, error: Exception, words: str):
        told, end, tell = self.follow()

        def work(note: Any, check: Any) -> None:
            raise error

        Errand[None]().start(work, tell)
        assert end.wait(10)
        assert told[-1].stage == "failed"
        assert words in told[-1].error


def test_what_a_page_tells_is_checked():
    told: list[Any] = []
    setup = SetupW(on_setup=lambda *what: told.append(what))
    for bad in (
        None,
        {},
        CHOICE | {"seed": True},
        CHOICE | {"seed": 1.5},
        CHOICE | {"role": None},
        CHOICE | {"mode": "x" * 999},
    ):
        setup.vue_choose(bad)
    DoorW(on_pause=told.append).vue_pause("yes")
    TeamsW(on_remove=told.append).vue_remove(1)
    ErrandW(on_take=told.append).vue_take({"key": "zip"})
    assert told == []
    setup.vue_choose(CHOICE)
    assert told == [("acute_crisis", "cmo", 7, "practice")]
