"""The first answers that the model gives: what the articles claim, and levels that a hospital would recognize.

Intervals are of 95 % over 20 replicates, two-sided; the seeds are fixed, so that a failure is a change of the model and
never bad luck.
"""

from __future__ import annotations

import numpy as np
import pytest

from trustsim.comparison import Effect, paired_effect
from trustsim.measures import HEADLINE
from trustsim.organization.roles import ROLES
from trustsim.scenario import load_scenario
from trustsim.simulation import open_hospital, run_worlds

SEEDS = range(101, 121)
SCENARIOS = (
    "baseline", "listening_tour", "listening_tour_without_follow_through", "autocratic_decisions", "dyad_leadership",
    "recognition", "crisis", "autocratic_in_crisis", "inclusive_in_crisis",
)  # fmt: skip
LAST_HALF_YEAR, CRISIS = (78, 104), (26, 52)


@pytest.fixture(scope="module")
def weekly() -> dict[str, np.ndarray]:
    """Every measure of every scenario, (replicates, weeks, scenarios)."""
    scenarios = [load_scenario(name) for name in SCENARIOS]
    runs = [run_worlds(scenarios, open_hospital(scenarios[0], seed)).hospital for seed in SEEDS]
    return {name: np.stack([run[name] for run in runs]) for name in runs[0]}


def effect(weekly, measure: str, scenario: str, *, against: str = "baseline", window=LAST_HALF_YEAR) -> Effect:
    mean = np.nanmean(weekly[measure][:, slice(*window)], axis=1)
    return paired_effect(measure, mean[:, SCENARIOS.index(against)], mean[:, SCENARIOS.index(scenario)])


def rises(found: Effect) -> bool:
    return found.low > 0.0


def falls(found: Effect) -> bool:
    return found.high < 0.0


def test_listening_with_follow_through_builds_trust_and_clears_concerns(weekly):
    assert rises(effect(weekly, "trust_clinician_admin", "listening_tour"))
    assert falls(effect(weekly, "open_concerns", "listening_tour"))


def test_listening_without_follow_through_lowers_trust(weekly):
    assert falls(effect(weekly, "trust_clinician_admin", "listening_tour_without_follow_through"))


def test_autocratic_decisions_lower_autonomy_and_trust(weekly):
    assert falls(effect(weekly, "autonomy", "autocratic_decisions"))
    assert falls(effect(weekly, "trust_clinician_admin", "autocratic_decisions"))


def test_in_the_weeks_of_a_crisis_autocracy_loses_less_than_inclusion(weekly):
    against = {"against": "inclusive_in_crisis", "window": CRISIS}
    assert falls(effect(weekly, "open_concerns", "autocratic_in_crisis", **against))
    assert falls(effect(weekly, "safety_events", "autocratic_in_crisis", **against))
    assert rises(effect(weekly, "trust_clinician_admin", "autocratic_in_crisis", **against))


def test_what_a_crisis_excuses_calm_times_do_not(weekly):
    in_crisis = effect(weekly, "trust_clinician_admin", "autocratic_in_crisis", against="crisis", window=CRISIS)
    in_calm = effect(weekly, "trust_clinician_admin", "autocratic_decisions")
    assert rises(in_crisis)
    assert falls(in_calm)


def test_a_dyad_closes_the_gap_between_silos(weekly):
    assert falls(effect(weekly, "silo_gap", "dyad_leadership"))


def test_recognition_makes_people_feel_valued_and_stay(weekly):
    assert rises(effect(weekly, "valued", "recognition"))
    assert falls(effect(weekly, "intent_to_leave", "recognition"))


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [
        ("burnout_prevalence.physician", 0.30, 0.60),
        ("turnover_annual.physician", 0.04, 0.12),
        ("turnover_annual.nurse", 0.10, 0.25),
        ("vacancy_rate", 0.01, 0.10),
        ("workload", 1.0, 1.15),
    ],
)
def test_levels_are_those_of_a_hospital(weekly, measure, low, high):
    assert low < np.nanmean(weekly[measure][:, :, 0]) < high


def test_no_measure_is_pinned_at_an_end(weekly):
    for measure in HEADLINE:
        if measure in ("leader_hours",):  # nothing is asked of leaders at baseline
            continue
        series = weekly[measure][:, :, 0].mean(axis=0)
        assert series.min() > 0.0, measure
        assert series.max() > series.min(), measure
    for role in (role for role in ROLES if role != "allied"):  # of whom this hospital has none
        assert 0.0 < np.nanmean(weekly[f"exhaustion.{role}"][:, :, 0]) < 1.0


def test_after_burn_in_a_quiet_hospital_stays_as_it_is(weekly):
    for measure in ("trust_clinician_admin", "burnout_prevalence", "psychological_safety", "autonomy", "open_concerns"):
        series = weekly[measure][:, :, 0].mean(axis=0)
        first, last = series[:26].mean(), series[-26:].mean()
        assert abs(last - first) < 0.05 * first, measure
