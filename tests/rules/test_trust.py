"""Beliefs about another person: how communications move them, and how they erode, break and mend."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.rules.trust import (
    believe,
    betrayed,
    clarity,
    doubt,
    erode,
    learn,
    mediate,
    perceive,
    recovery_gain,
    scar,
    trust,
)

SHARE = st.floats(0.0, 1.0)
COLQUITT = (0.42, 0.28, 0.16, 0.14)


def test_trust_is_the_weighted_mean_of_three_beliefs_and_propensity():
    assert trust(1.0, 0.0, 0.0, 0.0, *COLQUITT) == 0.42
    assert trust(0.0, 1.0, 0.0, 0.0, *COLQUITT) == 0.28
    assert trust(0.0, 0.0, 1.0, 0.0, *COLQUITT) == 0.16
    assert trust(0.0, 0.0, 0.0, 1.0, *COLQUITT) == 0.14


@given(SHARE)
def test_who_believes_everything_alike_trusts_alike(belief):
    assert trust(belief, belief, belief, belief, *COLQUITT) == pytest.approx(belief)


# ---------------------------------------------------------------- what gets across


def test_within_a_silo_everything_is_clear():
    assert clarity(0.0, 1.0, 0.0, 0.0) == 1.0


def test_jargon_takes_its_share_from_who_understands_nothing_and_nothing_from_who_understands():
    assert clarity(1.0, 0.6, 0.0, 0.0) == pytest.approx(0.4)
    assert clarity(1.0, 0.6, 1.0, 0.0) == 1.0
    assert clarity(1.0, 0.6, 0.5, 0.0) == pytest.approx(0.7)


def test_transparency_makes_clear_what_jargon_lost():
    assert clarity(1.0, 0.6, 0.0, 0.5) == pytest.approx(0.7)
    assert clarity(1.0, 0.6, 0.0, 1.0) == 1.0


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_clarity_is_a_share_and_grows_with_understanding_and_transparency(jargon, understanding, more, clear, clearer):
    low, high = sorted((understanding, more))
    some, all_ = sorted((clear, clearer))
    assert 0.0 <= clarity(1.0, jargon, low, some) <= clarity(1.0, jargon, high, some) + 1e-15 <= 1.0 + 1e-15
    assert clarity(1.0, jargon, low, some) <= clarity(1.0, jargon, low, all_) + 1e-15


@given(SHARE, SHARE)
def test_a_clear_message_is_read_as_it_is_and_an_unclear_one_as_expected(signal, expected):
    assert perceive(1.0, signal, expected) == signal
    assert perceive(0.0, signal, expected) == expected


def test_who_shares_the_purpose_does_not_suspect():
    assert doubt(0.2, 1.0) == 0.0
    assert doubt(0.2, 0.0) == 0.2
    assert perceive(0.0, 1.0, 0.1 - doubt(0.2, 0.0)) == 0.0  # never below nothing


def test_an_unclear_message_from_somebody_as_good_as_believed_is_read_as_a_little_worse():
    belief = 0.6
    assert perceive(0.5, belief, belief - doubt(0.2, 0.5)) == pytest.approx(belief - 0.5 * 0.1)


# ---------------------------------------------------------------- how beliefs move


@given(SHARE, SHARE, st.floats(0.0, 0.3), st.integers(0, 200))
def test_a_constant_signal_draws_a_belief_to_itself_geometrically(start, signal, gain, weeks):
    belief = start
    for _ in range(weeks):
        belief = believe(belief, signal, gain, gain, 0.0)
    assert belief == pytest.approx(signal + (start - signal) * (1.0 - gain) ** weeks, abs=1e-12)


def test_bad_news_weighs_more_than_good_news():
    good, bad = believe(0.5, 0.7, 0.1, 0.2, 0.0) - 0.5, believe(0.5, 0.3, 0.1, 0.2, 0.0) - 0.5
    assert good == pytest.approx(0.02)
    assert bad == pytest.approx(-0.04)


def test_what_is_far_from_the_prior_weighs_less():
    assert believe(0.0, 1.0, 0.1, 0.1, 0.5) == pytest.approx(0.05)
    assert believe(0.0, 0.2, 0.1, 0.1, 0.5) == pytest.approx(0.1 * 0.9 * 0.2)


@given(SHARE, SHARE, st.floats(0.0, 5.0), st.floats(0.0, 25.0), SHARE)
def test_a_belief_moves_towards_the_signal_and_never_past_it(belief, signal, gain, loss, gate):
    moved = believe(belief, signal, gain, loss, gate)
    low, high = sorted((belief, signal))
    assert low - 1e-15 <= moved <= high + 1e-15


@given(SHARE, SHARE, SHARE)
def test_without_contact_a_belief_drifts_to_what_one_believes_of_anybody(belief, propensity, drift):
    assert erode(belief, propensity, 0.0) == belief
    assert erode(belief, propensity, 1.0) == pytest.approx(propensity)
    low, high = sorted((belief, propensity))
    assert low - 1e-15 <= erode(belief, propensity, drift) <= high + 1e-15


def test_erosion_of_two_years_is_slow():
    belief = 0.8
    for _ in range(104):
        belief = erode(belief, 0.5, 0.004)
    assert belief == pytest.approx(0.5 + 0.3 * 0.996**104)


# ---------------------------------------------------------------- conflict, breach, repair


def test_mediation_lifts_what_is_below_the_floor_and_leaves_the_rest():
    assert mediate(0.2, 0.4, 0.5) == pytest.approx(0.3)
    assert mediate(0.2, 0.4, 1.0) == pytest.approx(0.4)
    assert mediate(0.5, 0.4, 1.0) == 0.5
    assert mediate(0.2, 0.4, 0.0) == 0.2


def test_a_breach_takes_its_depth():
    assert betrayed(0.8, 0.0, 0.5) == 0.8
    assert betrayed(0.8, 1.0, 0.5) == 0.4
    assert betrayed(0.8, 0.5, 0.5) == pytest.approx(0.6)


def test_a_deception_leaves_a_ceiling_below_the_lower_of_benevolence_and_integrity():
    assert scar(1.0, 0.7, 0.7, 0.0, 0.8) == 1.0
    assert scar(1.0, 0.9, 0.7, 1.0, 0.8) == scar(1.0, 0.7, 0.9, 1.0, 0.8) == pytest.approx(0.56)
    assert scar(1.0, 0.7, 0.7, 0.5, 0.8) == pytest.approx(0.63)


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_a_scar_never_heals(ceiling, benevolence, integrity, deception, depth):
    assert scar(ceiling, benevolence, integrity, deception, depth) <= ceiling


@given(SHARE, SHARE, SHARE, st.floats(0.5, 0.95))
def test_after_a_deception_neither_belief_comes_back_to_more_than_its_share(benevolence, integrity, signal, depth):
    ceiling = scar(1.0, benevolence, integrity, 1.0, depth)
    for before in (benevolence, integrity):
        belief = min(betrayed(before, 1.0, 0.5), ceiling)
        for _ in range(20):
            belief = min(believe(belief, signal, 0.2, 0.2, 0.0), ceiling)
        assert belief <= depth * before + 1e-15


def test_repair_opens_people_to_good_news_and_a_promise_more_so():
    assert recovery_gain(0.05, 1.0, 0.0, 0.0, 1.5) == 0.05
    assert recovery_gain(0.05, 1.0, 1.0, 0.0, 1.5) == pytest.approx(0.10)
    assert recovery_gain(0.05, 1.0, 1.0, 1.0, 1.5) == pytest.approx(0.15)


@given(SHARE, SHARE)
def test_where_no_trust_was_breached_there_is_nothing_to_repair(repair, promise):
    assert recovery_gain(0.05, 0.0, repair, promise, 1.5) == 0.05


# ---------------------------------------------------------------- understanding


@given(SHARE, st.floats(0.0, 500.0), SHARE)
def test_contacts_across_silos_teach_and_never_unteach(understanding, contacts, rate):
    learned = learn(understanding, contacts, rate)
    assert understanding <= learned <= 1.0 + 1e-15


def test_a_contact_teaches_its_share_of_what_is_not_yet_understood():
    assert learn(0.4, 0.0, 0.01) == 0.4
    assert learn(0.4, 1.0, 1.0) == pytest.approx(0.7)
