"""The points of a study: which worlds its design asks for, each once, and what they are called.

A point's id is a hash of what its factors set, so that it is the same in every design, order and folder. Rows of a
design that set the same (the dummy factor sets nothing) share a point and are run once.
"""
# ruff: noqa: N803 - a design is X in this field

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trustsim.sampling import Problem
from trustsim.sampling.factors import Value
from trustsim.scenario.schema import ORGANIZATION

__all__ = ["Points", "Task", "chunks", "point_id"]


def point_id(settings: Mapping[str, Value]) -> str:
    """Return the name of a point: 20 hexadecimal digits of the hash of what it sets."""
    text = json.dumps(dict(settings), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Points:
    """The different points of a design, in the order in which they first appear.

    Attributes
    ----------
    problem : Problem
    X : (rows, columns) float64 array
        The design as it was sampled.
    of_row : (rows,) int64 array
        Which point each row of the design is.
    first_row : (points,) int64 array
        The row in which each point first appears.
    ids : (points,) array of str
    applied : tuple of str
        Factors that set something in this study.
    """

    problem: Problem
    X: NDArray[np.float64]
    of_row: NDArray[np.int64]
    first_row: NDArray[np.int64]
    ids: NDArray[np.str_]
    applied: tuple[str, ...]

    @classmethod
    def of(cls, problem: Problem, X: NDArray[np.float64], applied: Sequence[str]) -> Points:
        """Return the points of a design.

        Parameters
        ----------
        problem : Problem
        X : (rows, columns) float64 array
        applied : sequence of str
            Factors that set something; rows that differ only in others are one point.
        """
        columns = [problem.names.index(name) for name in applied]
        _, first, of_row = np.unique(X[:, columns], axis=0, return_index=True, return_inverse=True)
        order = np.argsort(first)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        first_row = first[order]
        settings = _settings(problem, X, first_row, applied)
        ids = np.array([point_id(each) for each in settings])
        return cls(problem, X, place[of_row.reshape(-1)], first_row, ids, tuple(applied))

    def __len__(self) -> int:
        return len(self.ids)

    def settings(self, numbers: Sequence[int] | NDArray[np.int64]) -> list[dict[str, Value]]:
        """Return what some points set."""
        return list(_settings(self.problem, self.X, self.first_row[numbers], self.applied))

    def digest(self, rows: int | None = None) -> str:
        """Return the hash of the first rows of the design: their points, in order."""
        text = "\n".join(self.ids[self.of_row[:rows]].tolist())
        return hashlib.sha256(text.encode()).hexdigest()


def _settings(
    problem: Problem, X: NDArray[np.float64], rows: NDArray[np.int64], applied: Sequence[str]
) -> Iterator[dict[str, Value]]:
    columns = [(name, problem.names.index(name)) for name in applied]
    for row in rows:
        yield {name: problem.kinds[column].value(X[row, column]) for name, column in columns}


@dataclass(frozen=True, slots=True)
class Task:
    """Points to run side by side with one seed.

    Attributes
    ----------
    replicate, seed : int
    numbers : tuple of int
        Of the points.
    settings : tuple of dict
        What each of them sets.
    """

    replicate: int
    seed: int
    numbers: tuple[int, ...]
    settings: tuple[dict[str, Value], ...]


def chunks(points: Points, numbers: NDArray[np.int64], shared: Sequence[str] | None, block: int) -> Iterator[list[int]]:
    """Split points into blocks of worlds that run side by side.

    Parameters
    ----------
    points : Points
    numbers : (n,) int64 array
        Of the points to run.
    shared : sequence of str, optional
        Factors that change the baseline too: points that agree in them share its world. None if there is no baseline.
    block : int
        Worlds of a block, baselines among them; a point and its baseline always fit.

    Yields
    ------
    list of int
        Numbers of points of one hospital.
    """
    column = points.problem.names.index
    sizes = [column(name) for name in points.applied if name.startswith(ORGANIZATION)]
    bases = [column(name) for name in shared or ()]
    by_hospital: dict[bytes, list[int]] = {}
    for number in numbers.tolist():
        by_hospital.setdefault(points.X[points.first_row[number], sizes].tobytes(), []).append(number)
    for members in by_hospital.values():
        chunk: list[int] = []
        baselines: set[bytes] = set()
        for number in members:
            needed = set() if shared is None else {points.X[points.first_row[number], bases].tobytes()}
            if chunk and len(chunk) + 1 + len(baselines | needed) > block:
                yield chunk
                chunk, baselines = [], set()
            chunk.append(number)
            baselines |= needed
        yield chunk
