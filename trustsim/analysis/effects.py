"""Paired effect sizes: how far each point lies from a baseline point, with the luck of each replicate shared by both.

References
----------
1. Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, 2nd ed. Erlbaum. (Section 2.3.5, d_z)
"""
# ruff: noqa: N803 - X and Y are the names of a design and its outcomes in this field

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.intervals import CONFIDENCE, RESAMPLES, Estimate, check_confidence, from_resamples
from trustsim.analysis.outcomes import as_outcomes
from trustsim.analysis.problem import Problem
from trustsim.errors import InputError, WorkError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PairedEffects", "analyze"]


@dataclass(frozen=True)
class PairedEffects:
    """What `analyze` found, one number a point.

    Attributes
    ----------
    points : tuple of int
        Rows of the design; the baseline is not among them.
    settings : tuple of dict
        What each point sets, by factor.
    difference : Estimate
        Mean paired difference from the baseline; interval of Student's t over replicates.
    d : Estimate
        Cohen's d of paired differences, their mean over their standard deviation; bootstrap interval over replicates.
        Infinite where every replicate shows the same difference.
    pairs : (points,) int64 array
        Replicates in which both runs succeeded.
    confidence : float
        Of the intervals.
    notices : tuple of str
        What a reader should know.
    """

    points: tuple[int, ...]
    settings: tuple[Mapping[str, float | int | str | bool], ...]
    difference: Estimate
    d: Estimate
    pairs: NDArray[np.int64]
    confidence: float
    notices: tuple[str, ...]

    def is_distinguishable(self) -> NDArray[np.bool_]:
        """Tell whose difference has an interval without zero."""
        return (self.difference.low > 0.0) | (self.difference.high < 0.0)

    def labels(self) -> list[str]:
        """Return what each point sets, in a few words."""
        full = list(self.settings[0]) if self.settings else []
        kinds = ([name.rpartition(".")[2] for name in full], [name.partition(".")[0] for name in full], full)
        short = next(names for names in kinds if len(set(names)) == len(full))
        return [
            ", ".join(f"{name} {_shown(value)}" for name, value in zip(short, row.values(), strict=True))
            for row in self.settings
        ]

    def table(self) -> pd.DataFrame:
        """Return one row a point: what it sets, difference and d with low and high, pairs, verdict."""
        import pandas as pd

        clear = self.is_distinguishable()
        frame = pd.DataFrame(list(self.settings), index=pd.Index(self.points, name="point"))
        for name, kinds in frame.map(type).nunique().items():
            if kinds > 1:  # a column of a file holds one kind of value
                frame[name] = frame[name].map(str)
        for name, estimate in (("difference", self.difference), ("d", self.d)):
            frame[name], frame[f"{name}_low"], frame[f"{name}_high"] = estimate.value, estimate.low, estimate.high
        frame["pairs"] = self.pairs
        frame["verdict"] = np.where(clear, "distinguishable from zero", "not distinguishable from zero")
        return frame.reset_index()


def analyze(
    problem: Problem,
    X: NDArray[np.float64],
    Y: NDArray[np.float64],
    *,
    seed: int,
    baseline: int | None = 0,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
) -> PairedEffects:
    """Estimate how far each point lies from a baseline.

    Parameters
    ----------
    problem : Problem
    X : (points, columns) float64 array
    Y : (points, replicates) float64 array
        Replicates share their luck across points; nan marks a failed run, which takes its pair with it.
    seed : int
        Of the resampling for d. The same seed gives the same bytes, 0 included.
    baseline : int or None
        Row of the baseline; None if `Y` holds differences from one already.
    resamples : int
    confidence : float

    Raises
    ------
    InputError
        If shapes do not fit, or there is no such row.
    WorkError
        If a point has fewer than two whole pairs.
    """
    from scipy.special import stdtrit

    check_confidence(confidence)
    outcomes = as_outcomes(X, Y)
    if baseline is not None and not 0 <= baseline < len(X):
        raise InputError(f"found the baseline row {baseline}, allowed are 0 to {len(X) - 1}, or None")
    points = tuple(point for point in range(len(X)) if point != baseline)
    differences = outcomes[list(points)] - (0.0 if baseline is None else outcomes[baseline])
    pairs = np.isfinite(differences).sum(axis=1)
    if (pairs < 2).any():
        short = points[int(np.argmax(pairs < 2))]
        raise WorkError(f"point {short} has {pairs.min()} whole pairs; an interval needs two replicates or more")
    lost = differences.size - int(pairs.sum())
    mean, deviation = np.nanmean(differences, axis=1), np.nanstd(differences, axis=1, ddof=1)
    half = stdtrit(pairs - 1, 0.5 + confidence / 2.0) * deviation / np.sqrt(pairs)
    rng = np.random.default_rng(seed)
    resampled = np.empty((len(points), resamples))
    for place, row in enumerate(differences):
        kept = row[np.isfinite(row)]
        drawn = kept[rng.integers(len(kept), size=(len(kept), resamples))]
        resampled[place] = _ratio(drawn.mean(axis=0), drawn.std(axis=0, ddof=1))
    # A resample of one and the same replicate has no spread; it is no size of an effect.
    d = _ratio(mean, deviation)
    known = np.where(np.isfinite(d), d, 0.0)
    interval = from_resamples(known, np.where(np.isfinite(resampled), resampled, known[:, np.newaxis]), confidence)
    low, high = (np.where(np.isfinite(d), end, d) for end in (interval.low, interval.high))
    return PairedEffects(
        points=points,
        settings=tuple(problem.decode(X[list(points)])),
        difference=Estimate(mean, mean - half, mean + half),
        d=Estimate(d, low, high),
        pairs=pairs,
        confidence=confidence,
        notices=(f"{lost} of {differences.size} pairs are left out because a run failed",) if lost else (),
    )


def _ratio(mean: NDArray[np.float64], deviation: NDArray[np.float64]) -> NDArray[np.float64]:
    sure = np.where(mean == 0.0, 0.0, np.copysign(np.inf, mean))
    return np.divide(mean, deviation, out=sure, where=deviation > 1e-12 * np.abs(mean))


def _shown(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
