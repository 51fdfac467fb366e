"""How much one visitor may ask of a machine that others use too; the command line has no such limits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trustsim.errors import InputError
from trustsim.parameters import REGISTER

__all__ = [
    "MOST_ALONE",
    "MOST_BEGUN",
    "MOST_JOINED",
    "MOST_OPENED",
    "MOST_POSITIONS",
    "MOST_REPLICATES",
    "MOST_ROOMS",
    "MOST_TEAMS",
    "MOST_TIES",
    "MOST_UPLOADED",
    "MOST_UPLOADS",
    "MOST_WEEKS",
    "READING_MEMORY",
    "READING_SECONDS",
    "check_size",
    "most_replicates",
    "positions",
]

MOST_POSITIONS: Final = 2500
MOST_WEEKS: Final = 260
MOST_REPLICATES: Final = 100
MOST_ROOMS: Final = 200
MOST_ALONE: Final = 500
"""Games that people play without a room."""
MOST_TEAMS: Final = 40
"""Teams of a room."""
MOST_OPENED: Final = 10
MOST_BEGUN: Final = 30
MOST_JOINED: Final = 8
"""Rooms that one browser opens, games that it begins alone and teams that it joins to one room, within an hour."""
MOST_TIES: Final = 100_000
"""Of a real hospital; a generated one of as many positions as there may be has a quarter of that."""
MOST_UPLOADED: Final = 8_000_000
"""Bytes of all files of a hospital that is uploaded; 2,500 people with all their ties take one million."""
MOST_UPLOADS: Final = 3
"""Hospitals that are kept for a visitor; a fourth takes the place of the first."""
READING_SECONDS: Final = 30.0
READING_MEMORY: Final = 2_000_000_000
"""Seconds and bytes that it may take to read a hospital that is uploaded; one or two seconds and 0.25 GB are usual."""
_MOST_WORK: Final = 5_000_000
"""Positions x weeks (burn-in too) x replicates: the default hospital with 100 replicates of two years, and some."""


def positions(sizes: Mapping[str, float]) -> int:
    """Return how many positions a generated hospital has.

    Parameters
    ----------
    sizes : mapping of str to number
        As `trustsim.organization.generate`; what is missing has the register's default.
    """

    def size(name: str) -> int:
        return int(sizes.get(name, REGISTER[f"organization.{name}"].default))

    staff = sum(size(role) for role in ("physicians", "nurses", "apps", "allied"))
    directors = -(-size("units") // size("units_per_director"))
    return size("executives") + directors + size("units") * (2 + staff)


def check_size(people: int, weeks: int, burn_in: int, replicates: int) -> None:
    """Refuse what is too much.

    Raises
    ------
    InputError
        Saying what is the most.
    """
    for what, asked, most in (
        ("positions", people, MOST_POSITIONS),
        ("weeks", weeks, MOST_WEEKS),
        ("replicates", replicates, MOST_REPLICATES),
    ):
        if asked > most:
            raise InputError(f"{asked:,} {what} are too many for the app, which takes {most:,}; {_ELSEWHERE}")
    most = most_replicates(people, weeks, burn_in)
    if replicates > most:
        raise InputError(
            f"{people:,} positions for {weeks + burn_in} weeks (burn-in counted) leave room for {most} replicates in "
            f"the app, not {replicates}; {_ELSEWHERE}"
        )


def most_replicates(people: int, weeks: int, burn_in: int) -> int:
    """Return how many replicates of such a hospital the app runs."""
    return min(_MOST_WORK // (people * (weeks + burn_in)), MOST_REPLICATES)


_ELSEWHERE: Final = "trustsim run has no such limit"
