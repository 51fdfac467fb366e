"""Open a hospital: from an organization's arrays to positions, units and ties, and a graph that people can look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trustsim.agents import Hospital, Position, Tie, Unit
from trustsim.draws import Luck
from trustsim.organization import Organization, to_graph
from trustsim.organization.roles import CLIMATE, ROLES, SILOS, TIE_KINDS
from trustsim.rules.arithmetic import triangular
from trustsim.rules.people import first_belief, rapport, usual_load

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["believe_at_first", "build_positions", "build_ties", "build_units", "draw_graph", "load_at_first"]


def build_units(hospital: Hospital, organization: Organization) -> list[Unit]:
    """Return the units, and last the leadership floor."""
    units = [Unit(hospital, number, name, is_floor=False) for number, name in enumerate(organization.unit_names)]
    return [*units, Unit(hospital, len(units), "leadership", is_floor=True)]


def build_positions(organization: Organization, units: list[Unit]) -> list[Position]:
    """Return the positions, all vacant, and enter them in their units."""
    positions = []
    columns = organization.role.tolist(), organization.unit.tolist(), organization.leader.tolist()
    rows = zip(organization.labels, *columns, organization.hops.tolist(), strict=True)
    for number, (label, role, unit, leader, hops) in enumerate(rows):
        above = None if leader < 0 else leader
        position = Position(number, label, ROLES[role], units[unit], above, float(hops))
        position.climate = dict(zip(CLIMATE, organization.climate[:, number].tolist(), strict=True))
        units[unit].positions.append(position)
        positions.append(position)
    for number in range(organization.n_units):
        chief, manager = int(organization.chief[number]), int(organization.manager[number])
        units[number].chief = positions[chief] if chief >= 0 else None
        units[number].manager = positions[manager] if manager >= 0 else None
    return positions


def build_ties(organization: Organization, positions: list[Position], units: list[Unit]) -> list[Tie]:
    """Return the ties, and hand them to their ends and units."""
    ties = []
    silos = [SILOS[silo] for silo in organization.silo.tolist()]
    trusters, trustees = organization.truster.tolist(), organization.trustee.tolist()
    columns = organization.kind.tolist(), organization.tie_unit.tolist(), organization.decider.tolist()
    for number, (truster, trustee, kind, unit, decides) in enumerate(zip(trusters, trustees, *columns, strict=True)):
        name = TIE_KINDS[kind]
        counts_as = _counts_as(name, silos[truster], silos[trustee])
        tie = Tie(number, (truster, trustee), name, units[unit], counts_as=counts_as, decides=decides)
        positions[truster].ties.append(tie)
        positions[trustee].ties_in.append(number)
        if decides:
            units[unit].deciding_ties.append(tie)
        ties.append(tie)
    above = zip(positions, organization.line_tie.tolist(), organization.executive_tie.tolist(), strict=True)
    for position, line, executive in above:
        position.line_tie = ties[line] if line >= 0 else None
        position.executive_tie = ties[executive] if executive >= 0 else None
    return ties


def _counts_as(kind: str, from_silo: str, to_silo: str) -> str:
    if from_silo != to_silo:
        return "clinician_admin" if from_silo == "clinical" else "admin_clinician"
    return "peers" if kind == "peer" else "other"


def believe_at_first(ties: list[Tie], positions: list[Position], luck: Luck, parameters: Mapping[str, float]) -> None:
    """Draw what everybody believes of the others on the first day, and how well they get on."""
    spread = parameters["trust.initial_spread"]
    for tie, draws in zip(ties, luck.uniform("belief", 0, len(ties)).tolist(), strict=True):
        mean = parameters[f"trust.initial.{tie.kind}"] + positions[tie.trustee].climate["conduct"]
        tie.start(*[first_belief(mean, spread, triangular(draw)) for draw in draws])
    for tie, (draw,) in zip(ties, luck.uniform("rapport", 0, len(ties)).tolist(), strict=True):
        tie.luck, tie.rapport = draw, rapport(parameters["trust.rapport"], draw, 0.0)


def load_at_first(units: list[Unit], luck: Luck, parameters: Mapping[str, float]) -> None:
    """Draw the units' usual demand; the leadership floor has that of a normal unit."""
    for unit, (draw,) in zip(units[:-1], luck.uniform("load", 0, len(units) - 1).tolist(), strict=True):
        unit.load = usual_load(parameters["work.load_spread"], triangular(draw))


def draw_graph(organization: Organization, positions: list[Position], ties: list[Tie]) -> nx.DiGraph:
    """Return the organization's graph with a ``position`` and a ``person`` on each node and a ``tie`` on each edge."""
    graph = to_graph(organization)
    for position in positions:
        graph.nodes[position.label].update(position=position, person=position.person)
    for tie in ties:
        graph.edges[positions[tie.truster].label, positions[tie.trustee].label]["tie"] = tie
    return graph
