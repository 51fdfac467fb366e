"""Points are what a design sets, each run once, side by side in blocks that share what they can."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.sampling import Problem, lhs, sobol
from trustsim.studies.points import Points, chunks, point_id

PROBLEM = Problem({"tour.visits": (0.0, 12.0), "trust.gain": (0.0, 0.1), "organization.units": [2, 3]})


def points_of(problem: Problem, n: int = 8, **options: bool) -> Points:
    return Points.of(problem, sobol.sample(problem, n, seed=0, **options), problem.names)


def test_a_point_is_called_by_what_it_sets_in_whatever_order():
    assert point_id({"a": 1.5, "b": "both"}) == point_id({"b": "both", "a": 1.5})
    assert point_id({"a": 1.5}) != point_id({"a": 1.5000000000000002})


def test_rows_that_differ_in_the_dummy_alone_are_one_point():
    points = points_of(Problem({"a": (0.0, 1.0), "b": (0.0, 1.0)}))
    rows = points.of_row.reshape(8, 5)  # A, A with a, A with b, A with the dummy, B
    assert (rows[:, 0] == rows[:, 3]).all()
    assert len(points) == 8 * 4


def test_the_points_of_a_smaller_sobol_design_are_the_first_of_a_larger_one():
    small, large = points_of(PROBLEM, 8), points_of(PROBLEM, 16)
    assert list(large.ids[: len(small)]) == list(small.ids)
    assert large.digest(len(small.X)) == small.digest()


def test_a_larger_latin_hypercube_has_other_points():
    small, large = (Points.of(PROBLEM, lhs.sample(PROBLEM, n, seed=0), PROBLEM.names) for n in (8, 16))
    assert large.digest(8) != small.digest()


def test_settings_are_what_the_design_says():
    points = points_of(PROBLEM)
    decoded = PROBLEM.decode(points.X)
    assert [points.settings([number])[0] for number in points.of_row] == decoded


@given(block=st.integers(1, 70), shared=st.sampled_from([None, (), ("trust.gain",)]), seed=st.integers(0, 5))
def test_blocks_hold_every_point_once_in_one_hospital_and_no_more_worlds_than_allowed(block, shared, seed):
    points = points_of(PROBLEM, 16)
    wanted = np.random.default_rng(seed).permutation(len(points))[:50]
    blocks = list(chunks(points, wanted, shared, block))
    assert sorted(number for chunk in blocks for number in chunk) == sorted(wanted.tolist())
    for chunk in blocks:
        settings = points.settings(chunk)
        assert len({each["organization.units"] for each in settings}) == 1
        gains = {each["trust.gain"] for each in settings}
        baselines = {None: 0, (): 1, ("trust.gain",): len(gains)}[shared]
        assert len(chunk) == 1 or len(chunk) + baselines <= block


@pytest.mark.parametrize("n", [4, 32])
def test_points_that_touch_interventions_alone_share_one_baseline(n):
    points = points_of(Problem({"tour.visits": (0.0, 12.0), "tour.reach": (0.0, 1.0)}), n)
    (block, *_) = chunks(points, np.arange(len(points)), (), 64)
    assert len(block) == min(63, len(points))
