"""A table as it left somebody's system: bytes to text, text to rows, rows to a header and cells with line numbers.

Encodings, separators, title rows above the header, leading blanks, short and long rows are met here; what the columns
mean is for `trustsim.roster.columns`.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.roster.files import read_bytes
from trustsim.roster.findings import Findings

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Layout", "Table", "read_table"]

_MOST_ROWS: Final = 250_000
_MOST_COLUMNS: Final = 500
_MOST_CELLS: Final = 10_000_000
_LONGEST_CELL: Final = 10_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_SEARCHED_ROWS: Final = 30  # a header stands within so many rows


@dataclass(frozen=True)
class Layout:
    """How a file is written, where it was told or found out.

    Attributes
    ----------
    encoding, separator : str or None
    header_row : int or None
        Line of the header, from 1.
    """

    encoding: str | None = None
    separator: str | None = None
    header_row: int | None = None


@dataclass(frozen=True)
class Table:
    """A table of text.

    Attributes
    ----------
    path : Path
    cells : pandas.DataFrame
        Text, blanks stripped; columns are called by the header.
    lines : (n,) int array
        Line of the file at which each row ends; 0 where there are no lines.
    layout : Layout
    """

    path: Path
    cells: pd.DataFrame
    lines: NDArray[np.int64]
    layout: Layout


def read_table(path: Path, told: Layout, known: frozenset[str], findings: Findings) -> Table:
    """Read a table.

    Parameters
    ----------
    path : Path
    told : Layout
        What is known of it.
    known : frozenset of str
        Headers (`trustsim.roster.columns.plain`) by which the header's row is recognized.
    findings : Findings
        Where ragged rows and guesses go.

    Raises
    ------
    InputError
        If it is no table.
    """
    import pandas as pd

    text, encoding = _decoded(read_bytes(path), told.encoding, path, findings)
    separator = told.separator or _separator(text, known)
    rows, lines = _rows(text, separator, path)
    at = _header(rows, lines, told.header_row, known, path)
    header = _names(rows[at], path, int(lines[at]), findings)
    if at and told.header_row is None:
        findings.assume(f"{path.name}: the first {lines[at] - 1} lines are a title; line {lines[at]} is the header")
    body, numbers = _squared(rows[at + 1 :], lines[at + 1 :], len(header), path, findings)
    if not body:
        raise InputError("has a header and nobody below it", path=path, line=int(lines[at]))
    cells = pd.DataFrame(body, columns=pd.Index(header), dtype=str).apply(lambda column: column.str.strip())
    return Table(path, cells, np.array(numbers, np.int64), Layout(encoding, separator, int(lines[at])))


def _decoded(content: bytes, told: str | None, path: Path, findings: Findings) -> tuple[str, str]:
    """Return text and encoding: as told, by its mark, UTF-8, else Windows-1252."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            told = name
    try:
        text, encoding = content.decode(told or "utf-8"), told or "utf-8"
    except UnicodeError as error:
        if told:
            raise InputError(
                f"is not {told}: {error.reason if isinstance(error, UnicodeDecodeError) else error}; "
                "set encoding in mapping.yaml",
                path=path,
            ) from None
        encoding = "cp1252"
        text = content.decode(encoding, errors="replace")
        findings.assume(
            f"{path.name}: not UTF-8, read as Windows-1252 (Latin-1); if names of units look wrong, set "
            "encoding in mapping.yaml"
        )
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(
            "holds a NUL; it is no text, or UTF-16 without its mark: save it as UTF-8", path=path, line=line
        )
    return text, encoding


def _separator(text: str, known: frozenset[str]) -> str:
    """Return the separator that splits the first rows into most known headers, else into most equal rows."""
    start = text[: _SEARCHED_ROWS * _LONGEST_CELL]
    rows = [row[:_LONGEST_CELL] for row in start.splitlines()[:_SEARCHED_ROWS] if row.strip()]

    def fits(separator: str) -> tuple[int, int]:
        split = [next(csv.reader([row], delimiter=separator)) for row in rows]
        headers = max((sum(_plain(cell) in known for cell in row) for row in split), default=0)
        (width, often), *_ = Counter(map(len, split)).most_common(1) or [(1, 0)]
        return headers, often if width > 1 else 0

    return max(_SEPARATORS, key=fits)


def _plain(header: str) -> str:
    return "".join(character for character in header.casefold() if character.isalnum())


def _rows(text: str, separator: str, path: Path) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    cells = 0
    try:
        for row in reader:
            if not any(map(str.strip, row)):
                continue
            cells += len(row)
            if len(row) > _MOST_COLUMNS:
                raise InputError(f"{len(row):,} columns; there may be {_MOST_COLUMNS}", path=path, line=reader.line_num)
            if len(rows) > _MOST_ROWS or cells > _MOST_CELLS:
                what = f"more than {_MOST_ROWS:,} rows or {_MOST_CELLS:,} cells, the most that a roster may have"
                raise InputError(what, path=path, line=reader.line_num)
            if max(map(len, row)) > _LONGEST_CELL:
                what = f"a cell of more than {_LONGEST_CELL:,} characters; perhaps a quotation mark is not closed"
                raise InputError(what, path=path, line=reader.line_num)
            rows.append(row)
            lines.append(reader.line_num)
    except csv.Error as error:
        what = f"not readable as a table: {error}; perhaps a quotation mark is not closed"
        raise InputError(what, path=path, line=reader.line_num) from None
    return rows, lines


def _header(rows: list[list[str]], lines: list[int], told: int | None, known: frozenset[str], path: Path) -> int:
    """Return which row is the header: the one told, or the first with most headers that we know."""
    if told is not None:
        if told not in lines:
            raise InputError(f"header_row is {told}, and there is nothing in line {told}", path=path)
        return lines.index(told)
    counts = [sum(_plain(cell) in known for cell in row) for row in rows[:_SEARCHED_ROWS]]
    best = max(counts, default=0)
    if best == 0:
        start = ", ".join(cell.strip() for cell in rows[0][:6]) if rows else ""
        raise InputError(
            f"no header that is known, such as person_id, Employee ID or Manager ID; the first row is "
            f"{start[:80]!r}. Name the columns in mapping.yaml",
            path=path,
            line=lines[0] if lines else 1,
        )
    return counts.index(best)


def _names(row: list[str], path: Path, line: int, findings: Findings) -> list[str]:
    """Return headers, each once: a second column of a name is numbered, and one without a name too."""
    names: list[str] = []
    for number, cell in enumerate(row):
        name = cell.strip() or f"column {number + 1}"
        if name in names:
            findings.warn(
                "duplicate header",
                f"two columns are called {name!r}; the first counts",
                "rename or remove one",
                path,
                line,
            )
            name = f"{name} ({number + 1})"
        names.append(name)
    return names


def _squared(
    rows: list[list[str]], lines: list[int], width: int, path: Path, findings: Findings
) -> tuple[list[list[str]], list[int]]:
    """Return rows of one width; short ones are filled, too long ones are left out and named."""
    body, numbers = [], []
    for cells, line in zip(rows, lines, strict=True):
        used = next((place for place in range(len(cells), 0, -1) if cells[place - 1].strip()), 0)
        if used > width:
            fix = "put cells that hold the separator in quotation marks"
            findings.error("long row", f"{used} cells under {width} headers", fix, path, line)
        elif len(cells) == 1 and width > 2:  # a total or a note under the table
            findings.warn("stray row", "a row of one cell was left out", "remove notes around the table", path, line)
        else:
            body.append([*cells[:width], *[""] * (width - len(cells))])
            numbers.append(line)
    return body, numbers
