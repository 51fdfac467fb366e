"""Which units an episode is meant for, and what makes a set of episodes impossible.

What one episode says wrongly, its own schema refuses. Here is what can only be judged with a hospital and a horizon at
hand: names of units, episodes after the last week, and repeats without the pause that the kind needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import did_you_mean
from trustsim.interventions.base import Episode, Intervention, Share, Shock

__all__ = ["Problem", "late", "problems", "targets"]


class Problem(NamedTuple):
    """What is wrong, and where: a path such as ``("interventions", 0, "units")``."""

    path: tuple[str | int, ...]
    what: str


def targets(episode: Episode, unit_names: Sequence[str]) -> NDArray[np.intp]:
    """Return the numbers of the units that an episode is meant for.

    ``all`` also means the leadership floor (directors and executives, who belong to no unit), whose number is
    ``len(unit_names)``. A share is rounded to whole units, which are spread evenly over the list of units: the same
    units in every world, so that two scenarios differ in what is done and not in where.

    Raises
    ------
    ValueError
        If a named unit does not exist. `problems` says so in better words.
    """
    n = len(unit_names)
    if episode.units == "all":
        return np.arange(n + 1)
    if isinstance(episode.units, Share):
        chosen = int(episode.units.share * n + 0.5)
        return (2 * np.arange(chosen) + 1) * n // (2 * chosen or 1)
    return np.array(sorted(unit_names.index(name) for name in episode.units), dtype=np.intp)


def late(key: str, episodes: Sequence[Episode], weeks: int) -> Iterator[Problem]:
    """Yield the episodes that start after the last week."""
    for number, episode in enumerate(episodes):
        if episode.start >= weeks:
            yield Problem(
                (key, number, "start"),
                f"{episode.name} starts in week {episode.start}, after the last of {weeks} weeks (0 to {weeks - 1})",
            )


def problems(
    interventions: Sequence[Intervention], shocks: Sequence[Shock], unit_names: Sequence[str], weeks: int
) -> Iterator[Problem]:
    """Yield what makes these episodes impossible in this hospital and horizon.

    Parameters
    ----------
    interventions, shocks : sequence of Episode
    unit_names : sequence of str
        Of the hospital.
    weeks : int
        After burn-in.

    Yields
    ------
    Problem
    """
    known = True
    for key, episodes in (("interventions", interventions), ("shocks", shocks)):
        for problem in _unknown_units(key, episodes, unit_names):
            known = False
            yield problem
        yield from late(key, episodes, weeks)
    if known:  # else there is no saying which units two episodes share
        yield from _too_soon(interventions, unit_names)


def _unknown_units(key: str, episodes: Sequence[Episode], unit_names: Sequence[str]) -> Iterator[Problem]:
    for number, episode in enumerate(episodes):
        if not isinstance(episode.units, tuple):
            continue
        names = frozenset(unit_names)
        for place, name in enumerate(episode.units):
            if name not in names:
                hint = did_you_mean(name, unit_names) or f"; units are {unit_names[0]} to {unit_names[-1]}"
                yield Problem((key, number, "units", place), f"{episode.name}: no unit {name!r}{hint}")


def _too_soon(interventions: Sequence[Intervention], unit_names: Sequence[str]) -> Iterator[Problem]:
    by_kind: dict[str, list[int]] = {}
    for number, intervention in enumerate(interventions):
        if intervention.dose > 0.0:  # dose 0 is as good as left out
            by_kind.setdefault(intervention.kind, []).append(number)
    for numbers in by_kind.values():
        if len(numbers) < 2:
            continue
        in_unit: dict[int, list[int]] = {}
        for number in numbers:
            for unit in targets(interventions[number], unit_names).tolist():
                in_unit.setdefault(unit, []).append(number)
        clashes = {clash for sharing in in_unit.values() for clash in _clashes(interventions, sharing)}
        for earlier, later in sorted(clashes):
            yield Problem(("interventions", later, "start"), _explain(interventions[earlier], interventions[later]))


def _clashes(interventions: Sequence[Intervention], numbers: list[int]) -> Iterator[tuple[int, int]]:
    in_time = sorted(numbers, key=lambda number: (interventions[number].start, number))
    for earlier, later in pairwise(in_time):
        if interventions[later].start < interventions[earlier].end + interventions[earlier].cooldown:
            yield earlier, later


def _explain(earlier: Intervention, later: Intervention) -> str:
    free = earlier.end + earlier.cooldown
    return (
        f"{later.name} starts in week {later.start}, but {earlier.name} holds some of its units until week "
        f"{earlier.end} and {earlier.kind} needs {earlier.cooldown} weeks between one and the next; "
        f"start in week {free} or later"
    )
