"""Saltelli's design as it is read back: what its rows are, and whether they still are in their order."""
# ruff: noqa: N803 - a design is X in this field

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.problem import Problem
from trustsim.errors import InputError

__all__ = ["Layout", "layout_of"]


@dataclass(frozen=True)
class Layout:
    """How the points of a Saltelli design lie.

    Attributes
    ----------
    factors : tuple of str
        Or groups, in the order of their points.
    has_dummy : bool
        Whether the last of them is one that changes nothing.
    second_order : bool
        Whether a base row has, after A and A with each factor from B, also B with each factor from A; B is last.
    rows : int
        Base rows.
    """

    factors: tuple[str, ...]
    has_dummy: bool
    second_order: bool
    rows: int

    @property
    def step(self) -> int:
        """Points of a base row."""
        return len(self.factors) * (1 + self.second_order) + 2

    @property
    def indices(self) -> int:
        """How many indices can be estimated: first, total and perhaps second order."""
        k = len(self.factors)
        return 2 * k + (k * (k - 1) // 2 if self.second_order else 0)


def layout_of(problem: Problem, X: NDArray[np.float64]) -> Layout:
    """Return the layout of a design.

    Raises
    ------
    InputError
        If `X` is no Saltelli design of this problem with its rows in order.
    """
    columns = problem.columns(X)
    group_of = (*problem.groups, *columns[len(problem.names) :])
    factors = tuple(dict.fromkeys(group_of))
    moves = np.array([[group == factor for group in group_of] for factor in factors])
    for second_order in (False, True):
        step = len(factors) * (1 + second_order) + 2
        if len(X) and len(X) % step == 0 and _is_saltelli(X.reshape(-1, step, X.shape[1]), moves):
            return Layout(factors, len(columns) > len(problem.names), second_order, len(X) // step)
    k = len(factors)
    raise InputError(
        f"the {len(X)} rows of X are no Sobol design over {', '.join(factors)} in its order: blocks of {k + 2} points "
        f"({2 * k + 2} for second order), each from A to B by one factor at a time. Keep the rows as sample() gave them"
    )


def _is_saltelli(blocks: NDArray[np.float64], moves: NDArray[np.bool_]) -> bool:
    a, b = blocks[:, :1], blocks[:, -1:]
    expected = [a, np.where(moves, b, a), b]
    if blocks.shape[1] > len(moves) + 2:
        expected.insert(2, np.where(moves, a, b))
    return np.array_equal(blocks, np.concatenate(expected, axis=1))
