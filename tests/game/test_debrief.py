"""The debrief: what each decision did, what was luck, and pages and files that believe nobody."""

import codecs
import csv
import io
import json
import re
import zipfile
from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np
import pytest

from tests.report.parsed import Page
from trustsim.errors import InputError
from trustsim.game import Debrief, Game, Pick, Setup, debrief, debrief_html, debrief_report, pack, play, search
from trustsim.game.debrief import STRIP, Luck
from trustsim.game.sections import outcome, strip
from trustsim.game.turns import Turn
from trustsim.measures import MEASURES
from trustsim.report.blocks import Cards, Text

HOSTILE = '<script>alert("a")</script> $x^2$ & co'
LISTENING = Pick("listening_tour", "listening_only")
DYADS = Pick("dyad_leadership", "weekly")


@pytest.fixture(scope="module")
def other(crisis) -> Game:
    return Game(crisis.setup, (Turn((LISTENING,)),) * 12)


@pytest.fixture(scope="module")
def found(crisis):
    return search(crisis.setup, rounds=1)


@pytest.fixture(scope="module")
def told() -> list[float]:
    return []


@pytest.fixture(scope="module")
def debriefed(crisis, other, found, told) -> Debrief:
    return debrief(crisis, {HOSTILE: other}, found, told.append, team="Blue heron")


@pytest.fixture(scope="module")
def page(debriefed) -> str:
    return debrief_html(debriefed)


@pytest.fixture(scope="module")
def files(crisis, other) -> dict[str, str]:
    slow = Game(other.setup, other.turns[:2])
    packed = pack({"Blue heron": crisis, HOSTILE: slow, "Late": Game(crisis.setup)})
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_a_decision_is_judged_by_leaving_it_out(crisis, debriefed):
    tour = next(effect for effect in debriefed.effects if effect.run.pick == LISTENING)
    turns = tuple(turn._replace(picks=tuple(p for p in turn.picks if p != LISTENING)) for turn in crisis.turns)
    card = {m.measure: m.value for group in play(crisis).card() for m in group.measures}
    without = {m.measure: m.value for group in play(Game(crisis.setup, turns)).card() for m in group.measures}
    for measure, change in tour.changes.items():
        assert change == pytest.approx(card[measure] - without[measure], abs=1e-12)


def test_each_decision_is_judged_once_and_a_tour_without_follow_up_did_harm(crisis, debriefed):
    assert tuple(effect.run for effect in debriefed.effects) == crisis.decisions
    assert len(debriefed.effects) == 6
    tour = next(effect for effect in debriefed.effects if effect.run.pick == LISTENING)
    assert tour.meanwhile["trust_clinician_admin"] < 0.0
    assert sum(tour.gains.values()) < 0.0


def test_the_first_of_the_hospitals_is_the_teams_own(debriefed):
    gained = {m.measure: m.gained for group in debriefed.played.card() for m in group.measures}
    for each in debriefed.luck():
        assert each.own == pytest.approx(gained[each.measure], abs=1e-12)
        assert len(each.others) == 10
        assert len(set(each.others)) > 1


@pytest.mark.parametrize(("own", "other", "alike"), [(0.0, -1.0, 0), (0.0, 0.0, 10), (1.0, 0.0, 0), (-1.0, -2.0, 10)])
def test_no_change_is_a_way_of_its_own(own, other, alike):
    assert Luck("cost", own, (other,) * 10).alike == alike


def test_who_decided_nothing_is_told_of_no_difference():
    first, _, cards = outcome(debrief(Game(Setup("slow_erosion", "ceo")).commit()))
    assert isinstance(first, Text)
    assert isinstance(cards, Cards)
    assert first.text.endswith(
        ": clinicians' trust in administrators no different, clinicians' burnout no different, "
        "patients' trust no different and cost no different."
    )
    assert {card.verdict for card in cards.cards} == {"no difference that shows"}


def test_what_goes_another_way_elsewhere_is_not_said_to_go_both_ways(debriefed):
    cards = next(block for block in outcome(debriefed) if isinstance(block, Cards)).cards
    for card, each in zip(cards, debriefed.luck(), strict=True):
        if card.change.text.startswith("0 "):
            assert card.verdict == "no difference that shows"
        elif each.alike < 8:
            assert card.verdict == f"may be luck: {each.alike} of 10 other hospitals go the same way"
        else:
            assert card.verdict in {f"{tone} than with nobody deciding" for tone in ("better", "worse")}


def test_the_strip_is_the_difference_from_nobody_deciding(debriefed):
    changes = debriefed.strip()
    assert tuple(changes) == STRIP
    played = debriefed.played
    assert changes["burnout_prevalence"][3] == pytest.approx(
        np.subtract(*played.series["burnout_prevalence"][13 * 5 - 4 : 13 * 5].T).mean()
    )
    assert changes["leader_hours"][0] == 0.0 < changes["leader_hours"][1]


def test_what_is_spent_shows_at_once_and_the_debrief_says_so():
    relief = Pick("staffing_relief", "full")
    relieved = debrief(Game(Setup("slow_erosion", "ceo")).commit([relief]))
    assert relieved.strip()["cost"][0] > 0.0
    assert "what is spent shows at once" in strip(relieved)[0].text


def test_a_debrief_tells_how_far_it_is(debriefed, told):
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_before_the_first_quarter_there_is_nothing_to_debrief(crisis):
    with pytest.raises(InputError, match="before the first quarter"):
        debrief(crisis.restart())


def test_plans_of_another_hospital_are_no_hindsight(crisis, found):
    with pytest.raises(InputError, match="another situation"):
        debrief(Game(Setup("acute_crisis", "ceo", seed=2), crisis.turns), found=found)
    with pytest.raises(InputError, match="number of quarters"):
        debrief(crisis.undo(), found=found)


