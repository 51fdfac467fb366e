"""Morris' screen: how much an outcome changes when one factor (or group) takes a step, wherever the others are.

An elementary effect is a change in the expected outcome divided by the step, a share of the factor's range; ``mu`` is
their mean, ``mu_star`` the mean of their sizes, ``sigma`` their standard deviation: large where an effect depends on
the other factors or on where the step starts. The factors of a group step at once and in directions of their own, so
a group has no sign and no spread to speak of: only ``mu_star``. Luck of its own in each run adds to ``mu_star`` (a
size is never negative); luck that points share does not.

References
----------
1. Morris, M. D. (1991). Factorial sampling plans for preliminary computational experiments. Technometrics 33, 161-174.
   doi:10.1080/00401706.1991.10484804
2. Campolongo, F., Cariboni, J., Saltelli, A. (2007). An effective screening design for sensitivity analysis of large
   models. Environmental Modelling & Software 22, 1509-1518. doi:10.1016/j.envsoft.2006.10.004
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
from trustsim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ElementaryEffects", "analyze"]


@dataclass(frozen=True)
class ElementaryEffects:
    """What `analyze` found.

    Attributes
    ----------
    factors : tuple of str
        Or groups.
    is_group : tuple of bool
        Whether it has several factors; `mu` and `sigma` mean nothing then, hold nan and are left out of the table.
    mu, mu_star, sigma : Estimate
        One number a factor, in units of the outcome for a step over the whole range.
    has_dummy : bool
        Whether the last factor is one that changes nothing.
    trajectories, replicates : int
        That the estimates rest on.
    confidence : float
        Of the intervals.
    notices : tuple of str
        What a reader should know.
    """

    factors: tuple[str, ...]
    is_group: tuple[bool, ...]
    mu: Estimate
    mu_star: Estimate
    sigma: Estimate
    has_dummy: bool
    trajectories: int
    replicates: int
    confidence: float
    notices: tuple[str, ...]

    def is_distinguishable(self) -> NDArray[np.bool_]:
        """Tell whose mu_star lies above 0 and above the dummy's, with its whole interval."""
        return self.mu_star.is_above(float(self.mu_star.high[-1]) if self.has_dummy else 0.0)

    def table(self) -> pd.DataFrame:
        """Return all numbers: metric, factor, estimate, low, high, verdict."""
        import pandas as pd

        clear, rows = self.is_distinguishable(), []
        for metric in ("mu_star", "mu", "sigma"):
            estimate: Estimate = getattr(self, metric)
            for place, factor in enumerate(self.factors):
                if self.is_group[place] and metric != "mu_star":
                    continue
                verdict = "distinguishable from zero" if clear[place] else "not distinguishable from zero"
                numbers = (estimate.value[place], estimate.low[place], estimate.high[place])
                rows.append((metric, factor, *numbers, verdict))
        return pd.DataFrame(rows, columns=["metric", "factor", "estimate", "low", "high", "verdict"])


def analyze(
    problem: Problem,
    X: NDArray[np.float64],
    Y: NDArray[np.float64],
    *,
    seed: int,
    levels: int = 4,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    common_luck: bool = True,
    max_failed: float = MAX_FAILED,
) -> ElementaryEffects:
    """Estimate elementary effects from a design of `trustsim.sampling.morris`.

    Parameters
    ----------
    problem : Problem
    X : (points, columns) float64 array
        The design in its own order.
    Y : (points, replicates) or (points,) float64 array
        Outcomes in the order of the points; nan marks a failed run, and its trajectory is left out.
    seed : int
        Of the resampling of trajectories and replicates. The same seed gives the same bytes, 0 included.
    levels : int
        Of the grid, as sampled.
    resamples, confidence, common_luck, max_failed
        As in `trustsim.analysis.sobol.analyze`.

    Raises
    ------
    InputError
        If `X` is not such a design in its order, or `Y` does not have a row for each of its points.
    WorkError
        If too many runs failed.
    """
    check_confidence(confidence)
    columns = problem.columns(X)
    group_of = (*problem.groups, *columns[len(problem.names) :])
    factors = tuple(dict.fromkeys(group_of))
    members = np.array([[group == factor for factor in factors] for group in group_of])
    if len(X) == 0 or len(X) % (len(factors) + 1):
        raise InputError(f"the {len(X)} rows of X are no trajectories of {len(factors) + 1} points each")
    walks = X.reshape(-1, len(factors) + 1, len(columns))
    order, sign = _moves(problem, walks, members, levels)
    outcomes = as_outcomes(X, Y).reshape(len(walks), len(factors) + 1, -1)
    whole, notices = without_failed(outcomes, "trajectories", max_failed)
    is_group = members.sum(axis=0) > 1
    if is_group.any():
        notices += ("a group of several factors has mu_star alone: they step in directions of their own",)
    steps = np.diff(outcomes, axis=1) * sign[..., np.newaxis] / _step(levels)
    effects = np.take_along_axis(steps, np.argsort(order, axis=1)[..., np.newaxis], axis=1)[whole]
    parts = [
        _moments(np.take_along_axis(effects @ weights, drawn[:, np.newaxis], axis=0))
        for drawn, weights in draws(
            len(effects), effects.shape[2], seed=seed, resamples=resamples, common_luck=common_luck,
            at_once=2 * len(effects) * len(factors),
        )
    ]  # fmt: skip
    value, resampled = _moments(effects.mean(axis=2, keepdims=True))[..., 0], np.concatenate(parts, axis=2)
    value[1:, is_group], resampled[1:, is_group] = np.nan, np.nan
    mu_star, mu, sigma = (from_resamples(value[part], resampled[part], confidence) for part in range(3))
    return ElementaryEffects(
        factors=factors,
        is_group=tuple(is_group.tolist()),
        mu=mu,
        mu_star=mu_star,
        sigma=sigma,
        has_dummy=len(columns) > len(problem.names),
        trajectories=len(effects),
        replicates=effects.shape[2],
        confidence=confidence,
        notices=notices,
    )


def _step(levels: int) -> float:
    """Return the step between two points of a trajectory, as a share of the range."""
    return levels / (2.0 * (levels - 1.0))


def _moments(effects: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return mu_star, mu and sigma, ``(3, factors, n)``, of effects ``(trajectories, factors, n)``."""
    return np.stack([np.abs(effects).mean(axis=0), effects.mean(axis=0), effects.std(axis=0, ddof=1)])


def _moves(
    problem: Problem, walks: NDArray[np.float64], members: NDArray[np.bool_], levels: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return which factor moves at each step and in which direction, both ``(trajectories, steps)``."""
    change = np.diff(walks, axis=1)
    moved = change != 0.0
    order = np.argmax(moved @ members.astype(int), axis=2)
    if not (moved == members.T[order]).all() or not (np.sort(order, axis=1) == np.arange(members.shape[1])).all():
        raise InputError(
            "the rows of X are no trajectories in their order: from a point to the next exactly one factor (or group) "
            "moves, and each moves once. Keep the rows as sample() gave them"
        )
    low, high = np.array(problem.bounds).T
    of_range = np.abs(change[..., : len(low)]) / (high - low)
    continuous = (walks[..., : len(low)] % 1.0 != 0.0).any(axis=(0, 1))
    steps = of_range[..., continuous][moved[..., : len(low)][..., continuous]]
    if not np.allclose(steps, _step(levels)):
        raise InputError(f"the steps of X are not those of a grid of {levels} levels; pass the levels it has")
    return order, np.where((change * moved).sum(axis=2) < 0.0, -1.0, 1.0)
