"""Paired effects: the same luck on both sides, an interval that covers, and failed pairs left out."""
# ruff: noqa: N806 - X and Y are the names of a design and its outcomes in this field

import numpy as np
import pytest
from scipy.stats import ttest_1samp

from trustsim.analysis import effects
from trustsim.errors import InputError, WorkError
from trustsim.sampling import Problem

DOSES = Problem({"dose": (0.0, 1.0)})
X = np.array([[0.0], [0.5], [1.0]])


def outcomes(replicates: int, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return 5.0 * rng.standard_normal((1, replicates)) + X + 0.2 * rng.standard_normal((3, replicates))


def test_the_interval_is_students_over_paired_differences():
    Y = outcomes(12)
    found = effects.analyze(DOSES, X, Y, seed=0)
    low, high = ttest_1samp(Y[2] - Y[0], 0.0).confidence_interval(0.95)
    assert (found.difference.low[1], found.difference.high[1]) == pytest.approx((low, high), abs=1e-12)
    assert found.d.value[1] == pytest.approx((Y[2] - Y[0]).mean() / (Y[2] - Y[0]).std(ddof=1))


def test_shared_luck_does_not_hide_an_effect():
    found = effects.analyze(DOSES, X, outcomes(12), seed=0)
    assert found.is_distinguishable().all()
    assert (found.d.low > 0.0).all()


def test_intervals_of_an_effect_hold_the_truth():
    # 200 intervals of 95 %: fewer than 173 hold the truth once in a million.
    found = [effects.analyze(DOSES, X, outcomes(8, seed), seed=0, resamples=2).difference for seed in range(200)]
    hits = sum((one.low <= [0.5, 1.0]) & (one.high >= [0.5, 1.0]) for one in found)
    assert (hits >= 173).all()


def test_differences_that_are_paired_already_need_no_baseline():
    Y = outcomes(8)
    found = effects.analyze(DOSES, X, Y - Y[0], seed=0, baseline=None)
    assert found.points == (0, 1, 2)
    assert found.difference.value[1:] == pytest.approx(effects.analyze(DOSES, X, Y, seed=0).difference.value)


def test_the_same_difference_in_every_replicate_is_infinitely_large_in_deviations_and_no_nan():
    Y = np.add.outer([0.0, 0.0, 1.0], [1.0, 2.0, 3.0])
    found = effects.analyze(DOSES, X, Y, seed=0)
    assert found.d.value.tolist() == [0.0, np.inf]
    assert not found.table().isna().any(axis=None)


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_bytes(seed):
    one, same, other = (effects.analyze(DOSES, X, outcomes(6), seed=s).d.low for s in (seed, seed, seed + 1))
    assert one.tobytes() == same.tobytes() != other.tobytes()


def test_a_failed_run_takes_its_pair_with_it():
    Y = outcomes(8)
    Y[1, 3] = np.nan
    found = effects.analyze(DOSES, X, Y, seed=0)
    assert found.pairs.tolist() == [7, 8]
    assert found.notices == ("1 of 16 pairs are left out because a run failed",)


def test_a_point_with_one_pair_is_refused():
    Y = outcomes(3)
    Y[1, :2] = np.nan
    with pytest.raises(WorkError, match="point 1 has 1 whole pairs"):
        effects.analyze(DOSES, X, Y, seed=0)


def test_a_baseline_that_is_no_row_is_refused():
    with pytest.raises(InputError, match="found the baseline row 3, allowed are 0 to 2"):
        effects.analyze(DOSES, X, outcomes(3), seed=0, baseline=3)
