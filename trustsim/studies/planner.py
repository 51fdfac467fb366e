"""How many replicates a study needs: judged by a pilot, measure by measure, with what they cost.

What is planned for is the mean outcome of each point by itself (its difference from the baseline, where there is one).
Indices of a Sobol or Morris design and means along a factor are over many points, and need fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis import replicates as enough
from trustsim.errors import InputError, did_you_mean
from trustsim.measures import lookup
from trustsim.studies.pilot import Size, run_points, seconds_per_world, size_of
from trustsim.studies.study import BLOCK

if TYPE_CHECKING:
    from trustsim.studies.study import Study

__all__ = ["Goal", "MeasurePlan", "StudyPlan", "plan_replicates"]

_POINTS: Final = 16
"""Points of a pilot at most, spread over the design."""


@dataclass(frozen=True, slots=True)
class Goal:
    """How well a measure is to be known: to an interval of some width, or so that an effect is found.

    Attributes
    ----------
    width : float or None
        From end to end of the 95 % interval of a point's mean, in units of the measure.
    effect : float or None
        The smallest difference that is to be found: from the baseline, or without one between points.
    """

    width: float | None = None
    effect: float | None = None


@dataclass(frozen=True)
class MeasurePlan:
    """What a pilot says of one measure.

    Attributes
    ----------
    measure, unit : str
    spread : float
        Standard deviation over replicates at the point where it is largest.
    width : float
        Of that point's 95 % interval with the replicates that the study has now.
    replicates : int or None
        That are needed; None where nothing is asked.
    reason : str
        What they are enough for.
    """

    measure: str
    unit: str
    spread: float
    width: float
    replicates: int | None
    reason: str


@dataclass(frozen=True)
class StudyPlan:
    """What a study needs and costs.

    Attributes
    ----------
    measures : tuple of MeasurePlan
    pilot_points, pilot_replicates : int
        What the pilot ran.
    replicates : int
        The most that any measure needs; those of the study where nothing is asked.
    size : Size
        Of the study with these.
    seconds_per_world : float
        On one core, as the pilot took.
    """

    measures: tuple[MeasurePlan, ...]
    pilot_points: int
    pilot_replicates: int
    replicates: int
    size: Size
    seconds_per_world: float

    def minutes(self, workers: int) -> float:
        """Return how long the study takes on so many cores, about."""
        return self.size.worlds * self.seconds_per_world / workers / 60.0


def plan_replicates(
    study: Study,
    goals: Mapping[str, Goal],
    *,
    pilot: int = 10,
    power: float = enough.POWER,
    alpha: float = enough.ALPHA,
) -> StudyPlan:
    """Run a pilot of a study, and return how many replicates it needs.

    Parameters
    ----------
    study : Study
    goals : mapping of str to Goal
        By measure; measures without one are only told of.
    pilot : int
        Replicates of the pilot, of up to 16 points of the study.
    power, alpha : float
        With which effects are to be found, by a paired t-test; those that Secchi and Seri (2017) ask for unless given.

    Raises
    ------
    InputError
        If the study does not record a measure, the pilot is too small, all its runs fail, or what
        `trustsim.analysis.replicates` refuses.
    """
    for name in goals:
        if name not in study.measures:
            hint = did_you_mean(name, study.measures)
            raise InputError(f"the study does not record {name!r}{hint}; it records {', '.join(study.measures)}")
    if pilot < 2:
        raise InputError(f"found a pilot of {pilot} replicates; needed are 2 or more")
    some = np.unique(np.linspace(0, len(study.points) - 1, _POINTS).astype(np.int64))
    outcomes = _fly(study, some, pilot)
    measures = tuple(
        _plan(study, name, outcomes[..., place], goals.get(name, Goal()), power, alpha)
        for place, name in enumerate(study.measures)
    )
    asked = [measure.replicates for measure in measures if measure.replicates is not None]
    replicates = max(asked, default=study.replicates)
    size = size_of(study.with_replicates(replicates), block=BLOCK)
    return StudyPlan(measures, len(some), pilot, replicates, size, seconds_per_world(study, block=BLOCK))


def _fly(study: Study, numbers: NDArray[np.int64], replicates: int) -> NDArray[np.float64]:
    """Return outcomes (points, replicates, measures)."""
    outcomes = np.full((len(numbers), replicates, len(study.measures)), np.nan)
    errors: dict[str, None] = {}
    for replicate in range(replicates):
        for outcome in run_points(study, study.points, numbers, block=BLOCK, replicate=replicate):
            levels = outcome.scenario if study.baseline is None else outcome.scenario - outcome.baseline
            outcomes[np.searchsorted(numbers, outcome.numbers), replicate] = levels
            errors |= dict.fromkeys(error for error in outcome.errors if error)
    if errors:
        raise InputError(f"runs of the pilot failed: {'; '.join(errors)}")
    return outcomes


def _plan(
    study: Study, name: str, outcomes: NDArray[np.float64], goal: Goal, power: float, alpha: float
) -> MeasurePlan:
    from scipy.special import stdtrit

    spread = float(outcomes.std(axis=1, ddof=1).max())
    now = study.replicates
    width = 2.0 * float(stdtrit(now - 1, 0.975)) * spread / np.sqrt(now) if now > 1 else float("nan")
    try:
        plans = list(_plans(study, outcomes, goal, power, alpha))
    except InputError as error:
        raise InputError(f"{name}: {error.what}") from None
    most = max(plans, key=lambda plan: plan.replicates, default=None)
    return MeasurePlan(
        measure=name,
        unit=lookup(name).unit,
        spread=spread,
        width=width,
        replicates=None if most is None else most.replicates,
        reason="" if most is None else most.reason,
    )


def _plans(
    study: Study, outcomes: NDArray[np.float64], goal: Goal, power: float, alpha: float
) -> Iterator[enough.Plan]:
    if goal.width is not None:
        yield enough.for_half_width(outcomes, goal.width / 2.0)
    if goal.effect is not None:
        # Without a baseline, a difference is one between two points with the same luck.
        pairs = outcomes if study.baseline is not None else outcomes[1:] - outcomes[:1]
        yield enough.for_power(pairs, goal.effect, power=power, alpha=alpha)
