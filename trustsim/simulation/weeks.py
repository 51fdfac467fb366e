"""The full state of every week of a run, one after the other, in memory for one week of each kind only.

For whoever wants to look inside: films of a hospital, diaries of a person. Measures come from `run_worlds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.interventions import LeverPlan
from trustsim.scenario import Scenario
from trustsim.simulation.hospital import Hospital
from trustsim.worlds.engine import Snapshot, advance
from trustsim.worlds.state import State

__all__ = ["Week", "every_week"]

_AT_ONCE: Final = 13
"""Weeks whose states are kept at a time: enough that starting again costs little, few enough for a large hospital."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week after burn-in.

    Attributes
    ----------
    number : int
        From 0; the row of the week in every measure.
    before, after : State
        Of all worlds, at the week's start and end.
    plans : sequence of LeverPlan
        One for each world.
    values : (parameters, W) float64 array
    burn_in : int
    """

    number: int
    before: State
    after: State
    plans: Sequence[LeverPlan]
    values: NDArray[np.float64]
    burn_in: int

    def levers(self, world: int) -> NDArray[np.float64]:
        """Return the levers in force in a world, (levers, units + 1)."""
        plan = self.plans[world]
        in_force: NDArray[np.float64] = plan.values[plan.segment[self.burn_in + self.number]]
        return in_force


def every_week(scenarios: Sequence[Scenario], hospital: Hospital, *, weeks: int) -> Iterator[Week]:
    """Yield each week after burn-in of worlds that run side by side, as `run_worlds` runs them.

    Parameters
    ----------
    scenarios : sequence of Scenario
        One world each; they share a burn-in of at least a week.
    hospital : Hospital
        From `open_hospital`.
    weeks : int
        Horizon after burn-in.

    Raises
    ------
    InputError
        As `run_worlds`.
    """
    burn_in = scenarios[0].burn_in
    if burn_in < 1:
        raise InputError("the first week has a week before it only with a burn_in of 1 or more")
    columns = [scenario.values() for scenario in scenarios]
    values: NDArray[np.float64] = np.stack(columns, axis=1)
    plans = [
        scenario.plan(hospital.organization, column, weeks=weeks)
        for scenario, column in zip(scenarios, columns, strict=True)
    ]
    last: Snapshot | None = None
    for first in range(0, weeks, _AT_ONCE):
        end = min(first + _AT_ONCE, weeks)
        known = 0 if last is None else 1  # the state at the start is there already
        result = advance(
            hospital.organization,
            plans,
            values,
            hospital.luck,
            weeks=end,
            burn_in=burn_in,
            snapshots=range(burn_in + first + known, burn_in + end + 1),
            start=last,
        )
        states = ([] if last is None else [last]) + result.snapshots
        for number, (before, after) in enumerate(pairwise(states), start=first):
            yield Week(number, before.state, after.state, plans, values, burn_in)
        last = states[-1]
