"""Read ``measures.csv``: aggregates by unit and role, of instruments that the crosswalk knows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from trustsim.errors import InputError, did_you_mean
from trustsim.organization import Organization
from trustsim.organization.roles import ROLES
from trustsim.roster.columns import match_columns, plain
from trustsim.roster.files import find_sources
from trustsim.roster.findings import Findings
from trustsim.roster.mapping import Guide, read_guide
from trustsim.roster.privacy import SMALLEST_CELL, harmless
from trustsim.roster.tables import Table, read_table
from trustsim.survey.crosswalk import Item, find_item
from trustsim.survey.measured import Cell, Measured, Survey, members

__all__ = ["inspect_survey", "read_survey"]

COLUMNS: Final = ("unit_id", "role", "instrument", "construct", "value", "stat", "n", "wave_date")
_EVERYBODY: Final = ("", "all", "clinician", "clinicians")


def read_survey(path: str | Path, organization: Organization, *, smallest: int = SMALLEST_CELL) -> Survey | None:
    """Read what surveys found in a hospital.

    Parameters
    ----------
    path : str or Path
        The folder of the hospital.
    organization : Organization
        What was read of it.
    smallest : int
        Fewest answers of a cell; 5 or more.

    Returns
    -------
    Survey or None
        None if there is no ``measures.csv``.

    Raises
    ------
    InputError
        Everything that is wrong, with file and line.
    """
    findings = Findings()
    survey = inspect_survey(path, organization, findings, smallest=smallest)
    findings.refuse_errors()
    return survey


def inspect_survey(
    path: str | Path, organization: Organization, findings: Findings, *, smallest: int = SMALLEST_CELL
) -> Survey | None:
    """Read what surveys found in a hospital; mistakes go into the findings.

    Raises
    ------
    InputError
        If nothing can be read at all, or `smallest` is less than 5.
    """
    if smallest < SMALLEST_CELL:
        raise InputError(f"a cell has {SMALLEST_CELL} answers or more; {smallest} would tell what single people said")
    sources = find_sources(path)
    file = sources.measures
    if file is None:
        return None
    guide = read_guide(sources.mapping)
    table = read_table(file, guide.layout(), frozenset(map(plain, COLUMNS)), findings)
    header = {plain(str(name)): str(name) for name in reversed(list(table.cells.columns))}
    missing = [name for name in COLUMNS if plain(name) not in header and name != "role"]
    if missing:
        near = did_you_mean(missing[0], map(str, table.cells.columns))
        raise InputError(
            f"no column {missing[0]!r}{near}; columns are {', '.join(COLUMNS)}, and only role may be left out",
            path=file, line=table.layout.header_row,
        )  # fmt: skip
    reader = _Rows(organization, _unit_names(sources.units, guide), findings, file, smallest)
    cells = table.cells.rename(columns={header[plain(name)]: name for name in COLUMNS if plain(name) in header})
    for row, line in zip(cells.to_dict("records"), table.lines.tolist(), strict=True):
        reader.read({str(name): str(cell) for name, cell in row.items()}, line)
    return Survey(tuple(reader.rows)) if reader.rows else None


def _unit_names(path: Path | None, guide: Guide) -> dict[str, str]:
    """Return the names that ``units.csv`` gives to ids."""
    if path is None:
        return {}
    unheard = Findings()  # the reading of the hospital has told what is wrong with it
    table: Table = read_table(path, guide.layout(), frozenset(("unitid", "name")), unheard)
    fields = match_columns(table, "units", {}, unheard).cells
    if not {"unit_id", "name"} <= set(fields):
        return {}
    ids, names = fields["unit_id"].map(harmless), fields["name"].map(harmless)
    return dict(zip(ids, names.where(names != "", ids), strict=True))


class _Rows:
    """Rows that were understood; the others are in the findings."""

    def __init__(
        self, organization: Organization, names: Mapping[str, str], findings: Findings, path: Path, smallest: int
    ) -> None:
        self.rows: list[Measured] = []
        self._organization, self._names, self._findings = organization, names, findings
        self._path, self._smallest = path, smallest
        self._seen: dict[tuple[Cell, str, date], int] = {}

    def read(self, row: Mapping[str, str], line: int) -> None:
        """Read a row, or note what is wrong with it."""
        try:
            measured = self._measured(row, line)
        except InputError as error:
            what, _, fix = error.what.partition("; ")
            kind = f"wrong {what.split()[0]}" if not what.startswith("unknown") else " ".join(what.split()[:2])
            self._findings.error(kind, what, fix or "correct it", self._path, line)
            return
        key = measured.cell, measured.item.name, measured.wave
        if key in self._seen:
            what = f"{measured.item.name} of {measured.cell} stands in line {self._seen[key]} too"
            self._findings.error("duplicate measure", what, "keep one row for each wave", self._path, line)
            return
        self._seen[key] = line
        people = int(members(self._organization, measured.cell).sum())
        if people == 0:
            fix = "mend unit_id or role, or the table of people"
            self._findings.warn("nobody", f"{measured.cell}: nobody is there; not used", fix, self._path, line)
            return
        if measured.n > people:
            what = f"{measured.n} answers of {measured.cell}, where there are {people} positions"
            self._findings.warn("more answers than people", what, "check n and the unit", self._path, line)
        self.rows.append(measured)

    def _measured(self, row: Mapping[str, str], line: int) -> Measured:
        item = find_item(row["instrument"], row["construct"], row["stat"])
        n = _whole(row["n"])
        if n < self._smallest:
            raise InputError(
                f"n is {n}; cells of fewer than {self._smallest} people are not read: remove the row, or report the "
                "unit or role as a whole"
            )
        return Measured(self._cell(row), item, _value(row["value"], item), n, _day(row["wave_date"]), line)

    def _cell(self, row: Mapping[str, str]) -> Cell:
        unit, role = harmless(row["unit_id"]), row.get("role", "").casefold()
        unit = "" if unit.casefold() in _EVERYBODY[:2] else self._names.get(unit, unit)
        if unit and unit not in self._organization.unit_names:
            known = sorted({*self._organization.unit_names, *self._names})
            hint = did_you_mean(unit, known) or f"; units are {', '.join(known[:8])}" + (" ..." * (len(known) > 8))
            raise InputError(f"unknown unit {unit!r}{hint}")
        role = "" if role in _EVERYBODY else role
        if role and role not in ROLES:
            raise InputError(f"unknown role {role!r}; roles are {', '.join(ROLES)}, or nothing for all clinicians"
                             f"{did_you_mean(role, ROLES)}")  # fmt: skip
        return Cell(unit, role)


def _value(text: str, item: Item) -> float:
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"value is {text!r}; write a number such as 27.4, with a point") from None
    low, high = item.bounds
    if not math.isfinite(value) or not low <= value <= high:
        raise InputError(f"value is {text}; {item.name} goes from {low:g} to {high:g}")
    return value


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InputError(f"n is {text!r}; write the number of answers, such as 14") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"wave_date is {text!r}; write a day such as 2026-03-01") from None
