"""Which column of an export holds which of our fields: by the table ``columns.toml``, or as ``mapping.yaml`` says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from trustsim.errors import InputError, did_you_mean
from trustsim.roster.findings import Findings
from trustsim.roster.tables import Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Fields", "known_headers", "match_columns", "plain", "synonyms"]

_ASIDE: Final = {
    "people": ("location", "fte", "level"),
    "edges": ("weight", "since", "time", "source_status", "target_status"),
    "units": ("parent_unit_id", "kind"),
}


@dataclass(frozen=True)
class Fields:
    """A table under our names.

    Attributes
    ----------
    cells : pandas.DataFrame
        A column of text for each field that was found.
    used : dict of str to str
        Header of each field.
    aside : tuple of str
        Headers that are known, and of which the model makes nothing: places, hours, grades, weights.
    ignored : tuple of str
        Headers that were not used.
    """

    cells: pd.DataFrame
    used: dict[str, str]
    aside: tuple[str, ...]
    ignored: tuple[str, ...]

    @property
    def account(self) -> dict[str, Any]:
        """What `trustsim.roster.Account` tells of it."""
        return {"used": self.used, "aside": list(self.aside), "ignored": list(self.ignored)}


@cache
def synonyms(table: str) -> dict[str, tuple[str, ...]]:
    """Return the headers of each field of a kind of table (people, edges, units), best first."""
    content = files("trustsim.roster").joinpath("columns.toml").read_text(encoding="utf-8")
    return {field: tuple(map(plain, headers)) for field, headers in tomllib.loads(content)[table].items()}


def known_headers(table: str, renamed: Mapping[str, str]) -> frozenset[str]:
    """Return all headers that mean something, as `plain` writes them."""
    return frozenset(header for headers in synonyms(table).values() for header in headers) | set(
        map(plain, renamed.values())
    )


def plain(header: str) -> str:
    """Return a header without what people vary: ``"Employee_ID "`` and ``"employee id"`` are the same."""
    return "".join(character for character in header.casefold() if character.isalnum())


def match_columns(table: Table, kind: str, renamed: Mapping[str, str], findings: Findings) -> Fields:
    """Give the columns of a table our names.

    Parameters
    ----------
    table : Table
    kind : {"people", "edges", "units"}
    renamed : mapping of str to str
        Header of a field, in place of the known ones.
    findings : Findings
        Where unused columns go.

    Raises
    ------
    InputError
        If a renamed column is not there.
    """
    headers = [str(header) for header in table.cells.columns]
    used: dict[str, str] = {}
    for field, wanted in renamed.items():
        found = [header for header in headers if plain(header) == plain(wanted)]
        if not found:
            raise InputError(
                f"no column {wanted!r}, which mapping.yaml names for {field}{did_you_mean(wanted, headers)}",
                path=table.path,
                line=table.layout.header_row,
            )
        used[field] = found[0]
    for field, candidates in synonyms(kind).items():
        free = {plain(header): header for header in reversed(headers) if header not in used.values()}
        best = next((free[candidate] for candidate in candidates if candidate in free), None)
        if field not in used and best is not None:
            used[field] = best
    ignored = tuple(header for header in headers if header not in used.values())
    _tell_ignored(ignored, kind, used, table, findings)
    aside = tuple(used.pop(field) for field in _ASIDE[kind] if field in used)
    cells = table.cells[list(used.values())].set_axis(list(used), axis="columns")
    return Fields(cells, used, aside, ignored)


def _tell_ignored(
    ignored: tuple[str, ...], kind: str, used: Mapping[str, str], table: Table, findings: Findings
) -> None:
    by_synonym = {synonym: field for field, all_of in synonyms(kind).items() for synonym in all_of if field not in used}
    for header in ignored:
        near = get_close_matches(plain(header), by_synonym, n=1, cutoff=0.75)
        hint = (
            f"if it holds {by_synonym[near[0]]}, write columns: {{{by_synonym[near[0]]}: {header}}} in mapping.yaml"
            if near
            else "nothing in the model needs it"
        )
        findings.warn(
            "ignored column", f"column {header!r} is not used", hint, table.path, table.layout.header_row or 0
        )
