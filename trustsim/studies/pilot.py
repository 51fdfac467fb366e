"""A pilot: a few worlds that are run before a study, to learn what it costs and which of its factors do nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import replicate_seed
from trustsim.studies.points import Points, Task, chunks
from trustsim.studies.worker import Outcome

if TYPE_CHECKING:
    from trustsim.studies.study import Study

__all__ = ["Pilot", "Size", "fly", "run_points", "seconds_per_world", "size_of"]

_FILE: Final = 40_000
"""Bytes of a study's folder beside its runs, and of each of its parts beside the numbers (seen in Parquet)."""
_PART: Final = 4_000


@dataclass(frozen=True)
class Size:
    """How large a study is.

    Attributes
    ----------
    points, runs, worlds : int
        Points; runs (points times replicates); worlds that are advanced for them, baselines among them.
    bytes_on_disk : int
        Of the finished folder, about.
    """

    points: int
    runs: int
    worlds: int
    bytes_on_disk: int


@dataclass(frozen=True)
class Pilot(Size):
    """What a pilot of a study showed.

    Attributes
    ----------
    seconds_per_world : float
        On one core, in full blocks.
    inert : tuple of str
        Factors that changed nothing: in the pilot's two places no measure moved, whatever they were set to.
    failed : tuple of str
        Why runs of the pilot failed, each reason once.
    """

    seconds_per_world: float
    inert: tuple[str, ...]
    failed: tuple[str, ...]

    def minutes(self, workers: int) -> float:
        """Return how long the study takes on so many cores, about."""
        return self.worlds * self.seconds_per_world / workers / 60.0


def fly(study: Study, *, block: int) -> Pilot:
    """Run the pilot of a study, with its first seed and in this process.

    Each factor is moved through its range from two places: the middle of all ranges, and the study's first point.

    Parameters
    ----------
    study : Study
    block : int
        Worlds that run side by side.
    """
    inert, failed = _inert(study, block)
    size = size_of(study, block=block)
    return Pilot(**vars(size), seconds_per_world=seconds_per_world(study, block=block), inert=inert, failed=failed)


def size_of(study: Study, *, block: int) -> Size:
    """Return the size of a study, of which nothing is run."""
    points = study.points
    worlds = sum(_worlds(study, points, numbers) for numbers in _blocks(study, points, block)) * study.replicates
    columns = len(study.measures) * (2 if study.baseline is not None else 1)
    runs = len(points) * study.replicates
    kept = _FILE + points.X.size * 8 + study.replicates * _PART + runs * (8 * columns + 12)
    return Size(points=len(points), runs=runs, worlds=worlds, bytes_on_disk=kept)


def run_points(
    study: Study, points: Points, numbers: NDArray[np.int64], *, block: int, replicate: int
) -> list[Outcome]:
    """Run some points in this process, with the luck of one replicate."""
    work, seed = study.work, replicate_seed(study.seed, replicate)
    return [
        work(Task(replicate, seed, tuple(chunk), tuple(points.settings(chunk))))
        for chunk in chunks(points, numbers, _shared(study), block)
    ]


def _inert(study: Study, block: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the factors that changed nothing, and why runs failed."""
    problem, names = study.problem, study.points.applied
    middle = np.array([kind.levels(3)[len(kind.levels(3)) // 2] for kind in problem.kinds])
    rows = [middle, study.points.X[0, : len(middle)]]
    moved = []
    for name in names:
        column = problem.names.index(name)
        for place in (0, 1):
            for level in problem.kinds[column].levels(3):
                moved.append((name, place, len(rows)))
                rows.append(rows[place].copy())
                rows[-1][column] = level
    points = Points.of(problem, np.array(rows), names)
    levels = np.full((len(points), 2 * len(study.measures)), np.nan)
    failed: dict[str, None] = {}
    for outcome in run_points(study, points, np.arange(len(points)), block=block, replicate=0):
        levels[list(outcome.numbers)] = np.concatenate([outcome.scenario, outcome.baseline], axis=1)
        failed |= dict.fromkeys(error for error in outcome.errors if error)
    of_row = levels[points.of_row]
    active = {name for name, place, row in moved if not np.array_equal(of_row[row], of_row[place], equal_nan=True)}
    return (*study.inert, *(name for name in names if name not in active)), tuple(failed)


def _blocks(study: Study, points: Points, block: int) -> list[list[int]]:
    return list(chunks(points, np.arange(len(points)), _shared(study), block))


def _shared(study: Study) -> list[str] | None:
    return None if study.baseline is None else sorted(study.shared & set(study.points.applied))


def _worlds(study: Study, points: Points, numbers: list[int]) -> int:
    """Return how many worlds a chunk of points takes."""
    if study.baseline is None:
        return len(numbers)
    columns = [points.problem.names.index(name) for name in _shared(study) or ()]
    rows = points.first_row[numbers]
    return len(numbers) + (len(np.unique(points.X[rows][:, columns], axis=0)) if columns else 1)


def seconds_per_world(study: Study, *, block: int) -> float:
    """Return the time that a world takes in a block: the faster of two, since the first draws the luck of its seed."""
    points = study.points
    first = _blocks(study, points, block)[0]
    task = Task(0, study.seed, tuple(first), tuple(points.settings(first)))
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        study.work(task)
        seconds.append(time.perf_counter() - started)
    return min(seconds) / _worlds(study, points, first)
