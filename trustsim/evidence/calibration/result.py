"""From trials to a set: vectors that are spread, tried again with fresh luck, and within every tolerance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import WorkError
from trustsim.evidence.calibration.goal import CUT_OFF, Aim, implausibility, objective
from trustsim.evidence.calibration.plan import CANDIDATES, Plan
from trustsim.evidence.calibration.search import Trials
from trustsim.evidence.calibration.space import as_parameters, at_start, space
from trustsim.scenario import ParameterSet
from trustsim.studies.provenance import commit

__all__ = ["Outcome", "Row", "candidates", "outcome_of", "spread"]

_NEAREST: Final = 48
"""Of them, how many are there for being near to the targets."""
_MOST: Final = 64
"""Vectors that a set has at most."""


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one part of a target.

    Attributes
    ----------
    aim : Aim
    before, before_se : float
        With the values that the search starts from, and its standard error.
    after, after_se : float
        With the reference vector.
    """

    aim: Aim
    before: float
    before_se: float
    after: float
    after_se: float


@dataclass(frozen=True)
class Outcome:
    """What a calibration found.

    Attributes
    ----------
    rows : tuple of Row
        A row for each part that was aimed at; all with fresh luck.
    trials, not_implausible, tried_again, passed : int
        Vectors that were searched; of them, not implausible; of those, run again; of those, within all tolerances.
    parameter_set : ParameterSet
    path : Path
        The file that holds it.
    """

    rows: tuple[Row, ...]
    trials: int
    not_implausible: int
    tried_again: int
    passed: int
    parameter_set: ParameterSet
    path: Path


def candidates(tried: Trials, aimed_at: Sequence[Aim]) -> tuple[NDArray[np.float64], int]:
    """Return the places of what to try again, and how many trials are not implausible.

    The first place is for the values that the search starts from, which are run as they are.
    The nearest trials are among them, for the reference, and others that are far from one another, for the set. If all
    trials are implausible, they are the least implausible ones.
    """
    distances = implausibility(tried.values, tried.se, aimed_at)
    worst = distances.max(axis=1)
    found = np.flatnonzero(worst <= CUT_OFF)
    start = at_start(space())
    costs = objective(distances, tried.places, start)
    if len(found):
        nearest = found[np.argsort(costs[found], kind="stable")]
        far = nearest[spread(tried.places[nearest], CANDIDATES, 0)]
        chosen = np.array(list(dict.fromkeys([*nearest[:_NEAREST], *far]))[:CANDIDATES])
    else:
        chosen = np.argsort(worst, kind="stable")[:CANDIDATES]
    return np.concatenate([start[None, :], tried.places[chosen]]), len(found)


def spread(places: NDArray[np.float64], most: int, first: int) -> list[int]:
    """Return vectors that are far from one another: each further one is the farthest from all chosen before.

    Parameters
    ----------
    places : (vectors, dimensions) float64 array
        In [0, 1].
    most : int
        How many, if there are so many.
    first : int
        The one to start with.

    Returns
    -------
    list of int
        In the order in which they were chosen.

    References
    ----------
    1. Gonzalez, T. F. (1985). Clustering to minimize the maximum intercluster distance. Theoretical Computer Science
       38, 293-306. doi:10.1016/0304-3975(85)90224-5
    """
    chosen = [first]
    nearest = np.full(len(places), np.inf)
    while len(chosen) < min(most, len(places)):
        nearest = np.minimum(nearest, ((places - places[chosen[-1]]) ** 2).sum(axis=1))
        farthest = int(nearest.argmax())
        if nearest[farthest] == 0.0:  # what is left stands where others were chosen
            break
        chosen.append(farthest)
    return chosen


def outcome_of(
    plan: Plan, trials: int, not_implausible: int, again: Trials, aimed_at: Sequence[Aim], path: Path
) -> Outcome:
    """Return what a calibration found.

    Parameters
    ----------
    plan : Plan
    trials, not_implausible : int
    again : Trials
        With fresh luck, of what `candidates` returned.
    aimed_at : sequence of Aim
    path : Path
        The file that will hold the set.

    Raises
    ------
    WorkError
        If no vector is within all tolerances; the message says what the nearest one misses.
    """
    distances = implausibility(again.values, again.se, aimed_at)
    costs = objective(distances, again.places, at_start(space()))
    within = np.stack([aim.holds(again.values[:, part]) for part, aim in enumerate(aimed_at)], axis=1)
    passed = 1 + np.flatnonzero(within[1:].all(axis=1))  # the first are where the search starts, to tell what that gave
    if not len(passed):
        raise WorkError(_missed(again, within, costs, aimed_at))
    kept = passed[spread(again.places[passed], _MOST, int(costs[passed].argmin()))]
    rows = tuple(
        Row(aim, *(float(each[vector, part]) for vector in (0, kept[0]) for each in (again.values, again.se)))
        for part, aim in enumerate(aimed_at)
    )
    vectors = [as_parameters(space(), again.places[vector]) for vector in kept]
    counts = {
        "trials": trials,
        "not_implausible": not_implausible,
        "tried_again": len(again.places) - 1,
        "passed": len(passed),
    }
    made = ParameterSet(
        reference=vectors[0],
        plausible=tuple(tuple(vector.values()) for vector in vectors),
        provenance=_provenance(plan, counts, rows),
    )
    return Outcome(rows, **counts, parameter_set=made, path=path)


def _provenance(plan: Plan, counts: dict[str, int], rows: Sequence[Row]) -> dict[str, Any]:
    """Return where a set comes from; nothing of it depends on when or where that was."""
    described = plan.describe()
    of_targets = {
        row.aim.name: {
            "published": row.aim.published,
            "low": row.aim.low,
            "high": row.aim.high,
            "before": _rounded(row.before),
            "after": _rounded(row.after),
            "se": _rounded(row.after_se),
        }
        for row in rows
    }
    told = {name: described[name] for name in ("trustsim", "model", "cmaes", "seeds", "fresh", "seed")}
    return {
        "by": "trustsim calibrate",
        **told,
        "commit": (commit() or {}).get("id"),
        **counts,
        "space": {each.name: [each.low, each.high] for each in space()},
        "targets": of_targets,
    }


def _rounded(value: float) -> float | None:
    return float(f"{value:.4g}") if np.isfinite(value) else None


def _missed(again: Trials, within: NDArray[np.bool_], costs: NDArray[np.float64], aimed_at: Sequence[Aim]) -> str:
    """Say what the vector that passes most, and of those the nearest, misses."""
    nearest = 1 + int(np.lexsort((costs[1:], -within[1:].sum(axis=1)))[0])
    misses = [
        f"{aim.name} = {again.values[nearest, part]:.3g}, not {aim.low:g} to {aim.high:g}"
        for part, aim in enumerate(aimed_at)
        if not within[nearest, part]
    ]
    return (
        f"no vector of {len(within) - 1} that were tried again is within all tolerances; the nearest misses "
        f"{'; '.join(misses)}. More trials may find one (the same command with a larger --trials continues); if not, "
        "the model cannot do what was published"
    )
