"""What a survey found: scores of cells of people, in waves; and who the people of a cell are in the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, role_code
from trustsim.survey.crosswalk import FEELINGS, Item
from trustsim.worlds.state import People

__all__ = ["Cell", "Measured", "Survey", "can_answer", "members", "score"]

SAME_WAVE: Final = 13
"""Weeks within which the first waves of several instruments count as one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The people of a unit and role; empty: of all units, all clinicians."""

    unit: str = ""
    role: str = ""

    def __str__(self) -> str:
        return f"{self.unit or 'all units'}, {self.role or 'clinicians'}"

    @property
    def is_finer(self) -> int:
        """How much it narrows down; a unit more than a role."""
        return 2 * bool(self.unit) + bool(self.role)


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of ``measures.csv``.

    Attributes
    ----------
    cell : Cell
    item : Item
    value : float
        In points, or percent.
    n : int
        Answers.
    wave : date
    line : int
        Of the file.
    """

    cell: Cell
    item: Item
    value: float
    n: int
    wave: date
    line: int

    @property
    def standard_error(self) -> float:
        """Sampling error of the value, in its unit."""
        return self.item.standard_error(self.value, self.n)


@dataclass(frozen=True)
class Survey:
    """All that ``measures.csv`` holds.

    Attributes
    ----------
    rows : sequence of Measured
        In the order of the file.
    """

    rows: Sequence[Measured] = ()

    @cached_property
    def start(self) -> date:
        """Day of the first wave: week 0 after burn-in."""
        return min(row.wave for row in self.rows)

    def week(self, row: Measured) -> int:
        """Return the week after burn-in of a row."""
        return (row.wave - self.start).days // 7

    @cached_property
    def first(self) -> list[Measured]:
        """The first wave: of each instrument its first day, if that is within a quarter of the first of all."""
        days: dict[str, date] = {}
        for row in self.rows:
            days[row.item.instrument] = min(row.wave, days.get(row.item.instrument, row.wave))
        return [row for row in self.rows if row.wave == days[row.item.instrument] and self.week(row) <= SAME_WAVE]

    @cached_property
    def later(self) -> list[Measured]:
        """All other waves."""
        first = set(self.first)
        return [row for row in self.rows if row not in first]


def members(organization: Organization, cell: Cell) -> NDArray[np.bool_]:
    """Return which positions belong to a cell, (n,) bool."""
    roles = (cell.role,) if cell.role else CLINICAL
    chosen = np.isin(organization.role, [role_code(role) for role in roles])
    if cell.unit:
        chosen &= organization.unit == organization.unit_names.index(cell.unit)
    return chosen


def can_answer(organization: Organization, people: People, world: int, item: Item) -> NDArray[np.bool_]:
    """Return who can answer, (n,) bool: who is in place, and not since this week; of leaders, who has one."""
    here = (people.staffed[:, world] > 0.0) & (people.tenure[:, world] > 0.0)
    return here & (organization.leader >= 0) if item.feeling == "trust_leader" else here


def score(organization: Organization, people: People, world: int, row: Measured) -> tuple[float, float]:
    """Return what everybody of a row's cell scores, and how that changes with their feeling; nan of nobody.

    Parameters
    ----------
    organization : Organization
    people : People
        Each field (n, W) float64.
    world : int
    row : Measured
    """
    asked = members(organization, row.cell) & can_answer(organization, people, world, row.item)
    if not asked.any():
        return float("nan"), float("nan")
    feeling = getattr(people, FEELINGS[row.item.feeling])[asked, world]
    return float(row.item.expected(feeling).mean()), float(row.item.slope(feeling).mean())
