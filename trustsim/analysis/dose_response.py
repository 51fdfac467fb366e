"""Dose and response: the mean outcome along one factor, and the dose at which it crosses zero (break-even).

Local means over bins of the factor, straight lines between them; no shape is assumed, so a response may rise and fall.
"""
# ruff: noqa: N803 - X and Y are the names of a design and its outcomes in this field

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.intervals import CONFIDENCE, RESAMPLES, Estimate, check_confidence, draws, from_resamples
from trustsim.analysis.outcomes import MAX_FAILED, as_outcomes, without_failed
from trustsim.analysis.problem import Problem
from trustsim.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["DoseResponse", "analyze"]


@dataclass(frozen=True)
class DoseResponse:
    """What `analyze` found.

    Attributes
    ----------
    factor : str
    dose : (bins,) float64 array
        Mean of the factor in each bin; where it takes names and no numbers, their place in the list.
    levels : tuple of str
        The name in each bin; empty where the factor takes numbers.
    response : Estimate
        Mean outcome in each bin.
    break_even : tuple of float or None
        The dose at which the response first crosses zero, and its interval; None if it does not. The interval is that
        of the resamples that cross.
    crossing : float
        Share of resamples in which the response crosses zero; below 1, it may not cross at all.
    points : tuple of int
        In each bin.
    confidence : float
        Of the intervals.
    notices : tuple of str
        What a reader should know.
    """

    factor: str
    dose: NDArray[np.float64]
    levels: tuple[str, ...]
    response: Estimate
    break_even: tuple[float, float, float] | None
    crossing: float
    points: tuple[int, ...]
    confidence: float
    notices: tuple[str, ...]

    def table(self) -> pd.DataFrame:
        """Return one row a bin: dose (number or name), response, low, high, points."""
        import pandas as pd

        columns = {"dose": self.levels or self.dose, "response": self.response.value, "low": self.response.low}
        return pd.DataFrame(columns | {"high": self.response.high, "points": self.points})


def analyze(
    problem: Problem,
    X: NDArray[np.float64],
    Y: NDArray[np.float64],
    *,
    seed: int,
    factor: str,
    bins: int = 10,
    block: int = 1,
    sampled: bool = True,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    common_luck: bool = True,
    max_failed: float = MAX_FAILED,
) -> DoseResponse:
    """Estimate the mean outcome along a factor, averaged over all others.

    A factor of names (styles of leadership) has no order, so no break-even.

    Parameters
    ----------
    problem : Problem
    X : (points, columns) float64 array
        Any design that spreads over the factor: latin hypercube, Sobol, grid.
    Y : (points, replicates) or (points,) float64 array
        Outcomes, for break-even the differences from a baseline; nan marks a failed run.
    seed : int
        Of the resampling. The same seed gives the same bytes, 0 included.
    factor : str
    bins : int
        With about equally many points; a factor of no more values than this has a bin for each.
    block : int
        Points that were drawn together and are resampled together: those of a base row in a Sobol design, else 1.
    sampled : bool
        Whether the points are a sample of those that there could be. Those of a grid are all there is: intervals then
        tell luck alone, not how much the response depends on the other factors.
    resamples, confidence, common_luck, max_failed
        As in `trustsim.analysis.sobol.analyze`.

    Raises
    ------
    InputError
        If there is no such factor, it has one value, or shapes do not fit.
    WorkError
        If too many runs failed.
    """
    check_confidence(confidence)
    columns, outcomes = problem.columns(X), as_outcomes(X, Y)
    if factor not in columns:
        raise InputError(f"no factor is called {factor!r}{did_you_mean(factor, columns)}")
    if bins < 2 or block < 1 or len(X) % block:
        raise InputError(
            f"found {bins} bins, blocks of {block}, {len(X)} points; needed are 2 bins or more, and whole blocks"
        )
    blocks = outcomes.reshape(-1, block, outcomes.shape[1])
    whole, notices = without_failed(blocks, "blocks of points", max_failed)
    numbers, names = _doses(problem, X, factor, columns.index(factor))
    doses, blocks = numbers.reshape(-1, block)[whole], blocks[whole]
    bin_of = _bins(doses, len(names) or bins)
    if bin_of.max() == 0:
        raise InputError(f"the factor {factor!r} has a single value in this design; a response needs two")
    member = (bin_of[..., np.newaxis] == np.arange(bin_of.max() + 1)).astype(np.float64)
    in_bin, dose_sum = member.sum(axis=1), (member * doses[..., np.newaxis]).sum(axis=1)
    sums = np.einsum("npb,npr->nbr", member, blocks)
    response = sums.sum(axis=0).mean(axis=1) / in_bin.sum(axis=0)
    dose = dose_sum.sum(axis=0) / in_bin.sum(axis=0)
    parts = []
    for drawn, weights in draws(
        len(blocks), blocks.shape[2], seed=seed, resamples=resamples, common_luck=common_luck,
        at_once=2 * sums.shape[0] * sums.shape[1], sampled=sampled,
    ):  # fmt: skip
        total = np.take_along_axis(sums @ weights, drawn[:, np.newaxis], axis=0).sum(axis=0)
        count = in_bin[drawn].sum(axis=0).T
        # A bin that a resample left empty tells nothing new.
        parts.append(np.where(count > 0.0, total / np.maximum(count, 1.0), response[:, np.newaxis]))
    resampled = np.concatenate(parts, axis=1)
    break_even, crossing = (None, 0.0) if names else _break_even(dose, response, resampled, confidence)
    return DoseResponse(
        factor=factor,
        dose=dose,
        levels=tuple(names[int(place)] for place in dose) if names else (),
        response=from_resamples(response, resampled, confidence),
        break_even=break_even,
        crossing=crossing,
        points=tuple(in_bin.sum(axis=0).astype(int).tolist()),
        confidence=confidence,
        notices=notices,
    )


