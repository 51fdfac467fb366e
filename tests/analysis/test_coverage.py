"""Intervals hold the true value as often as they say, where theory knows it; a check that cannot fail would be none.

An interval is tried 200 times. Of 95 % intervals at least 173 hold the truth, but for one time in a million; that is
the false-alarm rate of each comparison here. Seeds are fixed, so nothing is tried again.
"""
# ruff: noqa: N806 - X and Y are the names of a design and its outcomes in this field

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binom

from trustsim.analysis import sobol
from trustsim.analysis.intervals import Estimate
from trustsim.sampling import sobol as design
from trustsim.sampling.benchmarks import Ishigami, SobolG, StochasticIshigami

TRIES = 200
ENOUGH = 173
GENTLE_G = SobolG((0.0, 1.0, 3.0, 9.0))


def holds(estimate: Estimate, truth: np.ndarray) -> np.ndarray:
    return (estimate.low <= truth + 1e-12) & (truth <= estimate.high + 1e-12)


def coverage(function, spoil=lambda found: found) -> np.ndarray:
    """Return how often the intervals of first and total indices hold the truth, ``(2, factors)``."""
    hits = np.zeros((2, len(function.problem.names)), dtype=int)
    for seed in range(TRIES):
        X = design.sample(function.problem, 64, seed=seed, dummy=False)
        found = spoil(sobol.analyze(function.problem, X, function.evaluate(X), seed=seed, resamples=200))
        hits += [holds(found.first, function.first), holds(found.total, function.total)]
    return hits


def test_the_false_alarm_rate_is_the_one_that_is_stated():
    assert binom.cdf(ENOUGH - 1, TRIES, 0.95) < 1e-6


@pytest.mark.parametrize("function", [Ishigami(), GENTLE_G])
def test_intervals_of_indices_hold_the_truth(function):
    assert (coverage(function) >= ENOUGH).all()


def half_as_wide(found: sobol.SobolIndices) -> sobol.SobolIndices:
    def narrow(estimate: Estimate) -> Estimate:
        low, high = (0.5 * (estimate.value + end) for end in (estimate.low, estimate.high))
        return Estimate(estimate.value, low, high)

    return replace(found, first=narrow(found.first), total=narrow(found.total))


def orders_mixed_up(found: sobol.SobolIndices) -> sobol.SobolIndices:
    return replace(found, first=found.total, total=found.first)


@pytest.mark.parametrize("broken", [half_as_wide, orders_mixed_up])
def test_the_check_fails_for_broken_estimators(broken):
    assert (coverage(Ishigami(), broken) < ENOUGH).any()


@pytest.mark.parametrize("common_luck", [False, True])
def test_intervals_hold_the_truth_under_luck_too(common_luck):
    luck = StochasticIshigami(share=0.3)
    hits = np.zeros(3, dtype=int)
    share = 0
    for seed in range(TRIES):
        X = design.sample(luck.problem, 64, seed=seed, dummy=False)
        Y = luck.evaluate(X, 5, seed=1000 + seed)
        found = sobol.analyze(luck.problem, X, Y, seed=seed, resamples=200, common_luck=common_luck)
        hits += holds(found.total, luck.function.total)
        share += int(holds(found.seed_share, np.array([0.3]))[0])
    assert (hits >= ENOUGH).all()
    assert share >= ENOUGH


# Fifty designs. Twenty shared replicates know a share of 0.3 to 0.07, two at each of 128 points to 0.03: five standard
# errors of a mean of fifty, a false alarm in a million.
@pytest.mark.parametrize(("shared", "replicates", "known"), [(1.0, 20, 0.05), (0.0, 2, 0.02)])
def test_the_seeds_share_is_recovered(shared, replicates, known):
    luck = StochasticIshigami(share=0.3, shared=shared)
    options = {"resamples": 2, "common_luck": shared == 1.0}
    shares = []
    for seed in range(50):
        X = design.sample(luck.problem, 64, seed=seed, dummy=False)
        found = sobol.analyze(luck.problem, X, luck.evaluate(X, replicates, seed=seed), seed=0, **options)
        shares.append(found.seed_share.value[0])
    assert np.mean(shares) == pytest.approx(0.3, abs=known)
