"""A full factorial grid: every combination of some levels of each factor."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean
from trustsim.sampling.checks import check_count
from trustsim.sampling.problem import Problem

__all__ = ["sample", "size"]


def size(problem: Problem, n: int, *, levels: Mapping[str, int] | None = None) -> int:
    """Return the number of points."""
    return math.prod(map(len, _levels(problem, n, levels or {})))


def sample(
    problem: Problem,
    n: int,
    *,
    seed: int = 0,  # noqa: ARG001 - one signature for every method; nothing is left to chance here
    levels: Mapping[str, int] | None = None,
) -> NDArray[np.float64]:
    """Return every combination of levels.

    Parameters
    ----------
    problem : Problem
    n : int
        Levels of each factor, at equal distances and with both ends; of choices always all.
    seed : int
        Not used.
    levels : mapping of str to int, optional
        Another number of levels for some factors.

    Returns
    -------
    (points, factors) float64 array
        The last factor changes fastest.

    Raises
    ------
    InputError
        If there are fewer than two levels, or `levels` names a factor that does not exist.
    """
    axes = np.meshgrid(*_levels(problem, n, levels or {}), indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=1)


def _levels(problem: Problem, n: int, levels: Mapping[str, int]) -> list[NDArray[np.float64]]:
    for name in levels:
        if name not in problem.names:
            raise InputError(f"levels for {name!r}, which is no factor{did_you_mean(name, problem.names)}")
    return [
        kind.levels(check_count(levels.get(name, n), f"levels of {name!r}", least=2))
        for name, kind in zip(problem.names, problem.kinds, strict=True)
    ]
