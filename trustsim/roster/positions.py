"""Positions in the making: people of an export, with what is known of them, and positions that are assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.organization.roles import CLINICAL
from trustsim.roster.findings import Findings
from trustsim.roster.hierarchy import People, nearest
from trustsim.roster.staff import Staff

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FRONT_LINE", "Positions"]

FRONT_LINE: Final = tuple(role for role in CLINICAL if role != "chief")


class Positions:
    """Arrays with an entry for each person of the export; they grow by assumed positions.

    Attributes
    ----------
    role, office, unit : (n,) object array
        Text; unit is "" where there is none.
    leader : (n,) int64 array
        -1 where there is none.
    present : (n,) bool array
        Whether somebody is in the model.
    source : (n,) int64 array
        Row of the staff, -1 for assumed positions.
    number : (n,) float64 array
        Place in the order, nan where none is told.
    contacts : (n,) int64 array
        Recorded ties, which decide who leads where no line does.
    head : int
        The head of the hospital, once that is settled.
    """

    def __init__(self, staff: Staff, leader: People, contacts: People, findings: Findings) -> None:
        frame = staff.frame
        self.staff, self.findings = staff, findings
        self.role = frame["role"].to_numpy(object).copy()
        self.office = frame["office"].to_numpy(object).copy()
        self.unit = frame["unit"].to_numpy(object).copy()
        self.leader = leader.copy()
        self.present = frame["is_active"].to_numpy().copy()
        self.source = np.arange(len(frame))
        self.number = frame["number"].to_numpy(float).copy()
        self.contacts, self.head = contacts, -1

    def is_(self, *roles: str) -> NDArray[np.bool_]:
        """Return who is present in one of some roles."""
        return self.present & np.isin(self.role.astype(str), roles)

    def drop(self, gone: NDArray[np.bool_], why: str, sentence: str = "") -> None:
        """Leave people out; those whom they led are led by whoever is above."""
        gone = gone & self.present
        count = int(gone.sum())
        if not count:
            return
        self.staff.counts[why] = self.staff.counts.get(why, 0) + count
        led = int((self.present & ~gone & (self.leader >= 0) & gone[self.leader]).sum())
        self.present &= ~gone
        self.leader = nearest(self.leader, self.present)
        moved = f"; whom they led ({led:,}) is led by the next leader above" if led else ""
        self.findings.assume(f"left out: {sentence or why} ({count:,}){moved}")

    def add(self, role: str, unit: str, leader: int) -> int:
        """Add an assumed position; return its row."""
        self.role, self.office = np.append(self.role, role), np.append(self.office, "")
        self.unit, self.leader = np.append(self.unit, unit), np.append(self.leader, leader)
        self.present, self.source = np.append(self.present, True), np.append(self.source, -1)
        self.number, self.contacts = np.append(self.number, np.nan), np.append(self.contacts, 0)
        return len(self.role) - 1

    def lead(self, new: int, unit: str) -> None:
        """Put those of a unit who are led from outside it under its new leader."""
        members = self.is_(*FRONT_LINE) & (self.unit == unit)
        while self.leader[new] >= 0 and members[self.leader[new]]:
            self.leader[new] = self.leader[self.leader[new]]
        outside = members & ((self.leader < 0) | (self.unit[self.leader] != unit))
        outside[new] = False
        self.leader[outside] = new

    def result(self) -> pd.DataFrame:
        """Return the positions of those who are left.

        Returns
        -------
        pandas.DataFrame
            ``role``, ``office``, ``unit`` ("" above the units), ``leader`` (row of this table, -1 for the head),
            ``source`` (row of the staff, -1 for assumed positions), ``number``.
        """
        import pandas as pd

        rows = np.flatnonzero(self.present)
        place_of = np.full(len(self.role) + 1, -1, np.int64)  # the last entry answers for nobody (-1)
        place_of[rows] = np.arange(len(rows))
        columns = {
            "role": self.role[rows],
            "office": self.office[rows],
            "unit": self.unit[rows],
            "leader": place_of[self.leader[rows]],
            "source": self.source[rows],
            "number": self.number[rows],
        }
        return pd.DataFrame(columns)
