"""The registry: how each part of each target is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from trustsim.evidence.observation import effects, levels, links, repair, rounds
from trustsim.evidence.observation.recipe import Recipe
from trustsim.evidence.schema import Target

__all__ = ["NO_MEASURE", "RECIPES", "part_names", "why_missing"]

RECIPES: Final[Mapping[str, Recipe]] = {
    **levels.RECIPES, **links.RECIPES, **effects.RECIPES, **rounds.RECIPES, **repair.RECIPES,
}  # fmt: skip
"""By target and part: ``"V10.burnout"``."""

NO_MEASURE: Final[Mapping[str, str]] = {}
"""Parts that the model has no measure of, and why: none at present."""


def part_names(targets: Mapping[str, Target]) -> list[str]:
    """Return the names of all parts of some targets, ``"V10.burnout"``, in the order of the file."""
    return [f"{key}.{part}" for key, target in targets.items() for part in target.parts]


def why_missing(name: str) -> str | None:
    """Return why a part cannot be simulated, None if it can."""
    return None if name in RECIPES else NO_MEASURE.get(name, "nobody has written how it is worked out")
