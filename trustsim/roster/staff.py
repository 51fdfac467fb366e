"""The people of an export, one row each: who they are, what they do, where, and since when.

What is private (names, e-mails) serves to find leaders and goes no further than this table.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustsim.errors import InputError
from trustsim.organization.roles import ROLES
from trustsim.roster.columns import Fields
from trustsim.roster.findings import Findings
from trustsim.roster.mapping import Guide
from trustsim.roster.privacy import harmless
from trustsim.roster.service import as_of, read_dates, turnover
from trustsim.roster.tables import Table
from trustsim.roster.titles import OUTSIDE, UNKNOWN, Reading, read_role, read_title

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Staff", "read_staff"]

_GONE: Final = r"^(?:t|terminated|inactive|former|retired|resigned|left|deceased|separated|no|n|false|0|closed)\b"
_DAYS_OF_MONTH: Final = 365.25 / 12.0
_COARSE: Final = ("clinician", "administrator", "both", "clinical", "administrative", "staff", "employee")


@dataclass
class Staff:
    """People of an export.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row for everybody with an id: ``id`` as written, ``key`` (as compared), ``email``, ``name``, ``manager``,
        ``manager_email``, ``dotted``, ``unit``, ``role``, ``office``, ``rule``, ``title``, ``hired``, ``left``,
        ``number`` (order; nan where there is none), ``is_active``, ``line``.
    path : Path
    has_lines, has_units : bool
        Whether there are columns of leaders and of units.
    as_of : pandas.Timestamp
        Day of the export.
    is_ours : bool
        Whether trustsim wrote it: all roles are the model's, and there is an order. Then nothing needs settling.
    turnover : dict
        By role, as `trustsim.roster.service.turnover`; empty without dates of leaving.
    rules : dict of str to tuple
        For each title: role, rule, people.
    counts : dict of str to int
        People of the file, and of those left out, why.
    """

    frame: pd.DataFrame
    path: Path
    has_lines: bool
    has_units: bool
    as_of: pd.Timestamp
    is_ours: bool = False
    turnover: dict[str, Any] = field(default_factory=dict)
    rules: dict[str, tuple[str, str, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def read_staff(table: Table, fields: Fields, guide: Guide, findings: Findings) -> Staff:
    """Read people.

    Raises
    ------
    InputError
        If no column tells people apart.
    """
    import pandas as pd

    cells, path = fields.cells, table.path

    def text(name: str) -> pd.Series[str]:
        found = cells[name] if name in cells else pd.Series("", index=cells.index, dtype=str)
        return found.rename(fields.used.get(name, name))

    identity = next((name for name in ("person_id", "email", "name") if name in cells), None)
    if identity is None:
        raise InputError(
            "no column of ids (person_id, Employee ID, Email ...); name it under columns in mapping.yaml",
            path=path,
            line=table.layout.header_row,
        )
    ids = text(identity)
    _tell_blank(ids, table, findings)
    if identity != "person_id":
        findings.assume(f"{path.name}: no column of ids; people are told apart by {fields.used[identity]!r}")
    hired, left = (
        read_dates(text(name), guide.date_format, findings, path, table.lines) for name in ("hire_date", "end_date")
    )
    day = as_of(pd.DataFrame({"hired": hired, "left": left}), guide.as_of)
    if "hire_date" not in cells and "tenure_months" in cells:
        months = pd.to_numeric(text("tenure_months"), errors="coerce")
        hired = day - pd.to_timedelta(months * _DAYS_OF_MONTH, unit="D")
    gone_by_status = text("status").str.casefold().str.match(_GONE) & (text("status") != "")
    full = (text("first_name") + " " + text("last_name")).str.strip()
    names = text("name").where(text("name") != "", full)
    frame = pd.DataFrame(
        {
            "id": ids, "key": ids.str.casefold(), "email": text("email").str.casefold(), "name": names.str.casefold(),
            "manager": text("manager_id"), "manager_email": text("manager_email"), "dotted": text("dotted"),
            "unit": _units(text("unit_id"), names),
            "title": text("title").where(text("title") != "", text("profession")),
            "hired": hired, "left": left, "number": pd.to_numeric(text("number"), errors="coerce"),
            "is_active": ~gone_by_status & ~(left <= day), "line": table.lines,
        }
    )  # fmt: skip
    known = _roles(frame, text("role"), text("profession"), guide)
    frame = frame.join(known)[ids.to_numpy() != ""].reset_index(drop=True)
    staff = Staff(frame, path, bool({"manager_id", "manager_email"} & set(cells)), "unit_id" in cells, day)
    staff.is_ours = bool(frame["number"].notna().all() and text("role").isin(ROLES).all())
    staff.counts["read"] = len(frame)
    staff.counts["no longer there"] = int((~frame["is_active"]).sum())
    if "end_date" in cells and left.notna().any():
        members = frame[~frame["role"].isin(OUTSIDE)]
        staff.turnover = turnover(members["role"], members["hired"], members["left"], day)
    _merge_duplicates(staff, findings)
    _tell_titles(staff, findings)
    return staff


def _tell_blank(ids: pd.Series[str], table: Table, findings: Findings) -> None:
    for line in table.lines[(ids == "").to_numpy()]:
        findings.error("no id", f"{ids.name} is blank", "give everybody an id, or remove the row", table.path, line)


def _units(written: pd.Series[str], names: pd.Series[str]) -> pd.Series[str]:
    """Return names of units, safe to show: without formulas, and without the name of whoever leads in brackets."""
    people = {name.casefold() for name in names if name}
    distinct: dict[str, str] = {}
    for unit in written.unique():
        stem, bracket, rest = unit.partition("(")
        private = bracket and rest.rstrip(") ").casefold() in people
        distinct[unit] = harmless((stem if private else unit).strip()).strip()
    return written.map(distinct)


def _roles(frame: pd.DataFrame, role: pd.Series[str], profession: pd.Series[str], guide: Guide) -> pd.DataFrame:
    """Return role, rule and office of everybody: from the column of roles, else the title, else the profession."""
    import pandas as pd

    by_role = {value: read_role(value, guide.roles) for value in role.unique()}
    by_title = {value: read_title(value, guide.titles) for value in {*frame["title"], *profession, *role}}
    asked = pd.DataFrame({"role": role, "title": frame["title"], "profession": profession})
    readings = {tuple(row): _settled(row, by_role, by_title) for row in asked.drop_duplicates().itertuples(index=False)}
    settled = [readings[row] for row in asked.itertuples(index=False, name=None)]
    return pd.DataFrame(settled, columns=list(Reading._fields), index=frame.index)


def _settled(row: Any, by_role: dict[str, Reading], by_title: dict[str, Reading]) -> Reading:
    of_role, of_title = by_role[row.role], by_title[row.title]
    if of_role.role != UNKNOWN:
        return of_role._replace(office=of_title.office if of_role.role == "executive" else "")
    if of_title.role != UNKNOWN:
        return of_title
    if by_title[row.profession].role != UNKNOWN:
        return by_title[row.profession]
    return by_title[row.role] if row.role.casefold() not in _COARSE else of_title


def _merge_duplicates(staff: Staff, findings: Findings) -> None:
    """Keep one row of each id: one of somebody who is there before those of former times, equal rows once."""
    frame = staff.frame
    frame = frame.sort_values("is_active", ascending=False, kind="stable")
    again = frame.duplicated("key") & ~frame["is_active"]  # hired again, or gone twice
    frame = frame[~again].sort_index()
    same = [name for name in frame.columns if name not in ("line", "number")]
    equal = frame.duplicated(same)
    if equal.any():
        findings.warn(
            "repeated row",
            f"{int(equal.sum()):,} rows say what another says, word for word; each counts once",
            "remove them",
            staff.path,
            int(frame.loc[equal, "line"].iloc[0]),
        )
    frame = frame[~equal]
    for _, rows in frame[frame.duplicated("key", keep=False)].groupby("key", sort=False):
        lines = rows["line"].tolist()
        elsewhere = ", ".join(map(str, lines[1:]))
        findings.error(
            "duplicate id",
            f"id {rows['id'].iloc[0]!r} stands here and in line {elsewhere}",
            "give everybody an id of their own, or keep the main position only",
            staff.path,
            lines[0],
        )
    staff.frame = frame.drop_duplicates("key").reset_index(drop=True)


def _tell_titles(staff: Staff, findings: Findings) -> None:
    present = staff.frame[staff.frame["is_active"]]
    titles = present.groupby(["title", "role", "rule"], sort=False).agg(people=("id", "size"), line=("line", "min"))
    for title, role, rule, people, line in titles.reset_index().itertuples(index=False, name=None):
        staff.rules[title] = (role, rule, people)
        if role == UNKNOWN:
            who = "1 person" if people == 1 else f"{people:,} people"
            what = f"title {title!r} of {who} means no role" if title else f"{who} without a title and a role"
            fix = f"they are left out; write titles: {{{title}: nurse}} (or another role, or other) in mapping.yaml"
            findings.warn("unclassified title", what, fix, staff.path, line)
