"""Write an organization for people and their tools: a folder of tables, GraphML, or a picture.

A folder or a GraphML file that is read again gives the same organization: people, lines, units and kinds of ties.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from trustsim.errors import InputError, WorkError
from trustsim.organization import Organization, to_graph
from trustsim.organization.roles import ROLES, TIE_KINDS, tie_code
from trustsim.roster.climate import write_climate
from trustsim.roster.privacy import guarded

__all__ = ["write_organization"]

_GUIDE = "# All ties are in edges.csv; nothing is to be made.\ngenerate: []\n"


def write_organization(organization: Organization, path: str | Path) -> Path:
    """Write an organization.

    Parameters
    ----------
    organization : Organization
        Labels are written as they are: pseudonyms, where a roster was read.
    path : str or Path
        ``.graphml`` or ``.svg`` file, else a folder, which must be new or empty.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If the folder holds something, or the suffix is another.
    WorkError
        If it cannot be written.
    """
    path = Path(path)
    try:
        if path.suffix == ".graphml":
            _write_graphml(organization, path)
        elif path.suffix == ".svg":
            from trustsim.roster.picture import draw

            path.write_text(draw(organization), encoding="utf-8")
        elif path.suffix:
            raise InputError(f"is called {path.suffix}; write a .svg picture, a .graphml file or a folder", path=path)
        else:
            _write_folder(organization, path)
    except OSError as error:
        raise WorkError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def _write_graphml(organization: Organization, path: Path) -> None:
    import networkx as nx

    nx.write_graphml(to_graph(organization), path, infer_numeric_types=True)


def _write_folder(organization: Organization, folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError("is there already; name a new folder", path=folder)
    folder.mkdir(parents=True, exist_ok=True)
    labels, units = organization.labels, (*organization.unit_names, "")
    places = zip(organization.role.tolist(), organization.unit.tolist(), organization.leader.tolist(), strict=True)
    _write_table(
        folder / "people.csv",
        ("number", "person_id", "manager_id", "unit_id", "role"),
        (
            (number, labels[number], labels[leader] if leader >= 0 else "", units[unit], ROLES[role])
            for number, (role, unit, leader) in enumerate(places)
        ),
    )
    others = organization.kind != tie_code("line")
    ends = (getattr(organization, name)[others].tolist() for name in ("truster", "trustee", "kind"))
    _write_table(
        folder / "edges.csv",
        ("source", "target", "layer"),
        ((labels[one], labels[other], TIE_KINDS[kind]) for one, other, kind in zip(*ends, strict=True)),
    )
    _write_table(folder / "units.csv", ("unit_id", "name"), ((unit, unit) for unit in organization.unit_names))
    write_climate(organization, folder / "climate.csv")
    (folder / "mapping.yaml").write_text(_GUIDE, encoding="utf-8")


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
