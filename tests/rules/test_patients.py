"""Patients: trust, adherence, outcomes, access, and safety events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.rules.patients import adherence, arrivals, event_chance, outcome, report_chance, seen, trust_level

SHARE = st.floats(0.0, 1.0)


def test_patients_trust_rises_with_practices_and_falls_with_tired_staff_exits_and_waits():
    assert trust_level(0.65, 0.0, 0.0, 0.0, 0.0) == 0.65
    assert trust_level(0.65, 0.1, 0.0, 0.0, 0.0) == 0.75
    assert trust_level(0.65, 0.0, 0.05, 0.1, 0.2) == pytest.approx(0.3)
    assert trust_level(0.65, 0.0, 0.0, 0.0, 2.0) == 0.0


def test_adherence_is_as_usual_at_usual_trust():
    assert adherence(0.6, 0.5, 0.65, 0.65) == 0.6
    assert adherence(0.6, 0.5, 0.85, 0.65) == pytest.approx(0.7)
    assert adherence(0.9, 1.5, 1.0, 0.3) == 1.0


def test_an_outcome_is_as_usual_plus_effect_plus_noise():
    assert outcome(0.6, 0.0, 0.0) == 0.6
    assert outcome(0.6, 0.1, -0.2) == pytest.approx(0.5)
    assert outcome(0.6, 2.0, 0.0) == 1.0


def test_waiting_turns_patients_away():
    assert arrivals(1.0, 0.0, 0.15) == 1.0
    assert arrivals(1.0, 10.0, 0.1) == 0.5


@given(st.floats(0.0, 10.0), st.floats(0.0, 3.0), st.floats(0.0, 3.0))
def test_nobody_is_seen_who_did_not_come_and_nobody_beyond_capacity(waiting, arrived, capacity):
    treated = seen(waiting, arrived, capacity)
    assert treated == min(waiting + arrived, capacity)
    assert waiting + arrived - treated >= 0.0


@given(st.floats(0.2, 0.9), st.floats(0.05, 1.0))
def test_the_queue_rests_where_those_who_stay_away_make_up_for_what_is_missing(capacity, balking):
    waiting = 0.0
    for _ in range(3000):
        arrived = arrivals(1.0, waiting, balking)
        waiting = waiting + arrived - seen(waiting, arrived, capacity)
    assert arrivals(1.0, waiting, balking) == pytest.approx(capacity, rel=1e-3)


def test_events_follow_the_odds_of_the_role_burnout_and_overload():
    assert event_chance(0.25, 1.0, 0.0, 0.0) == 0.2
    assert event_chance(0.25, 2.0, 0.0, 0.0) == pytest.approx(1.0 / 3.0)
    assert event_chance(0.25, 1.0, 1.0, 0.0) == pytest.approx(1.0 / 3.0)
    assert event_chance(0.0, 2.0, 1.0, 0.0) == 0.0


def test_concerns_that_surface_prevent_events_up_to_nine_in_ten():
    assert event_chance(1.0, 1.0, 0.0, 0.5) == pytest.approx(1.0 / 3.0)
    assert event_chance(1.0, 1.0, 0.0, 2.0) == pytest.approx(1.0 / 11.0)


def test_events_are_reported_where_it_is_safe_to():
    assert report_chance(0.4, 0.8, 0.5, 0.5) == 0.4
    assert report_chance(0.4, 0.8, 0.75, 0.5) == pytest.approx(0.6)
    assert report_chance(0.4, 2.0, 0.0, 0.5) == 0.0
