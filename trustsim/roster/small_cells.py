"""Numbers of few people are not told: what stands for fewer than five in a real hospital is left blank."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from trustsim.comparison import Comparison
from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, ROLES, role_code
from trustsim.roster.privacy import SMALLEST_CELL

__all__ = ["small_roles", "small_units", "withheld"]


def small_units(organization: Organization) -> np.ndarray:
    """Return which units have too few clinicians, over whom all measures of a unit are, (n_units,) bool."""
    clinicians = np.isin(organization.role, [role_code(role) for role in CLINICAL])
    counts = np.bincount(organization.unit[clinicians], minlength=organization.n_units + 1)[: organization.n_units]
    few: np.ndarray = counts < SMALLEST_CELL
    return few


def small_roles(organization: Organization) -> tuple[str, ...]:
    """Return the roles that too few people have."""
    counts = np.bincount(organization.role, minlength=len(ROLES))
    return tuple(role for role, count in zip(ROLES, counts.tolist(), strict=True) if count < SMALLEST_CELL)


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
