"""How many replicates: what is planned is enough, one fewer is not, and the literature's table comes out."""

import numpy as np
import pytest
from scipy.stats import t, ttest_1samp

from trustsim.analysis import replicates
from trustsim.errors import InputError

PILOT = np.array([1.0, 2.0, 3.0, 4.0, 5.0]) / np.sqrt(2.5)
"""Of standard deviation 1."""


@pytest.mark.parametrize(
    ("groups", "effect", "published"),
    [(2, 0.1, 875.55), (5, 0.1, 487.08), (10, 0.1, 312.57), (2, 0.2, 221.02), (10, 0.2, 78.90), (50, 0.1, 111.58)],
)
def test_groups_need_the_runs_that_secchi_and_seri_publish(groups, effect, published):
    # Their table (Seri and Secchi 2017, 11.4) is a fitted formula, ours is exact: they agree within 5 %.
    assert replicates.for_groups(groups, effect).replicates == pytest.approx(published, rel=0.05)


def test_an_interval_is_narrow_enough_and_would_not_be_with_one_replicate_fewer():
    n = replicates.for_half_width(PILOT, 0.2, assurance=0.5).replicates
    deviation = replicates._upper_deviation(PILOT, 0.5)
    half = [t.ppf(0.975, m - 1) * deviation / np.sqrt(m) for m in (n, n - 1)]
    assert half[0] <= 0.2 < half[1]


def test_a_planned_interval_is_narrow_enough_as_often_as_assured():
    # 300 pilots: fewer than 203 are enough once in a million if four in five are.
    rng = np.random.default_rng(0)
    enough = replicates.for_half_width([-1.0, 1.0] * 500, 0.5, assurance=0.5).replicates
    plans = [replicates.for_half_width(rng.standard_normal(10), 0.5).replicates for _ in range(300)]
    assert sum(plan >= enough for plan in plans) >= 203


def test_the_planned_power_is_there_when_it_is_tried():
    n = replicates.for_power(np.random.default_rng(0).standard_normal(2000), 0.8).replicates
    differences = 0.8 + np.random.default_rng(1).standard_normal((2000, n))
    found = (ttest_1samp(differences, 0.0, axis=1).pvalue < 0.01).mean()
    # Planned for 0.95 (a little above it, n is whole); 2000 tries know it to 0.005.
    assert 0.925 < found < 0.985


def test_the_most_variable_point_decides_and_failed_runs_do_not_count():
    steady, wild = 0.1 * PILOT, np.append(PILOT[:4], np.nan)
    both = replicates.for_half_width(np.stack([steady, wild]), 0.2)
    assert both.replicates == replicates.for_half_width(wild, 0.2).replicates


def test_a_small_pilot_is_trusted_less():
    many = np.tile(PILOT, 20) / np.tile(PILOT, 20).std(ddof=1)
    assert replicates.for_half_width(many, 0.2).replicates < replicates.for_half_width(PILOT, 0.2).replicates


def test_without_luck_two_replicates_are_enough():
    assert replicates.for_power(np.ones(5), 0.1).replicates == 2
    assert replicates.for_half_width(np.ones(5), 0.1).replicates == 2


def test_a_plan_tells_its_cost():
    plan = replicates.for_groups(2, 0.4, seconds_per_run=60.0)
    assert plan.runs == 2 * plan.replicates
    assert plan.seconds == 60.0 * plan.runs
    assert f"({plan.runs} runs, about {plan.runs / 60:.1f} h)" in str(plan)
    assert plan.table().loc[0, "replicates"] == plan.replicates


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: replicates.for_half_width(PILOT, 0.0), "found the half-width 0.0"),
        (lambda: replicates.for_half_width(PILOT, float("nan")), "found the half-width nan"),
        (lambda: replicates.for_half_width([1.0], 0.1), "two or more runs of each point"),
        (lambda: replicates.for_half_width(PILOT, 0.1, confidence=95), "found the confidence 95"),
        (lambda: replicates.for_half_width(PILOT, 1e-9), "more than 10000000 replicates"),
        (lambda: replicates.for_power(PILOT, 0.0), "smallest difference of 0"),
        (lambda: replicates.for_power(PILOT, 1.0, alpha=0.0), "found the alpha 0.0"),
        (lambda: replicates.for_groups(1, 0.1), "found 1 groups"),
        (lambda: replicates.for_groups(2, -0.1), "the effect -0.1"),
    ],
)
def test_a_wrong_question_is_refused(ask, message):
    with pytest.raises(InputError, match=message):
        ask()
