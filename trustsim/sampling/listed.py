"""A list: the very points that were written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean
from trustsim.sampling.factors import Value
from trustsim.sampling.problem import Problem

__all__ = ["sample", "size"]


def size(
    problem: Problem,  # noqa: ARG001 - one signature for every method
    n: int | None = None,
    *,
    points: Sequence[Mapping[str, Value]],
) -> int:
    """Return the number of points."""
    return len(points) if n is None else min(n, len(points))


def sample(
    problem: Problem,
    n: int | None = None,
    *,
    seed: int = 0,  # noqa: ARG001 - one signature for every method; nothing is left to chance here
    points: Sequence[Mapping[str, Value]],
) -> NDArray[np.float64]:
    """Return the listed points.

    Parameters
    ----------
    problem : Problem
    n : int, optional
        How many of them, from the first; all unless given.
    seed : int
        Not used.
    points : sequence of mappings
        A value for every factor.

    Returns
    -------
    (n, factors) float64 array
        In the order of the list.

    Raises
    ------
    InputError
        If a point lacks a factor, names one that does not exist, or sets one to what it may not be.
    """
    kinds = dict(zip(problem.names, problem.kinds, strict=True))
    rows = []
    for number, point in enumerate(points[: size(problem, n, points=points)], start=1):
        for name in point:
            if name not in kinds:
                raise InputError(f"point {number}: no factor is called {name!r}{did_you_mean(name, kinds)}")
        missing = [name for name in kinds if name not in point]
        if missing:
            raise InputError(f"point {number} has no value for {', '.join(missing)}")
        try:
            rows.append([kind.code(point[name]) for name, kind in kinds.items()])
        except InputError as error:
            raise InputError(f"point {number}: {error.what}") from None
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(kinds))
