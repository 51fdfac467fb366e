"""Morris' screen: SALib's numbers with intervals on all of them, and no numbers that mean nothing."""
# ruff: noqa: N803, N806 - X and Y are the names of a design and its outcomes in this field

import numpy as np
import pytest
from SALib.analyze import morris as salib

from trustsim.analysis import morris
from trustsim.errors import InputError, WorkError
from trustsim.sampling import Problem
from trustsim.sampling import morris as design
from trustsim.sampling.benchmarks import Ishigami


@pytest.mark.parametrize("levels", [4, 8])
def test_the_numbers_are_salibs_to_the_last_digits(levels):
    problem = Ishigami().problem
    X = design.sample(problem, 20, seed=0, levels=levels)
    Y = Ishigami().evaluate(X)
    ours = morris.analyze(problem, X, Y, seed=0, levels=levels)
    theirs = salib.analyze(problem.as_salib(), X, Y, num_levels=levels, seed=1)
    for metric in ("mu", "mu_star", "sigma"):
        assert getattr(ours, metric).value == pytest.approx(np.asarray(theirs[metric]), abs=1e-12)


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_bytes_and_another_gives_other_intervals(seed, hospital, trust):
    X = design.sample(hospital, 10, seed=0)
    one, same, other = (morris.analyze(hospital, X, trust(X, 4), seed=s).mu_star.low for s in (seed, seed, seed + 1))
    assert one.tobytes() == same.tobytes() != other.tobytes()


def test_what_does_nothing_is_not_distinguishable_from_zero(hospital, trust):
    X = design.sample(hospital, 20, seed=0, dummy=True)
    found = morris.analyze(hospital, X, trust(X, 10), seed=0)
    assert found.is_distinguishable().tolist() == [True, True, True, False, False]


def test_luck_of_its_own_is_not_taken_for_an_effect_beside_a_dummy(hospital):
    X = design.sample(hospital, 20, seed=0, dummy=True)
    Y = X[:, :1] + 0.3 * np.random.default_rng(0).standard_normal((len(X), 4))
    found = morris.analyze(hospital, X, Y, seed=0, common_luck=False)
    assert (found.mu_star.low > 0.0).all()
    assert found.is_distinguishable().tolist() == [True, False, False, False, False]


def test_a_mean_effect_lies_in_its_interval_for_a_straight_line():
    problem = Problem({"a": (0.0, 2.0), "b": (-1.0, 1.0)})
    X = design.sample(problem, 10, seed=0)
    found = morris.analyze(problem, X, 3.0 * X[:, 0] - X[:, 1], seed=0)
    assert found.mu.value == pytest.approx([6.0, -2.0])
    assert found.sigma.value == pytest.approx([0.0, 0.0], abs=1e-12)


def test_a_group_has_a_size_alone_and_no_empty_numbers_in_its_table():
    problem = Problem({"a": (0, 1), "b": (0, 1), "c": (0, 1)}, {"g": ["a", "c"]})
    X = design.sample(problem, 10, seed=0)
    Y = X @ [1.0, 2.0, 3.0]
    found, theirs = morris.analyze(problem, X, Y, seed=0), salib.analyze(problem.as_salib(), X, Y, seed=1)
    table = found.table()
    assert set(table.loc[table.factor == "g", "metric"]) == {"mu_star"}
    assert not table.isna().any(axis=None)
    assert "mu_star alone" in found.notices[0]
    assert found.mu_star.value == pytest.approx(np.asarray(theirs["mu_star"]), abs=1e-12)


def test_failed_runs_take_their_trajectory_with_them(hospital, trust):
    X = design.sample(hospital, 40, seed=0)
    Y = trust(X, 3)
    Y[7, 0] = np.nan
    found = morris.analyze(hospital, X, Y, seed=0)
    rest = np.delete(np.arange(200), np.arange(5, 10))
    assert found.trajectories == 39
    assert found.mu.low.tobytes() == morris.analyze(hospital, X[rest], Y[rest], seed=0).mu.low.tobytes()
    with pytest.raises(WorkError, match="trajectories"):
        morris.analyze(hospital, X, np.where(X[:, :1] > 0.5, np.nan, Y), seed=0)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda X: X[:-1], "are no trajectories of 5 points"),
        (lambda X: X[:0], "are no trajectories of 5 points"),
        (lambda X: X[np.random.default_rng(0).permutation(len(X))], "no trajectories in their order"),
        (lambda X: X[:, ::-1], "column 2 of the design X has numbers outside the bounds .* of 'style'"),
    ],
)
def test_rows_that_are_no_trajectories_are_refused(spoil, message, hospital):
    X = spoil(design.sample(hospital, 10, seed=0))
    with pytest.raises(InputError, match=message):
        morris.analyze(hospital, X, np.zeros(len(X)), seed=0)


def test_levels_other_than_the_sampled_are_refused(hospital, trust):
    X = design.sample(hospital, 10, seed=0, levels=8)
    with pytest.raises(InputError, match="not those of a grid of 4 levels"):
        morris.analyze(hospital, X, trust(X, 1), seed=0)
