"""How answers are written: plain text and tables for people, one JSON document for programs."""

from __future__ import annotations

import json
import math
import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

__all__ = ["console", "print_fields", "print_json", "print_table", "print_text", "shown", "table"]


def print_json(document: object) -> None:
    """Write one JSON document to stdout; what is missing (nan) is null."""
    typer.echo(json.dumps(_plain(document), indent=2, allow_nan=False))


def print_text(*paragraphs: str) -> None:
    """Write paragraphs to stdout, wrapped to the terminal or ``COLUMNS``."""
    width = shutil.get_terminal_size().columns
    for text in paragraphs:
        typer.echo(textwrap.fill(text, width))


def console() -> Console:
    """Return where tables go: as wide as the terminal or ``COLUMNS``, colored in a terminal only."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def table(*columns: str, right: Iterable[str] = (), gap: int = 2) -> Table:
    """Return an empty table without lines; columns named in `right` hold numbers."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="bold")
    for number, name in enumerate(columns):
        is_number = name in right
        made.add_column(
            name, justify="right" if is_number else "left", no_wrap=is_number or number == 0, overflow="fold"
        )
    return made


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, right: Iterable[str] = ()) -> None:
    """Write the given columns of some records as a table."""
    made = table(*columns, right=right)
    for row in rows:
        made.add_row(*(shown(row[column]) for column in columns))
    console().print(made)


def print_fields(record: Mapping[str, Any]) -> None:
    """Write a record a line a field, leaving out what is empty."""
    made = table("", "")
    made.show_header = False
    for name, value in record.items():
        if value not in (None, "", [], {}):
            made.add_row(name.replace("_", " "), shown(value))
    console().print(made)


def shown(value: object) -> str:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {shown(each)}" for name, each in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(each) for each in value)
    return "" if value is None else str(value)


def _plain(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
