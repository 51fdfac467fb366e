"""``climate.csv``: what the places of a hospital add to feelings and conduct, so that a run in it can be run again.

Written by us and read from a folder that we wrote, whose people have numbers. It holds what was fitted to cells of five
people or more (`trustsim.survey`), never what anybody said.
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


def read_climate(organization: Organization, path: Path | None) -> Organization:
    """Return an organization with the climate of a file.

    Raises
    ------
    InputError
        If it is not such a file, or of somebody who is not there.
    """
    if path is None:
        return organization
    try:
        header, *rows = csv.reader(io.StringIO(read_bytes(path).decode("utf-8")))
    except (ValueError, csv.Error) as error:
        raise InputError(f"is no table: {error}", path=path) from None
    if tuple(header) != _HEADER:
        raise InputError(f"has the columns {', '.join(header)}, not {', '.join(_HEADER)}", path=path, line=1)
    climate = np.zeros((len(CLIMATE), organization.n))
    for line, (place, *numbers) in enumerate(rows, start=2):
        if not place.isdecimal() or int(place) >= organization.n:
            raise InputError(f"there is nobody of number {place!r} in people.csv", path=path, line=line)
        try:
            climate[:, int(place)] = [float(number) for number in numbers]
        except ValueError as error:
            raise InputError(f"is not {len(CLIMATE)} numbers: {error}", path=path, line=line) from None
    return replace(organization, climate=climate)
