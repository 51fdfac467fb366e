"""Graph files as tables: GraphML, GEXF and lists of ties become one table of people and one of ties.

From there on they are read like tables from a personnel system. XML is refused before it is read if it declares a
document type, so that no entity can grow.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from trustsim.errors import InputError
from trustsim.roster.files import read_bytes
from trustsim.roster.tables import Layout, Table

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

__all__ = ["read_edge_list", "read_graph"]

_EDGE_COLUMNS: Final = {
    2: ("source", "target"),
    3: ("source", "target", "weight"),
    5: ("time", "source", "target", "source_status", "target_status"),
}
_MOST_EDGES: Final = 5_000_000


def read_graph(path: Path) -> tuple[Table, Table]:
    """Return the people and the ties of a GraphML or GEXF file.

    Raises
    ------
    InputError
        If it is none, or one with document types, hyperedges or nested graphs.
    """
    import pandas as pd

    graph = _parsed(read_bytes(path), path)
    if not len(graph):
        raise InputError("is a graph without nodes", path=path)
    people = [{"person_id": str(node), **_text(marks)} for node, marks in graph.nodes(data=True)]
    edges = [{"source": str(one), "target": str(other), **_text(marks)} for one, other, marks in graph.edges(data=True)]
    lines = any(str(marks.get("layer", marks.get("kind", ""))) in {"line", "reports_to"} for marks in edges)
    if lines and not graph.is_directed():
        raise InputError(
            "has reporting lines in an undirected graph; who reports to whom needs a directed one", path=path
        )
    return _table(path, pd.DataFrame(people)), _table(path, pd.DataFrame(edges, columns=_columns(edges)))


def _columns(edges: list[dict[str, str]]) -> list[str]:
    return list(dict.fromkeys(["source", "target", *(name for edge in edges for name in edge)]))


def _text(marks: dict[str, Any]) -> dict[str, str]:
    """Return the attributes of a node or an edge as text; what a drawing program adds is left aside."""
    return {
        str(name): str(mark)
        for name, mark in marks.items()
        if isinstance(mark, (str, int, float)) and name not in {"person_id", "source", "target"}
    }


def _table(path: Path, cells: pd.DataFrame) -> Table:
    return Table(path, cells.fillna("").astype(str), np.zeros(len(cells), np.int64), Layout("xml"))


def _parsed(content: bytes, path: Path) -> nx.Graph:
    import networkx as nx
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise InputError(
            "declares a document type or entities (<!DOCTYPE, <!ENTITY), which graphs do not need; remove that",
            path=path,
        ) from None
    except ParseError as error:
        line, column = error.position
        hint = "; it looks like GML" if content.lstrip()[:7].startswith(b"graph [") else ""
        raise InputError(f"is not XML: {error}{hint}", path=path, line=line, column=column + 1) from None
    kind = root.tag.rpartition("}")[2].lower()
    if kind not in {"graphml", "gexf"}:
        raise InputError(f"is XML of another kind (<{kind}>); GraphML or GEXF is expected", path=path)
    read = nx.read_graphml if kind == "graphml" else nx.read_gexf
    try:
        graph = read(io.BytesIO(content))
    except (nx.NetworkXError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"cannot be read as {kind}: {error}", path=path) from None
    if graph.number_of_edges() > _MOST_EDGES:
        raise InputError(f"has more than {_MOST_EDGES:,} ties", path=path)
    return graph


def read_edge_list(path: Path) -> tuple[Table, Table]:
    """Return the people and the ties of a list without a header: two ends, a weight, or time, ends and their status.

    Raises
    ------
    InputError
        If its rows are of another width.
    """
    import pandas as pd

    text = read_bytes(path).decode("utf-8", errors="replace")
    rows, lines = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = re.split(r"[\s,;]+", line.partition("#")[0].strip())
        if cells != [""]:
            rows.append(cells)
            lines.append(number)
    width = len(rows[0]) if rows else 0
    if width not in _EDGE_COLUMNS:
        raise InputError(
            f"has {width} columns; a list of ties has 2 (ends), 3 (and a weight) or 5 (time, ends, status of each end)",
            path=path,
            line=lines[0] if lines else 1,
        )
    ragged = next((line for row, line in zip(rows, lines, strict=True) if len(row) != width), None)
    if ragged is not None:
        raise InputError(f"has a row that is not of {width} columns, as the first is", path=path, line=ragged)
    edges = pd.DataFrame(rows, columns=list(_EDGE_COLUMNS[width]))
    halves = [edges[[end, f"{end}_status"]] if width == 5 else edges[[end]] for end in ("source", "target")]
    people = pd.concat([half.set_axis(["person_id", "role"][: half.shape[1]], axis="columns") for half in halves])
    layout = Layout("utf-8")
    people = people.drop_duplicates().reset_index(drop=True)
    met = edges.drop_duplicates(["source", "target"])
    return (
        Table(path, people, np.zeros(len(people), np.int64), layout),
        Table(path, met.reset_index(drop=True), np.array(lines)[met.index], layout),
    )
