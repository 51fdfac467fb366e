"""Who leads whom in an export: leaders found by id, e-mail or name, circles and loose ends named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import did_you_mean
from trustsim.roster.findings import Findings
from trustsim.roster.mapping import Guide
from trustsim.roster.staff import Staff

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["People", "dotted_lines", "find_leaders", "levels", "nearest", "subtree_sizes"]

_HINTED = 5  # looking for the nearest of 20,000 ids takes a while
_SHOWN_IN_CIRCLE = 12
_DEEPEST = 50

People = NDArray[np.int64]
"""Rows of `Staff.frame`, one for each row; -1 for nobody."""


class _Directory:
    """Rows by id, e-mail, name; each asked as people write it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.by_id = _index(frame["key"])
        self.by_short_id = _index(frame["key"].str.lstrip("0"), only_unique=True)
        self.by_email = _index(frame["email"], only_unique=True)
        self.by_name = _index(frame["name"], only_unique=True)

    def find(self, written: str) -> int:
        """Return the row of somebody, or -1."""
        asked = written.casefold().strip()
        inside = asked[asked.rfind("(") + 1 :].rstrip(") ") if asked.endswith(")") else asked
        for index, key in (
            (self.by_id, asked), (self.by_email, asked), (self.by_name, asked), (self.by_id, inside),
            (self.by_short_id, asked.lstrip("0").removesuffix(".0")), (self.by_name, _first_name_first(asked)),
            (self.by_name, asked.partition("(")[0].strip()),
        ):  # fmt: skip
            if key and key in index:
                return index[key]
        return -1


def _index(keys: pd.Series[str], *, only_unique: bool = False) -> dict[str, int]:
    if only_unique:
        keys = keys[~keys.duplicated(keep=False)]
    return {key: row for row, key in zip(keys.index, keys, strict=True) if key}


