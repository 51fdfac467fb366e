"""What a worker does: run some points of a study side by side with one seed, and send home a few numbers of each.

Everything here is at top level and travels: to a thread, to another process, to a machine of a cluster.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, TrustsimError
from trustsim.sampling.factors import Value
from trustsim.scenario import Scenario, with_settings
from trustsim.simulation import Hospital, open_hospital, run_worlds
from trustsim.studies.points import Task

__all__ = ["Outcome", "Work", "window_mean"]

_KEPT: Final = threading.local()
"""The last hospital of each thread: tasks come seed by seed, and its luck is drawn once for all of them. Threads share
none, since luck grows while it is used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of a task.

    Attributes
    ----------
    replicate, seed : int
    numbers : tuple of int
        Of the points.
    scenario, baseline : (points, measures) float64 array
        Mean of each measure over the window; nan for a run that failed, and for a baseline that there is not.
    errors : tuple of str
        Why a run failed; "" for one that did not.
    """

    replicate: int
    seed: int
    numbers: tuple[int, ...]
    scenario: NDArray[np.float64]
    baseline: NDArray[np.float64]
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """What all tasks of a study have in common: a callable that travels to workers.

    Attributes
    ----------
    scenario : Scenario
    baseline : Scenario or None
    shared : frozenset of str
        Factors that change the baseline too.
    measures : tuple of str
    window : tuple of int
        First week and the week after the last.
    """

    scenario: Scenario
    baseline: Scenario | None
    shared: frozenset[str]
    measures: tuple[str, ...]
    window: tuple[int, int]

    def __call__(self, task: Task) -> Outcome:
        """Run the points of a task; one that fails does not take the others with it."""
        try:
            scenario, baseline = self._run(task)
            errors = ("",) * len(task.numbers)
        except Exception as error:  # noqa: BLE001 - whatever ends a run is a row of the study and never its end
            if len(task.numbers) > 1:
                return _joined([self(_alone(task, place)) for place in range(len(task.numbers))])
            scenario = baseline = np.full((1, len(self.measures)), np.nan)
            errors = (_said(error),)
        return Outcome(task.replicate, task.seed, task.numbers, scenario, baseline, errors)

    def _run(self, task: Task) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what the scenario and its baseline gave, each (points, measures)."""
        scenario = self.scenario.of_replicate(task.replicate)
        worlds = [with_settings(scenario, settings) for settings in task.settings]
        points, of_point = len(worlds), []
        if self.baseline is not None:
            baseline = self.baseline.of_replicate(task.replicate)
            baselines: dict[tuple[Value, ...], int] = {}
            for settings in task.settings:
                changes = {name: value for name, value in settings.items() if name in self.shared}
                key = tuple(changes.values())
                if key not in baselines:
                    baselines[key] = len(worlds)
                    worlds.append(with_settings(baseline, changes))
                of_point.append(baselines[key])
        result = run_worlds(worlds, _hospital(worlds[0], task.seed))
        means = np.stack([window_mean(result.hospital[name], self.window) for name in self.measures], axis=1)
        nothing = np.full((points, len(self.measures)), np.nan)
        return means[:points], means[of_point] if of_point else nothing


def window_mean(weeks: NDArray[np.float64], window: tuple[int, int]) -> NDArray[np.float64]:
    """Return the mean of each world over a window of weeks; weeks in which a measure is missing do not count.

    Parameters
    ----------
    weeks : (weeks, W) float64 array
    window : tuple of int
        First week and the week after the last.

    Returns
    -------
    (W,) float64 array
        nan where every week is missing.
    """
    # Week by week: numpy would sum a single world in another order than many, and its last bit would tell.
    total, count = np.zeros(weeks.shape[1]), np.zeros(weeks.shape[1])
    for week in weeks[slice(*window)]:
        present = ~np.isnan(week)
        total = total + np.where(present, week, 0.0)
        count = count + present
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0.0)


def _hospital(scenario: Scenario, seed: int) -> Hospital:
    key = (seed, tuple(sorted(scenario.organization.items())))
    if getattr(_KEPT, "key", None) != key:
        _KEPT.key, _KEPT.hospital = None, None  # the old one goes before the new one comes
        _KEPT.hospital = open_hospital(scenario, seed)
        _KEPT.key = key
    hospital: Hospital = _KEPT.hospital
    return hospital


def _alone(task: Task, place: int) -> Task:
    return Task(task.replicate, task.seed, (task.numbers[place],), (task.settings[place],))


def _joined(parts: list[Outcome]) -> Outcome:
    return Outcome(
        parts[0].replicate,
        parts[0].seed,
        tuple(number for part in parts for number in part.numbers),
        np.concatenate([part.scenario for part in parts]),
        np.concatenate([part.baseline for part in parts]),
        tuple(error for part in parts for error in part.errors),
    )


def _said(error: Exception) -> str:
    """Return why a run failed, in one line: an error of ours speaks for itself, another is named.

    Without the file in which the scenario stands, which is another on every machine.
    """
    text = f"{type(error).__name__}: {error}"
    if isinstance(error, TrustsimError):
        text = error.what if isinstance(error, InputError) else str(error)
    return " ".join(text.split())
