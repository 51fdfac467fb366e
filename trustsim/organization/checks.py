"""Whether an organization is one that the model can run, and if not, what to mend.

Generated hospitals are right by construction; this is for hospitals that people describe.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.organization.organization import Organization
from trustsim.organization.roles import ADMINISTRATIVE, CLINICAL, LEADERS, ROLES, TIE_KINDS, role_code, tie_code

__all__ = ["allowed_roles", "check", "refuse", "some"]

_MOST_PROBLEMS: Final = 20
_MOST_NAMES: Final = 5

# What each kind of tie joins, in words and as pairs of sets of roles, either way round. `_line_ties` judges lines.
_JOINS: Final[dict[str, tuple[str, tuple[tuple[Sequence[str], Sequence[str]], ...]]]] = {
    "line": ("people and their leader", ((ROLES, ROLES),)),
    "peer": ("people of one silo", ((CLINICAL, CLINICAL), (ADMINISTRATIVE, ADMINISTRATIVE))),
    "consult": ("clinicians", ((CLINICAL, CLINICAL),)),
    "liaison": ("a chief and a manager or director", ((["chief"], ["manager", "director"]),)),
    "operations": ("a clinician and a manager", ((CLINICAL, ["manager"]),)),
    "executive": ("a clinician and an executive", ((CLINICAL, ["executive"]),)),
    "social": ("a clinician and an administrator", ((CLINICAL, ADMINISTRATIVE),)),
    "dyad": ("a clinician and a chief or manager", ((CLINICAL, ["chief", "manager"]),)),
}


def check(organization: Organization) -> None:
    """Refuse an organization that the model cannot run.

    Raises
    ------
    InputError
        Names all problems that were found, up to 20 of them.
    """
    # The other checks look things up by these numbers, so they wait until the numbers are right.
    refuse(_numbers(organization))
    checks = (_names, _memberships, _lines, _units, _ties, _line_ties)
    refuse(problem for judge in checks for problem in judge(organization))


def refuse(problems: Iterable[str]) -> None:
    """Raise one error that lists all problems, if there are any.

    Raises
    ------
    InputError
    """
    found = list(problems)
    if not found:
        return
    shown = [f"- {problem}" for problem in found[:_MOST_PROBLEMS]]
    if len(found) > _MOST_PROBLEMS:
        shown.append(f"- and {len(found) - _MOST_PROBLEMS} more problems")
    raise InputError("\n".join(["the organization cannot be used as it is:", *shown]))


def some(names: Iterable[str]) -> str:
    """Return the first few names in words: ``"A, B and 7 more"``."""
    every = list(names)
    shown = ", ".join(every[:_MOST_NAMES])
    return f"{shown} and {len(every) - _MOST_NAMES} more" if len(every) > _MOST_NAMES else shown


def _people(organization: Organization, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> str:
    positions = np.flatnonzero(chosen) if chosen.dtype == np.bool_ else chosen
    return some(organization.labels[position] for position in positions)


def _pairs(organization: Organization, chosen: NDArray[np.bool_]) -> str:
    labels, ends = organization.labels, (organization.truster[chosen], organization.trustee[chosen])
    return some(f"{labels[truster]} -> {labels[trustee]}" for truster, trustee in zip(*ends, strict=True))


def _numbers(organization: Organization) -> Iterator[str]:
    n = organization.n
    if not n:
        yield "there are no positions; the smallest hospital is an executive"
    for name, low, high, meaning in (
        ("role", 0, len(ROLES) - 1, "codes of roles"),
        ("unit", 0, organization.n_units, "numbers of units, or one more for people of no unit"),
        ("leader", -1, n - 1, "positions, or -1 for the head of the hospital"),
        ("truster", 0, n - 1, "positions"),
        ("trustee", 0, n - 1, "positions"),
        ("kind", 0, len(TIE_KINDS) - 1, "codes of kinds of ties"),
    ):
        array = getattr(organization, name)
        wrong = array[(array < low) | (array > high)]
        if len(wrong):
            yield f"{name} holds {some(map(str, wrong))}; it holds {meaning}, {low} to {high}"


def _names(organization: Organization) -> Iterator[str]:
    for names, things in ((organization.labels, "positions"), (organization.unit_names, "units")):
        if not all(names):
            yield f"{things} without a name; each has one of its own"
        twice = [name for name, count in Counter(names).items() if count > 1 and name]
        if twice:
            yield f"several {things} of one name: {some(twice)}"


def _memberships(organization: Organization) -> Iterator[str]:
    of_none = organization.unit == organization.n_units
    above_units = np.isin(organization.role, (role_code("director"), role_code("executive")))
    homeless, bound = of_none & ~above_units, ~of_none & above_units
    if np.any(homeless):
        yield f"without a unit: {_people(organization, homeless)}; only directors and executives have none"
    if np.any(bound):
        yield f"of a unit: {_people(organization, bound)}; directors and executives stand above the units"


def _lines(organization: Organization) -> Iterator[str]:
    leader, role = organization.leader, organization.role
    heads = np.flatnonzero(leader < 0)
    if len(heads) > 1:
        yield f"without a leader: {_people(organization, heads)}; only the head of the hospital has none"
    elif len(heads) and role[heads[0]] != role_code("executive"):
        head = f"{organization.labels[heads[0]]}, a {ROLES[role[heads[0]]]}"
        yield f"at the head of the hospital is {head}; it is an executive who has no leader"
    leads = np.isin(np.arange(organization.n), leader)
    unfit = leads & ~np.isin(role, [role_code(name) for name in LEADERS])
    if np.any(unfit):
        yield f"leading without being {', '.join(LEADERS[:-1])} or {LEADERS[-1]}: {_people(organization, unfit)}"
    circle = _circle(leader)
    if circle:
        names = (organization.labels[position] for position in (*circle, circle[0]))
        yield f"lines of leadership in a circle: {' -> '.join(names)}; each ends at the head of the hospital"


def _circle(leader: NDArray[np.int32]) -> list[int]:
    """Return a circle of leaders, shortened to a few, or nobody."""
    # Doubling the stride each time, everybody who is led to a head arrives there; the others go round a circle.
    above = np.where(leader < 0, np.arange(len(leader)), leader)
    for _ in range(len(leader).bit_length()):
        above = above[above]
    going_round = above[leader[above] >= 0]
    if not len(going_round):
        return []
    circle = [int(going_round[0])]
    while leader[circle[-1]] != circle[0]:
        circle.append(int(leader[circle[-1]]))
    return circle


def _units(organization: Organization) -> Iterator[str]:
    names, n_units = organization.unit_names, organization.n_units
    if n_units == 0:
        yield "there is no unit; a hospital has at least one"
        return
    _, first_member = np.unique(organization.unit[organization.unit < n_units], return_index=True)
    members = np.bincount(organization.unit, minlength=n_units + 1)[:n_units]
    if not np.all(members):
        yield f"units of nobody: {some(names[unit] for unit in np.flatnonzero(members == 0))}"
    elif np.any(np.diff(first_member) < 0):
        yield "units are numbered in the order in which positions first belong to them"
    for role in ("chief", "manager"):
        counts = np.bincount(organization.unit[organization.role == role_code(role)], minlength=n_units + 1)[:n_units]
        if np.any(counts > 1):
            several = some(names[unit] for unit in np.flatnonzero(counts > 1))
            yield f"units of several {role}s: {several}; a unit has at most one"
    unled = (organization.chief < 0) & (organization.manager < 0) & (members > 0)
    if np.any(unled):
        leaderless = some(names[unit] for unit in np.flatnonzero(unled))
        yield f"units without a leader: {leaderless}; each has a chief or a manager, or both"


def _ties(organization: Organization) -> Iterator[str]:
    kind, truster, trustee = organization.kind, organization.truster, organization.trustee
    to_self = truster == trustee
    if np.any(to_self):
        yield f"ties of people to themselves: {_pairs(organization, to_self)}"
    joins = allowed_roles()[kind, organization.role[truster], organization.role[trustee]]
    for code in np.unique(kind[~joins]):
        name = TIE_KINDS[code]
        yield f"{name} ties join {_JOINS[name][0]}, not {_pairs(organization, ~joins & (kind == code))}"
    to_executive = (kind == tie_code("executive")) & (organization.role[trustee] == role_code("executive"))
    several = np.bincount(truster[to_executive], minlength=organization.n) > 1
    if np.any(several):
        yield f"executive ties to several executives: {_people(organization, several)}; people look to one"


def allowed_roles() -> NDArray[np.bool_]:
    """Return whether a kind of tie may join two roles, (kinds, roles, roles)."""
    allowed = np.zeros((len(TIE_KINDS), len(ROLES), len(ROLES)), dtype=np.bool_)
    for kind, (_, pairs) in _JOINS.items():
        for some_roles, other_roles in pairs:
            ends = np.ix_([role_code(role) for role in some_roles], [role_code(role) for role in other_roles])
            allowed[tie_code(kind)][ends] = True
        allowed[tie_code(kind)] |= allowed[tie_code(kind)].T
    return allowed


def _line_ties(organization: Organization) -> Iterator[str]:
    leader, truster, trustee = organization.leader, organization.truster, organization.trustee
    is_line = organization.kind == tie_code("line")
    up, down = is_line & (leader[truster] == trustee), is_line & (leader[trustee] == truster)
    stray = is_line & ~up & ~down
    if np.any(stray):
        yield f"line ties between people of whom neither leads the other: {_pairs(organization, stray)}"
    is_led = leader >= 0
    for missing, direction in (
        (np.bincount(truster[up], minlength=organization.n) == 0, "to their leader"),
        (np.bincount(trustee[down], minlength=organization.n) == 0, "from their leader"),
    ):
        if np.any(is_led & missing):
            yield f"without a line tie {direction}: {_people(organization, is_led & missing)}; a line goes both ways"
