"""What the report of a study says, whatever its design."""

import json

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.report.blocks import Bullets, Cards, Charts, Report, Section, Table, Text
from trustsim.report.folder import report_of
from trustsim.report.outcomes import Outcome
from trustsim.studies import read_results
from trustsim.studies.analyze import analyze_study

POINTS = [
    {"listening_tour.visits_per_week": visits, "listening_tour.follow_through": share, "trust.negativity": 1.5}
    for visits, share in ((1, 0.0), (6, 0.5), (12, 1.0))
]
DESIGNS = {
    "morris": {"method": "morris", "n": 6},
    "lhs": {"method": "lhs", "n": 24},
    "grid": {"method": "grid", "n": 3},
    "list": {"method": "list", "points": POINTS},
}


def section(report: Report, key: str) -> Section:
    return next(each for each in report.sections if each.key == key)


def blocks(report: Report, key: str, kind: type) -> list:
    return [block for block in section(report, key).blocks if isinstance(block, kind)]


def words(report: Report, key: str) -> str:
    bullets = [item for block in blocks(report, key, Bullets) for item in block.items]
    return " ".join([block.text for block in blocks(report, key, Text)] + bullets)


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_has_a_report(keep_study, tmp_path, design):
    report = report_of(keep_study(tmp_path, **DESIGNS[design]))
    assert "on average over all combinations" in words(report, "answer").lower()
    (cards,) = blocks(report, "key-figures", Cards)
    assert len(cards.cards) == 4


def test_the_report_has_the_numbers_of_the_analysis_that_it_leaves_behind(sobol):
    analysis = analyze_study(read_results(sobol.folder))
    effect = Outcome.of(analysis, "trust_clinician_admin").effect
    (cards,) = blocks(sobol.report, "key-figures", Cards)
    assert cards.cards[0].change.value == effect.difference
    kept = json.loads((sobol.folder / "analysis" / "analysis.json").read_text())
    indices = {row["factor"]: row for row in kept["measures"][0]["findings"]["sobol"] if row["order"] == "total"}
    (drawn,) = blocks(sobol.report, "drivers", Charts)
    shown = {str(row[0]): row[2].value for row in drawn.charts[0].data.rows}
    found = indices["listening_tour.follow_through"]["estimate"]
    assert shown["Raised issues that are resolved"] == pytest.approx(found, rel=1e-9)


def test_the_answer_to_what_decides_it_names_what_decides_it(sobol):
    assert words(sobol.report, "question").startswith("What decides it?")
    assert words(sobol.report, "answer").startswith("What decides it most: ")


def test_executives_are_not_told_of_sobol_morris_or_their_indices(sobol):
    shown = [part for part in sobol.report.sections if part.key != "reproduce"]
    said = str([[block for block in part.blocks if not isinstance(block, Charts)] for part in shown]).lower()
    for jargon in ("sobol", "variance", "total index", "first order", "bootstrap", "replicate"):
        assert jargon not in said


def test_each_point_counts_once_in_the_share_that_does_harm(sobol):
    results = read_results(sobol.folder)
    outcome = Outcome.of(analyze_study(results), "trust_clinician_admin")
    assert len(outcome.points) == len(results.study.points) < len(results.X)
    better, worse = outcome.shares()
    assert better + worse + np.mean(outcome.points == 0.0) == pytest.approx(1.0)
    assert worse == np.mean(outcome.points < 0.0)


def test_harm_is_placed_over_the_two_factors_that_matter_most(sobol):
    (table,) = blocks(sobol.report, "backfires", Table)
    assert len(table.columns) == 4
    assert len(table.rows) == 3
    assert all(str(column).startswith("Raised issues that are resolved: ") for column in table.columns[1:])
    values = [[cell.value for cell in row[1:] if not isinstance(cell, str)] for row in table.rows]
    assert min(min(row) for row in values) < max(max(row) for row in values)


def test_a_study_without_money_says_how_to_get_it(keep_study, tmp_path):
    text = (
        "scenario: visits.yaml\nfactors: {listening_tour.follow_through: [0, 1]}\nmeasures: [trust_peers]\n"
        "window: [6, 12]\nseed: 1\n"
    )
    report = report_of(keep_study(tmp_path, text, method="grid", n=3))
    assert "did not record money" in words(report, "money")


def test_levels_are_told_without_a_comparison(keep_study, tmp_path):
    text = (
        "scenario: calm.yaml\nbaseline: none\nfactors: {trust.negativity: [1, 5], trust.gain: [0.02, 0.1]}\n"
        "measures: [trust_clinician_admin, cost]\nwindow: [6, 12]\nseed: 1\n"
    )
    report = report_of(keep_study(tmp_path, text, method="lhs", n=16))
    assert "of 100 on average, nine of ten from" in words(report, "answer")
    assert "without a comparison" in words(report, "question")
    assert not blocks(report, "key-figures", Cards)


def test_a_single_replicate_is_told_without_intervals(keep_study, tmp_path):
    report = report_of(keep_study(tmp_path, replicates=1, method="lhs", n=12))
    (cards,) = blocks(report, "key-figures", Cards)
    assert "no interval" in cards.cards[0].interval


def test_factors_of_names_and_of_groups_are_told_too(keep_study, tmp_path):
    text = (
        "scenario: visits.yaml\nmeasures: [trust_clinician_admin]\nwindow: [6, 12]\nseed: 1\n"
        "factors: {listening_tour.follow_through: {choices: [0.0, 0.9]}, trust.gain: [0.02, 0.1],"
        " trust.drift: [0, 0.01]}\n"
    )
    groups = {"habit": ["trust.gain", "trust.drift"]}
    report = report_of(keep_study(tmp_path, text, method="morris", n=6, groups=groups))
    (drawn,) = blocks(report, "drivers", Charts)
    assert "habit (a group of 2)" in [str(row[0]) for row in drawn.charts[0].data.rows]


def test_a_study_that_has_no_complete_replicate_is_refused(keep_study, tmp_path):
    folder = keep_study(tmp_path, method="grid", n=2)
    for part in (folder / "runs").glob("part-*"):
        part.unlink()
    with pytest.raises(InputError, match="no replicate is complete"):
        report_of(folder)
