"""A recipe: how one part of a target is worked out from simulated hospitals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from trustsim.evidence.observation.estimators import Estimator, Sample
from trustsim.evidence.observation.worlds import Need, Seen

__all__ = ["HALF", "QUARTER", "WAVES", "YEAR", "Recipe"]

YEAR: Final = (0, 52)
"""The year after burn-in."""
HALF, QUARTER = 26, 13  # weeks
WAVES: Final = (26, 52)
"""Weeks after burn-in of the surveys of what holds at any one time; their answers are pooled."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one part of a target is worked out.

    Attributes
    ----------
    needs : tuple of Need
        What has to be simulated.
    observe : callable
        Takes what one hospital went through (`Seen`) and returns a sample, what `estimate` needs of it. Its docstring
        names population, horizon and instrument.
    estimate : callable
        Takes the samples of all seeds and returns the value.
    """

    needs: tuple[Need, ...]
    observe: Callable[[Seen], Sample]
    estimate: Estimator
