"""The hospital begins as its people answered: the measured baseline reproduces the survey."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from trustsim.draws import replicate_seed
from trustsim.organization import Organization
from trustsim.organization.roles import CLIMATE, role_code
from trustsim.scenario import load_scenario
from trustsim.simulation import open_hospital
from trustsim.survey import Cell, Fit, Measured, Survey, find_item, fit_climate
from trustsim.survey.crosswalk import FEELINGS
from trustsim.survey.fitting import end_of_burn_in
from trustsim.survey.measured import can_answer, members, score
from trustsim.worlds.state import People

RELIABILITY = 0.8
OTHER_SEEDS = [replicate_seed(1000 + number, 0) for number in range(5)]
DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def fit(hospital: Organization, survey: Survey) -> Fit:
    return fit_climate(hospital, survey, load_scenario("baseline"))


def at_the_survey(organization: Organization, seed: int) -> People:
    baseline = load_scenario("baseline")
    return end_of_burn_in(baseline, open_hospital(baseline, seed, organization=organization))


def answered(organization: Organization, people: People, row: Measured, random: np.random.Generator) -> float:
    """What as many people of a cell as had answered would score, with the error of an instrument."""
    here = np.flatnonzero(members(organization, row.cell) & can_answer(organization, people, 0, row.item))
    asked = random.choice(here, min(row.n, len(here)), replace=False)
    expected = row.item.expected(getattr(people, FEELINGS[row.item.feeling])[asked, 0])
    if row.item.stat == "mean":
        error = random.normal(0.0, row.item.sd * math.sqrt(1.0 - RELIABILITY), len(asked))
        return float(np.clip(expected + error, *row.item.bounds).mean())
    return 100.0 * float((random.random(len(asked)) < expected / 100.0).mean())


def test_a_survey_of_the_simulated_hospital_finds_what_the_survey_found(fit: Fit, survey: Survey) -> None:
    # 144 cells, 5 seeds that the fit has not seen, 720 scores. If each were off by its sampling error alone, 95.4 %
    # were within two of it and fewer than 90 % in less than one of 10,000 tries.
    errors: list[float] = []
    for number, seed in enumerate(OTHER_SEEDS):
        people, random = at_the_survey(fit.organization, seed), np.random.default_rng(number)
        scores = [answered(fit.organization, people, row, random) for row in survey.first]
        errors += [(score - row.value) / row.standard_error for score, row in zip(scores, survey.first, strict=True)]
    assert np.mean(np.abs(errors) <= 2.0) >= 0.9


def test_without_the_climate_it_does_not(hospital: Organization, survey: Survey) -> None:
    people, random = at_the_survey(hospital, OTHER_SEEDS[0]), np.random.default_rng(0)
    errors = [(answered(hospital, people, row, random) - row.value) / row.standard_error for row in survey.first]
    assert np.mean(np.abs(errors) <= 2.0) < 0.8


def test_every_score_is_reproduced_and_how_well_is_told(fit: Fit, survey: Survey) -> None:
    assert [one.row for one in fit.residuals] == survey.first
    assert max(abs(one.in_errors) for one in fit.residuals) < 0.5
    assert list(fit.missed) == []
    assert fit.steps <= 10


def test_the_same_survey_gives_the_same_hospital(hospital: Organization, survey: Survey, fit: Fit) -> None:
    again = fit_climate(hospital, survey, load_scenario("baseline"))
    assert again.organization.digest == fit.organization.digest != hospital.digest


def test_only_the_places_that_were_surveyed_are_moved(hospital: Organization) -> None:
    unit = hospital.unit_names[0]
    row = Measured(Cell(unit, "nurse"), find_item("mbi", "emotional exhaustion", "mean"), 40.0, 12, DAY, 2)
    fit = fit_climate(hospital, Survey((row,)), load_scenario("baseline"))
    nurses = (hospital.unit == 0) & (hospital.role == role_code("nurse"))
    climate = fit.organization.climate
    assert np.all(climate[CLIMATE.index("exhaustion"), nurses] > 0.1)
    assert not climate[:, ~nurses].any()
    assert np.count_nonzero(climate.any(axis=1)) == 1


def test_scores_of_leaders_become_conduct_of_those_who_lead(hospital: Organization) -> None:
    row = Measured(Cell("", "nurse"), find_item("leader_index", "overall", "mean"), 3.4, 100, DAY, 2)
    fit = fit_climate(hospital, Survey((row,)), load_scenario("baseline"))
    moved = np.flatnonzero(fit.organization.climate[CLIMATE.index("conduct")])
    leaders = np.unique(hospital.leader[hospital.role == role_code("nurse")])
    assert moved.tolist() == leaders.tolist()
    assert abs(fit.residuals[0].in_errors) < 0.2


def test_a_finer_cell_counts_for_its_people_and_the_coarser_one_for_the_rest(hospital: Organization) -> None:
    item = find_item("mbi", "emotional exhaustion", "mean")
    unit = hospital.unit_names[2]
    rows = (Measured(Cell(), item, 24.0, 200, DAY, 2), Measured(Cell(unit), item, 33.0, 20, DAY, 3))
    fit = fit_climate(hospital, Survey(rows), load_scenario("baseline"))
    assert [abs(one.in_errors) < 0.1 for one in fit.residuals] == [True, True]
    exhaustion = fit.organization.climate[CLIMATE.index("exhaustion")]
    assert exhaustion[members(hospital, Cell(unit))].min() > exhaustion[members(hospital, Cell("", "nurse"))].min()


def test_two_scores_of_one_leader_that_differ_cannot_both_be_reproduced(hospital: Organization) -> None:
    item, unit = find_item("leader_index", "overall", "mean"), hospital.unit_names[0]
    rows = tuple(
        Measured(Cell(unit, role), item, value, 12, DAY, line)
        for line, (role, value) in enumerate((("nurse", 3.0), ("allied", 4.6)), start=2)
    )
    fit = fit_climate(hospital, Survey(rows), load_scenario("baseline"))
    assert any("its leaders have one conduct for all whom they lead" in sentence for sentence in fit.missed)


def test_what_is_beyond_the_reach_of_the_model_is_said(hospital: Organization) -> None:
    row = Measured(Cell("", "physician"), find_item("biopsy", "feeling valued", "pct_favourable"), 100.0, 90, DAY, 2)
    fit = fit_climate(hospital, Survey((row,)), load_scenario("baseline"))
    assert len(fit.missed) == 1
    assert "it is beyond the reach of the model" in fit.missed[0]


def test_instruments_of_one_feeling_are_weighed_by_how_sure_they_are(hospital: Organization) -> None:
    sure = Measured(Cell("", "nurse"), find_item("mbi", "emotional exhaustion", "mean"), 30.0, 150, DAY, 2)
    unsure = Measured(Cell("", "nurse"), find_item("mini_z", "burnout", "mean"), 2.0, 150, DAY, 3)
    fit = fit_climate(hospital, Survey((sure, unsure)), load_scenario("baseline"))
    modeled = fit.residuals[0].modeled / 54.0
    assert abs(modeled - 30.0 / 54.0) < abs(modeled - 0.25) / 5.0


@pytest.mark.parametrize("item", [("sops", "communication openness"), ("sops", "hospital management support"),
                                  ("sops", "supervisor support"), ("biopsy", "feeling valued")])  # fmt: skip
def test_an_average_hospital_stays_about_average(hospital: Organization, item: tuple[str, str]) -> None:
    row = Measured(Cell(), find_item(*item, "pct_favourable"), 50.0, 100, DAY, 2)
    expected, _ = score(hospital, at_the_survey(hospital, 1), 0, row)
    assert expected == pytest.approx(row.item.benchmark, abs=10.0)


def test_nobody_to_ask_is_no_answer(hospital: Organization) -> None:
    row = Measured(Cell("", "executive"), find_item("leader_index", "overall", "mean"), 4.0, 5, DAY, 2)
    nobody = replace(row, cell=Cell(hospital.unit_names[0], "executive"))
    expected, slope = score(hospital, at_the_survey(hospital, 1), 0, nobody)
    assert math.isnan(expected)
    assert math.isnan(slope)
