"""How far a vector of parameters is from the targets, in the terms of history matching.

References
----------
1. Craig, P. S., Goldstein, M., Seheult, A. H., Smith, J. A. (1997). Pressure matching for hydrocarbon reservoirs: a
   case study in the use of Bayes linear strategies for large computer experiments. In: Case Studies in Bayesian
   Statistics III, 37-93. Springer.
2. Pukelsheim, F. (1994). The three sigma rule. The American Statistician 48, 88-91. doi:10.2307/2684253
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.evidence.observation import part_names, why_missing
from trustsim.evidence.tables import targets

__all__ = ["CUT_OFF", "PRIOR_SD", "Aim", "aims", "implausibility", "objective"]

CUT_OFF: Final = 3.0
"""A vector is implausible where one part is further off: three standard deviations (2)."""
_UNDEFINED: Final = 10.0 * CUT_OFF
"""Implausibility where the model gives no number, such as the odds of a group that is empty."""
PRIOR_SD: Final = 0.25
"""Standard deviation around where a dimension starts, as a share of its range. Leaving the start counts like leaving
the middle of a tolerance: of vectors equally near to the targets, the one nearest to what was documented wins."""


class Aim(NamedTuple):
    """A number that calibration aims at: one part of a target.

    Attributes
    ----------
    name : str
        Target and part: ``"V1.level"``.
    low, high : float
        The tolerance.
    published : float or None
    """

    name: str
    low: float
    high: float
    published: float | None

    @property
    def center(self) -> float:
        """The middle of the tolerance, in which several findings may stand."""
        return 0.5 * (self.low + self.high)

    @property
    def sd(self) -> float:
        """Standard deviation of the tolerance, whose ends are `CUT_OFF` of them away."""
        return 0.5 * (self.high - self.low) / CUT_OFF

    def holds(self, values: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return whether values are within the tolerance."""
        within: NDArray[np.bool_] = (values >= self.low) & (values <= self.high)
        return within


def aims() -> tuple[Aim, ...]:
    """Return what calibration aims at: the parts of CAL targets that the model can measure, and nothing else."""
    found = []
    for name in part_names(targets("CAL")):
        key, _, part_name = name.partition(".")
        part = targets("CAL")[key].parts[part_name]
        if why_missing(name) is None:
            found.append(Aim(name, *part.tolerance, part.published))
    return tuple(found)


def implausibility(
    values: NDArray[np.float64], se: NDArray[np.float64], aimed_at: Sequence[Aim]
) -> NDArray[np.float64]:
    """Return |value - center| / sqrt(se^2 + sd^2) of each part (1).

    Parameters
    ----------
    values, se : (vectors, parts) float64 array
        What the model gives, and its standard error over seeds.
    aimed_at : sequence of Aim
        One for each part.

    Returns
    -------
    (vectors, parts) float64 array
    """
    center, sd = (np.array([getattr(aim, name) for aim in aimed_at]) for name in ("center", "sd"))
    distance = np.abs(values - center) / np.sqrt(se**2 + sd**2)
    return np.where(np.isfinite(distance), distance, _UNDEFINED)


def objective(
    distances: NDArray[np.float64], places: NDArray[np.float64], start: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what the search makes small: the sum of squared implausibilities and of squared distances to the start.

    Both are in standard deviations, so that this is -2 log of a normal posterior density, up to a constant.

    Parameters
    ----------
    distances : (vectors, parts) float64 array
        From `implausibility`.
    places : (vectors, dimensions) float64 array
        Of the vectors, in [0, 1].
    start : (dimensions,) float64 array
        Place of what was documented.

    Returns
    -------
    (vectors,) float64 array
    """
    prior = ((places - start) / PRIOR_SD) ** 2
    total: NDArray[np.float64] = (distances**2).sum(axis=1) + prior.sum(axis=1)
    return total
