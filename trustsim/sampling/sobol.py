"""Saltelli's design over a scrambled Sobol' sequence: what first, total and second-order indices are estimated from.

A *base row* is a block of points: two independent points A and B; for each factor (or group) the point A with that
factor taken from B; and, for second order, B with that factor taken from A. The design can be extended: the base rows
of a smaller n are the first base rows of a larger one with the same seed, so that its points need not be run again.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from trustsim.sampling.checks import check_count
from trustsim.sampling.notice import DesignNotice
from trustsim.sampling.problem import Problem

__all__ = ["base_rows", "sample", "size"]


def base_rows(n: int) -> int:
    """Return the power of two that `n` is rounded up to: only such a start of the sequence is balanced (2)."""
    return 1 << (check_count(n, "base rows", least=2) - 1).bit_length()


def size(problem: Problem, n: int, *, second_order: bool = False, dummy: bool = True) -> int:
    """Return the number of points."""
    groups = len(set(problem.groups)) + dummy
    return base_rows(n) * (2 * groups + 2 if second_order else groups + 2)


def sample(
    problem: Problem, n: int, *, seed: int, second_order: bool = False, dummy: bool = True
) -> NDArray[np.float64]:
    """Return Saltelli's design.

    Parameters
    ----------
    problem : Problem
        Groups move as one and get one index.
    n : int
        Base rows; rounded up to a power of two, which a `DesignNotice` then says.
    seed : int
        Of the scrambling. The same seed gives the same bytes, 0 included. Nothing is skipped: a scrambled sequence does
        not start at the corner that skipping is meant to avoid, and skipping would spoil its balance (2).
    second_order : bool
        Whether interactions of two factors can be estimated from it; nearly doubles the points.
    dummy : bool
        Whether to add a factor that changes nothing, as last column. Its index is the noise floor of the others.

    Returns
    -------
    (size(problem, n, ...), columns) float64 array
        Base row by base row; within one A, then A with each group from B, then (second order) B with each group from A,
        then B. Groups in the order in which they first appear, the dummy last.

    Raises
    ------
    InputError
        If `n` is less than 2.

    References
    ----------
    1. Saltelli, A. (2002). Making best use of model evaluations to compute sensitivity indices. Computer Physics
       Communications 145, 280-297. doi:10.1016/S0010-4655(02)00280-1
    2. Owen, A. B. (2020). On dropping the first Sobol' point. arXiv:2008.08051
    """
    from SALib.sample import sobol

    rows = base_rows(n)
    if rows != n:
        warnings.warn(f"n = {n} base rows rounded up to {rows}, a power of two", DesignNotice, stacklevel=2)
    unit = sobol.sample(problem.as_salib(dummy=dummy), rows, calc_second_order=second_order, scramble=True, seed=seed)
    return problem.place(unit)
