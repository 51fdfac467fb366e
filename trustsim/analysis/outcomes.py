"""Outcomes beside their design: shapes that fit, and failed runs taken out by whole blocks, with a report."""
# ruff: noqa: N803 - X and Y are the names of a design and its outcomes in this field

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, WorkError

__all__ = ["MAX_FAILED", "as_outcomes", "without_failed"]

MAX_FAILED: Final = 0.05
"""Largest share of blocks that may be dropped because runs failed; what is left above it is no fair sample."""


def as_outcomes(X: NDArray[np.float64], Y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return outcomes as ``(points, replicates) float64``, with nan wherever a run failed or gave no finite number.

    Parameters
    ----------
    X : (points, columns) float64 array
    Y : (points, replicates) or (points,) float64 array

    Raises
    ------
    InputError
        If there is not one row of outcomes for each point.
    """
    outcomes = np.array(Y, dtype=np.float64)
    if outcomes.ndim == 1:
        outcomes = outcomes[:, np.newaxis]
    if outcomes.ndim != 2 or len(outcomes) != len(X) or outcomes.shape[1] == 0:
        raise InputError(
            f"found outcomes Y of shape {np.shape(Y)} for {len(X)} points, needed is ({len(X)}, replicates): "
            "one row for each point, in the order of the design"
        )
    outcomes[~np.isfinite(outcomes)] = np.nan
    return outcomes


def without_failed(
    blocks: NDArray[np.float64], what: str, max_failed: float = MAX_FAILED
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Tell which blocks are whole, and say in words what is dropped.

    Parameters
    ----------
    blocks : (blocks, ...) float64 array
        Outcomes; nan marks a failed run.
    what : str
        What a block is, in the plural: "base rows", "trajectories".
    max_failed : float
        Largest share that may be dropped.

    Returns
    -------
    whole : (blocks,) bool array
    notices : tuple of str
        Empty when nothing is dropped.

    Raises
    ------
    WorkError
        If more than that failed, or fewer than two blocks are left.
    """
    failed: NDArray[np.bool_] = np.isnan(blocks).reshape(len(blocks), -1)
    whole: NDArray[np.bool_] = ~np.any(failed, axis=1)
    dropped = len(whole) - int(whole.sum())
    said = f"{failed.sum()} failed runs touch {dropped} of {len(whole)} {what} ({dropped / max(len(whole), 1):.1%})"
    if dropped > max_failed * len(whole):
        raise WorkError(f"{said}; at most {max_failed:.0%} may be dropped. Run the failed points again first")
    if len(whole) - dropped < 2:
        raise WorkError(f"{len(whole) - dropped} whole {what}; needed are two or more")
    return whole, (f"{said}; these {what} are left out as a whole",) if dropped else ()
