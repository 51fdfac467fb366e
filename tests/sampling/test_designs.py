"""Every design keeps its promises: same seed, same bytes; size known before; the order of rows; points re-used."""
# ruff: noqa: N806 - a design is X in this field

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.sampling import DesignNotice, Integers, Problem, grid, lhs, listed, morris, sobol

PROBLEM = Problem(
    {"follow_through": (0.0, 1.0), "visits": Integers(0, 12), "style": ["autocratic", "participative", "open"]}
)
GROUPED = Problem({"gain": (0, 1), "style": ["a", "b"], "loss": (0, 2)}, {"trust": ["gain", "loss"]})
DRAWN = [lhs, morris, sobol]


@pytest.mark.parametrize("method", DRAWN)
@pytest.mark.parametrize("seed", [0, 1])
def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(method, seed):
    assert method.sample(PROBLEM, 8, seed=seed).tobytes() == method.sample(PROBLEM, 8, seed=seed).tobytes()
    assert not np.array_equal(method.sample(PROBLEM, 8, seed=seed), method.sample(PROBLEM, 8, seed=seed + 1))


@pytest.mark.parametrize("method", [grid, *DRAWN])
@pytest.mark.parametrize("problem", [PROBLEM, GROUPED])
def test_a_design_has_the_size_it_was_said_to_have_and_stays_within_bounds(method, problem):
    X = method.sample(problem, 4, seed=0)
    low, high = np.array(problem.bounds).T
    assert len(X) == method.size(problem, 4)
    assert ((X[:, :3] >= low) & (X[:, :3] <= high)).all()
    assert all(set(point) == set(problem.names) for point in problem.decode(X))


@pytest.mark.parametrize("method", [grid, *DRAWN])
@pytest.mark.parametrize("n", [0, -1, 2.0, True, "8"])
def test_a_size_that_is_none_is_refused(method, n):
    with pytest.raises(InputError, match="needed is a whole number"):
        method.sample(PROBLEM, n, seed=0)


@pytest.mark.parametrize("problem", [PROBLEM, GROUPED])
@pytest.mark.parametrize("second_order", [False, True])
def test_a_sobol_design_of_more_rows_begins_with_the_design_of_fewer(problem, second_order):
    fewer = sobol.sample(problem, 16, seed=3, second_order=second_order)
    more = sobol.sample(problem, 64, seed=3, second_order=second_order)
    assert np.array_equal(more[: len(fewer)], fewer)


def test_more_morris_trajectories_begin_with_the_fewer():
    fewer, more = morris.sample(PROBLEM, 5, seed=3), morris.sample(PROBLEM, 9, seed=3)
    assert np.array_equal(more[: len(fewer)], fewer)


def test_base_rows_are_rounded_up_to_a_power_of_two_and_this_is_said():
    with pytest.warns(DesignNotice, match="n = 100 base rows rounded up to 128"):
        X = sobol.sample(PROBLEM, 100, seed=0)
    assert np.array_equal(X, sobol.sample(PROBLEM, 128, seed=0))


def test_in_a_base_row_each_point_takes_one_group_from_b():
    X = sobol.sample(GROUPED, 8, seed=0, second_order=True).reshape(8, 8, 4)
    a, with_trust, with_style, with_dummy, b_trust, b_style, b_dummy, b = X.transpose(1, 0, 2)
    for moved, point, of_b in (([0, 2], with_trust, b_trust), ([1], with_style, b_style), ([3], with_dummy, b_dummy)):
        kept = [column for column in range(4) if column not in moved]
        assert np.array_equal(point[:, moved], b[:, moved])
        assert np.array_equal(point[:, kept], a[:, kept])
        assert np.array_equal(of_b[:, moved], a[:, moved])
        assert np.array_equal(of_b[:, kept], b[:, kept])
    assert not (a == b)[:, [0, 2, 3]].any()


def test_the_dummys_point_sets_what_a_sets_so_it_need_not_run_again():
    X = sobol.sample(PROBLEM, 4, seed=0).reshape(4, 6, 4)
    assert PROBLEM.decode(X[:, 4]) == PROBLEM.decode(X[:, 0])


def test_without_a_dummy_there_is_no_column_for_it():
    assert sobol.sample(PROBLEM, 4, seed=0, dummy=False).shape == (20, 3)


@pytest.mark.parametrize("levels", [2, 4, 8])
def test_along_a_trajectory_every_factor_moves_once_even_whole_numbers_and_choices(levels):
    moved = np.diff(morris.sample(PROBLEM, 50, seed=0, levels=levels).reshape(50, 4, 3), axis=1) != 0.0
    assert (moved.sum(axis=1) == 1).all()
    assert (moved.sum(axis=2) == 1).all()


def test_an_odd_number_of_levels_is_refused():
    with pytest.raises(InputError, match="found 5 levels, needed is an even number"):
        morris.sample(PROBLEM, 4, seed=0, levels=5)


def test_each_slice_of_a_latin_hypercube_holds_one_point():
    X = lhs.sample(PROBLEM, 20, seed=0)
    assert np.array_equal(np.sort(np.floor(X[:, 0] * 20)), np.arange(20.0))


def test_a_grid_has_every_combination_and_the_last_factor_changes_fastest():
    X = grid.sample(PROBLEM, 2, levels={"visits": 3})
    assert X.shape == (2 * 3 * 3, 3)
    assert len(np.unique(X, axis=0)) == len(X)
    assert X[:3, 2].tolist() == [0.0, 1.0, 2.0]
    assert np.unique(X[:, 1]).tolist() == [0.0, 6.0, 12.0]


def test_a_grid_of_more_levels_than_whole_numbers_has_each_once():
    assert grid.size(Problem({"x": Integers(0, 3)}), 10) == 4


def test_levels_of_a_factor_that_is_none_are_refused():
    with pytest.raises(InputError, match="'vists', which is no factor; did you mean 'visits'"):
        grid.sample(PROBLEM, 2, levels={"vists": 3})


POINT = {"follow_through": 0.5, "visits": 3, "style": "open"}


def test_a_list_is_taken_as_it_is_written():
    X = listed.sample(PROBLEM, points=[POINT, POINT | {"visits": 12}])
    assert PROBLEM.decode(X) == [POINT, POINT | {"visits": 12}]


WRONG = [
    (POINT | {"vists": 3}, "point 2: no factor is called 'vists'; did you mean 'visits'"),
    ({"style": "open"}, "point 2 has no value for follow_through, visits"),
    (POINT | {"follow_through": 1.5}, "point 2: found 1.5, allowed are numbers from 0.0 to 1.0"),
    (POINT | {"follow_through": True}, "point 2: found True"),
    (POINT | {"visits": 2.5}, "point 2: found 2.5, allowed are whole numbers from 0 to 12"),
    (POINT | {"visits": float("nan")}, "point 2: found nan"),
    (POINT | {"style": "opne"}, "point 2: found 'opne', allowed are .*; did you mean 'open'"),
]


@pytest.mark.parametrize(("point", "message"), WRONG)
def test_a_wrong_point_is_refused_with_its_number(point, message):
    with pytest.raises(InputError, match=message):
        listed.sample(PROBLEM, points=[POINT, point])
