"""A pilot: a few worlds that are run before a study, to learn what it costs and which of its factors do nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis import replicates
from trustsim.draws import replicate_seed
from trustsim.errors import InputError
from trustsim.studies.points import Points, Task, chunks
from trustsim.studies.worker import Outcome

if TYPE_CHECKING:
    from trustsim.studies.study import Study

__all__ = ["Pilot", "fly", "plan_replicates"]

_FILE: Final = 40_000
"""Bytes of a study's folder beside its runs, and of each of its parts beside the numbers (seen in Parquet)."""
_PART: Final = 4_000


@dataclass(frozen=True)
class Pilot:
    """What a pilot of a study showed.

    Attributes
    ----------
    points, runs, worlds : int
        Points of the study; runs (points times replicates); worlds that are advanced for them, baselines among them.
    seconds_per_world : float
        On one core, in full blocks.
    bytes_on_disk : int
        Of the finished folder, about.
    inert : tuple of str
        Factors that changed nothing: in the pilot's two places no measure moved, whatever they were set to.
    failed : tuple of str
        Why runs of the pilot failed, each reason once.
    """

    points: int
    runs: int
    worlds: int
    seconds_per_world: float
    bytes_on_disk: int
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
    points = study.points
    shared = _shared(study)
    tasks = list(chunks(points, np.arange(len(points)), shared, block))
    worlds = sum(_worlds(study, points, numbers) for numbers in tasks) * study.replicates
    columns = len(study.measures) * (2 if study.baseline is not None else 1)
    runs = len(points) * study.replicates
    design = points.X.size * 8
    return Pilot(
        points=len(points),
        runs=runs,
        worlds=worlds,
        seconds_per_world=_seconds_per_world(study, points, tasks),
        bytes_on_disk=_FILE + design + study.replicates * _PART + runs * (8 * columns + 12),
        inert=inert,
        failed=failed,
    )


def plan_replicates(study: Study, measure: str, half_width: float, *, pilot: int = 10) -> replicates.Plan:
    """Return the replicates with which the mean outcome of every point is known well enough.

    Parameters
    ----------
    study : Study
    measure : str
        One of ``study.measures``.
    half_width : float
        Of its 95 % interval, in units of the measure.
    pilot : int
        Replicates from which that is judged, of up to 16 points of the study.

    Raises
    ------
    InputError
        If the study does not record the measure, or what `trustsim.analysis.replicates` refuses.
    """
    if measure not in study.measures:
        raise InputError(f"the study does not record {measure!r}; it records {', '.join(study.measures)}")
    points = study.points
    some = np.unique(np.linspace(0, len(points) - 1, 16).astype(np.int64))
    outcomes = np.full((len(some), pilot), np.nan)
    started = time.perf_counter()
    for replicate in range(pilot):
        for outcome in _run(study, points, some, 64, replicate):
            place = np.searchsorted(some, outcome.numbers)
            outcomes[place, replicate] = _differences(study, outcome)[:, study.measures.index(measure)]
    seconds = (time.perf_counter() - started) / outcomes.size
    return replicates.for_half_width(outcomes, half_width, points=len(points), seconds_per_run=seconds)


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
    for outcome in _run(study, points, np.arange(len(points)), block, 0):
        levels[list(outcome.numbers)] = np.concatenate([outcome.scenario, outcome.baseline], axis=1)
        failed |= dict.fromkeys(error for error in outcome.errors if error)
    of_row = levels[points.of_row]
    active = {name for name, place, row in moved if not np.array_equal(of_row[row], of_row[place], equal_nan=True)}
    return (*study.inert, *(name for name in names if name not in active)), tuple(failed)


def _run(study: Study, points: Points, numbers: NDArray[np.int64], block: int, replicate: int) -> list[Outcome]:
    work, seed = study.work, replicate_seed(study.seed, replicate)
    return [
        work(Task(replicate, seed, tuple(chunk), tuple(points.settings(chunk))))
        for chunk in chunks(points, numbers, _shared(study), block)
    ]


def _shared(study: Study) -> list[str] | None:
    return None if study.baseline is None else sorted(study.shared & set(study.points.applied))


def _worlds(study: Study, points: Points, numbers: list[int]) -> int:
    """Return how many worlds a chunk of points takes."""
    if study.baseline is None:
        return len(numbers)
    columns = [points.problem.names.index(name) for name in _shared(study) or ()]
    rows = points.first_row[numbers]
    return len(numbers) + (len(np.unique(points.X[rows][:, columns], axis=0)) if columns else 1)


def _seconds_per_world(study: Study, points: Points, tasks: list[list[int]]) -> float:
    """Return the time that a world takes in a block: the faster of two, since the first draws the luck of its seed."""
    first = tasks[0]
    task = Task(0, study.seed, tuple(first), tuple(points.settings(first)))
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        study.work(task)
        seconds.append(time.perf_counter() - started)
    return min(seconds) / _worlds(study, points, first)


def _differences(study: Study, outcome: Outcome) -> NDArray[np.float64]:
    return outcome.scenario if study.baseline is None else outcome.scenario - outcome.baseline
