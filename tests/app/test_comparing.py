"""What Compare is made of: alternatives in one world, their differences, and what is said of them."""

import json
import shlex
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
import pytest
import solara

from trustsim.app.components.compare.shown import Hospitals
from trustsim.app.components.compare.sides import baselines_of, film_of, names_of_worlds, sides_of
from trustsim.app.components.compare.study import tornado
from trustsim.app.components.compare.tables import board, csv_of, curves, tray
from trustsim.app.components.compare.taken import as_commands
from trustsim.app.components.compare.words import told
from trustsim.app.service import Outcome, Visit
from trustsim.app.service.answer import between
from trustsim.app.service.report import report_of
from trustsim.app.service.runner import Runner
from trustsim.app.service.studies import drivers, laid_out, lay_out
from trustsim.app.state import RunSpec, View
from trustsim.app.state.compare import (
    Alternative,
    comparison_fits,
    in_one_world,
    one_changed,
    read_comparison,
    read_pins,
    write_comparison,
)
from trustsim.app.widgets import NetworkW
from trustsim.comparison import paired_effect
from trustsim.errors import InputError
from trustsim.measures import NAMES
from trustsim.report.money import turnover_cost
from trustsim.studies import load_study
from trustsim.studies.analyze import analyze_study

TOUR = Alternative(RunSpec(settings=(("organization.units", 2), ("weeks", 60)), replicates=4, seed=5))
AUTOCRATIC, IN_CRISIS = (
    in_one_world([TOUR, Alternative(RunSpec(scenario=name))])[1]
    for name in ("autocratic_decisions", "autocratic_in_crisis")
)
STUDY = """
scenario: visits.yaml
factors: {listening_tour.visits_per_week: [0, 12], listening_tour.follow_through: [0, 1]}
measures: [trust_clinician_admin, cost]
window: [6, 12]
seed: 5
design: {method: METHOD, n: 16}
replicates: 2
"""
HOSPITAL = "weeks: 12\nburn_in: 4\norganization: {units: 2, nurses: 5, physicians: 2}\nbaseline: calm.yaml\n"


def run_all(runner: Runner, *alternatives: Alternative) -> list[Outcome]:
    """Run alternatives as a page does; return all that was told."""
    outcomes: list[Outcome] = []
    end, waiting = threading.Event(), {each.spec for each in alternatives}

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if not outcome.is_busy:
            waiting.discard(outcome.spec)
            if not waiting:
                end.set()

    runner.start([each.spec for each in alternatives], tell)
    assert end.wait(120)
    return outcomes


@pytest.fixture(scope="module")
def answered() -> dict[RunSpec, Outcome]:
    told_of = run_all(Runner(Visit()), TOUR, AUTOCRATIC, IN_CRISIS)
    return {outcome.spec: outcome for outcome in told_of if not outcome.is_busy}


