"""Estimates with intervals, and the resampling that they come from.

Intervals are percentiles of bootstrap resamples on two levels (1). The blocks of a design (base rows, trajectories)
are drawn with replacement. Where the points of a replicate share their luck, replicates are drawn too, the same for
all points: rows and replicates are crossed then, and drawing both is a little wider than the truth, never narrower
(2). Where each run has luck of its own, a block carries its luck with it, and drawing blocks is enough. Two
replicates are too few to be drawn from: intervals are then those of the two seeds at hand.

References
----------
1. Efron, B., Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall.
2. Owen, A. B. (2007). The pigeonhole bootstrap. Annals of Applied Statistics 1, 386-411. doi:10.1214/07-AOAS122
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError

__all__ = ["CONFIDENCE", "RESAMPLES", "Estimate", "check_confidence", "draws", "from_resamples"]

CONFIDENCE: Final = 0.95
RESAMPLES: Final = 1000
_AT_ONCE: Final = 4_000_000
"""Numbers held at once while resampling, 32 MB of them."""


@dataclass(frozen=True)
class Estimate:
    """Numbers, each with its interval.

    Attributes
    ----------
    value, low, high : (n,) float64 array
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def is_above(self, floor: float) -> NDArray[np.bool_]:
        """Tell whose interval lies above a floor as a whole."""
        return self.low > floor


def check_confidence(confidence: float) -> None:
    """Raise an `InputError` unless the level of an interval lies between 0 and 1."""
    if not 0.0 < confidence < 1.0:
        raise InputError(
            f"found the confidence {confidence!r}, allowed are numbers between 0 and 1, such as {CONFIDENCE}"
        )


def from_resamples(value: NDArray[np.float64], resamples: NDArray[np.float64], confidence: float) -> Estimate:
    """Return an estimate with the percentile interval of its resamples.

    Parameters
    ----------
    value : (n,) float64 array
    resamples : (n, resamples) float64 array
    confidence : float
    """
    tail = 50.0 * (1.0 - confidence)
    low, high = np.percentile(resamples, (tail, 100.0 - tail), axis=1)
    return Estimate(value, low, high)


def draws(
    blocks: int,
    replicates: int,
    *,
    seed: int,
    resamples: int,
    common_luck: bool,
    at_once: int,
    sampled: bool = True,
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
    """Draw resamples of blocks and replicates, some at a time.

    Parameters
    ----------
    blocks, replicates : int
        How many there are.
    seed : int
        The same seed gives the same draws, 0 included.
    resamples : int
        How many to draw.
    common_luck : bool
        Whether the points of a replicate share their luck; replicates are drawn only if they do.
    at_once : int
        Numbers that the caller holds for a resample; decides how many come at a time.
    sampled : bool
        Whether the blocks are a sample; if they are all there is, as in a grid, each is in every resample once.

    Yields
    ------
    drawn : (blocks, size) int64 array
        Which blocks make up each resample.
    weights : (replicates, size) float64 array
        Of the replicates in each; they add up to 1.
    """
    rng = np.random.default_rng(seed)
    most = max(1, _AT_ONCE // at_once)
    for start in range(0, resamples, most):
        size = min(most, resamples - start)
        drawn = rng.integers(blocks, size=(blocks, size)) if sampled else np.tile(np.arange(blocks)[:, None], size)
        weights = np.full((replicates, size), 1.0 / replicates)
        if common_luck and replicates > 2:
            counts = rng.multinomial(replicates, weights[:, 0], size=size)
            # One replicate alone cannot tell effects from luck, so a resample of nothing else is no resample.
            while (alone := counts.max(axis=1) == replicates).any():
                counts[alone] = rng.multinomial(replicates, weights[:, 0], size=int(alone.sum()))
            weights = counts.T / replicates
        yield drawn, weights
