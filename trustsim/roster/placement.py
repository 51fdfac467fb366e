"""From people of an export to positions of the model: who is in it, in which unit, led by whom.

The model knows eight roles; each unit has at most one chief and one manager, and one of them at least; executives and
directors stand above the units. Exports know hundreds of titles. Every step that makes the one fit the other says what
it did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from trustsim.organization.roles import CLINICAL, LEADERS
from trustsim.roster.findings import Findings
from trustsim.roster.hierarchy import People, nearest, subtree_sizes
from trustsim.roster.positions import FRONT_LINE, Positions
from trustsim.roster.staff import Staff
from trustsim.roster.titles import OTHER, PATIENT, UNKNOWN
from trustsim.roster.unit_leaders import choose_chiefs, settle_leaders_of_units, split_units

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["place"]

_ABOVE_UNITS: Final = ("director", "executive")


def place(staff: Staff, leader: People, contacts: People, findings: Findings) -> pd.DataFrame:
    """Return the positions of the people of an export.

    Parameters
    ----------
    staff : Staff
        Its `counts` are added to.
    leader : People
        Without circles.
    contacts : (n,) int array
        Recorded ties of each person, which decide who leads where no line does.
    findings : Findings
        Where everything goes that is assumed on the way.

    Returns
    -------
    pandas.DataFrame
        As `Positions.result`.
    """
    work = Positions(staff, leader, contacts, findings)
    if staff.is_ours:
        return work.result()
    _settle_head(work)
    _leave_out_others(work)
    _settle_units(work)
    _settle_managers(work)
    choose_chiefs(work)
    for role in ("manager", "chief"):
        split_units(work, role)
    settle_leaders_of_units(work)
    _settle_lines(work)
    return work.result()


def _settle_head(work: Positions) -> None:
    """Make sure that there is one head, an executive."""
    heads = np.flatnonzero(work.present & (work.leader < 0))
    if work.staff.has_lines and len(heads):
        head = int(heads[np.argmax(subtree_sizes(work.leader, work.present)[heads])])
        if work.role[head] != "executive":
            line, title = work.staff.frame["line"][head], work.staff.frame["title"][head]
            work.findings.assume(f"the head of the hospital (line {line}, {title or 'no title'}) is an executive")
            work.role[head] = "executive"
        work.head = head
        return
    executives = np.flatnonzero(work.is_("executive"))
    if len(executives):
        work.head = int(executives[0])
    else:
        work.head = work.add("executive", "", -1)
        work.findings.assume("nobody is an executive: the head of the hospital is an assumed position")
    work.leader[work.head] = -1


def _leave_out_others(work: Positions) -> None:
    """Leave out those who are in no role of the model."""
    work.drop(work.is_(OTHER), "other staff", "staff in no role of the model, such as technology, kitchen, security")
    work.drop(work.is_(UNKNOWN), "unclassified")
    work.drop(work.is_(PATIENT), "patients")


def _settle_units(work: Positions) -> None:
    """Give clinicians and managers a unit, and take it from those above."""
    if not work.staff.has_units:
        _units_by_leader(work)
    blank = work.is_(*FRONT_LINE, "chief") & (work.unit == "")
    above = work.leader
    for _ in range(len(work.unit)):  # up the line until somebody has a unit
        waiting = blank & (work.unit == "") & (above >= 0)
        if not waiting.any():
            break
        work.unit[waiting] = work.unit[above[waiting]]
        above = np.where(waiting, work.leader[above], above)
    if blank.any():
        lost = blank & (work.unit == "")
        work.unit[lost] = "Unassigned"
        note = f", or, where that has none ({int(lost.sum()):,}), of one called Unassigned" if lost.any() else ""
        work.findings.assume(f"clinicians without a unit: {int(blank.sum()):,}; they are of their leader's{note}")


def _units_by_leader(work: Positions) -> None:
    leads = np.isin(np.arange(len(work.role)), work.leader[work.is_(*FRONT_LINE)])
    heads_team = leads & work.is_(*LEADERS)
    if not heads_team.any():
        work.unit[work.is_(*FRONT_LINE, "chief", "manager")] = "Ward"
        work.findings.assume("no column of units and nobody who leads clinicians: everybody is of one unit, Ward")
        return
    team = nearest(work.leader, heads_team)
    names = {row: f"Team {number + 1}" for number, row in enumerate(np.flatnonzero(heads_team).tolist())}
    members = np.flatnonzero(work.is_(*FRONT_LINE) & (team >= 0))
    work.unit[members] = [names[row] for row in team[members].tolist()]
    own = np.flatnonzero(heads_team & work.is_("chief", "manager"))
    work.unit[own] = [names[row] for row in own.tolist()]
    work.findings.assume(f"no column of units: each leader's team is one ({len(names):,})")


def _settle_managers(work: Positions) -> None:
    """Leave administrators without clinicians out, and put managers where their people are."""
    clinical = work.is_(*CLINICAL)
    with_clinicians = np.isin(work.unit.astype(str), np.unique(work.unit[clinical].astype(str)))
    leads_clinicians = subtree_sizes(work.leader, clinical) > clinical
    idle = work.is_("manager", "director") & ~leads_clinicians & ~(with_clinicians & (work.unit != ""))
    idle[work.head] = False
    work.drop(
        idle,
        "administrators without clinicians",
        "managers and directors under whom no clinician works, such as finance and technology",
    )
    led = clinical & (work.leader >= 0)
    led_here = np.isin(np.arange(len(work.role)), work.leader[led & (work.unit == work.unit[work.leader])])
    led_elsewhere = np.isin(np.arange(len(work.role)), work.leader[led]) & ~led_here
    moved = above = 0
    for row in np.flatnonzero(work.is_("manager") & (~with_clinicians | led_elsewhere)).tolist():
        if led_elsewhere[row]:
            names, counts = np.unique(work.unit[led & (work.leader == row)].astype(str), return_counts=True)
            work.unit[row] = names[np.argmax(counts)]
            moved += 1
        else:
            work.role[row] = "director"
            above += 1
    if moved:
        work.findings.assume(f"managers who lead clinicians of another unit only: {moved:,}; they are of that unit")
    if above:
        work.findings.assume(f"managers who lead leaders only: {above:,}; they count as directors")
    work.unit[work.is_(*_ABOVE_UNITS)] = ""


def _settle_lines(work: Positions) -> None:
    """Let nobody be led by the front line, and nobody but the head by no one."""
    leaders = work.is_(*LEADERS)
    by_front = work.present & (work.leader >= 0) & ~leaders[work.leader]
    if by_front.any():
        work.leader = nearest(work.leader, leaders)
        work.findings.assume(
            f"people who report to clinicians who are no chief or manager: {int(by_front.sum()):,}; they are led by "
            "the next leader above"
        )
    loose = np.flatnonzero(work.present & (work.leader < 0))
    holders: dict[str, dict[str, int]] = {
        role: dict(zip(work.unit[work.is_(role)].tolist(), np.flatnonzero(work.is_(role)).tolist(), strict=True))
        for role in ("chief", "manager")
    }
    for row in loose[loose != work.head].tolist():
        own = work.head
        if work.role[row] in FRONT_LINE:
            first, second = ("chief", "manager") if work.role[row] in {"physician", "app"} else ("manager", "chief")
            own = holders[first].get(work.unit[row], holders[second].get(work.unit[row], work.head))
        work.leader[row] = own
    if len(loose) > 1 and not work.staff.has_lines:
        work.findings.assume(
            "no reporting lines: physicians and advanced practice providers are led by their unit's "
            "chief, others by its manager, and those by the head of the hospital"
        )
