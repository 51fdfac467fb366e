"""What a study found: the analysis that fits its design, as tables, figures and plain words."""

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from trustsim.errors import InputError
from trustsim.studies import load_study, read_results
from trustsim.studies.analyze import analyze_study, write_analysis
from trustsim.studies.status import status_of

FACTORS = "{listening_tour.visits_per_week: [0, 12], listening_tour.follow_through: [0, 1], trust.gain: [0.02, 0.1]}"


def study_of(write_study, design: str, factors: str = FACTORS, more: str = ""):
    head = "question: What matters?\nscenario: visits.yaml\nreplicates: 4\nmeasures: [trust_clinician_admin]\n"
    return load_study(write_study(f"{head}factors: {factors}\ndesign: {design}\n{more}"))


DESIGNS = {
    "{method: sobol, n: 32}": {"sobol", "convergence"},
    "{method: sobol, n: 16, second_order: true, groups: {tour: [listening_tour.visits_per_week, trust.gain]}}": {
        "sobol"
    },
    "{method: morris, n: 10}": {"morris"},
    "{method: lhs, n: 40}": {"dose_response.listening_tour.visits_per_week"},
    "{method: grid, n: 3}": {"effects", "dose_response.trust.gain"},
    "{method: list, points: [{listening_tour.visits_per_week: 1, listening_tour.follow_through: 0, trust.gain: 0.05},"
    " {listening_tour.visits_per_week: 9, listening_tour.follow_through: 1, trust.gain: 0.05}]}": {"effects"},
}


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_has_its_analysis_with_tables_figures_and_words(write_study, tmp_path, design):
    found = analyze_study(study_of(write_study, design).run(tmp_path / "out"))
    folder = write_analysis(found)
    (of,) = found.measures
    assert not of.problem
    assert of.findings.keys() >= DESIGNS[design]
    for key in of.findings:
        assert len(pq.read_table(folder / f"trust_clinician_admin.{key}.parquet")) > 0
    figures = {path.name.rpartition(".")[0] for path in folder.glob("*.svg")}
    assert figures == {path.name.rpartition(".")[0] for path in folder.glob("*.png")}
    assert figures
    assert (folder / "summary.txt").read_text().startswith("What matters?")
    document = json.loads((folder / "analysis.json").read_text())
    assert document["measures"][0]["findings"].keys() == of.findings.keys()


def test_follow_through_decides_and_the_dummy_does_not(write_study, tmp_path):
    design = "{method: sobol, n: 64}"
    factors = "{listening_tour.follow_through: [0, 1], patients.outcome_noise: [0.1, 0.3]}"
    (of,) = analyze_study(study_of(write_study, design, factors).run(tmp_path / "out")).measures
    indices = of.findings["sobol"]
    total = dict(zip(indices.factors, indices.total.value, strict=True))
    assert total["listening_tour.follow_through"] > 0.9
    assert total["patients.outcome_noise"] == total["dummy"] == 0.0


def test_of_a_study_under_way_the_complete_replicates_count(study, tmp_path):
    study.run(tmp_path / "out")
    (part,) = (tmp_path / "out/runs").glob("part-r00001-*")
    part.unlink()
    found = analyze_study(read_results(tmp_path / "out"))
    assert found.replicates == (0, 2)
    assert "2 of 3 replicates" in found.text()


def test_a_study_without_a_complete_replicate_is_not_analyzed(study, tmp_path):
    study.run(tmp_path / "out")
    for part in (tmp_path / "out/runs").iterdir():
        part.unlink()
    with pytest.raises(InputError, match="0 of 240 runs, and no replicate is complete"):
        analyze_study(read_results(tmp_path / "out"))


def test_rows_of_failed_runs_are_left_out_as_a_whole_and_too_many_are_said(write_study, tmp_path):
    """Starts of 0 to 9 clash with the cooldown of the first tour: most of the design fails."""
    head = (tmp_path / "visits.yaml").read_text().partition("interventions")[0]
    tours = (
        "interventions: [{kind: listening_tour, weeks: 2}, {kind: listening_tour, name: again, start: 11, weeks: 1}]"
    )
    (tmp_path / "visits.yaml").write_text(f"{head}{tours}\n")
    study = study_of(write_study, "{method: sobol, n: 16}", "{again.start: [0, 11], trust.gain: [0.02, 0.1]}")
    (of,) = analyze_study(study.run(tmp_path / "out")).measures
    assert "failed runs touch" in of.problem
    assert not of.findings
    status = status_of(tmp_path / "out")
    assert status.failed == sum(status.errors.values()) > 0
    late = [level for level in status.levels if level.factor == "again.start" and level.level == "8.25 to 11"]
    early = [level for level in status.levels if level.factor == "again.start" and level.level == "0 to 2.75"]
    assert early[0].failed == early[0].planned
    assert late[0].failed < late[0].planned


def test_status_counts_by_the_level_of_every_factor(study, tmp_path):
    study.run(tmp_path / "out")
    (part,) = (tmp_path / "out/runs").glob("part-r00001-*")
    part.unlink()
    status = status_of(tmp_path / "out")
    assert (status.planned, status.done, status.missing, status.failed) == (240, 160, 80, 0)
    for factor in study.problem.names:
        levels = [level for level in status.levels if level.factor == factor]
        assert sum(level.planned for level in levels) == 240
        assert sum(level.missing for level in levels) == 80


def test_a_pilot_names_factors_without_effect_and_no_others(write_study):
    nothing = "contact.base.dyad: [0, 1], cost.event: [5, 20], town_hall.dose: [0, 1]"
    factors = f"{{listening_tour.follow_through: [0, 1], {nothing}}}"
    pilot = study_of(write_study, "{method: lhs, n: 20}", factors, "seed: 3\n").pilot()
    # No dyad leads a unit of this scenario, and what an event costs moves no trust.
    assert pilot.inert == ("town_hall.dose", "contact.base.dyad", "cost.event")
    assert (pilot.points, pilot.runs) == (20, 80)
    assert 80 < pilot.worlds <= 160
    assert 0.0 < pilot.minutes(1) == 2.0 * pilot.minutes(2)


def test_the_size_on_disk_is_foretold(study, tmp_path):
    foretold = study.with_replicates(10).pilot().bytes_on_disk
    folder = study.with_replicates(10).run(tmp_path / "out").folder
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size / 2 < foretold < 2 * size


def test_outcomes_are_asked_for_by_a_name_that_was_recorded(study, tmp_path):
    results = study.run(tmp_path / "out")
    assert results.outcomes("open_concerns").shape == (len(results.X), 3)
    assert np.isfinite(results.outcomes("open_concerns")).all()
    with pytest.raises(InputError, match="did you mean 'open_concerns'"):
        results.outcomes("open_concern")
    assert set(results.runs().columns) >= {"point_id", "replicate", "seed", "open_concerns", "baseline.open_concerns"}
