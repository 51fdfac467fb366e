"""Workload and feelings; leaving, vacancies and joining."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.rules.feeling import (
    burned_out,
    cohesion,
    cynicism_level,
    exhaustion,
    exhaustion_level,
    habituation,
    led_level,
    move,
    pushed,
    recognized,
    safety_level,
    satisfaction,
    support,
    workload,
)
from trustsim.rules.leaving import cut_chance, exit_chance, intent, memory, vacancy_weeks

SHARE = st.floats(0.0, 1.0)

# ---------------------------------------------------------------- work


def test_a_full_unit_at_normal_demand_has_a_workload_of_one():
    assert workload(1.0, 18.0, 18.0, 0.0, 0.0, 0.0) == 1.0


def test_those_who_are_left_do_the_work_of_those_who_are_not():
    assert workload(1.0, 18.0, 9.0, 0.0, 0.0, 0.0) == 2.0
    assert workload(1.0, 18.0, 14.4, 0.0, 0.0, 0.0) == 1.25  # all at four fifths of their hours
    assert workload(1.0, 18.0, 0.0, 0.0, 0.0, 0.0) == 3.0  # as much as people can feel


def test_meetings_and_poor_decisions_add_work_and_relief_takes_it_away():
    assert workload(1.2, 10.0, 10.0, 0.1, 0.05, 0.3) == pytest.approx(1.05)
    assert workload(0.5, 10.0, 10.0, 0.0, 0.0, 1.0) == 0.0


# ---------------------------------------------------------------- exhaustion


def test_support_is_trust_in_the_leader_and_feeling_valued_above_the_reference():
    assert support(0.5, 0.5, 0.5) == 0.0
    assert support(0.9, 0.5, 0.5) == pytest.approx(0.2)


def test_the_level_of_exhaustion_is_ones_own_plus_demands_minus_resources():
    assert exhaustion_level(0.4, 0.1, 0.05, 0.15, 0.0, 0.9) == pytest.approx(0.4)
    assert exhaustion_level(0.4, 0.0, 0.0, 0.0, 0.25, 0.8) == pytest.approx(0.5)  # contagion
    assert exhaustion_level(0.4, 0.0, 0.0, 0.0, 1.0, 0.8) == pytest.approx(0.8)
    assert exhaustion_level(0.9, 0.5, 0.0, 0.0, 0.0, 0.5) == 1.0


@given(st.integers(0, 300))
def test_recovery_is_geometric_and_from_severe_exhaustion_it_takes_years(weeks):
    tired, spent = 0.7, 0.95
    for _ in range(weeks):
        tired = exhaustion(tired, 0.3, 0.06, 0.0385, 0.0048, 0.8)
        spent = exhaustion(spent, 0.82, 0.06, 0.0385, 0.0048, 0.8)
    assert tired == pytest.approx(0.3 + 0.4 * (1.0 - 0.0385) ** weeks)
    assert spent == pytest.approx(0.82 + 0.13 * (1.0 - 0.0048) ** weeks)


def test_exhaustion_rises_at_one_rate_severe_or_not():
    assert exhaustion(0.3, 0.5, 0.1, 0.01, 0.001, 0.8) == pytest.approx(0.32)
    assert exhaustion(0.85, 0.95, 0.1, 0.01, 0.001, 0.8) == pytest.approx(0.86)


@pytest.mark.parametrize(
    ("ee", "dp", "is_burned_out"), [(26.9, 9.9, 0.0), (27.0, 0.0, 1.0), (0.0, 10.0, 1.0), (54.0, 30.0, 1.0)]
)
def test_burned_out_is_27_of_54_or_10_of_30(ee, dp, is_burned_out):
    assert burned_out(ee / 54.0, dp / 30.0) == is_burned_out


# ---------------------------------------------------------------- other feelings


def test_cynicism_adds_up_what_is_missing_within_bounds():
    assert cynicism_level(0.2, 0.05, 0.04, 0.03, 0.02, 0.01) == pytest.approx(0.35)
    assert cynicism_level(0.2, -0.5, 0.0, 0.0, 0.0, 0.0) == 0.0


@given(SHARE, st.floats(-1.0, 2.0), st.floats(0.0, 3.0))
def test_a_feeling_stays_a_share_however_hard_it_is_moved(feeling, level, rate):
    assert 0.0 <= move(feeling, level, rate) <= 1.0
    assert move(feeling, level, 0.0) == feeling


@given(SHARE, st.floats(-1.0, 1.0))
def test_a_push_moves_towards_an_end_and_not_beyond(feeling, push):
    assert 0.0 <= pushed(feeling, push) <= 1.0
    assert pushed(feeling, 1.0) == pytest.approx(1.0)
    assert pushed(feeling, -1.0) == 0.0
    assert pushed(feeling, 0.0) == feeling


def test_safety_is_a_mix_of_respect_trust_and_climate():
    assert safety_level(1.0, 0.0, 0.0, 0.4, 0.3) == 0.4
    assert safety_level(0.0, 1.0, 0.0, 0.4, 0.3) == 0.3
    assert safety_level(0.0, 0.0, 1.0, 0.4, 0.3) == pytest.approx(0.3)
    assert safety_level(0.6, 0.6, 0.6, 0.4, 0.3) == pytest.approx(0.6)
    assert 0.0 <= safety_level(0.0, 0.0, 1.0, 1.0, 1.0) <= 1.0


def test_recognition_raises_feeling_valued_unless_it_is_routine_or_worn_out():
    assert recognized(0.4, 1.0, 0.0, 0.0, 0.1) == pytest.approx(0.46)
    assert recognized(0.4, 1.0, 1.0, 0.0, 0.1) == 0.4
    assert recognized(0.4, 1.0, 0.0, 1.0, 0.1) == 0.4
    assert recognized(0.4, 0.0, 0.0, 0.0, 0.1) == 0.4


def test_people_get_used_to_routine_more_than_to_sincerity():
    assert habituation(0.0, 1.0, 0.0, 0.1) == pytest.approx(0.025)
    assert habituation(0.0, 1.0, 1.0, 0.1) == pytest.approx(0.1)
    assert habituation(0.4, 0.0, 0.0, 0.1) == pytest.approx(0.36)


def test_a_dyad_grows_together_with_joint_work_and_apart_without():
    assert cohesion(0.0, 1.0, 0.1, 0.05) == 0.1
    assert cohesion(0.6, 0.0, 0.1, 0.05) == pytest.approx(0.57)
    assert cohesion(0.0, 0.0, 0.1, 0.05) == 0.0  # what was never formed does not appear


@given(SHARE, SHARE, SHARE, SHARE)
def test_cohesion_is_a_share_with_its_rest_where_growth_meets_decay(joint, growth, decay, start):
    now = start
    for _ in range(20):
        now = cohesion(now, joint, growth, decay)
        assert -1e-15 <= now <= 1.0 + 1e-15
    up, down = growth * joint, decay * (1.0 - joint)
    if up + down > 0.0:
        rest = up / (up + down)
        assert cohesion(rest, joint, growth, decay) == pytest.approx(rest)


def test_satisfaction_is_half_where_good_and_bad_balance():
    assert satisfaction(0.4, 0.5, 0.5, 0.5, 0.5) == 0.5
    assert satisfaction(0.4, 0.0, 0.0, 0.0, 0.0) == 0.0
    assert satisfaction(0.2, 0.5, 0.5, 0.5, 0.5) > 0.5 > satisfaction(0.8, 0.5, 0.5, 0.5, 0.5)


# ---------------------------------------------------------------- leaving


def test_intent_follows_the_odds_of_the_role_times_the_ratio_of_burnout():
    assert intent(0.25, 1.0, 0.0, 0.0) == 0.2
    assert intent(0.25, 4.0, 0.0, 0.0) == 0.5
    assert intent(0.25, 1.0, 0.0, 1.0) == pytest.approx(1.0 / 3.0)


def test_attachment_divides_the_odds_by_what_estrangement_multiplies_them_by():
    assert intent(1.0, 1.0, 1.0, 0.0) == pytest.approx(1.0 / 3.0)
    assert intent(1.0, 1.0, -1.0, 0.0) == pytest.approx(2.0 / 3.0)
    assert intent(1.0, 1.0, 1e-12, 0.0) == pytest.approx(intent(1.0, 1.0, -1e-12, 0.0))


def test_people_under_a_trusted_leader_feel_valued_and_aligned_above_their_own_level():
    assert led_level(0.5, 0.5, 0.7, 0.5) == pytest.approx(0.6)
    assert led_level(0.5, 0.5, 0.5, 0.5) == 0.5
    assert led_level(0.1, 1.0, 0.2, 0.5) == 0.0


@given(st.floats(0.0, 5.0), st.floats(1.0, 5.0), st.floats(-3.0, 3.0), st.floats(0.0, 10.0))
def test_intent_is_a_probability(odds, ratio, attachment, contagion):
    assert 0.0 <= intent(odds, ratio, attachment, contagion) < 1.0


def test_people_leave_more_easily_in_their_first_year():
    assert exit_chance(0.5, 0.01, 51.0, 1.5, 0.0) == pytest.approx(0.0075)
    assert exit_chance(0.5, 0.01, 52.0, 1.5, 0.0) == 0.005


def test_the_exhausted_cut_their_hours_sooner_and_the_rested_hardly_ever():
    assert cut_chance(0.01, 2.4, 0.44, 0.44) == 0.01
    assert cut_chance(0.01, 2.4, 0.44 + 1.0 / 6.0, 0.44) == pytest.approx(0.014)
    assert cut_chance(0.01, 6.0, 0.1, 0.44) == 0.0
    assert cut_chance(0.01, 0.0, 0.9, 0.44) == 0.01


def test_who_is_pushed_goes():
    assert exit_chance(0.0, 0.01, 100.0, 1.5, 0.25) == 0.25
    assert exit_chance(0.5, 0.01, 100.0, 1.5, 1.0) == pytest.approx(1.0)


@given(st.integers(1, 60))
def test_a_vacancy_lasts_its_weeks_and_a_freeze_stops_the_search(weeks):
    left, searched = float(weeks), 0
    while left > 0.0:
        left, searched = vacancy_weeks(left, 0.0), searched + 1
    assert searched == weeks
    assert vacancy_weeks(float(weeks), 1.0) == float(weeks)
    assert vacancy_weeks(float(weeks), 0.5) == weeks - 0.5


@pytest.mark.parametrize(("hazard", "weeks"), [(0.002, 14.0), (0.01, 28.0), (0.05, 4.0)])
def test_the_share_of_empty_chairs_balances_exits_with_the_time_to_fill(hazard, weeks):
    # The expected stock: what share of the chairs is filled, and what share has how many weeks of search left.
    filled, searches = 1.0, {}
    for _ in range(3000):
        leaves = filled * exit_chance(1.0, hazard, 100.0, 1.5, 0.0)
        searches = {vacancy_weeks(left, 0.0): chairs for left, chairs in searches.items()}
        filled = filled - leaves + searches.pop(0.0, 0.0)
        searches[weeks] = leaves
    assert filled + sum(searches.values()) == pytest.approx(1.0)
    assert 1.0 - filled == pytest.approx(hazard * weeks / (1.0 + hazard * weeks), rel=1e-4)


def test_the_memory_of_exits_fades_and_adds_up():
    assert memory(0.0, 2.0, 20.0, 0.9) == 0.1
    assert memory(0.1, 0.0, 20.0, 0.9) == pytest.approx(0.09)
    assert memory(0.0, 1.0, 0.0, 0.9) == 1.0
