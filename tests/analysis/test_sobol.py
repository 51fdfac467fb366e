"""Sobol' indices: SALib's numbers, honest about luck and failed runs, and refused when rows are mixed up."""
# ruff: noqa: N803, N806 - X and Y are the names of a design and its outcomes in this field

import numpy as np
import pytest
from SALib.analyze import sobol as salib

from trustsim.analysis import sobol
from trustsim.errors import InputError, WorkError
from trustsim.sampling import Problem
from trustsim.sampling import sobol as design
from trustsim.sampling.benchmarks import Ishigami, SobolG, StochasticIshigami


def numbers(found: sobol.SobolIndices) -> bytes:
    return found.table()[["estimate", "low", "high"]].to_numpy().tobytes()


@pytest.mark.parametrize("function", [Ishigami(), SobolG()])
def test_without_luck_the_indices_are_salibs_to_the_last_digits(function):
    X = design.sample(function.problem, 64, seed=0, second_order=True, dummy=False)
    Y = function.evaluate(X)
    ours, theirs = (
        sobol.analyze(function.problem, X, Y, seed=0, resamples=2),
        salib.analyze(function.problem.as_salib(), Y),
    )
    k = len(function.problem.names)
    assert ours.first.value == pytest.approx(theirs["S1"], abs=1e-12)
    assert ours.total.value == pytest.approx(theirs["ST"], abs=1e-12)
    assert ours.second.value == pytest.approx(theirs["S2"][np.triu_indices(k, 1)], abs=1e-12)


def test_the_indices_of_groups_are_salibs_too():
    problem = Problem(dict.fromkeys("abcd", (0.0, 1.0)), {"g": ["a", "c"]})
    X = design.sample(problem, 64, seed=0, dummy=False)
    Y = X @ [1.0, 2.0, 3.0, 1.0] + X[:, 0] * X[:, 1]
    ours, theirs = sobol.analyze(problem, X, Y, seed=0), salib.analyze(problem.as_salib(), Y, calc_second_order=False)
    assert ours.factors == ("g", "b", "d")
    assert ours.first.value == pytest.approx(theirs["S1"], abs=1e-12)
    assert ours.total.value == pytest.approx(theirs["ST"], abs=1e-12)


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_bytes_and_another_gives_other_intervals(seed, hospital, trust):
    X = design.sample(hospital, 32, seed=0)
    Y = trust(X, 5)
    again = [numbers(sobol.analyze(hospital, X, Y, seed=s)) for s in (seed, seed, seed + 1)]
    assert again[0] == again[1] != again[2]


def test_a_factor_that_does_nothing_and_the_dummy_are_not_distinguishable_from_zero(hospital, trust):
    X = design.sample(hospital, 256, seed=0, second_order=True)
    found = sobol.analyze(hospital, X, trust(X, 10), seed=0)
    assert dict(zip(found.factors, found.is_distinguishable(), strict=True)) == {
        "follow_through": True, "visits": True, "style": True, "parking": False, "dummy": False,
    }  # fmt: skip
    table = found.table().set_index(["order", "factor", "with_factor"]).verdict
    assert table["total", "parking", ""] == "not distinguishable from zero"
    assert table["total", "dummy", ""] == "noise floor"
    assert table["second", "follow_through", "visits"] == "distinguishable from zero"
    assert (table["second"].drop(("follow_through", "visits")) != "distinguishable from zero").all()


def test_with_common_luck_the_dummy_is_zero_to_the_bit(hospital, trust):
    X = design.sample(hospital, 32, seed=0)
    found = sobol.analyze(hospital, X, trust(X, 3), seed=0)
    assert (found.first.value[-1], found.total.value[-1], found.floor()) == (0.0, 0.0, 0.0)


def test_luck_of_its_own_in_each_run_lifts_no_index_when_there_are_replicates():
    luck = StochasticIshigami(share=0.5)
    raw, honest = [], []
    for seed in range(30):
        X = design.sample(luck.problem, 64, seed=seed)
        Y = luck.evaluate(X, 2, seed=seed)
        options = {"seed": seed, "resamples": 2, "common_luck": False}
        raw.append(sobol.analyze(luck.problem, X, Y.mean(axis=1), **options).total.value)
        honest.append(sobol.analyze(luck.problem, X, Y, **options).total.value)
    truth = np.append(luck.function.total, 0.0)
    # Five standard errors of a mean, for each of four indices: a false alarm in a million.
    off = np.abs(np.mean(honest, axis=0) - truth)
    assert (off < 5.0 * np.std(honest, axis=0) / np.sqrt(30)).all()
    # Noise as large as the signal, halved by two replicates, is a third of what means vary by: the dummy's false share.
    assert np.mean(raw, axis=0)[-1] == pytest.approx(1.0 / 3.0, abs=0.05)


