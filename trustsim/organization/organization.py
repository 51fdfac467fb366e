"""The hospital as arrays: positions, lines of leadership and ties, and what both engines derive from them.

Nothing here decides who is tied to whom (`generator`, `graph`, later a reader of real hospitals), and nothing here
changes: people come and go in positions, the positions stay.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.organization.roles import ADMINISTRATIVE, CLIMATE, ROLES, role_code, tie_code

__all__ = ["Organization"]

_Array = TypeVar("_Array", bound=NDArray[Any])

_POSITION_ARRAYS: Final[dict[str, type[np.integer[Any]]]] = {"role": np.int8, "unit": np.int32, "leader": np.int32}
_TIE_ARRAYS: Final[dict[str, type[np.integer[Any]]]] = {"truster": np.int32, "trustee": np.int32, "kind": np.int8}
_IS_ADMINISTRATIVE: Final = np.array([role in ADMINISTRATIVE for role in ROLES])
_EXECUTIVE: Final = role_code("executive")
_DECIDING_KINDS: Final = [tie_code(kind) for kind in ("line", "operations", "liaison", "executive")]


@dataclass(frozen=True, eq=False, repr=False)
class Organization:
    """Positions of a hospital and the ties between them.

    The order of positions is canonical: it addresses the draws and the rows of every result. Arrays are copied and
    cannot be written to. Two organizations are equal when their content is. The constructor looks at lengths and at
    the order of ties only; `trustsim.organization.check` looks at everything.

    Parameters
    ----------
    role : (n,) int8
        Codes of `trustsim.organization.roles.ROLES`.
    unit : (n,) int32
        Number of the unit; ``n_units`` for people of no unit (directors, executives).
    leader : (n,) int32
        Position of the leader; -1 for the head of the hospital.
    truster, trustee : (m,) int32
        Ends of the directed ties, sorted by truster, then trustee.
    kind : (m,) int8
        Codes of `trustsim.organization.roles.TIE_KINDS`.
    unit_names : tuple of str
    labels : tuple of str
        One for each position; stable across runs, meaningless to the model.
    climate : (6, n) float64, optional
        How far each position's feelings, and its first occupant's conduct, are above (below, if negative) those of the
        role, one row for each of `trustsim.organization.roles.CLIMATE`. By default nothing, as in a generated hospital.

    Raises
    ------
    InputError
        If lengths disagree, values do not fit their type, climate is beyond -1 to 1, or ties are not in order or not
        unique.
    """

    role: NDArray[np.int8]
    unit: NDArray[np.int32]
    leader: NDArray[np.int32]
    truster: NDArray[np.int32]
    trustee: NDArray[np.int32]
    kind: NDArray[np.int8]
    unit_names: tuple[str, ...]
    labels: tuple[str, ...]
    climate: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        for name, dtype in (_POSITION_ARRAYS | _TIE_ARRAYS).items():
            given = np.asarray(getattr(self, name))
            array = given.astype(dtype)
            if not np.array_equal(array, given):
                raise InputError(
                    f"{name} holds values that are no {dtype.__name__}; codes and positions are whole numbers"
                )
            object.__setattr__(self, name, _read_only(array))
        object.__setattr__(self, "unit_names", tuple(self.unit_names))
        object.__setattr__(self, "labels", tuple(self.labels))
        for names, length, things in (
            (_POSITION_ARRAYS, len(self.labels), "labels"),
            (_TIE_ARRAYS, len(self.kind), "ties"),
        ):
            for name in names:
                if getattr(self, name).shape != (length,):
                    raise InputError(f"{name} has shape {getattr(self, name).shape}; there are {length} {things}")
        climate = np.array(self.climate, dtype=np.float64)
        climate = climate if climate.size else np.zeros((len(CLIMATE), self.n))
        if climate.shape != (len(CLIMATE), self.n):
            raise InputError(f"climate has shape {climate.shape}, not ({len(CLIMATE)}, {self.n})")
        if not np.all(np.abs(climate) <= 1.0):
            raise InputError("climate is beyond -1 to 1, the width of all feelings")
        object.__setattr__(self, "climate", _read_only(climate))
        step = np.diff(self.truster.astype(np.int64)), np.diff(self.trustee.astype(np.int64))
        if not np.all((step[0] > 0) | ((step[0] == 0) & (step[1] > 0))):
            raise InputError("ties must be sorted by truster, then trustee, at most one from a person to another")

    def __reduce__(self) -> tuple[object, ...]:
        # By way of the constructor: numpy forgets on pickling that an array is read-only.
        return (type(self), tuple(getattr(self, field.name) for field in fields(self)))

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Organization) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        size = f"{self.n} positions, {self.n_units} units, {self.n_ties} ties"
        return f"<Organization {self.digest[:12]}: {size}>"

    @property
    def n(self) -> int:
        """Number of positions."""
        return len(self.labels)

    @property
    def n_units(self) -> int:
        """Number of units."""
        return len(self.unit_names)

    @property
    def n_ties(self) -> int:
        """Number of directed ties."""
        return len(self.kind)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the content, 64 hexadecimal digits."""
        content = hashlib.sha256(json.dumps([self.unit_names, self.labels]).encode())
        for name in _POSITION_ARRAYS | _TIE_ARRAYS:
            array = getattr(self, name)
            array = array.astype(array.dtype.newbyteorder("<"), copy=False)
            content.update(f"{name} {array.dtype.str} {array.shape}".encode())
            content.update(array.tobytes())
        if self.climate.any():  # without any, what it was before there was such a thing
            content.update(b"climate" + self.climate.astype("<f8").tobytes())
        return content.hexdigest()

    # ---------------------------------------------------------------- positions

    @cached_property
    def silo(self) -> NDArray[np.int8]:
        """Silo of each position, (n,): 0 clinical, 1 administrative."""
        return _read_only(_IS_ADMINISTRATIVE[self.role].astype(np.int8))

    @cached_property
    def hops(self) -> NDArray[np.int32]:
        """Steps of escalation from a person's leader to the first executive above, (n,).

        0 where the leader is an executive, and for the head of the hospital.
        """
        steps = np.zeros(self.n, dtype=np.int32)
        people = np.flatnonzero(self.leader >= 0)
        holder = self.leader[people]
        for _ in range(self.n):
            below = (self.role[holder] != _EXECUTIVE) & (self.leader[holder] >= 0)
            people, holder = people[below], self.leader[holder[below]]
            if not len(people):
                return _read_only(steps)
            steps[people] += 1
        raise InputError("the lines of leadership run in a circle; trustsim.organization.check names who is in it")

    @cached_property
    def chief(self) -> NDArray[np.int32]:
        """Position of each unit's chief, (n_units,); -1 where there is none."""
        return self._leader_of_units("chief")

    @cached_property
    def manager(self) -> NDArray[np.int32]:
        """Position of each unit's manager, (n_units,); -1 where there is none."""
        return self._leader_of_units("manager")

    def _leader_of_units(self, role: str) -> NDArray[np.int32]:
        leaders = np.full(self.n_units + 1, -1, dtype=np.int32)
        positions = np.flatnonzero(self.role == role_code(role))
        leaders[self.unit[positions]] = positions
        return _read_only(leaders[:-1].copy())

    # ---------------------------------------------------------------- ties of a position

    @cached_property
    def first_out(self) -> NDArray[np.int32]:
        """Where each truster's ties begin, (n + 1,).

        Person i trusts along the ties from ``first_out[i]`` up to, not including, ``first_out[i + 1]``.
        """
        return self._starts(self.truster)

    @cached_property
    def in_order(self) -> NDArray[np.int32]:
        """Numbers of the ties sorted by trustee, then truster, (m,)."""
        return _read_only(np.argsort(self.trustee, kind="stable").astype(np.int32))

    @cached_property
    def first_in(self) -> NDArray[np.int32]:
        """Where each trustee's ties begin in `in_order`, (n + 1,)."""
        return self._starts(self.trustee[self.in_order])

    def _starts(self, ends: NDArray[np.int32]) -> NDArray[np.int32]:
        return _read_only(np.searchsorted(ends, np.arange(self.n + 1)).astype(np.int32))

    @cached_property
    def line_tie(self) -> NDArray[np.int32]:
        """Number of the tie from each person to the own leader, (n,); -1 where there is none."""
        is_up = (self.kind == tie_code("line")) & (self.trustee == self.leader[self.truster])
        return self._tie_of_truster(is_up)

    @cached_property
    def executive_tie(self) -> NDArray[np.int32]:
        """Number of the tie from each clinician to their executive, (n,); -1 where there is none.

        For those whose leader is an executive, chiefs above all, it is the line tie.
        """
        is_up = (self.kind == tie_code("executive")) & (self.role[self.trustee] == _EXECUTIVE)
        ties = self._tie_of_truster(is_up).copy()
        led_by_executive = (self.silo == 0) & (self.leader >= 0) & (self.role[self.leader] == _EXECUTIVE)
        ties[led_by_executive] = self.line_tie[led_by_executive]
        return _read_only(ties)

    def _tie_of_truster(self, chosen: NDArray[np.bool_]) -> NDArray[np.int32]:
        ties = np.full(self.n, -1, dtype=np.int32)
        numbers = np.flatnonzero(chosen)
        ties[self.truster[numbers]] = numbers
        return _read_only(ties)

    # ---------------------------------------------------------------- what kind of tie it is

    @cached_property
    def tie_unit(self) -> NDArray[np.int32]:
        """Unit whose levers act on each tie, (m,): the truster's, else the trustee's, else ``n_units`` (leadership)."""
        of_truster = self.unit[self.truster]
        return _read_only(np.where(of_truster < self.n_units, of_truster, self.unit[self.trustee]))

    @cached_property
    def cross(self) -> NDArray[np.bool_]:
        """Whether the ends of each tie are in different silos, (m,)."""
        return _read_only(self.silo[self.truster] != self.silo[self.trustee])

    @cached_property
    def decider(self) -> NDArray[np.bool_]:
        """Ties along which the decisions of one silo are judged by the other, (m,)."""
        return _read_only(self.cross & np.isin(self.kind, _DECIDING_KINDS))


def _read_only(array: _Array) -> _Array:
    array.flags.writeable = False
    return array