@pytest.fixture(scope="module")
def keep_study(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Runs a small study by a method and returns its folder."""

    def keep(method: str) -> Path:
        folder = tmp_path_factory.mktemp(method)
        (folder / "calm.yaml").write_text(HOSPITAL)
        (folder / "visits.yaml").write_text(
            f"{HOSPITAL}interventions: [{{kind: listening_tour, start: 2, weeks: 10}}]\n"
        )
        (folder / "study.yaml").write_text(STUDY.replace("METHOD", method))
        load_study(folder / "study.yaml").run(folder / "kept")
        return folder / "kept"

    return keep


class TestLinks:
    def test_a_link_gives_back_what_was_compared_and_how_it_was_looked_at(self):
        alternatives = (TOUR.called("Ours & theirs <b>=1"), AUTOCRATIC)
        view = View(week=12, measure="exhaustion", color="role")
        assert read_comparison(write_comparison(alternatives, view)) == (alternatives, view, ())

    def test_a_first_visit_compares_a_listening_tour_with_autocratic_decisions(self):
        alternatives, view, notes = read_comparison(None)
        assert [each.spec.scenario for each in alternatives] == ["listening_tour", "autocratic_decisions"]
        assert (view.week, notes) == (103, ())

    def test_all_run_in_the_hospital_and_with_the_luck_of_the_first(self):
        other = Alternative(RunSpec("silos", settings=(("weeks", 70), ("trust.negativity", 3.0)), replicates=9, seed=8))
        (_, fitted), _, notes = read_comparison(write_comparison([TOUR, other]))
        assert (fitted.spec.replicates, fitted.spec.seed) == (4, 5)
        assert fitted.spec.worlds()[0].weeks == 60
        assert fitted.spec.worlds()[0].sizes["units"] == 2
        assert ("trust.negativity", 3.0) in fitted.spec.settings  # what a model assumes may differ
        assert fitted.title == f"{RunSpec('silos').shipped().title} (edited)"
        assert notes == ()

    def test_what_does_not_fit_into_the_world_of_the_first_is_left_out_with_a_word(self):
        late = Alternative(RunSpec(settings=(("listening_tour.start", 80),)))
        alternatives, _, notes = read_comparison(write_comparison([TOUR, late]))
        assert alternatives == (TOUR,)
        assert "starts in week 80" in notes[0]
        assert read_pins([late.written(), AUTOCRATIC.written()], TOUR) == (None, AUTOCRATIC)
        with pytest.raises(InputError, match="starts in week 80"):
            in_one_world([TOUR, late])

    def test_another_scenario_comes_into_the_world_that_there_is(self):
        tour, silos = one_changed([TOUR, AUTOCRATIC], 1, lambda spec: spec.as_shipped("silos"))
        assert tour == TOUR
        assert (silos.spec.scenario, silos.spec.worlds()[0].weeks, silos.spec.worlds()[0].sizes["units"]) == (
            "silos",
            60,
            2,
        )
        tour, shorter = one_changed([TOUR, AUTOCRATIC], 1, lambda spec: spec.setting("weeks", 50))
        assert {each.spec.worlds()[0].weeks for each in (tour, shorter)} == {50}

    def test_what_four_cannot_say_together_is_noticed(self):
        many = tuple(f"Unit {number} of a hospital with long names for its units" for number in range(70))
        named = Alternative(RunSpec().setting("listening_tour.units", many))
        assert comparison_fits([named] * 2)
        assert not comparison_fits([named] * 4)
        assert "too many" in read_comparison(write_comparison([named] * 4))[2][0]

    def test_a_hostile_link_is_a_page_with_notes(self):
        query = urlencode([("of", "scenario=/etc/passwd"), *[("of", "name=%00&weeks=nan")] * 5, ("x", "1")])
        alternatives, _, notes = read_comparison(query)
        assert len(alternatives) == 4
        assert {each.title for each in alternatives} == {"A listening tour with follow-through"}
        assert any("6 alternatives" in note for note in notes)
        assert any(note.startswith("A: Ignored: scenario=/etc/passwd") for note in notes)
        assert "too many" in read_comparison("of=" + "x" * 40_000)[2][0]


class TestNumbers:
    def test_the_commands_that_are_copied_print_the_numbers_of_the_page(self, tmp_path: Path):
        built = Alternative(AUTOCRATIC.spec.adding("huddles").setting("huddles.start", 5))
        outcomes = run_all(Runner(Visit()), TOUR, built)
        script = as_commands([("A", TOUR.spec), ("B", built.spec)])
        trustsim = f'trustsim() {{ {shlex.quote(sys.executable)} -m trustsim "$@"; }}\n'
        done = subprocess.run(
            ["sh", "-ec", trustsim + script], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        read, rest = json.JSONDecoder(), done.stdout
        for outcome in (each for each in outcomes if each.answer):
            document, end = read.raw_decode(rest)
            rest = rest[end:].lstrip()
            for measure in document["measures"]:
                effect = outcome.answer.effects[measure["name"]]
                for part in ("baseline", "scenario", "difference", "low", "high"):
                    assert getattr(effect, part) == measure[part] or measure[part] is None, measure

    def test_alternatives_are_compared_pair_by_pair_with_the_same_luck(self, answered):
        one, other = (answered[each.spec].answer for each in (TOUR, AUTOCRATIC))
        runs = [each.spec.recipe().run().values("exhaustion")[:, 1] for each in (TOUR, AUTOCRATIC)]
        assert between("exhaustion", one, other) == paired_effect("exhaustion", runs[1], runs[0])
        assert between("exhaustion", one, other).difference == -between("exhaustion", other, one).difference
        apart = runs[0].std(ddof=1) + runs[1].std(ddof=1)
        assert np.std(runs[0] - runs[1], ddof=1) < apart / 2  # or pairing would be for nothing

    def test_turnover_costs_what_the_report_says(self, answered):
        assert answered[TOUR.spec].answer.effects["turnover_cost"] == turnover_cost(TOUR.spec.recipe().run())

    def test_an_alternative_that_was_changed_leaves_the_others_as_they_are(self, answered):
        runner = Runner(Visit())
        changed = Alternative(AUTOCRATIC.spec.setting("autocratic_decisions.dose", 0.5))
        outcomes = {each.spec: each for each in run_all(runner, TOUR, changed) if each.answer}
        assert outcomes[TOUR.spec].answer is answered[TOUR.spec].answer
        assert outcomes[changed.spec].answer is not answered[AUTOCRATIC.spec].answer

    def test_new_runs_take_the_place_of_those_that_wait(self):
        runner, told_of = Runner(Visit()), []
        runner.start([RunSpec(replicates=50, seed=seed) for seed in (60, 61)], told_of.append)
        run_all(runner, TOUR)
        assert all(outcome.is_busy for outcome in told_of)

    def test_stopping_stops_those_that_wait_too(self):
        runner, told_of = Runner(Visit()), []
        many = [RunSpec(replicates=50, seed=seed) for seed in (62, 63)]
        runner.start(many, told_of.append)
        while not told_of:
            time.sleep(0.01)
        runner.stop()
        while any(thread.name == "run" for thread in threading.enumerate()):
            time.sleep(0.01)
        assert {outcome.spec for outcome in told_of} == {many[0]}
        assert all(outcome.is_busy for outcome in told_of)


class TestWhatIsShown:
    def test_harm_is_said_plainly_and_what_a_scenario_costs_is_no_harm(self, answered):
        said = json.loads(told(sides_of([TOUR, AUTOCRATIC], answered)))
        tour, autocratic = said["alternatives"]
        assert autocratic["harm"].startswith("Does harm, clearly worse with it than without:")
        assert "leaders' time" not in tour["harm"]
        assert tour["sentence"].startswith(f"{TOUR.title}: raises")
        renamed = json.loads(told(sides_of([TOUR.called("What we do")], answered)))["alternatives"][0]["sentence"]
        assert renamed.startswith("What we do: raises")
        assert "highest with A" in said["compared"][0]
        assert tour["warnings"]

    def test_the_best_of_two_that_do_harm_is_not_called_good(self, answered):
        milder = Alternative(AUTOCRATIC.spec.setting("autocratic_decisions.severity", 0.4))
        known = answered | {each.spec: each for each in run_all(Runner(Visit()), milder)}
        (sentence,) = json.loads(told(sides_of([AUTOCRATIC, milder], known)))["compared"]
        trust = sentence.partition(";")[0]
        assert "highest with B" in trust
        assert trust.endswith("below the baseline")
        (sentence,) = json.loads(told(sides_of([TOUR, AUTOCRATIC], answered)))["compared"]
        assert "baseline" not in sentence.partition(";")[0]

    def test_between_two_that_are_the_same_no_difference_is_found(self, answered):
        (sentence,) = json.loads(told(sides_of([TOUR, TOUR], answered)))["compared"]
        assert sentence.count("no difference that can be told from chance between A and B") == 3

    def test_a_scenario_with_another_baseline_is_compared_with_that_and_says_so(self, answered):
        sides = sides_of([TOUR, AUTOCRATIC, IN_CRISIS], answered)
        assert [base.name for base in baselines_of(sides)] == ["baseline of A, B", "baseline of C"]
        notes = [each["baseline"] for each in json.loads(told(sides))["alternatives"]]
        assert notes[:2] == ["", ""]
        assert "they differ in" in notes[2]
        shown = json.loads(board(sides, "exhaustion"))
        assert len(shown["rows"][0]["baselines"]) == 2
        assert [pair["name"] for pair in shown["pairs"]] == ["A, than in B", "A, than in C", "B, than in C"]
        film = film_of(sides)
        assert film.frames.shape[0] == len(names_of_worlds(sides)) == 5
        np.testing.assert_array_equal(film.frames[3], answered[AUTOCRATIC.spec].film.frames[1])

    def test_a_world_is_called_what_the_visitor_calls_it_now(self, answered):
        sides = solara.reactive(sides_of([TOUR], answered))

        @solara.component
        def page() -> None:
            Hospitals(sides.value, View(), lambda **_: None)

        _, context = solara.render(page(), handle_error=False)
        try:
            sides.value = sides_of([TOUR.called("What we do")], answered)
            (network,) = context.find(NetworkW).widgets
            assert json.loads(network.worlds)[-1]["name"] == "What we do"
        finally:
            context.close()

    def test_a_cell_is_green_or_red_only_where_the_difference_is_clear(self, answered):
        (side,) = sides_of([AUTOCRATIC], answered)
        for row in json.loads(board((side,), "exhaustion"))["rows"]:
            effect, (cell,) = side.answer.effects[row["measure"]], row["cells"]
            assert (cell["tone"] != "") == effect.is_clear
            assert ("better" in cell["interval"] or "worse" in cell["interval"]) == effect.is_clear
            assert cell["change"].startswith("≈ 0") != effect.is_clear

    def test_curves_differ_in_color_in_dashes_and_in_their_label(self, answered):
        drawn = json.loads(curves(sides_of([TOUR, AUTOCRATIC], answered), "exhaustion", difference=False))["series"]
        assert [one["label"] for one in drawn] == ["", "A", "B"]
        assert len({one["color"] for one in drawn}) == len({str(one["line"]) for one in drawn}) == 3

    def test_what_is_left_blank_is_not_called_no_difference(self, answered):
        blank = replace(answered[TOUR.spec].answer, values={"exhaustion.app": np.full((4, 2), np.nan)})
        sides = sides_of([TOUR, AUTOCRATIC], {**answered, TOUR.spec: replace(answered[TOUR.spec], answer=blank)})
        (pair,) = json.loads(board(sides, "exhaustion.app"))["pairs"]
        assert (pair["difference"], pair["verdict"]) == ("-", "left blank")

    def test_before_there_is_an_answer_there_is_a_table_without_numbers(self):
        sides = sides_of([TOUR, AUTOCRATIC], {})
        assert {cell["level"] for row in json.loads(board(sides, "cost"))["rows"] for cell in row["cells"]} == {"…"}
        assert curves(sides, "cost", difference=True) is None
        assert json.loads(told(sides))["compared"] == []

    def test_the_table_of_everything_has_a_row_for_each_alternative_measure_and_week(self, answered):
        rows = csv_of(sides_of([TOUR, AUTOCRATIC], answered)).splitlines()
        assert len(rows) == 1 + 2 * 60 * len(NAMES)
        assert rows[0].startswith("alternative,scenario,measure,week,baseline_mean")

    def test_what_is_pinned_is_told_by_its_differences(self, answered):
        answer = answered[TOUR.spec].answer
        table = json.loads(
            tray([(TOUR.written(), TOUR, answer), ("of a later version", None, None)], {TOUR.spec: "A"}, full=False)
        )
        assert [row["letter"] for row in table["rows"]] == ["A", ""]
        assert table["rows"][0]["cells"][0]["change"].endswith(
            f"{answer.effects['trust_clinician_admin'].difference:+.3f}"
        )
        assert table["rows"][1]["explore"] == ""


class TestAReport:
    def test_it_has_the_numbers_of_the_page_and_nothing_is_left_behind(self, answered):
        before = set(Path(tempfile.gettempdir()).glob("trustsim-report-*"))
        done: list[int] = []
        with ThreadPoolExecutor(2) as pool:
            page = report_of(TOUR.spec, "Listening <b>only</b>", executor=pool, after_replicate=done.append)
        assert page.lower().startswith("<!doctype html>")
        assert shlex.join(["trustsim", "run", "listening_tour"]) in page
        assert "with listening &lt;b&gt;only&lt;/b&gt;" in page  # what the visitor calls it, not what it was
        assert "follow-through</h" not in page
        assert sorted(done) == [1, 2, 3, 4]
        effect = answered[TOUR.spec].answer.effects["leader_hours"]
        assert f"{effect.difference:+.0f}"[1:] in page
        assert set(Path(tempfile.gettempdir()).glob("trustsim-report-*")) == before
        assert tempfile.gettempdir() + "/" not in page

    def test_who_wants_it_no_more_gets_none(self):
        assert Visit().report(TOUR.spec, TOUR.title, lambda done: done < 2) is None


class TestStudies:
    def test_indices_are_those_of_the_analysis(self, keep_study):
        folder = keep_study("sobol")
        try:
            lay_out([folder])
            (results,) = laid_out()
            found = drivers(results, "trust_clinician_admin")
            rows = json.loads(tornado(found, "file"))["rows"]
        finally:
            lay_out([])
        of = next(of for of in analyze_study(results).measures if of.name == "trust_clinician_admin")
        indices = of.findings["sobol"]
        assert [row["factor"] for row in rows] == sorted(
            indices.factors[:2], key=lambda factor: -indices.total.value[indices.factors.index(factor)]
        )
        for row in rows:
            place = indices.factors.index(row["factor"])
            assert row["total"] == [
                pytest.approx(getattr(indices.total, end)[place], 1e-5) for end in ("value", "low", "high")
            ]

    def test_what_is_no_study_by_sobol_is_refused_and_nobody_sees_it(self, keep_study, tmp_path: Path):
        for folder, what in ((keep_study("lhs"), "a study by lhs"), (tmp_path, "manifest")):
            with pytest.raises(InputError, match=what):
                lay_out([folder])
            assert laid_out() == ()
