"""What an observation needs to be simulated, and how it sees what came out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.evidence.observation.survey import Survey
from trustsim.scenario import Scenario, load_scenario, with_settings
from trustsim.simulation import Hospital
from trustsim.worlds.engine import Result

__all__ = ["BASELINE", "Column", "Group", "Need", "Seen", "World", "grouped", "world"]


@dataclass(frozen=True, slots=True)
class World:
    """A shipped scenario with some settings of its own.

    Attributes
    ----------
    scenario : str
    settings : tuple of (name, value)
        By the names of `trustsim.scenario.with_settings`.
    sizes : tuple of (name, value)
        Of the hospital, where the target's population is not the default one; as `trustsim.organization.generate`.
    """

    scenario: str
    settings: tuple[tuple[str, object], ...] = ()
    sizes: tuple[tuple[str, float], ...] = ()

    def load(self, sizes: Mapping[str, float]) -> Scenario:
        """Return the scenario, in a hospital of other sizes than the default one where its own do not say."""
        of_hospital = {f"organization.{name}": size for name, size in {**sizes, **dict(self.sizes)}.items()}
        return with_settings(load_scenario(self.scenario), {**dict(self.settings), **of_hospital})


def world(
    scenario: str, settings: Mapping[str, object] | None = None, sizes: Mapping[str, float] | None = None
) -> World:
    """Return a world; two that are written alike are one and are simulated once."""
    return World(scenario, tuple((settings or {}).items()), tuple((sizes or {}).items()))


BASELINE: Final = world("baseline")
"""The default hospital with nothing in force."""


class Need(NamedTuple):
    """How long a world has to run, and when its people are looked at.

    Attributes
    ----------
    world : World
    weeks : int
        Horizon after burn-in.
    states : tuple of int
        Weeks after burn-in at whose end everybody's state is kept; 0 is the end of burn-in.
    """

    world: World
    weeks: int
    states: tuple[int, ...] = ()


class Group(NamedTuple):
    """Worlds that run side by side: in one hospital, equally long."""

    worlds: tuple[World, ...]
    weeks: int
    states: tuple[int, ...]

    @property
    def sizes(self) -> tuple[tuple[str, float], ...]:
        """Sizes that decide the hospital, as `World.sizes`."""
        return self.worlds[0].sizes


def grouped(needs: Iterable[Need]) -> list[Group]:
    """Return the worlds of some needs, each once and as long as the longest of them asks for.

    A longer run begins like a shorter one, to the bit, so that it makes no difference to a value what else is observed.
    """
    weeks: dict[World, int] = {}
    states: dict[World, set[int]] = {}
    for need in needs:
        weeks[need.world] = max(need.weeks, weeks.get(need.world, 0))
        states.setdefault(need.world, set()).update(need.states)
    members: dict[tuple[tuple[tuple[str, float], ...], int], list[World]] = {}
    for each, horizon in weeks.items():
        members.setdefault((each.sizes, horizon), []).append(each)
    return [
        Group(tuple(worlds), horizon, tuple(sorted(set().union(*(states[each] for each in worlds)))))
        for (_, horizon), worlds in members.items()
    ]


class Column(NamedTuple):
    """One world among those that ran side by side."""

    scenario: Scenario
    hospital: Hospital
    result: Result
    number: int


class Seen:
    """One hospital under one vector of parameters: what all worlds that were asked for went through.

    Parameters
    ----------
    columns : mapping of World to Column
    values : (n_parameters,) float64 array
        The parameters, as `trustsim.parameters.resolve`.
    """

    def __init__(self, columns: Mapping[World, Column], values: NDArray[np.float64]) -> None:
        self._columns = columns
        self.values = values

    def series(self, of: World, measure: str) -> NDArray[np.float64]:
        """Return a measure of `trustsim.measures.NAMES` in every week after burn-in."""
        column = self._columns[of]
        return column.result.hospital[measure][:, column.number]

    def mean(self, of: World, measure: str, weeks: tuple[int, int]) -> float:
        """Return the mean of a measure over the weeks from the first up to, not including, the second."""
        return float(self.series(of, measure)[slice(*weeks)].mean())

    def survey(self, of: World, week: int) -> Survey:
        """Return everybody's state after so many weeks (0: at the end of burn-in)."""
        scenario, hospital, result, number = self._columns[of]
        asked = scenario.burn_in + week
        (snapshot,) = (each for each in result.snapshots if each.week == asked)
        return Survey(hospital.organization, snapshot.state, number, self.values)

    def surveys(self, of: World, weeks: Sequence[int]) -> list[Survey]:
        """Return several of them."""
        return [self.survey(of, week) for week in weeks]

    def column(self, of: World) -> Column:
        """Return where a world's scenario, hospital and luck are found."""
        return self._columns[of]
