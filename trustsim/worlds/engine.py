"""The door of this room: run W worlds through a hospital, week by week, with luck and levers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim._jit import is_compiling
from trustsim.draws import Luck
from trustsim.errors import InputError
from trustsim.interventions.plan import LeverPlan
from trustsim.measures import finish, finish_units
from trustsim.organization import Organization
from trustsim.organization.people import births
from trustsim.organization.roles import ROLES
from trustsim.worlds import hospital as hospitals
from trustsim.worlds.prepare import desk
from trustsim.worlds.record import counts, tally
from trustsim.worlds.state import Persons, State, allocate, open_hospital
from trustsim.worlds.week import WeeksLuck, week

__all__ = ["Result", "Snapshot", "WeeksOfLuck", "advance", "is_compiling"]

_KEEP_LUCK: Final = 64 * 2**20
"""Bytes of draws that are kept for the next block of worlds rather than drawn again."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The full state of some worlds after `week` weeks (burn-in counted), to look at or to start from.

    `organization` is the digest of the hospital that it is the state of.
    """

    week: int
    state: State
    organization: str

    def of_worlds(self, worlds: Sequence[int], all_worlds: int) -> Snapshot:
        """Return the state of some worlds: theirs, or the only one there is, from which all branch.

        Parameters
        ----------
        worlds : sequence of int
            Positions among `all_worlds`.

        Raises
        ------
        InputError
            If it is of neither one world nor so many.
        """
        here = self.state.reputation.shape[1]
        if here not in (1, all_worlds):
            raise InputError(f"the state to start from is of {here} worlds, not of one or {all_worlds}")
        chosen = [0 if here == 1 else world for world in worlds]
        state = State(
            people=type(self.state.people)(*(np.ascontiguousarray(array[..., chosen]) for array in self.state.people)),
            ties=type(self.state.ties)(*(np.ascontiguousarray(array[..., chosen]) for array in self.state.ties)),
            units=type(self.state.units)(*(np.ascontiguousarray(array[..., chosen]) for array in self.state.units)),
            reputation=np.ascontiguousarray(self.state.reputation[..., chosen]),
        )
        return Snapshot(self.week, state, self.organization)


@dataclass(frozen=True, slots=True)
class Result:
    """What came out of W worlds.

    Attributes
    ----------
    hospital : dict of str to (weeks, W) float64 array
        Measures of the hospital (`trustsim.measures.NAMES`), a row for each week after burn-in.
    units : dict of str to (weeks, units, W) float64 array
        Measures of each unit, empty unless asked for.
    snapshots : list of Snapshot
        Full states at the weeks asked for, and after the last week.
    """

    hospital: dict[str, NDArray[np.float64]]
    units: dict[str, NDArray[np.float64]]
    snapshots: list[Snapshot] = field(default_factory=list)


class WeeksOfLuck:
    """The draws of one seed, week by week; kept in memory while they are few, so that blocks of worlds share them.

    Parameters
    ----------
    seed, hospital_seed : int
        Of the events, and of the people.
    organization : Organization
    """

    def __init__(self, seed: int, hospital_seed: int, organization: Organization) -> None:
        self._events, self._people = Luck(seed), Luck(hospital_seed)
        self._organization = organization
        self._kept: dict[int, WeeksLuck] = {}
        self._bytes = 0
        self.belief = self._people.uniform("belief", 0, organization.n_ties)
        self.rapport = self._people.uniform("rapport", 0, organization.n_ties)
        self.load = self._people.uniform("load", 0, organization.n_units)
        self.persons = Persons(*(np.empty((0, 0, 0)) for _ in Persons._fields))
        self.know(2)

    def know(self, occupants: int) -> Persons:
        """Return the luck of birth of at least so many occupants of each position."""
        have = len(self.persons.trait)
        if have < occupants:
            drawn = [births(self._people, number, self._organization.n) for number in range(max(occupants, 2 * have))]
            self.persons = Persons(
                trait=np.stack([one.trait for one in drawn]),
                chance=np.stack([one.chance for one in drawn]),
                conduct=np.stack([one.conduct for one in drawn]),
            )
        return self.persons

    def week(self, number: int) -> WeeksLuck:
        """Return the draws of a week."""
        if number in self._kept:
            return self._kept[number]
        entities = {"message": self._organization.n_ties, "decision": self._organization.n_units}
        entities["outcome"] = self._organization.n_units
        luck = WeeksLuck(
            *(
                self._events.uniform(stream, number, entities.get(stream, self._organization.n))
                for stream in WeeksLuck._fields
            )
        )
        self._bytes += sum(draws.nbytes for draws in luck)
        if self._bytes <= _KEEP_LUCK:
            self._kept[number] = luck
        return luck


def advance(
    organization: Organization,
    plans: Sequence[LeverPlan],
    values: NDArray[np.float64],
    luck: WeeksOfLuck,
    *,
    weeks: int,
    burn_in: int,
    by_unit: bool = False,
    snapshots: Collection[int] = (),
    start: Snapshot | None = None,
    after_week: Callable[[int], None] | None = None,
) -> Result:
    """Run W worlds side by side.

    Parameters
    ----------
    organization : Organization
    plans : sequence of W LeverPlan
    values : (parameters, W) float64 array
        A column of `trustsim.parameters.resolve` for each world.
    luck : WeeksOfLuck
        Shared by all worlds, and by further calls with the same seed.
    weeks, burn_in : int
        `weeks` rows are recorded after `burn_in` weeks at rest.
    by_unit : bool
        Whether to record each unit.
    snapshots : collection of int
        Weeks, burn-in counted, after which to keep the full state.
    start : Snapshot, optional
        Continue from here instead of opening the hospital; rows of weeks before it are missing (nan).
    after_week : callable, optional
        Called with the number of each week that is done, to show progress or to stop by raising.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        A state to start from of another hospital, of other worlds or of a later week, or weeks of snapshots that there
        are not.
    """
    worlds, places = len(plans), organization.n_units + 1
    _check_states(organization, start, snapshots, burn_in + weeks)
    hospital, values = hospitals.build(organization), np.ascontiguousarray(values, dtype=np.float64)
    table, counters = desk(organization.n, places, worlds), counts(places, worlds)
    of_hospital = tally(weeks, len(ROLES), 1, worlds)
    of_units = tally(weeks if by_unit else 0, organization.n_units, organization.n_units, worlds)
    spent = np.zeros((weeks, 3, worlds))
    if start is None:
        first, state = 0, allocate(organization.n, organization.n_ties, places, worlds)
        open_hospital(state, hospital, luck.persons, values, luck.belief, luck.rapport, luck.load)
    else:
        first, state = start.week, start.of_worlds(range(worlds), worlds).state
    latest = float(state.people.occupant.max(initial=0.0))
    levers = np.zeros((*plans[0].values.shape[1:], worlds))
    in_force = np.zeros(worlds, dtype=np.int64)
    kept: list[Snapshot] = []
    for number in range(first, burn_in + weeks):
        for world, plan in enumerate(plans):
            segment = plan.segment[number]
            if segment != in_force[world]:
                levers[:, :, world] = plan.values[segment]
                in_force[world] = segment
        latest = week(
            state,
            hospital,
            luck.know(int(latest) + 2),
            values,
            levers,
            luck.week(number),
            luck.rapport,
            table,
            counters,
            number - burn_in,
            of_hospital,
            of_units,
            spent,
        )
        if number + 1 in snapshots:
            kept.append(Snapshot(number + 1, _copy(state), organization.digest))
        if after_week is not None:
            after_week(number)
    if burn_in + weeks not in snapshots:
        kept.append(Snapshot(burn_in + weeks, state, organization.digest))
    by_role = np.bincount(organization.role, minlength=len(ROLES)).astype(np.float64)
    series = finish(of_hospital, spent, by_role, organization.n_units, values)
    units = finish_units(of_units, hospital.positions[: organization.n_units]) if by_unit else {}
    for rows in (*series.values(), *units.values()):
        rows[: max(first - burn_in, 0)] = np.nan
    return Result(series, units, kept)


def _copy(state: State) -> State:
    return State(
        people=type(state.people)(*(array.copy() for array in state.people)),
        ties=type(state.ties)(*(array.copy() for array in state.ties)),
        units=type(state.units)(*(array.copy() for array in state.units)),
        reputation=state.reputation.copy(),
    )


def _check_states(
    organization: Organization, start: Snapshot | None, snapshots: Collection[int], all_weeks: int
) -> None:
    unknown = [number for number in snapshots if not 1 <= number <= all_weeks]
    if unknown:
        raise InputError(f"a state can be kept after weeks 1 to {all_weeks} (burn-in counted), not after {unknown[0]}")
    if start is not None and start.organization != organization.digest:
        raise InputError("the state to start from is of another hospital")
    if start is not None and start.week >= all_weeks:
        raise InputError(f"the state to start from is of week {start.week}; there are {all_weeks} (burn-in counted)")