def test_one_replicate_tells_nothing_of_the_seeds_share():
    X = design.sample(Ishigami().problem, 32, seed=0)
    assert sobol.analyze(Ishigami().problem, X, Ishigami().evaluate(X), seed=0).seed_share is None


def test_a_run_without_luck_has_no_share_of_the_seed():
    X = design.sample(Ishigami().problem, 32, seed=0)
    Y = np.repeat(Ishigami().evaluate(X)[:, np.newaxis], 4, axis=1)
    share = sobol.analyze(Ishigami().problem, X, Y, seed=0).seed_share
    assert (share.value[0], share.high[0]) == (0.0, 0.0)


def test_failed_runs_take_their_base_row_with_them_and_this_is_said(hospital, trust):
    X = design.sample(hospital, 64, seed=0)
    Y = trust(X, 3)
    step = len(X) // 64
    Y[5 * step + 2, 1], Y[9 * step, :] = np.nan, np.inf
    found = sobol.analyze(hospital, X, Y, seed=0)
    kept = np.delete(np.arange(64), [5, 9])
    rows = (kept[:, np.newaxis] * step + np.arange(step)).ravel()
    assert numbers(found) == numbers(sobol.analyze(hospital, X[rows], Y[rows], seed=0))
    assert found.rows == 62
    assert found.notices == ("4 failed runs touch 2 of 64 base rows (3.1%); these base rows are left out as a whole",)
    assert not found.table().isna().any(axis=None)


def test_too_many_failed_runs_are_refused(hospital, trust):
    X = design.sample(hospital, 64, seed=0)
    Y = trust(X, 1)
    Y[: 4 * len(X) // 64 : len(X) // 64] = np.nan
    with pytest.raises(WorkError, match=r"4 failed runs touch 4 of 64 base rows \(6.2%\); at most 5%"):
        sobol.analyze(hospital, X, Y, seed=0)
    assert sobol.analyze(hospital, X, Y, seed=0, max_failed=0.1).rows == 60


def test_an_outcome_that_never_changes_has_indices_of_zero_and_says_why(hospital):
    X = design.sample(hospital, 8, seed=0)
    found = sobol.analyze(hospital, X, np.full((len(X), 2), 3.0), seed=0)
    assert (found.table()[["estimate", "low", "high"]] == 0.0).all(axis=None)
    assert "no variance to share" in found.notices[0]


def shuffled(X: np.ndarray) -> np.ndarray:
    return np.random.default_rng(0).permutation(X)


def swapped(X: np.ndarray) -> np.ndarray:
    other = X.copy()
    other[[1, 2]] = X[[2, 1]]
    return other


@pytest.mark.parametrize(
    "spoiled", [shuffled, swapped, lambda X: X[:-1], lambda X: X[1:], lambda X: X[:0], lambda X: X[::-1]]
)
@pytest.mark.parametrize("second_order", [False, True])
def test_rows_that_are_not_in_the_designs_order_are_refused(spoiled, second_order, hospital):
    X = spoiled(design.sample(hospital, 16, seed=0, second_order=second_order))
    with pytest.raises(
        InputError, match="no Sobol design over follow_through, visits, style, parking, dummy in its order"
    ):
        sobol.analyze(hospital, X, np.zeros(len(X)), seed=0)


@pytest.mark.parametrize("shape", [(0,), (5,), (47, 2), (48, 0), (48, 2, 2)])
def test_outcomes_of_another_length_are_refused(shape):
    problem = Ishigami().problem
    X = design.sample(problem, 8, seed=0)
    with pytest.raises(InputError, match=r"found outcomes Y of shape .* for 48 points"):
        sobol.analyze(problem, X, np.zeros(shape), seed=0)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0])
def test_a_confidence_that_is_no_share_is_refused(confidence):
    problem = Ishigami().problem
    X = design.sample(problem, 8, seed=0)
    with pytest.raises(InputError, match="found the confidence"):
        sobol.analyze(problem, X, Ishigami().evaluate(X), seed=0, confidence=confidence)
