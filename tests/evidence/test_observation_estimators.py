"""Estimators on data made up so that the answer is known."""

import math

import numpy as np
import pytest

from trustsim.evidence.observation.estimators import (
    adjusted_odds_per_sd,
    between_units,
    icc,
    jackknife,
    mean,
    odds_ratio,
    odds_ratio_per_unit,
    risk_ratio,
    share_difference,
    smallest_step,
    standardized,
    time_constant,
)

TABLE = np.array([[20.0, 100.0], [10.0, 100.0]])


def people(*groups):
    """Rows (score, outcome before, outcome) of groups (score, before, people, of whom with the outcome)."""
    return np.array(
        [(score, before, number < yes) for score, before, size, yes in groups for number in range(size)], dtype=float
    )


def test_twenty_of_a_hundred_against_ten():
    assert odds_ratio([TABLE]) == pytest.approx(20 * 90 / (80 * 10))
    assert risk_ratio([TABLE]) == pytest.approx(2.0)
    assert share_difference([TABLE]) == pytest.approx(0.1)


def test_tables_of_small_hospitals_are_added_before_a_ratio_is_taken():
    halves = [np.array([[5.0, 40.0], [0.0, 30.0]]), np.array([[15.0, 60.0], [10.0, 70.0]])]
    assert odds_ratio(halves) == odds_ratio([TABLE])


def test_a_ratio_to_nobody_does_not_exist():
    nobody = np.array([[20.0, 100.0], [0.0, 0.0]])
    assert math.isnan(odds_ratio([nobody]))
    assert math.isnan(risk_ratio([nobody]))


def test_the_odds_ratio_per_patient_is_found_in_groups_that_follow_it():
    patients, nurses = np.array([4.0, 5.0, 8.0]), np.array([300.0, 200.0, 100.0])
    odds = 0.3 * 1.23**patients
    sample = np.column_stack([patients * nurses, nurses * odds / (1 + odds), nurses])
    assert odds_ratio_per_unit([sample / 4, sample / 4 * 3]) == pytest.approx(1.23)


def test_no_odds_ratio_where_everybody_is_burned_out():
    sample = np.array([[400.0, 100.0, 100.0], [800.0, 100.0, 100.0]])
    assert math.isnan(odds_ratio_per_unit([sample]))


def test_a_score_that_acts_only_by_way_of_earlier_burnout_has_an_adjusted_ratio_of_one():
    sample = people((0.0, 0, 40, 8), (1.0, 0, 80, 16), (0.0, 1, 80, 48), (1.0, 1, 40, 24))
    crude = people(*[(score, 0, *counts) for score, counts in ((0.0, (120, 56)), (1.0, (120, 40)))])
    assert adjusted_odds_per_sd([sample]) == pytest.approx(1.0)
    assert crude[:, 2].sum() == sample[:, 2].sum()  # unadjusted it would seem to protect


def test_the_ratio_is_per_standard_deviation_of_the_score():
    sample = people(*[(score, before, 60, yes) for before in (0, 1) for score, yes in ((-1.0, 30), (1.0, 15))])
    per_point = (1 / 3) ** 0.5
    assert adjusted_odds_per_sd([sample]) == pytest.approx(per_point ** sample[:, 0].std(ddof=1))
    assert adjusted_odds_per_sd([sample * [100.0, 1.0, 1.0]]) == pytest.approx(adjusted_odds_per_sd([sample]))


def test_units_that_differ_by_luck_alone_do_not_differ():
    assert between_units([np.array([[3.0, 10.0], [4.0, 10.0], [3.0, 10.0]])]) == 0.0


def test_units_that_differ_differ_by_what_sampling_does_not_explain():
    large = np.array([[2e8, 1e9], [4e8, 1e9]])
    assert between_units([large]) == pytest.approx(math.sqrt(0.02))
    assert icc([large]) == pytest.approx(0.02 / (0.3 * 0.7))
    small = np.array([[2.0, 11.0], [7.0, 11.0]])
    p = small[:, 0] / 11.0
    assert between_units([small]) ** 2 == pytest.approx(np.var(p, ddof=1) - np.mean(p * (1 - p)) / 10)


def test_units_of_all_hospitals_are_taken_together():
    hospitals = [np.array([[2e8, 1e9]]), np.array([[4e8, 1e9]])]
    assert between_units(hospitals) == pytest.approx(math.sqrt(0.02))


def test_a_difference_of_three_points_among_people_ten_apart():
    assert standardized([np.array([-2.0, 90.0]), np.array([-4.0, 110.0])]) == pytest.approx(-0.3)


def test_the_smallest_step_is_negative_where_the_order_is_broken():
    assert smallest_step([np.array([0.4, 0.3, 0.1])]) == pytest.approx(0.1)
    assert smallest_step([np.array([0.4, 0.1, 0.3])]) == pytest.approx(-0.2)


@pytest.mark.parametrize("tau", [0.2, 0.5, 2.0])
def test_a_time_constant_is_found_in_an_excess_that_decays_with_it(tau):
    middles = (np.arange(1000) + 0.5) / 1000
    sample = np.array([0.25, *(0.25 * np.exp(-middles / tau))])
    assert time_constant([sample]) == pytest.approx(tau, rel=1e-4)


def test_an_excess_that_stays_never_recovers_and_one_that_is_gone_has_recovered():
    assert time_constant([np.full(10, 0.2)]) == math.inf
    assert time_constant([np.array([0.2, *np.zeros(9)])]) == 0.0
    assert math.isnan(time_constant([np.zeros(10)]))


def test_the_error_of_a_mean_is_the_usual_one():
    samples = [np.array(value) for value in (0.1, 0.4, 0.2, 0.9)]
    value, deviations = jackknife(mean, samples)
    assert value == pytest.approx(0.4)
    assert math.sqrt((deviations**2).sum()) == pytest.approx(np.std(samples, ddof=1) / 2.0)
