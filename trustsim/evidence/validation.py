"""Validation: the model against the targets, part by part.

The seeds are those of a root that calibration does not use, so that no parameter was fitted to the luck that judges it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, get_args

import numpy as np

from trustsim.draws import replicate_seed
from trustsim.evidence.observation import Observations, observe, why_missing
from trustsim.evidence.schema import Part, Role, Target
from trustsim.evidence.tables import targets as all_targets

__all__ = ["ROLES", "SEED", "SEEDS", "Row", "Score", "judged", "scores", "validate"]

SEED: Final = 2_000_003
"""Root of the seeds of validation."""
SEEDS: Final = 30
"""Fewest seeds over which a judgment is meant."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)


class Score(NamedTuple):
    """Targets of a role that pass with all their parts, and how many there are."""

    passed: int
    of: int


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a target, and what the model says of it.

    Attributes
    ----------
    id, name : str
        Of the target and of the part: ``"V10"``, ``"burnout"``.
    target : Target
    part : Part
    value, se : float
        Of the model, with its standard error over seeds; nan if there is none.
    """

    id: str
    name: str
    target: Target
    part: Part
    value: float
    se: float

    @property
    def passes(self) -> bool:
        """Whether the value is inside the tolerance; a missing one is not."""
        low, high = self.part.tolerance
        return low <= self.value <= high

    @property
    def is_close(self) -> bool:
        """Whether a bound of the tolerance is within two standard errors, so that other seeds might judge otherwise."""
        return any(abs(self.value - bound) < 2.0 * self.se for bound in self.part.tolerance)

    @property
    def why_missing(self) -> str | None:
        """Why there is no value, None if there is one."""
        if not np.isnan(self.value):
            return None
        return why_missing(f"{self.id}.{self.name}") or "there is no estimate from these seeds"

    def as_document(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "id": self.id,
            "part": self.name,
            "role": self.target.role,
            "about": self.target.about,
            "measure": self.part.measure,
            "metric": self.part.metric,
            "unit": self.part.unit,
            "published": self.part.published,
            "interval": self.part.interval or self.part.range,
            "low": self.part.low,
            "high": self.part.high,
            "value": self.value,
            "se": self.se,
            "pass": self.passes,
            "close": self.is_close,
            "no_measure": self.why_missing,
        }


def validate(
    targets: Mapping[str, Target] | None = None,
    *,
    seeds: int = SEEDS,
    root: int = SEED,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Row]:
    """Simulate what targets need, and return what the model says of each of their parts.

    Parameters
    ----------
    targets : mapping of str to Target, optional
        By default all.
    seeds : int
        How many: replicates of `root`.
    root : int
    workers, progress
        As in `trustsim.evidence.observation.observe`.

    Raises
    ------
    InputError
        Fewer than two seeds.
    """
    chosen = all_targets() if targets is None else targets
    of_seeds = [replicate_seed(root, number) for number in range(seeds)]
    return judged(chosen, observe(chosen, seeds=of_seeds, workers=workers, progress=progress))


def judged(targets: Mapping[str, Target], seen: Observations, vector: int = 0) -> list[Row]:
    """Return the rows of some targets under one of the vectors that were observed."""
    found = dict(zip(seen.names, zip(seen.values[vector], seen.se[vector], strict=True), strict=True))
    return [
        Row(key, name, target, part, *(float(each) for each in found[f"{key}.{name}"]))
        for key, target in targets.items()
        for name, part in target.parts.items()
    ]


def scores(rows: Sequence[Row]) -> dict[Role, Score]:
    """Return how many targets of each role pass; one does if all its parts do."""
    passes: dict[Role, dict[str, bool]] = {role: {} for role in ROLES}
    for row in rows:
        of_role = passes[row.target.role]
        of_role[row.id] = of_role.get(row.id, True) and row.passes
    return {role: Score(sum(each.values()), len(each)) for role, each in passes.items()}
