"""``climate.csv``: what the places of a hospital add to feelings and conduct, so that a run in it can be run again.

Written by us and read only from a folder that we wrote, whose people have numbers. It holds what was fitted to cells of
five people or more (`trustsim.survey`), no answers. It is not anonymous for all that: where one cell lies within
another, the difference of the two tells of the few people between them.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from trustsim.errors import InputError
from trustsim.organization import Organization
from trustsim.organization.roles import CLIMATE
from trustsim.roster.files import read_bytes

__all__ = ["read_climate", "write_climate"]

_HEADER: Final = ("number", *CLIMATE)


def write_climate(organization: Organization, path: Path) -> None:
    """Write the climate of positions that have any, to the last bit; no file if none has."""
    places = np.flatnonzero(organization.climate.any(axis=0))
    if not len(places):
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        for place in places.tolist():
            writer.writerow([place, *map(repr, organization.climate[:, place].tolist())])


def read_climate(organization: Organization, path: Path | None, *, is_ours: bool) -> Organization:
    """Return an organization with the climate of a file.

    Parameters
    ----------
    organization : Organization
    path : Path or None
        None if there is no such file.
    is_ours : bool
        Whether trustsim wrote the table of people (`trustsim.roster.staff.Staff`); else numbers mean nobody.

    Raises
    ------
    InputError
        If it is not such a file, lies beside people whom we did not write, or is of somebody who is not there.
    """
    if path is None:
        return organization
    if not is_ours:
        raise InputError(
            "is read only beside a people.csv that trustsim wrote, where everybody has a number and a role of the "
            "model; scores of a survey go into measures.csv. Remove this file, or call it otherwise",
            path=path,
        )
    try:
        header, *rows = csv.reader(io.StringIO(read_bytes(path).decode("utf-8")))
    except (ValueError, csv.Error) as error:
        raise InputError(f"is no table: {error}", path=path) from None
    if tuple(header) != _HEADER:
        raise InputError(f"has the columns {', '.join(header)}, not {', '.join(_HEADER)}", path=path, line=1)
    climate = np.zeros((len(CLIMATE), organization.n))
    places = {str(place): place for place in range(organization.n)}
    for line, row in enumerate(rows, start=2):
        if not row:  # a blank line
            continue
        number, *added = row
        if number not in places:
            raise InputError(
                f"there is nobody of number {number!r} in people.csv; numbers go from 0 to {organization.n - 1}",
                path=path,
                line=line,
            )
        climate[:, places[number]] = _numbers(added, path, line)
    return replace(organization, climate=climate)


def _numbers(written: list[str], path: Path, line: int) -> list[float]:
    """Return what a row adds to each feeling."""
    try:
        numbers = [float(number) for number in written]
    except ValueError:
        numbers = []
    if len(numbers) != len(CLIMATE) or not np.isfinite(numbers).all():
        raise InputError(
            f"is not {len(CLIMATE)} numbers, one for each of {', '.join(CLIMATE)}: {', '.join(written) or 'nothing'}",
            path=path,
            line=line,
        )
    return numbers
