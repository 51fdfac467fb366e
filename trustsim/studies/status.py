"""How far a study is: what is done, missing and failed, in all and by the level of every factor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trustsim.sampling import Choices
from trustsim.studies.results import read_results
from trustsim.studies.store import DONE, FAILED

__all__ = ["Level", "Status", "status_of"]

_BINS = 4


@dataclass(frozen=True, slots=True)
class Level:
    """Runs in which a factor has a level.

    Attributes
    ----------
    factor, level : str
        A choice, or a quarter of a range.
    planned, done, failed : int
    """

    factor: str
    level: str
    planned: int
    done: int
    failed: int

    @property
    def missing(self) -> int:
        """Runs that are yet to come."""
        return self.planned - self.done - self.failed


@dataclass(frozen=True)
class Status:
    """How far a study is.

    Attributes
    ----------
    study, question, state : str
        State is ``running``, ``paused`` or ``complete``; a study whose process was killed says that it runs.
    points, replicates : int
    planned, done, failed : int
        Runs.
    levels : tuple of Level
    errors : dict of str to int
        How many runs failed for each reason.
    """

    study: str
    question: str
    state: str
    points: int
    replicates: int
    planned: int
    done: int
    failed: int
    levels: tuple[Level, ...]
    errors: dict[str, int]

    @property
    def missing(self) -> int:
        """Runs that are yet to come."""
        return self.planned - self.done - self.failed


def status_of(folder: str | Path) -> Status:
    """Return how far the study in a folder is; it may be running.

    Raises
    ------
    InputError
        If it is no folder of a study.
    """
    results = read_results(folder)
    study, state = results.study, results.state
    levels = []
    for factor, kind in zip(study.problem.names, study.problem.kinds, strict=True):
        codes = study.points.X[study.points.first_row, study.problem.names.index(factor)]
        if isinstance(kind, Choices):
            members = {str(option): codes == number for number, option in enumerate(kind.options)}
        else:
            members = _quarters(codes, *kind.bounds)
        levels += [_level(factor, level, state[chosen]) for level, chosen in members.items() if chosen.any()]
    errors: dict[str, int] = {}
    if results.counts["failed"]:
        runs = results.runs(["point_id", "replicate", "error"])
        errors = {str(error): int(n) for error, n in runs.loc[runs["error"] != "", "error"].value_counts().items()}
    return Status(
        study=study.name,
        question=study.question,
        state=str(results.manifest["state"]),
        points=len(study.points),
        replicates=study.replicates,
        levels=tuple(levels),
        errors=errors,
        **results.counts,
    )


def _quarters(codes: NDArray[np.float64], low: float, high: float) -> dict[str, NDArray[np.bool_]]:
    edges = np.linspace(low, high, _BINS + 1)
    number = np.minimum(np.searchsorted(edges, codes, side="right") - 1, _BINS - 1)
    return {f"{edges[each]:g} to {edges[each + 1]:g}": number == each for each in range(_BINS)}


def _level(factor: str, level: str, state: NDArray[np.int8]) -> Level:
    done, failed = (int(np.count_nonzero(state == each)) for each in (DONE, FAILED))
    return Level(factor, level, state.size, done, failed)
