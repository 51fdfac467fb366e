"""Concerns and what comes of them; decisions and how people take them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.rules.decision import (
    custom,
    decides_jointly,
    effective_say,
    excused_say,
    fairness,
    fit,
    fit_seen,
    joint_custom,
    missing_fit,
    read_silence,
    speed,
    takes_part,
)
from trustsim.rules.trust import believe
from trustsim.rules.voice import (
    answer_gain,
    answer_value,
    at_ease,
    concern_chance,
    escalated,
    explained,
    insight,
    local_resolution,
    new_concern,
    one_less,
    resolved,
    speaks_up,
    taken,
)

SHARE = st.floats(0.0, 1.0)

# ---------------------------------------------------------------- voice


def test_problems_multiply_with_workload_above_normal():
    assert concern_chance(0.1, 1.0, 0.5) == concern_chance(0.1, 1.0, 1.0) == 0.1
    assert concern_chance(0.1, 1.0, 1.5) == pytest.approx(0.15)
    assert concern_chance(0.5, 3.0, 3.0) == 1.0


def test_concerns_are_counted_up_to_the_most_and_down_to_none():
    assert new_concern(1.0, 1.0, 5.0) == 2.0
    assert new_concern(4.5, 1.0, 5.0) == 5.0
    assert one_less(2.5, 1.0) == 1.5
    assert one_less(0.5, 1.0) == 0.0
    assert one_less(0.5, 0.0) == 0.5


def test_an_anonymous_channel_takes_the_fear_away():
    assert at_ease(0.2, 0.0) == 0.2
    assert at_ease(0.2, 1.0) == 1.0
    assert at_ease(0.2, 0.5) == pytest.approx(0.6)


def test_voice_goes_from_silent_to_safe_with_psychological_safety():
    assert speaks_up(0.0, 0.05, 0.6, 1.0) == 0.05
    assert speaks_up(1.0, 0.05, 0.6, 1.0) == 0.6
    assert speaks_up(0.5, 0.05, 0.6, 1.0) == pytest.approx(0.325)


def test_without_a_concern_there_is_nothing_to_raise_and_many_are_raised_one_at_a_time():
    assert speaks_up(1.0, 0.05, 0.6, 0.0) == 0.0
    assert speaks_up(1.0, 0.05, 0.6, 0.5) == pytest.approx(0.3)
    assert speaks_up(1.0, 0.05, 0.6, 4.0) == 0.6


def test_able_and_rested_leaders_settle_more():
    assert local_resolution(0.3, 0.0, 0.5, 0.0, 0.5) == 0.3
    assert local_resolution(0.3, 0.0, 0.5, 1.0, 0.5) == pytest.approx(0.15)
    assert local_resolution(0.3, 0.0, 0.5, 0.0, 1.0) == pytest.approx(0.45)
    assert local_resolution(0.3, -1.0, 0.5, 0.0, 1.0) == 0.0


@given(st.integers(0, 6), SHARE, SHARE)
def test_each_hop_of_escalation_loses_its_share_for_three_hops(hops, fidelity, kept):
    step = 1.0 - (1.0 - fidelity) * (1.0 - kept)
    assert escalated(fidelity, kept, float(hops)) == pytest.approx(step ** min(hops, 3))


def test_a_concern_is_settled_here_or_at_the_top_if_it_gets_there():
    assert resolved(0.4, 0.0, 1.0) == 0.4
    assert resolved(0.4, 1.0, 1.0) == 1.0
    assert resolved(0.0, 0.5, 0.5) == 0.25
    assert explained(0.4, 0.5) == pytest.approx(0.7)
    assert explained(1.0, 0.5) == 1.0


def test_one_draw_tells_resolved_from_explained_from_ignored():
    answers = [answer_value(draw, 0.3, 0.7, 0.4) for draw in (0.0, 0.29, 0.3, 0.69, 0.7, 0.99)]
    assert answers == [1.0, 1.0, 0.4, 0.4, 0.0, 0.0]


def test_being_asked_and_then_ignored_is_worse_than_being_ignored():
    assert answer_gain(0.1, 1.0, 2.0, 1.0, 1.0) == 0.1
    assert answer_gain(0.1, 0.4, 2.0, 1.0, 1.0) == 0.1
    assert answer_gain(0.1, 0.0, 2.0, 1.0, 0.0) == pytest.approx(0.2)
    assert answer_gain(0.1, 0.0, 2.0, 1.0, 1.0) == pytest.approx(0.4)


@given(SHARE, st.floats(0.0, 100.0), SHARE, SHARE)
def test_insight_is_a_share_that_fades_without_voice(known, reached, gain, loss):
    assert 0.0 <= insight(known, reached, gain, loss) <= 1.0
    assert insight(known, 0.0, gain, loss) == pytest.approx(known * (1.0 - loss))


# ---------------------------------------------------------------- decisions


def test_customs_are_shares_whatever_levers_add():
    assert custom(0.3, 0.2) == 0.5
    assert custom(0.3, 1.0) == 1.0
    assert custom(0.3, -1.0) == 0.0


def test_a_dyad_decides_and_includes_as_far_as_it_coheres():
    assert decides_jointly(0.8, 0.0) == 0.0
    assert decides_jointly(0.8, 0.5) == 0.4
    assert joint_custom(0.3, 0.0) == 0.3
    assert joint_custom(0.3, 1.0) == 1.0


def test_asking_takes_time():
    assert speed(0.6, 0.0, 0.5) == 0.6
    assert speed(0.6, 1.0, 0.5) == 0.3


def fits(*, inclusion: float = 0.0, urgency: float = 0.0, slowness: float = 0.0, knows: float = 0.0) -> float:
    return fit(0.5, knows, inclusion, urgency, slowness, 0.2, 0.4, 0.3, understanding=0.5)


def test_a_decision_fits_better_with_insight_and_with_those_who_understand_one_another():
    assert fits() == 0.5
    assert fits(knows=1.0) == pytest.approx(0.7)
    assert fits(inclusion=1.0) == pytest.approx(0.7)


def test_in_a_crisis_asking_helps_nothing_and_delay_harms():
    assert fits(inclusion=1.0, urgency=1.0) == 0.5
    assert fits(urgency=1.0, slowness=1.0) == pytest.approx(0.2)
    assert fits(urgency=0.0, slowness=1.0) == 0.5


@given(SHARE, SHARE)
def test_an_autocrat_fits_better_in_a_crisis_and_only_there(asked, drag):
    def decided(inclusion: float, urgency: float) -> float:
        return fits(inclusion=inclusion, urgency=urgency, slowness=1.0 - speed(1.0, inclusion, drag))

    assert decided(0.0, 1.0) >= decided(asked, 1.0)
    assert decided(0.0, 0.0) <= decided(asked, 0.0)


def test_the_other_silos_decision_looks_worse_unless_one_shares_its_purpose():
    assert fit_seen(0.6, 0.25, 0.0, 1.0) == 0.35
    assert fit_seen(0.6, 0.25, 1.0, 1.0) == 0.6
    assert fit_seen(0.6, 0.25, 0.0, 0.0) == 0.6
    assert fit_seen(0.1, 0.25, 0.0, 1.0) == 0.0


def test_a_crisis_excuses_haste_as_far_as_it_is_legitimate():
    assert effective_say(0.2, 0.0, 1.0) == 0.2
    assert effective_say(0.2, 1.0, 1.0) == 1.0
    assert effective_say(0.2, 1.0, 0.0) == 0.2


def test_fairness_weighs_say_reason_and_fit_alike():
    assert fairness(1.0, 0.0, 0.0) == fairness(0.0, 1.0, 0.0) == fairness(0.0, 0.0, 1.0) == 1.0 / 3.0
    assert fairness(0.6, 0.6, 0.6) == pytest.approx(0.6)


def test_only_missing_fit_makes_work():
    assert missing_fit(0.7, 0.6) == 0.0
    assert missing_fit(0.4, 0.6) == pytest.approx(0.2)


def test_invited_clinicians_need_safety_and_time_to_take_part():
    assert takes_part(0.7, 0.5) == takes_part(0.7, 1.0) == 0.7
    assert takes_part(0.7, 1.5) == pytest.approx(0.35)
    assert takes_part(0.7, 2.0) == takes_part(0.7, 3.0) == 0.0


def test_who_understands_reads_nothing_into_silence():
    assert read_silence(0.6, 1.0) == 0.6
    assert read_silence(0.6, 0.0) == 0.0


@pytest.mark.parametrize(
    ("say", "felt", "autonomy", "moved_to"),
    [(0.3, 0.9, 0.5, 0.5), (0.3, 0.4, 0.5, 0.4), (0.7, 0.9, 0.5, 0.7), (0.3, 0.3, 0.5, 0.3)],
)
def test_a_crisis_excuses_a_loss_of_control_and_gives_none(say, felt, autonomy, moved_to):
    assert excused_say(say, felt, autonomy) == moved_to


def test_a_remedy_an_honest_reason_and_silence_read_as_they_should():
    assert [taken(value, 0.8) for value in (1.0, 0.62, 0.0)] == [1.0, 0.8, 0.0]
    assert [taken(value, 0.4) for value in (1.0, 0.62, 0.0)] == [1.0, 0.62, 0.0]


def test_an_honest_reason_takes_nothing_from_anybody():
    for now in (0.1, 0.5, 0.9):
        assert believe(now, taken(0.62, now), 0.1, 0.15, 0.5) >= now