def _first_name_first(name: str) -> str:
    """Return ``"doe, jane"`` as ``"jane doe"``."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma else ""


def find_leaders(staff: Staff, guide: Guide, findings: Findings) -> People:
    """Return the leader of everybody, over the heads of those who are gone.

    Unknown leaders, circles, and several heads are errors; `guide.loose_ends` may say that people without a leader are
    to be attached to their unit.
    """
    frame, directory = staff.frame, _Directory(staff.frame)
    written = frame["manager"].where(frame["manager"] != "", frame["manager_email"])
    found = {name: directory.find(name) for name in written.unique() if name}
    leader = written.map(found).fillna(-1).to_numpy(np.int64).copy()
    rows = np.arange(len(frame))
    leader[leader == rows] = -1  # the head reports to himself
    active = frame["is_active"].to_numpy()
    unknown = active & (leader < 0) & (written != "").to_numpy() & (written.map(found).to_numpy() != rows)
    if guide.loose_ends == "refuse":
        _tell_unknown(staff, unknown, written, findings)
    elif unknown.any():
        findings.assume(f"people whose leader is not in the file: {int(unknown.sum()):,}; they are led by their unit")
    _tell_circles(staff, leader, findings)
    leader = nearest(leader, active)
    if not findings.errors:
        _tell_depth(staff, leader, findings)
        _tell_heads(staff, leader, unknown, guide, findings)
    return leader


def dotted_lines(staff: Staff, findings: Findings) -> list[tuple[int, int]]:
    """Return pairs of rows: people and those to whom a dotted line leads, separated by colons, semicolons or bars."""
    frame = staff.frame[staff.frame["is_active"] & (staff.frame["dotted"] != "")]
    if frame.empty:
        return []
    directory, pairs = _Directory(staff.frame), []
    for row, line, written in zip(frame.index, frame["line"], frame["dotted"].str.split(r"[:;|]"), strict=True):
        for name in map(str.strip, written):
            other = directory.find(name) if name else row
            if other < 0:
                findings.warn(
                    "unknown dotted line",
                    f"nobody has the id {name!r}, to whom a dotted line leads",
                    "mend or remove it",
                    staff.path,
                    line,
                )
            elif other != row:
                pairs.append((int(row), other))
    return pairs


def nearest(leader: People, fit: NDArray[np.bool_]) -> People:
    """Return the nearest leader above everybody who is fit to be one, -1 where there is none."""
    leader = leader.copy()
    for _ in range(len(leader).bit_length() + 1):  # each time, those who were passed over have passed over others
        pass_over = (leader >= 0) & ~fit[leader]
        if not pass_over.any():
            return leader
        leader[pass_over] = leader[leader[pass_over]]
    leader[(leader >= 0) & ~fit[leader]] = -1  # a circle of people who are not fit
    return leader


def levels(leader: People) -> NDArray[np.int64]:
    """Return how many leaders each has above, 0 at the top; there must be no circle."""
    # Doubling the stride each time: the steps from here, and those from where they lead.
    level, above = (leader >= 0).astype(np.int64), leader.copy()
    while (led := above >= 0).any():
        level[led] += level[above[led]]
        above[led] = above[above[led]]
    return level


def _tell_unknown(staff: Staff, unknown: NDArray[np.bool_], written: pd.Series[str], findings: Findings) -> None:
    people = staff.frame[unknown]
    for number, (row, line) in enumerate(zip(people.index, people["line"], strict=True)):
        name = str(written[row])
        near = did_you_mean(name, staff.frame["id"]) if number < _HINTED else ""
        findings.error(
            "unknown manager",
            f"the leader {name!r} is nobody in this file{near}",
            "mend it, add the leader, leave it blank for the head, or write loose_ends: attach in mapping.yaml",
            staff.path,
            line,
        )


def _tell_circles(staff: Staff, leader: People, findings: Findings) -> None:
    frame, active = staff.frame, staff.frame["is_active"].to_numpy()
    above = np.where(leader < 0, np.arange(len(leader)), leader)
    for _ in range(len(leader).bit_length()):
        above = above[above]
    going_round = np.unique(above[(leader[above] >= 0) & active])
    while len(going_round):
        circle = [int(going_round[0])]
        while leader[circle[-1]] != circle[0]:
            circle.append(int(leader[circle[-1]]))
        shown = [frame["id"][row] for row in circle[:_SHOWN_IN_CIRCLE]]
        more = "... -> " if len(circle) > _SHOWN_IN_CIRCLE else ""
        findings.error(
            "circle",
            f"leaders in a circle: {' -> '.join(shown)} -> {more}{shown[0]}",
            "one of them reports to somebody else",
            staff.path,
            int(frame["line"][circle[0]]),
        )
        going_round = going_round[~np.isin(going_round, circle)]


def _tell_depth(staff: Staff, leader: People, findings: Findings) -> None:
    level = levels(leader)
    deepest = int(np.argmax(level))
    if level[deepest] > _DEEPEST:
        who, line = staff.frame["id"][deepest], int(staff.frame["line"][deepest])
        what = f"{who!r} has {level[deepest]:,} leaders one above the other; hospitals have at most {_DEEPEST}"
        findings.error("too deep", what, "check that the column of leaders is one", staff.path, line)


def _tell_heads(staff: Staff, leader: People, unknown: NDArray[np.bool_], guide: Guide, findings: Findings) -> None:
    frame, active = staff.frame, staff.frame["is_active"].to_numpy()
    heads = np.flatnonzero((leader < 0) & active & ~unknown)
    if not staff.has_lines or not len(heads):
        return
    people = subtree_sizes(leader, active)
    head = int(heads[np.argmax(people[heads])])
    others = heads[heads != head]
    if not len(others):
        return
    if guide.loose_ends == "attach":
        findings.assume(f"people besides the head without a leader: {len(others):,}; they are led by their unit")
        return
    for row in others:
        under = f" and leads {people[row] - 1:,} people" if people[row] > 1 else ""
        kind = "several heads" if people[row] > 1 else "orphan"
        what = (
            f"{frame['id'][row]!r} has no leader{under}, and the head of the hospital is {frame['id'][head]!r} (line "
            f"{frame['line'][head]})"
        )
        findings.error(
            kind,
            what,
            "say who leads them, or write loose_ends: attach in mapping.yaml",
            staff.path,
            int(frame["line"][row]),
        )


def subtree_sizes(leader: People, counted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many of the counted are under each person, the person included; there must be no circle."""
    sizes = counted.astype(np.int64)
    level = levels(leader)
    for depth in range(int(level.max(initial=0)), 0, -1):
        here = np.flatnonzero(level == depth)
        np.add.at(sizes, leader[here], sizes[here])
    return sizes