def _doses(
    problem: Problem, X: NDArray[np.float64], factor: str, column: int
) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    """Return the numbers that a factor takes in each row, and their names if it takes names."""
    codes, rows, place = np.unique(X[:, column], return_index=True, return_inverse=True)
    values = [each.get(factor, code) for each, code in zip(problem.decode(X[rows]), codes, strict=True)]
    if any(isinstance(value, str | bool) for value in values):
        return place.reshape(-1).astype(np.float64), tuple(map(str, values))
    return np.array(values, dtype=np.float64)[place.reshape(-1)], ()


def _bins(doses: NDArray[np.float64], bins: int) -> NDArray[np.int64]:
    """Return the bin of each point, numbered from 0 without gaps."""
    values = np.unique(doses)
    edges = values[1:] if len(values) <= bins else np.quantile(doses, np.arange(1, bins) / bins)
    _, bin_of = np.unique(np.searchsorted(edges, doses, side="right"), return_inverse=True)
    return bin_of.reshape(doses.shape)


def _break_even(
    dose: NDArray[np.float64], response: NDArray[np.float64], resampled: NDArray[np.float64], confidence: float
) -> tuple[tuple[float, float, float] | None, float]:
    at = first_crossing(dose, response)
    resampled_at = np.array([first_crossing(dose, column) for column in resampled.T])
    crosses = np.isfinite(resampled_at)
    if not np.isfinite(at):
        return None, float(crosses.mean())
    tail = 50.0 * (1.0 - confidence)
    low, high = np.percentile(resampled_at[crosses], (tail, 100.0 - tail)) if crosses.any() else (at, at)
    return (at, float(low), float(high)), float(crosses.mean())


def first_crossing(dose: NDArray[np.float64], response: NDArray[np.float64]) -> float:
    """Return the smallest dose at which straight lines between responses change sign; nan if they do not."""
    signs = np.sign(response)
    places = np.flatnonzero((signs[:-1] * signs[1:] < 0.0) | ((signs[1:] == 0.0) & (signs[:-1] != 0.0)))
    if len(places) == 0:
        return float("nan")
    left = int(places[0])
    share = response[left] / (response[left] - response[left + 1])
    return float(dose[left] + share * (dose[left + 1] - dose[left]))
