"""The account of a roster: what was understood of the files, what was left out, what was assumed and what was made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from trustsim.organization import Organization
from trustsim.organization.roles import LEADERS, ROLES, TIE_KINDS, role_code, tie_code
from trustsim.roster.findings import Problem
from trustsim.roster.hierarchy import levels

__all__ = ["Account"]


@dataclass
class Account:
    """What a roster says.

    Attributes
    ----------
    files : dict of str to str
        What each file was read as.
    columns : dict of str to dict
        By file: header of each field (``used``), those known of which the model makes nothing (``aside``), the others
        (``ignored``).
    counts : dict of str to int
        People read, left out (why) and in the model.
    titles : list of dict
        Each title with role, rule that decided, and people.
    roles : dict of str to int
    units : list of dict
        Name, people, whether there is a chief and a manager, and whether they were assumed.
    levels : int
        Of leadership, the head's included.
    spans : dict of str to dict
        Of leaders, by role: leaders, median and most people led.
    ties : dict of str to dict
        Directed ties by kind: ``read`` and ``generated``.
    tenure_years, turnover : dict
        By role: median years; leavers, person-years and annual rate. None where fewer than 5 people stand behind it.
    as_of : str
        Day of the export, where there are dates.
    assumptions : list of str
    problems : list of Problem
    """

    files: dict[str, str] = field(default_factory=dict)
    columns: dict[str, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    titles: list[dict[str, Any]] = field(default_factory=list)
    roles: dict[str, int] = field(default_factory=dict)
    units: list[dict[str, Any]] = field(default_factory=list)
    levels: int = 0
    spans: dict[str, dict[str, float]] = field(default_factory=dict)
    ties: dict[str, dict[str, int]] = field(default_factory=dict)
    tenure_years: dict[str, float | None] = field(default_factory=dict)
    turnover: dict[str, Any] = field(default_factory=dict)
    as_of: str = ""
    assumptions: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        """Whether a hospital came out."""
        return bool(self.roles) and all(problem.severity != "error" for problem in self.problems)

    def describe(self, organization: Organization) -> None:
        """Note what the hospital is like."""
        counts = np.bincount(organization.role, minlength=len(ROLES)).tolist()
        self.roles = {role: count for role, count in zip(ROLES, counts, strict=True) if count}
        self.counts["in the model"] = organization.n
        self.levels = int(levels(organization.leader.astype(np.int64)).max()) + 1
        self.spans = _spans(organization)
        self.units = _units(organization)
        for kind in TIE_KINDS:
            self.ties.setdefault(kind, {"read": 0, "generated": 0})
            total = int(np.count_nonzero(organization.kind == tie_code(kind)))
            self.ties[kind]["read"] = total - self.ties[kind]["generated"]

    def as_document(self) -> dict[str, Any]:
        """Return the account as plain data, problems as places, sentences and remedies."""
        document = asdict(self)
        document["usable"] = self.is_usable
        document["problems"] = [{**asdict(problem), "path": str(problem.path)} for problem in self.problems]
        return document


def _spans(organization: Organization) -> dict[str, dict[str, float]]:
    led = np.bincount(organization.leader[organization.leader >= 0], minlength=organization.n)
    spans = {}
    for role in LEADERS:
        of_role = led[(organization.role == role_code(role)) & (led > 0)]
        if len(of_role):
            spans[role] = {"leaders": len(of_role), "median": float(np.median(of_role)), "most": int(of_role.max())}
    return spans


def _units(organization: Organization) -> list[dict[str, Any]]:
    people = np.bincount(organization.unit, minlength=organization.n_units + 1)
    heads = zip(organization.unit_names, organization.chief.tolist(), organization.manager.tolist(), strict=True)
    return [
        {"name": name, "people": int(people[number]), "chief": _holder(organization, chief),
         "manager": _holder(organization, manager)}
        for number, (name, chief, manager) in enumerate(heads)
    ]  # fmt: skip


def _holder(organization: Organization, position: int) -> str:
    if position < 0:
        return "none"
    return "assumed" if organization.labels[position].startswith("assumed ") else "in the file"
