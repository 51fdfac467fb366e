"""The few operations that all rules are made of."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.rules.arithmetic import approach, at_most, chance, clip, either, share, squash, triangular

SHARE = st.floats(0.0, 1.0)
NUMBER = st.floats(-1e6, 1e6)


@given(NUMBER)
def test_a_share_is_held_between_none_and_all(x):
    assert share(x) == min(max(x, 0.0), 1.0) == clip(x, 0.0, 1.0)


@given(NUMBER, NUMBER)
def test_a_ceiling_is_not_exceeded(x, ceiling):
    assert at_most(x, ceiling) == min(x, ceiling)


def test_squash_is_half_at_one_and_one_in_the_limit():
    assert [squash(x) for x in (0.0, 1.0, 3.0)] == [0.0, 0.5, 0.75]
    assert squash(1e18) == 1.0


@given(st.floats(0.0, 0.999))
def test_odds_and_chance_are_two_words_for_one_thing(p):
    assert chance(p / (1.0 - p)) == pytest.approx(p)


@given(SHARE, SHARE)
def test_either_of_two_is_likelier_than_each(first, second):
    both_fail = (1.0 - first) * (1.0 - second)
    assert either(first, second) == pytest.approx(1.0 - both_fail)
    assert either(first, second) >= max(first, second) - 1e-15


def test_either_is_the_other_where_one_is_impossible_and_certain_where_one_is():
    assert either(0.3, 0.0) == 0.3 == either(0.0, 0.3)
    assert either(0.3, 1.0) == pytest.approx(1.0)


@given(SHARE, SHARE, SHARE, st.integers(0, 200))
def test_approach_is_geometric(start, level, rate, weeks):
    x = start
    for _ in range(weeks):
        x = approach(x, level, rate)
    assert x == pytest.approx(level + (start - level) * (1.0 - rate) ** weeks, abs=1e-12)


def test_triangular_luck_has_its_median_ends_and_quartiles_where_theory_has_them():
    assert [triangular(u) for u in (0.0, 0.5, 1.0)] == [-1.0, 0.0, 1.0]
    assert triangular(0.125) == -0.5
    assert triangular(0.875) == 0.5


@given(st.floats(0.0, 1.0))
def test_triangular_luck_inverts_its_distribution_function(u):
    x = triangular(u)
    below = (1.0 + x) ** 2 / 2.0 if x < 0.0 else 1.0 - (1.0 - x) ** 2 / 2.0
    assert below == pytest.approx(u, abs=1e-15)


def test_triangular_luck_has_mean_zero_and_a_standard_deviation_of_one_over_root_six():
    # The midpoint rule on 10,000 cells, not a sample: the error is far below the tolerance.
    values = np.array([triangular((cell + 0.5) / 10_000) for cell in range(10_000)])
    assert values.mean() == pytest.approx(0.0, abs=1e-12)
    assert values.std() == pytest.approx(1.0 / sqrt(6.0), rel=1e-4)
