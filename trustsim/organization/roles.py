"""Roles and kinds of ties: the vocabulary of a hospital's organization, with the codes that arrays use."""

from __future__ import annotations

from typing import Final

__all__ = ["ADMINISTRATIVE", "CLIMATE", "CLINICAL", "LEADERS", "ROLES", "SILOS", "TIE_KINDS", "role_code", "tie_code"]

# The order gives the codes.
ROLES: Final = ("physician", "nurse", "app", "allied", "chief", "manager", "director", "executive")
CLINICAL: Final = ("physician", "nurse", "app", "allied", "chief")
ADMINISTRATIVE: Final = ("manager", "director", "executive")
LEADERS: Final = ("chief", "manager", "director", "executive")
SILOS: Final = ("clinical", "administrative")

# line: staff and their leader, both ways. peer: colleagues within a unit. consult: clinicians of different units.
# liaison: chief and manager, chief and director. operations: physicians and advanced practice providers with their
# unit's manager. executive: the front line and their executive. social, dyad: latent, until an intervention opens them.
TIE_KINDS: Final = ("line", "peer", "consult", "liaison", "operations", "executive", "social", "dyad")


# What a position's climate may add: to the level at which its people's feelings rest, to the level that trust in the
# organization and psychological safety move to, and to the conduct of its first occupant.
CLIMATE: Final = ("exhaustion", "cynicism", "safety", "valued", "trust_organization", "conduct")


def role_code(role: str) -> int:
    """Return the array code of a role."""
    return ROLES.index(role)


def tie_code(kind: str) -> int:
    """Return the array code of a kind of tie."""
    return TIE_KINDS.index(kind)
