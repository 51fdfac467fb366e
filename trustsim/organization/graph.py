"""The organization as a networkx graph, for people and their tools, and back.

Only what GraphML can hold is put on nodes and edges, so that a graph survives a file. Who leads whom stands on edges,
not on nodes as a name, so that it survives `networkx.relabel_nodes`.
"""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral
from typing import TYPE_CHECKING, Any

from trustsim.errors import InputError
from trustsim.organization.builder import Position, Tie, build
from trustsim.organization.checks import refuse, some
from trustsim.organization.organization import Organization
from trustsim.organization.roles import ROLES, SILOS, TIE_KINDS

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["from_graph", "to_graph"]


def to_graph(organization: Organization) -> nx.DiGraph:
    """Return the organization as a directed graph: an edge from each truster to the trustee.

    Returns
    -------
    networkx.DiGraph
        Nodes are labels, with ``number`` (place in the canonical order), ``role``, ``silo`` and ``unit`` (its name,
        ``""`` for people of no unit). Edges have a ``kind``; those of kind line also ``to_leader``, whether they point
        up.
    """
    import networkx as nx

    graph = nx.DiGraph()
    labels, units = organization.labels, (*organization.unit_names, "")
    places = zip(organization.role.tolist(), organization.silo.tolist(), organization.unit.tolist(), strict=True)
    for number, (role, silo, unit) in enumerate(places):
        graph.add_node(labels[number], number=number, role=ROLES[role], silo=SILOS[silo], unit=units[unit])
    is_up = organization.leader[organization.truster] == organization.trustee
    ends = organization.truster.tolist(), organization.trustee.tolist()
    for truster, trustee, code, up in zip(*ends, organization.kind.tolist(), is_up.tolist(), strict=True):
        kind = TIE_KINDS[code]
        marks = {"kind": kind, "to_leader": up} if kind == "line" else {"kind": kind}
        graph.add_edge(labels[truster], labels[trustee], **marks)
    return graph


def from_graph(graph: nx.DiGraph) -> Organization:
    """Return the organization that a graph describes, checked.

    Nodes need a ``role``, those of units a ``unit``; edges a ``kind``, and those from people to their leader
    ``to_leader``, as `to_graph` writes them. Other attributes are left aside. Positions stand in the order of
    ``number`` if every node has a whole one, else of their labels; the order in which nodes and edges were added never
    matters.

    Raises
    ------
    InputError
        Not a directed graph with one edge from a node to another, missing attributes, several leaders of one person,
        then as `trustsim.organization.build`.
    """
    if not graph.is_directed() or graph.is_multigraph():
        raise InputError(f"an organization is a networkx.DiGraph, not a {type(graph).__name__}")
    leaders = _leaders(graph)
    refuse(_graph_problems(graph, leaders))
    positions = []
    for node in _in_order(graph):
        attributes = graph.nodes[node]
        unit = attributes.get("unit")
        leader = str(leaders[node][0]) if node in leaders else None
        positions.append(Position(str(node), attributes["role"], None if unit is None else str(unit), leader))
    return build(positions, (Tie(str(one), str(other), kind) for one, other, kind in graph.edges(data="kind")))


def _leaders(graph: nx.DiGraph) -> dict[Any, list[Any]]:
    """Return to whom the edges marked ``to_leader`` lead from each node."""
    leaders: dict[Any, list[Any]] = {}
    for person, leader, points_up in graph.edges(data="to_leader", default=False):
        if points_up:
            leaders.setdefault(person, []).append(leader)
    return leaders


def _graph_problems(graph: nx.DiGraph, leaders: dict[Any, list[Any]]) -> Iterator[str]:
    without_role = [str(node) for node, role in graph.nodes(data="role") if role is None]
    if without_role:
        yield f"nodes without the attribute 'role': {some(without_role)}"
    without_kind = [f"{one} -> {other}" for one, other, kind in graph.edges(data="kind") if kind is None]
    if without_kind:
        yield f"edges without the attribute 'kind': {some(without_kind)}"
    several = [str(person) for person, above in leaders.items() if len(above) > 1]
    if several:
        yield f"people with several edges 'to_leader': {some(several)}; everybody has one leader, the head of all none"


def _in_order(graph: nx.DiGraph) -> list[Any]:
    numbers = dict(graph.nodes(data="number"))
    if not all(isinstance(number, Integral) for number in numbers.values()):
        return sorted(graph, key=str)
    return sorted(graph, key=lambda node: (numbers[node], str(node)))
