"""A hospital made from a few sizes: who is there, who leads whom, who is tied to whom.

Not for real hospitals: those are read (`trustsim.organization.build`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import Luck
from trustsim.errors import InputError
from trustsim.organization.networks import Pairs, consult_pairs, peer_pairs, pick_others
from trustsim.organization.organization import Organization
from trustsim.organization.roles import TIE_KINDS, role_code, tie_code
from trustsim.parameters import REGISTER, check

__all__ = ["LARGEST", "generate"]

LARGEST: Final = 1_000_000
"""Most positions that a generated hospital may have."""

_TITLES: Final = ("CEO", "CMO", "CNO", "COO", "CFO")
_WARDS: Final = (
    "Emergency",
    "Intensive care",
    "Medicine",
    "Surgery",
    "Cardiology",
    "Pediatrics",
    "Obstetrics",
    "Oncology",
    "Neurology",
    "Orthopedics",
    "Geriatrics",
    "Psychiatry",
    "Nephrology",
    "Rehabilitation",
    "Perioperative care",
    "Outpatient clinic",
)


@dataclass(frozen=True)
class _Sizes:
    """The parameters ``organization.*`` of the register."""

    units: int
    physicians: int
    nurses: int
    apps: int
    allied: int
    units_per_director: int
    executives: int
    peer_degree: int
    peer_rewiring: float
    consult_degree: float
    bridging: float
    social_share: float


class _Layout:
    """Where everybody stands: executives, directors, then unit by unit chief, manager, staff.

    Attributes
    ----------
    staff_role : (n_staff,) int8
        Roles of a unit's staff, the same in every unit.
    director, chief, manager : (n_units,) int64
        Positions of those over each unit.
    staff : (n_units, n_staff) int64
        Positions of the front line.
    """

    def __init__(self, sizes: _Sizes) -> None:
        self.executives, self.units = sizes.executives, sizes.units
        self.directors = -(-sizes.units // sizes.units_per_director)
        counts = {"physician": sizes.physicians, "nurse": sizes.nurses, "app": sizes.apps, "allied": sizes.allied}
        self.staff_names = [f"{role} {number + 1}" for role, count in counts.items() for number in range(count)]
        self.staff_role = np.repeat(np.array([role_code(role) for role in counts], np.int8), list(counts.values()))
        first_unit = self.executives + self.directors
        size = 2 + len(self.staff_role)
        self.n = first_unit + self.units * size
        if self.n > LARGEST:
            raise InputError(f"a hospital of {self.n:,} positions is too large; the most is {LARGEST:,}")
        self.director = self.executives + np.arange(self.units) // sizes.units_per_director
        self.chief = first_unit + size * np.arange(self.units)
        self.manager = self.chief + 1
        self.staff = self.chief[:, None] + np.arange(2, size)

    @cached_property
    def is_consultant(self) -> NDArray[np.bool_]:
        """Physicians and advanced practice providers among the staff, (n_staff,)."""
        return np.isin(self.staff_role, (role_code("physician"), role_code("app")))

    def divisions(self) -> tuple[tuple[NDArray[np.bool_], str], ...]:
        """Return the front line by the executive to whom they look: masks of the staff, and titles."""
        is_nurse = np.equal(self.staff_role, role_code("nurse"))
        return (~is_nurse, "CMO"), (is_nurse, "CNO")

    def office(self, title: str) -> int:
        """Return the position of an executive; the CEO stands in for those that a small hospital lacks."""
        number = _TITLES.index(title)
        return number if number < self.executives else 0

    def roles(self) -> NDArray[np.int8]:
        top = [role_code("executive")] * self.executives + [role_code("director")] * self.directors
        unit = [role_code("chief"), role_code("manager"), *self.staff_role]
        return np.array(top + unit * self.units, dtype=np.int8)

    def unit_numbers(self) -> NDArray[np.int32]:
        of_no_unit = [self.units] * (self.executives + self.directors)
        of_units = np.repeat(np.arange(self.units), 2 + len(self.staff_role))
        return np.concatenate([of_no_unit, of_units]).astype(np.int32)

    def leaders(self) -> NDArray[np.int64]:
        leader = np.zeros(self.n, dtype=np.int64)
        leader[0] = -1
        leader[self.executives : self.executives + self.directors] = self.office("COO")
        leader[self.chief] = self.office("CMO")
        leader[self.manager] = self.director
        leader[self.staff] = np.where(self.is_consultant, self.chief[:, None], self.manager[:, None])
        return leader

    def unit_names(self) -> tuple[str, ...]:
        return (*_WARDS, *(f"Unit {number + 1}" for number in range(len(_WARDS), self.units)))[: self.units]

    def labels(self) -> tuple[str, ...]:
        presidents = (f"VP {number + 1}" for number in range(self.executives - len(_TITLES)))
        executives = (*_TITLES, *presidents)[: self.executives]
        directors = (f"director {number + 1}" for number in range(self.directors))
        names = ("chief", "manager", *self.staff_names)
        return (*executives, *directors, *(f"{unit}/{name}" for unit in self.unit_names() for name in names))


def generate(values: Mapping[str, float] | None = None, *, seed: int = 0) -> Organization:
    """Make a hospital.

    Parameters
    ----------
    values : mapping of str to number, optional
        Overrides of the register's parameters ``organization.*``, without that prefix: ``{"units": 8}``.
    seed : int
        Decides the ties that chance decides: colleagues, consultation, operations, social.

    Returns
    -------
    Organization
        By default a community hospital of 313 positions.

    Raises
    ------
    InputError
        Unknown parameter, value out of range, or more than `LARGEST` positions.

    Examples
    --------
    >>> generate({"units": 2, "executives": 1}).labels[:4]
    ('CEO', 'director 1', 'Emergency/chief', 'Emergency/manager')
    """
    sizes, luck = _sizes(values or {}), Luck(seed)
    layout = _Layout(sizes)
    leader = layout.leaders()
    led = np.flatnonzero(leader >= 0)
    consultants = np.column_stack([layout.chief, layout.staff[:, layout.is_consultant]])
    unit = np.arange(layout.units)
    ties: dict[str, list[Pairs]] = {
        "line": [(led, leader[led])],
        "peer": peer_pairs(
            layout.staff.ravel(), unit.repeat(layout.staff.shape[1]), sizes.peer_degree, sizes.peer_rewiring, luck
        ),
        "consult": consult_pairs(consultants.ravel(), unit.repeat(consultants.shape[1]), sizes.consult_degree, luck),
        "liaison": [(layout.chief, layout.manager), (layout.chief, layout.director)],
        "operations": _operations(layout, sizes.bridging, luck),
        "executive": [
            _with(np.full(layout.units, layout.office(title)), layout.staff[:, columns])
            for columns, title in layout.divisions()
        ],
        "social": _social(layout, sizes.social_share, luck),
        "dyad": [_with(layout.chief, layout.staff[:, ~layout.is_consultant])],
    }
    truster, trustee, kind = _ordered(ties, layout.n)
    return Organization(
        role=layout.roles(),
        unit=layout.unit_numbers(),
        leader=leader.astype(np.int32),
        truster=truster.astype(np.int32),
        trustee=trustee.astype(np.int32),
        kind=kind.astype(np.int8),
        unit_names=layout.unit_names(),
        labels=layout.labels(),
    )


def _sizes(values: Mapping[str, float]) -> _Sizes:
    prefix = "organization."
    checked = {prefix + name: check(prefix + name, value) for name, value in values.items()}
    settled: dict[str, float] = {}
    for parameter in REGISTER.values():
        if parameter.group == "organization":
            value = checked.get(parameter.name, parameter.default)
            settled[parameter.name.removeprefix(prefix)] = int(value) if parameter.kind == "integer" else value
    return _Sizes(**settled)  # type: ignore[arg-type]  # the register says which are whole


def _with(leader: NDArray[np.int64], staff: NDArray[np.int64]) -> Pairs:
    """Pair the staff of each unit with one leader of it."""
    return staff, np.broadcast_to(leader[:, None], staff.shape)


def _operations(layout: _Layout, bridging: float, luck: Luck) -> list[Pairs]:
    staff, manager = _with(layout.manager, layout.staff[:, layout.is_consultant])
    # Third column of the consultation draws, whose first entity of a unit is the chief.
    draw = luck.uniform("consult", 0, layout.units * (1 + staff.shape[1])).reshape(layout.units, -1, 4)[:, 1:, 2]
    deals = draw < bridging
    return [(staff[deals], manager[deals])]


def _social(layout: _Layout, share: float, luck: Luck) -> list[Pairs]:
    """Pair some of the front line with an administrator who is not over their unit."""
    administrators = np.concatenate([np.arange(layout.executives + layout.directors), layout.manager])
    manager = layout.executives + layout.directors + np.arange(layout.units)[:, None]
    draw = luck.uniform("social", 0, layout.staff.size).reshape(*layout.staff.shape, 2)
    pairs = []
    for columns, title in layout.divisions():
        over = sorted({layout.office(office) for office in ("CEO", "COO", title)})
        one = pick_others(draw[:, columns, 1], len(administrators), [*over, layout.director[:, None], manager])
        if one is not None:
            tied = draw[:, columns, 0] < share
            pairs.append((layout.staff[:, columns][tied], administrators[one[tied]]))
    return pairs


def _ordered(ties: Mapping[str, list[Pairs]], n: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return truster, trustee and kind of all pairs, both ways, in canonical order, each once."""
    codes = []
    for kind, pairs in ties.items():
        for one, other in pairs:
            a, b = one.ravel(), other.ravel()
            codes += [(a * n + b) * len(TIE_KINDS) + tie_code(kind), (b * n + a) * len(TIE_KINDS) + tie_code(kind)]
    ends, kind_codes = np.divmod(np.unique(np.concatenate(codes)), len(TIE_KINDS))
    truster, trustee = np.divmod(ends, n)
    return truster, trustee, kind_codes
