"""A position: a chair in the hospital that stays while people come and go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustsim.organization.roles import CLIMATE
from trustsim.rules.leaving import vacancy_weeks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustsim.agents.person import Person
    from trustsim.agents.tie import Tie
    from trustsim.agents.unit import Unit

__all__ = ["Position"]


class Position:
    """A chair: role, unit, leader and ties, whoever holds it.

    People and ties of other units are known by number, not by reference, so that a hospital of any size can be pickled:
    the pickler follows references one inside the other, and would walk from unit to unit through the whole hospital.

    Parameters
    ----------
    number : int
        Place in the canonical order; addresses the luck of whoever is in it.
    label, role : str
    unit : Unit
    leader : int or None
        Position of the leader.
    hops : float
        Steps of escalation from the leader to the executives.

    Attributes
    ----------
    person : Person or None
    occupant : int
        How many have left it so far: number of the present or last occupant.
    vacancy : float
        Weeks until it is filled, if nobody is in it.
    climate : mapping of str to float
        What the place adds to feelings and conduct (`trustsim.organization.roles.CLIMATE`); nothing, unless told.
    ties : list of Tie
        Along which whoever is in it trusts others.
    ties_in : list of int
        Numbers of the ties along which others trust whoever is in it.
    line_tie, executive_tie : Tie or None
        To the leader, and to the executive.
    """

    __slots__ = (
        "climate", "executive_tie", "hops", "label", "leader", "line_tie", "number", "occupant", "person", "role",
        "ties", "ties_in", "unit", "vacancy",
    )  # fmt: skip

    def __init__(self, number: int, label: str, role: str, unit: Unit, leader: int | None, hops: float) -> None:
        self.number, self.label, self.role, self.unit, self.leader, self.hops = number, label, role, unit, leader, hops
        self.person: Person | None = None
        self.occupant, self.vacancy = 0, 0.0
        self.climate: Mapping[str, float] = dict.fromkeys(CLIMATE, 0.0)
        self.ties: list[Tie] = []
        self.ties_in: list[int] = []
        self.line_tie: Tie | None = None
        self.executive_tie: Tie | None = None

    def __repr__(self) -> str:
        return f"<Position {self.number} {self.label}: {self.person or 'vacant'}>"

    def search(self) -> bool:
        """Look for a successor for a week, unless hiring is frozen; return whether one was found."""
        self.vacancy = vacancy_weeks(self.vacancy, self.unit.levers["leaving.freeze"])
        return self.vacancy <= 0.0
