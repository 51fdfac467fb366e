"""Conduct, what others see of it, and who a person is on the first day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.rules.arithmetic import triangular
from trustsim.rules.conduct import (
    BEHAVIORS,
    BELIEFS,
    INFORMS,
    deviation,
    informed,
    leader_conduct,
    shared,
    shown,
    signal,
)
from trustsim.rules.people import first_belief, first_tenure, rapport, trait, usual_load

SHARE = st.floats(0.0, 1.0)


def test_each_of_13_behaviors_informs_the_three_beliefs_to_a_whole():
    assert INFORMS.shape == (len(BEHAVIORS), len(BELIEFS)) == (13, 3)
    np.testing.assert_allclose(INFORMS.sum(axis=1), 1.0, rtol=0.0, atol=1e-15)
    assert (INFORMS >= 0.0).all()
    assert (INFORMS.sum(axis=0) > 0.0).all()


@given(st.floats(-1.0, 1.0))
def test_who_does_everything_alike_appears_alike(level):
    np.testing.assert_allclose(informed(np.full(13, level)), level, rtol=0.0, atol=1e-15)


def test_listening_speaks_of_benevolence_above_all_and_results_of_ability_alone():
    listens, delivers = np.zeros(13), np.zeros(13)
    listens[BEHAVIORS.index("listen first")] = 1.0
    delivers[BEHAVIORS.index("deliver results")] = 1.0
    ability, benevolence, integrity = informed(listens)
    assert benevolence > ability > integrity == 0.0
    assert informed(delivers)[0] > 0.0
    assert informed(delivers)[1:].tolist() == [0.0, 0.0]


def test_conduct_of_many_people_at_once_is_that_of_each():
    behaviors = np.linspace(-1.0, 1.0, 5 * 13).reshape(5, 13)
    np.testing.assert_array_equal(informed(behaviors), np.stack([informed(one) for one in behaviors]))


def test_what_behaviors_have_in_common_is_a_share_of_the_spread():
    assert deviation(1.0, 0.3, -0.9) == 0.3
    assert deviation(0.0, 0.3, -0.9) == -0.9
    assert deviation(0.5, 0.4, 0.2) == pytest.approx(0.3)


def test_training_leaders_leaves_staff_as_they_are():
    assert leader_conduct(0.5, 0.1, 1.0) == 0.6
    assert leader_conduct(0.5, 0.1, 0.0) == 0.5


def test_the_exhausted_show_less_than_they_have():
    assert shown(0.6, 0.25, 0.44, 0.44) == 0.6
    assert shown(0.6, 0.25, 0.84, 0.44) == pytest.approx(0.5)
    assert shown(0.6, 0.0, 1.0, 0.44) == 0.6


@given(st.floats(-1.0, 2.0), st.floats(-0.6, 0.6), st.floats(-1.0, 1.0))
def test_a_signal_is_between_the_worst_and_the_best(conduct, lift, noise):
    assert 0.0 <= signal(conduct, lift, noise) <= 1.0
    assert signal(0.5, 0.0, 0.0) == 0.5


def test_in_a_dyad_the_better_half_pulls_up_the_other_and_stays():
    assert shared(0.4, 0.8, 1.0, 0.5) == pytest.approx(0.6)
    assert shared(0.8, 0.4, 1.0, 0.5) == 0.8
    assert shared(0.4, 0.8, 0.0, 0.5) == 0.4


def test_a_trait_is_the_mean_at_median_luck_and_never_extreme():
    assert trait(0.5, 0.3, 0.0) == 0.5
    assert trait(0.5, 0.3, 1.0) == 0.8
    assert trait(0.9, 0.5, 1.0) == 0.98
    assert trait(0.1, 0.5, -1.0) == 0.02


def test_rapport_is_as_often_good_as_bad_and_each_new_pair_has_its_own():
    luck = np.random.default_rng(1).random(20_000)
    drawn = np.array([[rapport(0.4, one, float(met)) for one in luck] for met in range(4)])
    assert drawn.mean(axis=1) == pytest.approx(0.0, abs=0.005)
    assert drawn.std(axis=1) == pytest.approx(0.4 / np.sqrt(6.0), abs=0.003)
    assert np.abs(drawn).max() <= 0.4
    apart = np.corrcoef(drawn)[np.triu_indices(4, 1)]
    assert apart == pytest.approx(0.0, abs=0.03)  # how one pair got on tells nothing of the next
    at_odds = drawn[0] < -0.2
    assert drawn[1][at_odds].mean() == pytest.approx(0.0, abs=0.015)
    of_one_tie = {round(rapport(0.4, luck[0], float(met)), 6) for met in range(50)}
    assert len(of_one_tie) == 50
    assert rapport(0.4, 0.5 / 1009.0, 0.0) == pytest.approx(0.4 * triangular(0.5))
    assert rapport(0.0, 0.9, 3.0) == 0.0


def test_units_differ_in_what_is_usual_by_at_most_the_spread():
    assert usual_load(0.33, 0.0) == 1.0
    assert usual_load(0.25, -1.0) == 0.75
    assert usual_load(0.25, 1.0) == 1.25


def test_a_first_belief_may_be_extreme():
    assert first_belief(0.5, 0.25, -1.0) == 0.25
    assert first_belief(0.9, 0.25, 1.0) == 1.0


def test_tenures_reach_from_newcomers_to_twenty_years_with_a_mean_of_a_third():
    assert first_tenure(0.0) == 0.0
    assert first_tenure(0.5) == 260.0
    weeks = [first_tenure((cell + 0.5) / 1000) for cell in range(1000)]
    assert np.mean(weeks) == pytest.approx(1040.0 / 3.0, rel=1e-5)
    assert max(weeks) < 1040.0
