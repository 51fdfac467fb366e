"""Ties that a roster does not say, made by the rules of the generator (`trustsim.organization.generator`).

Units and spans of real hospitals differ in size; apart from that the rules are the same, to the draw: the ties of a
generated hospital that are forgotten come back as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import Luck
from trustsim.organization.networks import Pairs, consult_pairs, peer_pairs, pick_others
from trustsim.organization.roles import ADMINISTRATIVE, CLINICAL, ROLES, role_code
from trustsim.parameters import REGISTER

__all__ = ["People", "complete"]

_FRONT_LINE: Final = [role_code(role) for role in CLINICAL if role != "chief"]
_DOCTORS: Final = [role_code("physician"), role_code("app")]
_ADMINISTRATION: Final = [role_code(role) for role in ADMINISTRATIVE]


class People:
    """Positions in canonical order, and what completion asks of them.

    Parameters
    ----------
    role : (n,) int8 array
    unit : (n,) int array
        ``n_units`` above the units.
    leader : (n,) int array
    office : sequence of str
        CEO, CMO, CNO, COO, CFO or "".
    n_units : int
    """

    def __init__(
        self, role: NDArray[np.int8], unit: NDArray[np.int64], leader: NDArray[np.int64], office: Sequence[str],
        n_units: int,
    ) -> None:  # fmt: skip
        self.role, self.unit, self.leader, self.n_units = role, unit, leader, n_units
        holders: dict[str, int] = {}
        for row, title in enumerate(office):
            if title and role[row] == role_code("executive"):
                holders.setdefault(title, row)
        self.holders = holders
        self.head = int(np.flatnonzero(leader < 0)[0])
        self.chief, self.manager = (self._of_units(name) for name in ("chief", "manager"))
        staff = np.flatnonzero(np.isin(role, _FRONT_LINE))
        self.staff = staff[np.argsort(unit[staff], kind="stable")]
        self.is_doctor = np.isin(role[self.staff], _DOCTORS)

    def _of_units(self, name: str) -> NDArray[np.int64]:
        holders = np.full(self.n_units, -1)
        rows = np.flatnonzero(self.role == role_code(name))
        holders[self.unit[rows]] = rows
        return holders

    def above(self, person: int) -> list[int]:
        """Return the leaders above a position, nearest first."""
        found = []
        while (person := int(self.leader[person])) >= 0:
            found.append(person)
        return found

    def nearest(self, person: int, role: str) -> int:
        """Return the nearest leader of a role above a position, -1 if there is none."""
        return next((row for row in self.above(person) if self.role[row] == role_code(role)), -1)

    def look_to(self, title: str, lead: int) -> int:
        """Return the executive to whom people look: the holder of an office, else the nearest above their leader."""
        if title in self.holders:
            return self.holders[title]
        executive = lead if lead < 0 or self.role[lead] == role_code("executive") else self.nearest(lead, "executive")
        return executive if executive >= 0 else self.head


def complete(people: People, kinds: Sequence[str], *, seed: int = 0) -> dict[str, list[Pairs]]:
    """Return pairs of positions for kinds of ties, by the register's defaults.

    Parameters
    ----------
    people : People
    kinds : sequence of str
        Which to make; lines are none of them.
    seed : int
        Decides what chance decides.
    """
    luck, size = Luck(seed), {name: known.default for name, known in REGISTER.items() if known.group == "organization"}
    unit = people.unit[people.staff]
    consultants = np.concatenate([people.chief[people.chief >= 0], people.staff[people.is_doctor]])
    consultants = consultants[np.argsort(people.unit[consultants], kind="stable")]
    rules = {
        "peer": lambda: peer_pairs(
            people.staff, unit, int(size["organization.peer_degree"]), size["organization.peer_rewiring"], luck
        ),
        "consult": lambda: consult_pairs(
            consultants, people.unit[consultants], size["organization.consult_degree"], luck
        ),
        "liaison": lambda: _liaison(people),
        "operations": lambda: _operations(people, consultants, size["organization.bridging"], luck),
        "executive": lambda: _executive(people),
        "social": lambda: _social(people, size["organization.social_share"], luck),
        "dyad": lambda: _with_holder(people.chief, people.staff[~people.is_doctor], people),
    }
    return {kind: rules[kind]() for kind in kinds}


def _with_holder(holder: NDArray[np.int64], staff: NDArray[np.int64], people: People) -> list[Pairs]:
    """Pair staff with the chief or manager of their unit, where there is one."""
    over = holder[people.unit[staff]]
    return [(staff[over >= 0], over[over >= 0])]


def _liaison(people: People) -> list[Pairs]:
    pairs = []
    for chief, manager in zip(people.chief.tolist(), people.manager.tolist(), strict=True):
        if chief >= 0:
            director = people.nearest(manager if manager >= 0 else chief, "director")
            pairs += [(chief, other) for other in (manager, director) if other >= 0]
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    return [(ends[:, 0], ends[:, 1])]


def _operations(people: People, consultants: NDArray[np.int64], bridging: float, luck: Luck) -> list[Pairs]:
    # Third column of the consultation draws, whose entities are the chiefs and those whom they lead.
    deals = (luck.uniform("consult", 0, len(consultants))[:, 2] < bridging) & (
        people.role[consultants] != role_code("chief")
    )
    return _with_holder(people.manager, consultants[deals], people)


def _divisions(people: People) -> list[tuple[NDArray[np.bool_], str]]:
    """Return the front line by the office to which it looks."""
    nurses = people.role[people.staff] == role_code("nurse")
    return [(~nurses, "CMO"), (nurses, "CNO")]


def _executive(people: People) -> list[Pairs]:
    pairs = []
    for chosen, title in _divisions(people):
        staff = people.staff[chosen]
        lead = people.leader[staff]
        looks_to = {leader: people.look_to(title, leader) for leader in np.unique(lead).tolist()}
        pairs.append((staff, np.array([looks_to[leader] for leader in lead.tolist()], np.int64)))
    return pairs


def _social(people: People, share: float, luck: Luck) -> list[Pairs]:
    """Pair some of the front line with an administrator who is not over their unit."""
    administrators = np.flatnonzero(np.isin(people.role, _ADMINISTRATION))
    number = {row: place for place, row in enumerate(administrators.tolist())}
    draw = luck.uniform("social", 0, len(people.staff))
    unit, pairs = people.unit[people.staff], []
    for chosen, title in _divisions(people):
        starts = np.flatnonzero(chosen)
        groups = np.split(starts, np.flatnonzero(np.diff(unit[starts])) + 1) if len(starts) else []
        for members in groups:
            over = _over(people, int(unit[members[0]]), title)
            one = pick_others(draw[members, 1], len(administrators), sorted(number[row] for row in over))
            if one is not None:
                tied = draw[members, 0] < share
                pairs.append((people.staff[members[tied]], administrators[one[tied]]))
    return pairs


def _over(people: People, unit: int, title: str) -> set[int]:
    """Return the administrators over a unit: its manager, everybody above, the head, and the executive looked to."""
    manager, chief = int(people.manager[unit]), int(people.chief[unit])
    first = manager if manager >= 0 else chief
    over = {first, *people.above(first), people.head, people.look_to(title, first)}
    return {row for row in over if ROLES[people.role[row]] in ADMINISTRATIVE}
