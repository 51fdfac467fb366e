"""The hospital's organization: positions, lines of leadership and ties."""

from trustsim.organization.builder import Position, Tie, build
from trustsim.organization.checks import check
from trustsim.organization.generator import generate
from trustsim.organization.graph import from_graph, to_graph
from trustsim.organization.organization import Organization

__all__ = ["Organization", "Position", "Tie", "build", "check", "from_graph", "generate", "to_graph"]
