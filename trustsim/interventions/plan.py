"""Compile interventions and shocks to levers: a table of lever values per unit, and which row of it each week uses.

Leaders' time is scarce. There are two pools of hours a week, that of the executives and that of all chiefs, managers
and directors. When interventions together ask for more than a pool has, each one that draws on it gets the share of
its hours that there is. It achieves less than that share: each takes time to prepare and to switch to, however little
of it is done. So doing everything does everything badly, and no hour is spent twice.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim import levers, parameters
from trustsim.errors import InputError
from trustsim.interventions.base import Episode, Hours, Intervention, Shock
from trustsim.interventions.timetable import problems, targets
from trustsim.levers import LEVERS, Contribution
from trustsim.organization import Organization
from trustsim.organization.roles import LEADERS, ROLES, role_code

__all__ = ["LeverPlan", "compile_plan"]

_ACCOUNTS: Final = [levers.row(name) for name in ("work.meetings", "hours.leaders", "hours.staff", "cost")]
_MEETINGS: Final = levers.row("work.meetings")
_STAFF_HOURS: Final = levers.row("hours.staff")


@dataclass(frozen=True, slots=True, eq=False)
class LeverPlan:
    """The levers of every week and unit.

    Attributes
    ----------
    values : (n_segments, n_levers, n_units + 1) float64 array
        Segment 0 is rest, all zero. Levers are in the order of `trustsim.levers.NAMES`. The last unit is the leadership
        floor: directors and executives, who belong to no unit.
    segment : (burn_in + weeks,) int32 array
        Which segment is in force in each week. Weeks that are alike share one.
    """

    values: NDArray[np.float64]
    segment: NDArray[np.int32]

    def lever(self, name: str) -> NDArray[np.float64]:
        """Return one lever in every week and unit, (burn_in + weeks, n_units + 1)."""
        every_week: NDArray[np.float64] = self.values[self.segment, levers.row(name)]
        return every_week


class _Pools(NamedTuple):
    """Hours a week that leaders have for interventions, in the whole hospital."""

    executives: float
    leaders: float


class _InForce(NamedTuple):
    """An episode in one of its weeks.

    Attributes
    ----------
    number : int
        Of the episode.
    episode : Episode
    week : int
        Of the episode, from 0.
    units : int
        How many units it is meant for.
    preparation : float
        Share of its hours that go into preparing it and switching to it, before anything is achieved.
    share : float
        That there is of the hours that it asks for, at its dose.
    """

    number: int
    episode: Episode
    week: int
    units: int
    preparation: float
    share: float = 1.0

    @property
    def spent(self) -> float:
        """Hours and money, relative to dose 1."""
        return self.episode.dose * self.share

    @property
    def achieved(self) -> float:
        """What comes of it, relative to dose 1."""
        if self.share == 1.0:
            return self.episode.dose
        return self.episode.dose * max(self.share - self.preparation, 0.0) / (1.0 - self.preparation)


def compile_plan(
    interventions: Sequence[Intervention],
    shocks: Sequence[Shock],
    organization: Organization,
    *,
    weeks: int,
    burn_in: int,
    values: NDArray[np.float64],
) -> LeverPlan:
    """Return the levers of every week and unit.

    The order of the episodes makes no difference, to the bit; nor does an episode of dose 0.

    Parameters
    ----------
    interventions, shocks : sequence of Episode
    organization : Organization
        The hospital: its units, and how many leaders have time to give.
    weeks, burn_in : int
        The horizon. Episodes count their weeks from the end of burn-in.
    values : (n_parameters,) float64 array
        As `trustsim.parameters.resolve` returns it.

    Returns
    -------
    LeverPlan

    Raises
    ------
    InputError
        Unknown units, an episode after the last week, or a repeat within the cooldown of its kind.
    """
    for problem in problems(interventions, shocks, organization.unit_names, weeks):
        raise InputError(problem.what)
    compiler = _Compiler((*interventions, *shocks), organization, values)
    segment = np.zeros(burn_in + weeks, dtype=np.int32)
    tables = [compiler.table([])]
    numbers: dict[tuple[Hashable, ...], int] = {(): 0}
    for week in range(weeks):
        alike = compiler.alike(week)
        if alike not in numbers:
            table = compiler.table(compiler.in_force(week))
            numbers[alike] = len(tables) if table.any() else 0
            if numbers[alike]:
                tables.append(table)
        segment[burn_in + week] = numbers[alike]
    return LeverPlan(np.stack(tables), segment)


class _Compiler:
    """What stays the same from week to week while a plan is compiled."""

    def __init__(self, episodes: Sequence[Episode], organization: Organization, values: NDArray[np.float64]) -> None:
        self.n_units = len(organization.unit_names)
        wanted = [(episode, targets(episode, organization.unit_names)) for episode in episodes if episode.dose > 0.0]
        wanted = [(episode, units) for episode, units in wanted if units.size]
        self.episodes = [episode for episode, _ in wanted]
        # The leadership floor is among the targets of `all`, but it is no unit that a visit or a dollar goes to.
        self.sizes = [int(np.count_nonzero(units < self.n_units)) for _, units in wanted]
        self.groups = _groups([units for _, units in wanted], self.n_units + 1)
        frontline = ~np.isin(organization.role, [role_code(role) for role in LEADERS])
        self.staff = np.bincount(organization.unit[frontline], minlength=self.n_units)[: self.n_units]
        self.pools = _pools(organization, values)
        self.preparation = float(values[parameters.row("work.preparation")])

    def alike(self, week: int) -> tuple[Hashable, ...]:
        """Return what distinguishes a week: weeks of which this is equal have the same levers."""
        return tuple(
            [
                (number, episode.phase(week - episode.start))
                for number, episode in enumerate(self.episodes)
                if episode.start <= week < episode.end
            ]
        )

    def in_force(self, week: int) -> list[_InForce]:
        """Return the episodes of a week, each with the share of its hours that there is."""
        asked = [
            _InForce(number, episode, week - episode.start, self.sizes[number], self.preparation)
            for number, episode in enumerate(self.episodes)
            if episode.start <= week < episode.end
        ]
        hours = [part.episode.hours(part.week, part.units) for part in asked]
        share = _shares(hours, [part.episode.dose for part in asked], self.pools)
        return [part._replace(share=_share(time, share)) for part, time in zip(asked, hours, strict=True)]

    def table(self, in_force: Sequence[_InForce]) -> NDArray[np.float64]:
        """Return the levers of all units, (n_levers, n_units + 1)."""
        table = np.zeros((len(LEVERS), self.n_units + 1))
        given = {part.number: [*_contributions(part)] for part in in_force}
        for members, units in self.groups:
            together = [contribution for number in members for contribution in given.get(number, ())]
            for name, value in levers.combine(together).items():
                table[levers.row(name), units] = value
        table[_ACCOUNTS, self.n_units] = 0.0
        table[_STAFF_HOURS, : self.n_units] = table[_MEETINGS, : self.n_units] * self.staff
        return table


def _groups(meant_for: Sequence[NDArray[np.intp]], places: int) -> list[tuple[tuple[int, ...], NDArray[np.intp]]]:
    """Return the groups of units that the same episodes are meant for: episode numbers, unit numbers."""
    group = np.zeros(places, dtype=np.int64)
    member = np.zeros((len(meant_for), places), dtype=np.bool_)
    for number, units in enumerate(meant_for):
        member[number, units] = True
        group = np.unique(2 * group + member[number], return_inverse=True)[1]
    groups = [np.flatnonzero(group == number) for number in range(int(group.max()) + 1)]
    return [(tuple(np.flatnonzero(member[:, units[0]]).tolist()), units) for units in groups]


def _pools(organization: Organization, values: NDArray[np.float64]) -> _Pools:
    heads = np.bincount(organization.role, minlength=len(ROLES))
    executives = int(heads[role_code("executive")])
    leaders = int(heads[[role_code(role) for role in LEADERS]].sum()) - executives
    return _Pools(
        executives=executives * float(values[parameters.row("work.executive_hours")]),
        leaders=leaders * float(values[parameters.row("work.leader_hours")]),
    )


def _shares(hours: Sequence[Hours], doses: Sequence[float], pools: _Pools) -> _Pools:
    """Return the share of the hours asked for that each pool has, at most 1."""
    # fsum is exact, so that the order of the episodes cannot matter.
    executives = fsum(dose * time.executives for time, dose in zip(hours, doses, strict=True))
    leaders = fsum(dose * time.leaders for time, dose in zip(hours, doses, strict=True))
    return _Pools(
        pools.executives / executives if executives > pools.executives else 1.0,
        pools.leaders / leaders if leaders > pools.leaders else 1.0,
    )


def _share(time: Hours, share: _Pools) -> float:
    """Return how much of an episode there is time for: the smaller share of the pools that it draws on."""
    return min(share.executives if time.executives > 0.0 else 1.0, share.leaders if time.leaders > 0.0 else 1.0)


def _contributions(part: _InForce) -> Iterator[Contribution]:
    """Yield what an episode gives to one unit, its share of hours and money included."""
    episode, week, units = part.episode, part.week, part.units
    for contribution in episode.contributions(week, units):
        yield _scaled(contribution, part.achieved)
    time = episode.hours(week, units)
    yield Contribution("work.meetings", part.spent * time.staff)
    yield Contribution("hours.leaders", part.spent * (time.executives + time.leaders) / units)
    yield Contribution("cost", part.spent * episode.dollars(week, units) / units)


def _scaled(contribution: Contribution, dose: float) -> Contribution:
    """Return a contribution at a dose: how much there is of it, or for a mean how many occasions speak for it."""
    lever, value, weight = contribution
    rule = LEVERS[lever].rule
    if rule == "mean":
        return Contribution(lever, value, weight * dose)
    return Contribution(lever, min(value * dose, 1.0) if rule == "complement" else value * dose)