def test_a_team_that_went_beyond_what_the_search_found_is_told_so():
    setup = Setup("slow_erosion", "cmo")
    short, longer = (search(setup, quarters=4, rounds=rounds) for rounds in (1, 3))
    games = {"Red fox": longer.best, "Gray owl": longer.worst, "White crane": short.best, "Late": Game(setup).commit()}
    better = "By that mean, Red fox did better than the best plan found: no search tries all plans."
    worse = "By that mean, Gray owl did worse than the worst plan found: no search tries all plans."

    def told(*debriefs: Debrief) -> list[str]:
        plans = next(one for one in debrief_report(debriefs).sections if one.key == "hindsight")
        return [block.text for block in plans.blocks if isinstance(block, Text)][1:]

    assert told(*(debrief(game, found=short if game.quarter == 4 else None, team=t) for t, game in games.items())) == [
        better, worse,
    ]  # fmt: skip
    crane = debrief(short.best, found=short, team="White crane")
    assert told(crane) == []
    assert told(replace(crane, rivals={"Red fox": play(longer.best)})) == [better]


def test_the_page_needs_nothing_else_and_runs_nothing(page):
    tags = Page(page).tags
    assert not [tag for tag, _ in tags if tag in {"script", "link", "iframe", "object", "img"}]
    for _, attributes in tags:
        for name in ("src", "href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith("#")
    assert HOSTILE in Page(page).text
    assert "<b>Nothing</b>" in Page(page).text


def test_the_page_says_what_helped_what_harmed_and_what_it_is_not(page):
    text = Page(page).text
    assert "What helped most: councils with a say (a real say)" in text
    assert "What did most harm: listening tour (listening only), in quarters 6 to 7" in text
    assert "Asking raises expectations" in text or "asking raises expectations" in text
    assert "not a forecast" in text
    assert "It sought the mean improvement over the four groups, which is nobody's score" in text


def test_each_figure_has_words_and_a_table(page):
    tags = [tag for tag, _ in Page(page).tags]
    assert tags.count("svg") == tags.count("details") == 4 + 3 + 9
    drawings = [attributes for _, attributes in Page(page).tags if attributes.get("class") == "drawing"]
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in drawings)


def test_all_words_of_a_figure_have_a_color_of_the_page_so_that_they_can_be_read_in_the_dark(page):
    words = re.findall(r"<text style=\"([^\"]*)\"", page)
    assert len(words) > 100
    assert all("fill: var(--" in style for style in words)


def test_the_game_in_the_page_is_the_game(crisis, page):
    log = re.search(r"<pre[^>]*><code>(\{.*?)</code>", page, flags=re.DOTALL)
    assert log
    again = Game.from_json(Page(log[1]).text)
    assert [turn.picks for turn in again.turns] == [turn.picks for turn in crisis.turns]


def rows(files: dict[str, str], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].removeprefix("\ufeff"))))


def test_a_pack_has_everything_that_was_decided(files, crisis):
    assert {row["team"] for row in rows(files, "decisions.csv")} == {"Blue heron", HOSTILE}
    assert len(rows(files, "predictions.csv")) == 72
    assert len(rows(files, "measures.csv")) == (13 + 3) * len(MEASURES)
    assert Game.from_json(json.dumps(json.loads(files["games.json"])["Blue heron"])) == crisis
    assert "scenarios/1_blue_heron.yaml" in files
    assert f"--seed {crisis.setup.seed} --replicates 11" in files["README.txt"]
    assert all(re.fullmatch(r"[a-z0-9_.A-Z/]+", name) for name in files)


def test_spreadsheets_are_told_that_letters_are_in_utf_8(files):
    tables = [name for name in files if name.endswith(".csv")]
    assert len(tables) == 4
    assert all(files[name].encode().startswith(codecs.BOM_UTF8) for name in tables)
    assert not any("\ufeff" in text[1:] for text in files.values())
    assert files["games.json"].startswith("{")


def test_no_spreadsheet_computes_what_a_team_wrote(files):
    answers = {row["answer"] for row in rows(files, "reflections.csv")}
    assert "'=1+1 is what we thought" in answers
    assert "'\N{FULLWIDTH EQUALS SIGN}2+2" in answers


def test_the_debrief_of_a_class_has_every_team_that_played(files):
    text = Page(files["debrief.html"]).text
    assert "Debrief of the class" in text
    assert "1 is Blue heron. 2 is <script>" in text
    assert "The teams did not play equally many quarters" in text
    assert "Late" not in text


def test_the_same_games_give_the_same_bytes():
    games = {"Red fox": Game(Setup("slow_erosion", "cmo")).commit()}
    assert pack(games) == pack(games)


class Counting(Executor):
    """Does what it is given at once, and counts."""

    given = 0

    def submit(self, fn, /, *args, **kwargs):
        self.given += 1
        done = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def test_an_executor_is_given_a_pack_team_by_team_and_the_bytes_are_the_same():
    start = Game(Setup("slow_erosion", "cmo"))
    games = {"Red fox": start.commit([DYADS]), "Gray owl": start.commit(), "Late": start}
    counting = Counting()
    assert pack(games, executor=counting) == pack(games)
    assert counting.given == 2 + 1 + 2 + 1  # debriefs, the class, its teams in the page, and the tables


def test_a_pack_is_of_one_hospital_and_of_somebody_who_played(crisis):
    with pytest.raises(InputError, match="no team has played"):
        pack({"a": crisis.restart()})
    with pytest.raises(InputError, match="one situation"):
        pack({"a": crisis, "b": Game(Setup("slow_erosion", "ceo"))})
