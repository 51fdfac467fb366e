"""Who leads each unit: at most one chief and one manager, and at least one of them."""

from __future__ import annotations

from itertools import count

import numpy as np
from numpy.typing import NDArray

from trustsim.organization.roles import LEADERS
from trustsim.roster.findings import Findings
from trustsim.roster.hierarchy import levels
from trustsim.roster.positions import FRONT_LINE, Positions

__all__ = ["choose_chiefs", "settle_leaders_of_units", "split_units"]


def choose_chiefs(work: Positions) -> None:
    """Without reporting lines, make the physician of most contacts the chief of each unit."""
    if work.staff.has_lines:
        return
    physicians = work.is_("physician")
    with_chief = set(work.unit[work.is_("chief")].tolist())
    chosen = []
    for unit in sorted({*work.unit[physicians].tolist()} - with_chief):
        members = np.flatnonzero(physicians & (work.unit == unit))
        if len(members) > 1:
            chosen.append(unit)
            work.role[members[np.argmax(work.contacts[members])]] = "chief"
    _name_some(work.findings, chosen, "without a chief; the physician of most contacts is it")


def split_units(work: Positions, role: str) -> None:
    """Divide units of several chiefs or managers who lead staff, and move the others out of the way."""
    front = work.is_(*FRONT_LINE)
    same = front & (work.leader >= 0) & (work.unit == work.unit[work.leader])
    led = np.bincount(work.leader[same], minlength=len(work.role))
    candidates = np.flatnonzero(work.is_(role))
    level = levels(work.leader)
    candidates = candidates[np.lexsort((candidates, -work.contacts[candidates], level[candidates], -led[candidates]))]
    seen: dict[str, int] = {}
    taken = set(work.unit[work.present].tolist())
    divided, spare = 0, []
    for row in candidates.tolist():
        unit = str(work.unit[row])
        seen[unit] = seen.get(unit, 0) + 1
        if seen[unit] == 1:
            continue
        if led[row] == 0:
            spare.append(row)
            continue
        name = next(name for number in count(seen[unit]) if (name := f"{unit} {number}") not in taken)
        taken.add(name)
        work.unit[[row, *np.flatnonzero(same & (work.leader == row)).tolist()]] = name
        divided += 1
    if divided:
        work.findings.assume(
            f"{role}s who lead staff of a unit that has a {role} already: {divided:,}; they and their staff are "
            "units of their own, called by a number"
        )
    _move_spare(work, role, np.array(spare, np.int64))


def _move_spare(work: Positions, role: str, spare: NDArray[np.int64]) -> None:
    if not len(spare):
        return
    leaders = work.is_(*LEADERS)
    leads_leaders = np.isin(spare, work.leader[leaders])
    if role == "chief":
        work.role[spare] = "physician"
        work.findings.assume(f"further chiefs of a unit: {len(spare):,}; they count as physicians")
        return
    up = spare[leads_leaders]
    if len(up):
        work.role[up], work.unit[up] = "director", ""
        work.findings.assume(f"further managers of a unit, who lead leaders: {len(up):,}; they count as directors")
    gone = np.zeros(len(work.role), np.bool_)
    gone[spare[~leads_leaders]] = True
    work.drop(gone, "further managers", "further managers of a unit, who lead none of its staff")


def settle_leaders_of_units(work: Positions) -> None:
    """Give units without chief and manager one: somebody of the unit who leads most, else an assumed manager."""
    led_units = set(work.unit[work.is_("chief", "manager")].tolist())
    front = work.is_(*FRONT_LINE)
    same = front & (work.leader >= 0) & (work.unit == work.unit[work.leader]) & front[work.leader]
    led = np.bincount(work.leader[same], minlength=len(work.role))
    promoted: list[str] = []
    assumed: list[str] = []
    for unit in sorted({*work.unit[front].tolist()} - led_units):
        members = np.flatnonzero(front & (work.unit == unit))
        best = int(members[np.argmax(led[members])])
        if led[best]:
            work.role[best] = "chief" if work.role[best] in {"physician", "app"} else "manager"
            promoted.append(unit)
            new = best
        else:
            above = work.leader[members]
            above = above[above >= 0]
            over = int(np.bincount(above).argmax()) if len(above) else work.head
            while over >= 0 and work.role[over] not in {"director", "executive"}:
                over = int(work.leader[over])
            new = work.add("manager", unit, over if over >= 0 else work.head)
            assumed.append(unit)
        work.lead(new, unit)
        front = work.is_(*FRONT_LINE)
    _name_some(work.findings, promoted, "without chief and manager; somebody of them who leads others is it")
    _name_some(work.findings, assumed, "without chief and manager; a position of manager is assumed, led from above")


def _name_some(findings: Findings, units: list[str], what: str) -> None:
    if units:
        more = f" and {len(units) - 5:,} more" if len(units) > 5 else ""
        findings.assume(f"units {what}: {', '.join(units[:5])}{more}")
