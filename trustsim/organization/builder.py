"""An organization from what people write down: positions and ties by name.

Every reader of a real hospital ends here, so that each is told of its mistakes in the same words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from trustsim.errors import did_you_mean
from trustsim.organization.checks import check, refuse, some
from trustsim.organization.organization import Organization
from trustsim.organization.roles import ROLES, TIE_KINDS, role_code, tie_code

__all__ = ["Position", "Tie", "build"]


class Position(NamedTuple):
    """A position by name; `unit` and `leader` are None or empty where there is none."""

    label: str
    role: str
    unit: str | None
    leader: str | None


class Tie(NamedTuple):
    """A directed tie by name."""

    truster: str
    trustee: str
    kind: str


def build(positions: Iterable[Position], ties: Iterable[Tie]) -> Organization:
    """Make an organization of positions and ties, and check it.

    Parameters
    ----------
    positions : iterable of Position
        In canonical order. Units are numbered as they first appear.
    ties : iterable of Tie
        In any order; lines of leadership are among them, both ways.

    Returns
    -------
    Organization

    Raises
    ------
    InputError
        Names that stand for nothing or for two things, then all that `trustsim.organization.check` finds.
    """
    positions, ties = list(positions), list(ties)
    number = {position.label: row for row, position in enumerate(positions)}
    refuse((*_position_problems(positions, number), *_tie_problems(ties, number)))
    units = {name: row for row, name in enumerate(dict.fromkeys(place.unit for place in positions if place.unit))}
    rows = sorted((number[tie.truster], number[tie.trustee], tie_code(tie.kind)) for tie in ties)
    truster, trustee, kind = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    organization = Organization(
        role=np.array([role_code(position.role) for position in positions], dtype=np.int8),
        unit=np.array([units[place.unit] if place.unit else len(units) for place in positions], dtype=np.int32),
        leader=np.array([number[place.leader] if place.leader else -1 for place in positions], dtype=np.int32),
        truster=truster.astype(np.int32),
        trustee=trustee.astype(np.int32),
        kind=kind.astype(np.int8),
        unit_names=tuple(units),
        labels=tuple(number),
    )
    check(organization)
    return organization


def _position_problems(positions: list[Position], number: dict[str, int]) -> Iterator[str]:
    twice = [label for label, count in Counter(place.label for place in positions).items() if count > 1]
    if twice:
        yield f"several positions of one name: {some(twice)}"
    for role in dict.fromkeys(place.role for place in positions if place.role not in ROLES):
        people = some(place.label for place in positions if place.role == role)
        yield f"unknown role {role!r} of {people}; roles are {', '.join(ROLES)}{did_you_mean(role, ROLES)}"
    for leader in dict.fromkeys(place.leader for place in positions if place.leader and place.leader not in number):
        people = some(place.label for place in positions if place.leader == leader)
        yield f"nobody is called {leader!r}, the leader of {people}{did_you_mean(leader, number)}"


def _tie_problems(ties: list[Tie], number: dict[str, int]) -> Iterator[str]:
    for label in dict.fromkeys(label for tie in ties for label in tie[:2] if label not in number):
        yield f"nobody is called {label!r}, an end of a tie{did_you_mean(label, number)}"
    for kind in dict.fromkeys(tie.kind for tie in ties if tie.kind not in TIE_KINDS):
        pairs = some(f"{tie.truster} -> {tie.trustee}" for tie in ties if tie.kind == kind)
        known = ", ".join(TIE_KINDS)
        yield f"unknown kind of tie {kind!r} ({pairs}); kinds are {known}{did_you_mean(kind, TIE_KINDS)}"
    twice = [ends for ends, count in Counter(tie[:2] for tie in ties).items() if count > 1]
    if twice:
        pairs = some(f"{truster} -> {trustee}" for truster, trustee in twice)
        yield f"several ties from one person to the same other: {pairs}; one kind is kept, choose which"
