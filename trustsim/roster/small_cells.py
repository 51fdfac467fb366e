"""Numbers of few people are not told: what stands for fewer than five in a real hospital is left blank.

So is one cell more where it could be worked out from a total and its other cells.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trustsim.comparison import Comparison
from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, ROLES, role_code
from trustsim.roster.privacy import SMALLEST_CELL

__all__ = ["small_roles", "small_units", "withheld"]


def small_units(organization: Organization) -> NDArray[np.bool_]:
    """Return which units have too few clinicians, over whom all measures of a unit are, (n_units,)."""
    clinicians = np.isin(organization.role, [role_code(role) for role in CLINICAL])
    counts = np.bincount(organization.unit[clinicians], minlength=organization.n_units + 1)[: organization.n_units]
    return _too_few(counts)


def small_roles(organization: Organization) -> tuple[str, ...]:
    """Return the roles that too few people have."""
    counts = np.bincount(organization.role, minlength=len(ROLES))
    clinical = np.array([role in CLINICAL for role in ROLES])
    few = np.empty(len(ROLES), dtype=bool)
    for silo in (clinical, ~clinical):
        few[silo] = _too_few(counts[silo])
    return tuple(role for role, is_small in zip(ROLES, few, strict=True) if is_small)


def _too_few(counts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Return which of the cells of a total are too small to be told, and which others would give them away.

    Whoever knows the total can work out a single small cell from the others. So if those left blank hold too few people
    together, the smallest of the others is left blank with them.
    """
    few: NDArray[np.bool_] = counts < SMALLEST_CELL
    for cell in np.argsort(counts, kind="stable"):
        if not 0 < counts[few].sum() < SMALLEST_CELL:
            break
        few[cell] = True
    return few


def withheld(comparison: Comparison, organization: Organization) -> Comparison:
    """Return a comparison in a real hospital without the measures of fewer than five people (nan).

    They are simulated; but where they start from what a survey found, they tell what somebody said.
    """
    roles, units = small_roles(organization), small_units(organization)
    results = []
    for result in comparison.results:
        hospital = {
            name: np.full_like(weeks, np.nan) if name.rpartition(".")[2] in roles else weeks
            for name, weeks in result.hospital.items()
        }
        of_units = {name: np.where(units[None, :, None], np.nan, weeks) for name, weeks in result.units.items()}
        results.append(replace(result, hospital=hospital, units=of_units))
    return replace(comparison, results=results)
