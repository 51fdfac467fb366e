"""The hospital's organization: positions, lines of leadership and ties."""

from trustsim.organization.generator import generate
from trustsim.organization.organization import Organization

__all__ = ["Organization", "generate"]
