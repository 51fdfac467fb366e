"""A picture of an organization: its leaders from left to right, at each unit how many people it has.

The front line is drawn as one disk a unit, so that 20,000 people are a picture that can be read, and nobody is in it
alone.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from trustsim.organization import Organization
from trustsim.organization.roles import LEADERS, ROLES
from trustsim.roster.hierarchy import levels

if TYPE_CHECKING:
    import networkx as nx

Node = int | str
"""A position, or the name of a unit."""

__all__ = ["draw", "leadership", "staff_of_units"]

_COLORS: Final = {
    "executive": "#004488",
    "director": "#4477aa",
    "manager": "#66ccee",
    "chief": "#ee6677",
    "unit": "#ccbb44",
}
_ROW: Final = 0.22  # inches
_TALLEST: Final = 60.0  # inches


def leadership(organization: Organization) -> dict[Node, Node | None]:
    """Return who is above each leader and each unit.

    Leaders are positions, units are names; None is above the head. A unit hangs below its manager, or its chief where
    there is no manager. Everybody comes after whoever is above.
    """
    role, leader = organization.role.tolist(), organization.leader.tolist()
    leads = [position for position in range(organization.n) if ROLES[role[position]] in LEADERS]
    level = levels(organization.leader.astype(np.int64)).tolist()
    above: dict[Node, Node | None] = {
        position: leader[position] if leader[position] >= 0 else None
        for position in sorted(leads, key=level.__getitem__)
    }
    holders = zip(organization.unit_names, organization.manager.tolist(), organization.chief.tolist(), strict=True)
    return above | {name: manager if manager >= 0 else chief for name, manager, chief in holders}


def staff_of_units(organization: Organization) -> dict[str, Counter[str]]:
    """Return how many people of each role each unit has."""
    staff: dict[str, Counter[str]] = {name: Counter() for name in organization.unit_names}
    for unit, role in zip(organization.unit.tolist(), organization.role.tolist(), strict=True):
        if unit < organization.n_units:
            staff[organization.unit_names[unit]][ROLES[role]] += 1
    return staff


def draw(organization: Organization) -> str:
    """Return the picture as SVG."""
    import networkx as nx
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    tree = nx.DiGraph((above, node) for node, above in leadership(organization).items() if above is not None)
    roles = {node: "unit" if isinstance(node, str) else ROLES[organization.role[node]] for node in tree}
    place = _layout(tree)
    people = {name: roles.total() for name, roles in staff_of_units(organization).items()}
    height = min(max(len(place) * _ROW * 0.6, 4.0), _TALLEST)
    figure = Figure(figsize=(11.0, height), layout="constrained")
    axes = figure.subplots()
    nx.draw_networkx_edges(tree, place, ax=axes, arrows=False, edge_color="#bbbbbb", width=0.8)
    for role, color in _COLORS.items():
        nodes = [node for node in tree if roles[node] == role]
        sizes = [6.0 * people[node] if role == "unit" else 60.0 for node in nodes]
        if nodes:
            nx.draw_networkx_nodes(tree, place, nodelist=nodes, node_size=sizes, node_color=color, ax=axes)
            axes.scatter([], [], s=40.0, color=color, label=role)
    for name, count in people.items():
        axes.annotate(
            f"{name} ({count:,})", place[name], xytext=(14, 0), textcoords="offset points", va="center", fontsize=7
        )
    holders = zip(organization.unit_names, organization.chief.tolist(), organization.manager.tolist(), strict=True)
    for name, chief, manager in holders:
        if chief >= 0 and manager >= 0:  # the unit hangs below its manager, away from its chief
            axes.annotate(
                name, place[chief], xytext=(8, 0), textcoords="offset points", va="center", fontsize=6, color="#555555"
            )
    axes.set_title(
        f"{organization.n:,} people in {organization.n_units:,} units; disks of units are as large as they have people"
    )
    axes.legend(frameon=False, loc="lower left", fontsize=7, ncols=len(_COLORS), bbox_to_anchor=(0.0, -0.02))
    axes.margins(x=0.25)
    axes.set_axis_off()
    picture = io.StringIO()
    with rc_context({"svg.hashsalt": "trustsim", "svg.fonttype": "none"}):
        figure.savefig(picture, format="svg", metadata={"Date": None})
    return picture.getvalue()


def _layout(tree: nx.DiGraph) -> dict[Node, tuple[float, float]]:
    """Return places: depth to the right, leaves one below another, leaders in the middle of those below them."""
    import networkx as nx

    head = next(node for node, degree in tree.in_degree() if degree == 0)
    depth = nx.single_source_shortest_path_length(tree, head)
    place: dict[Node, tuple[float, float]] = {}
    row = 0
    for node in nx.dfs_postorder_nodes(tree, head):
        below = [place[child][1] for child in tree.successors(node)]
        if not below:
            row += 1
        place[node] = (float(depth[node]), (below[0] + below[-1]) / 2.0 if below else float(-row))
    return place
