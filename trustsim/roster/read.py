"""Read a hospital: from files to an organization and an account of it, or all that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from trustsim.errors import InputError
from trustsim.organization import Organization
from trustsim.roster.account import Account
from trustsim.roster.assembly import assemble
from trustsim.roster.climate import read_climate
from trustsim.roster.columns import Fields, known_headers, match_columns
from trustsim.roster.contacts import Recorded, read_ties
from trustsim.roster.files import Sources, find_sources
from trustsim.roster.findings import Findings
from trustsim.roster.graphs import read_edge_list, read_graph
from trustsim.roster.hierarchy import People, dotted_lines, find_leaders
from trustsim.roster.mapping import Guide, read_guide
from trustsim.roster.placement import place
from trustsim.roster.privacy import SMALLEST_CELL, harmless
from trustsim.roster.staff import Staff, read_staff
from trustsim.roster.tables import Layout, Table, read_table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Roster", "inspect_roster", "read_organization"]

WIDEST: Final = 80
"""Most people whom one leader leads without a word; an assumption: wards have a manager for 30 to 60 (S6)."""


MOST: Final = 10_000
"""Most units, chiefs and managers of a hospital; as many units as a generated one may have."""


@dataclass
class Roster:
    """A hospital that was read.

    Attributes
    ----------
    organization : Organization or None
        None if something is wrong.
    account : Account
    findings : Findings
    """

    organization: Organization | None = None
    account: Account = field(default_factory=Account)
    findings: Findings = field(default_factory=Findings)


def read_organization(path: str | Path, *, seed: int = 0) -> Organization:
    """Read a hospital.

    Parameters
    ----------
    path : str or Path
        A folder (``people.csv``, and perhaps ``edges.csv``, ``units.csv``, ``mapping.yaml``), a table of people, or a
        GraphML, GEXF or edge-list file.
    seed : int
        Decides the ties that the files do not say.

    Returns
    -------
    Organization
        Without names; labels are pseudonyms.

    Raises
    ------
    InputError
        Everything that is wrong, with file and line.
    """
    roster = inspect_roster(path, seed=seed)
    roster.findings.refuse_errors()
    if roster.organization is None:  # every way there notes an error
        raise InputError("no hospital came out of it", path=path)
    return roster.organization


def inspect_roster(path: str | Path, *, seed: int = 0) -> Roster:
    """Read a hospital and account for it; mistakes are in the account.

    Raises
    ------
    InputError
        Only where nothing can be read at all: no such file, no table, a wrong ``mapping.yaml``.
    """
    sources, roster = find_sources(path), Roster()
    guide, findings, account = read_guide(sources.mapping), roster.findings, roster.account
    for other in sources.unread:
        findings.warn(
            "unread file",
            "is not read",
            "a hospital is people.csv, edges.csv, units.csv, measures.csv and mapping.yaml",
            other,
        )
    people, edges = _tables(sources, guide, findings)
    fields = match_columns(people, "people", guide.columns, findings)
    edge_fields = None if edges is None else match_columns(edges, "edges", {}, findings)
    _note_files(account, people, fields, edges, edge_fields)
    staff = read_staff(people, fields, guide, findings)
    _read_units(sources.units, guide, staff, findings, account)
    recorded = read_ties(edges, edge_fields, staff, findings)
    leader = _lines(staff, recorded, guide, findings)
    recorded.dotted = dotted_lines(staff, findings)
    _tell_size(staff, findings)
    if not findings.errors:
        contacts = np.bincount(recorded.ties()[["source", "target"]].to_numpy(np.int64).ravel(), minlength=len(leader))
        placed = place(staff, leader, contacts, findings)
        if (placed["unit"] == "").all():
            findings.error(
                "no clinicians",
                "nobody is a physician, nurse, advanced practice provider, allied staff or chief",
                "name the column of titles or roles in mapping.yaml",
                staff.path,
            )
        else:
            organization = assemble(staff, placed, recorded, guide, account, seed)
            roster.organization = read_climate(organization, sources.climate, is_ours=staff.is_ours)
            account.describe(roster.organization)
            _tell_spans(staff, placed, findings)
    _note_people(account, staff)
    account.assumptions, account.problems = findings.assumptions, findings.problems
    return roster


def _tables(sources: Sources, guide: Guide, findings: Findings) -> tuple[Table, Table | None]:
    """Return the table of people and the table of ties."""
    if sources.graph is not None:
        return read_graph(sources.graph)
    edges = None
    if sources.edges is not None:
        if sources.people is None and sources.edges.suffix.lower() != ".csv":
            return read_edge_list(sources.edges)
        edges = read_table(sources.edges, guide.layout(), known_headers("edges", {}), findings)
    if sources.people is None:
        raise InputError(
            "is a list of ties with a header and there is no people.csv; add one with person_id and role",
            path=sources.edges,
        )
    known = known_headers("people", guide.columns)
    return read_table(sources.people, guide.layout(of_people=True), known, findings), edges


def _lines(staff: Staff, recorded: Recorded, guide: Guide, findings: Findings) -> People:
    """Return the leader of everybody, from the table of people or, where it has none, from the table of ties."""
    import pandas as pd

    lines = pd.DataFrame(recorded.lines(), columns=["person", "leader"]).drop_duplicates()
    if not staff.has_lines and len(lines):
        staff.has_lines = True
        frame = staff.frame
        for row in lines.loc[lines["person"].duplicated(), "person"].unique().tolist():
            findings.error(
                "several leaders",
                f"{frame['id'][row]!r} reports to several people",
                "keep one line; the others are dotted",
                staff.path,
                int(frame["line"][row]),
            )
        frame.loc[lines["person"], "manager"] = frame.loc[lines["leader"], "id"].to_numpy()
    return find_leaders(staff, guide, findings)


def _read_units(path: Path | None, guide: Guide, staff: Staff, findings: Findings, account: Account) -> None:
    """Give units their names, and name those of nobody."""
    if path is None:
        return
    table = read_table(path, guide.layout(), known_headers("units", {}), findings)
    fields = match_columns(table, "units", {}, findings)
    account.columns[path.name] = fields.account
    if "unit_id" not in fields.cells:
        findings.error(
            "no column", "no column unit_id", "name the column of units unit_id", path, table.layout.header_row or 0
        )
        return
    ids = fields.cells["unit_id"].map(harmless)
    names = fields.cells["name"].map(harmless) if "name" in fields.cells else ids
    here = set(staff.frame.loc[staff.frame["is_active"], "unit"])
    for unit, line in zip(ids, table.lines, strict=True):
        if unit not in here:
            findings.warn(
                "empty unit", f"nobody is of the unit {unit!r}", "remove it, or mend unit_id in people.csv", path, line
            )
    known = dict(zip(ids, names.where(names != "", ids), strict=True))
    for unit, rows in staff.frame[~staff.frame["unit"].isin([*known, ""])].groupby("unit"):
        findings.warn(
            "unknown unit",
            f"the unit {unit!r} of {len(rows):,} people is not in {path.name}",
            "add it, or mend unit_id",
            staff.path,
            int(rows["line"].iloc[0]),
        )
    twice = ids[ids.duplicated()]
    for unit in twice.unique():
        findings.error(
            "duplicate unit", f"the unit {unit!r} stands twice", "keep one row", path, int(table.lines[twice.index[0]])
        )
    staff.frame["unit"] = staff.frame["unit"].map(lambda unit: known.get(unit, unit))


def _tell_size(staff: Staff, findings: Findings) -> None:
    """Refuse what is no hospital, before work is done that grows with it."""
    present = staff.frame[staff.frame["is_active"]]
    for what, count in (
        ("units", len(set(present["unit"]) - {""})),
        ("chiefs", int((present["role"] == "chief").sum())),
        ("managers", int((present["role"] == "manager").sum())),
    ):
        if count > MOST:
            findings.error(
                "too many",
                f"{count:,} {what}; there may be {MOST:,}",
                f"check that the column is one of {'units' if what == 'units' else 'titles'}",
                staff.path,
            )


def _note_files(
    account: Account, people: Table, fields: Fields, edges: Table | None, edge_fields: Fields | None
) -> None:
    for table, found in ((people, fields), (edges, edge_fields)):
        if table is not None and found is not None:
            layout: Layout = table.layout
            said = [layout.encoding or "", f"separator {layout.separator!r}" if layout.separator else ""]
            said.append(f"header in line {layout.header_row}" if layout.header_row else "")
            account.files[table.path.name] = ", ".join(filter(None, said))
            account.columns.setdefault(table.path.name, found.account)


def _note_people(account: Account, staff: Staff) -> None:
    """Note what the table of people says about titles, tenure and turnover."""
    account.counts = {**staff.counts, **account.counts}
    rows = sorted(staff.rules.items(), key=lambda row: (-row[1][2], row[0]))
    account.titles = [
        {"title": title, "role": role, "rule": rule, "people": people} for title, (role, rule, people) in rows
    ]
    account.turnover = staff.turnover
    frame = staff.frame[staff.frame["is_active"]]
    if staff.frame["hired"].notna().any():
        account.as_of = staff.as_of.date().isoformat()
        years = (staff.as_of - frame["hired"]).dt.days / 365.25
        for role, members in years.groupby(frame["role"]):
            known = members.dropna()
            account.tenure_years[str(role)] = round(float(known.median()), 1) if len(known) >= SMALLEST_CELL else None


def _tell_spans(staff: Staff, placed: pd.DataFrame, findings: Findings) -> None:
    led = placed.loc[placed["leader"] >= 0, "leader"].value_counts()
    wide = led[led > WIDEST]
    for row, count in zip(wide.index.tolist(), wide.tolist(), strict=True):
        source, role = int(placed["source"][row]), placed["role"][row]
        who = f"{staff.frame['id'][source]!r}, {role}" if source >= 0 else f"an assumed {role}"
        line = int(staff.frame["line"][source]) if source >= 0 else 0
        findings.warn(
            "wide span",
            f"{who}, leads {count:,} people directly",
            f"check the leaders between them; more than {WIDEST} is rare",
            staff.path,
            line,
        )
