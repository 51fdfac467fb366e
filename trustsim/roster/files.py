"""Which files a hospital is read from, and their bytes: ordinary files of a sensible size, and no others.

Nothing is read before it is known to be an ordinary file, and never more than the limit, so that an endless device or
a file of 2 GB costs nothing. Names are fixed; no file says where another one is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trustsim.errors import InputError

__all__ = ["LARGEST", "Sources", "find_sources", "read_bytes"]

LARGEST: Final = 64_000_000
"""Most bytes that a file may have; 20,000 people take about 3 million."""

_TABLES: Final = (".csv", ".tsv", ".txt")
_GRAPHS: Final = (".graphml", ".gexf", ".xml")
_EDGES: Final = (".edgelist", ".edges", ".dat")
_MAPPING: Final = "mapping.yaml"
_BINARY: Final = {
    b"PK\x03\x04": "a spreadsheet or zip archive; save the sheet as CSV UTF-8",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet or Visio drawing; save or export it as CSV",
    b"%PDF": "a PDF; ask for the table that it was made from, as CSV",
    b"\x1f\x8b": "compressed; unpack it first",
    b"SQLite": "a database; export the table of people as CSV",
}


@dataclass(frozen=True)
class Sources:
    """Files of one hospital.

    Attributes
    ----------
    people, edges, units, graph, mapping, climate, measures : Path or None
        Tables of people, ties and units; a graph instead of tables; what the reader has to be told; what places add
        to feelings (`trustsim.roster.climate`); what surveys found (`trustsim.survey`).
    unread : tuple of Path
        Other files in the folder.
    """

    people: Path | None = None
    edges: Path | None = None
    units: Path | None = None
    graph: Path | None = None
    mapping: Path | None = None
    climate: Path | None = None
    measures: Path | None = None
    unread: tuple[Path, ...] = ()

    @property
    def main(self) -> Path:
        """The file that says who is there."""
        return next(path for path in (self.people, self.graph, self.edges) if path is not None)


def find_sources(path: str | Path) -> Sources:
    """Return the files of a hospital.

    Parameters
    ----------
    path : str or Path
        A folder with ``people.csv`` (and ``edges.csv``, ``units.csv``, ``mapping.yaml``), with one table, or with one
        graph; or such a file.

    Raises
    ------
    InputError
        If there is nothing of the kind.
    """
    path = Path(path)
    if path.is_dir():
        return _in_folder(path)
    if not path.exists():
        raise InputError("no such file or folder", path=path)
    suffix = path.suffix.lower()
    if suffix in _GRAPHS:
        return Sources(graph=path)
    if suffix in _EDGES:
        return Sources(edges=path)
    if suffix in _TABLES:
        return Sources(people=path)
    start = read_bytes(path)[:200].lstrip()
    if start.startswith((b"graph [", b"Creator", b"*Vertices", b"*vertices")):
        raise InputError("looks like GML or Pajek; save it as GraphML or GEXF", path=path)
    raise InputError(
        f"is called {suffix or 'nothing'}; tables are called .csv, .tsv or .txt, graphs .graphml or .gexf, "
        f"lists of ties .edgelist",
        path=path,
    )


def _in_folder(folder: Path) -> Sources:
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    named = {path.name.lower(): path for path in inside}
    for path in inside:
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise InputError("is a link that leads out of the folder; copy the file into it", path=path)
    known = {"edges": named.get("edges.csv"), "units": named.get("units.csv"), "mapping": named.get(_MAPPING)}
    known |= {"climate": named.get("climate.csv"), "measures": named.get("measures.csv")}
    rest = [path for path in inside if path not in known.values()]
    people = named.get("people.csv") or _only(rest, _TABLES, folder)
    graph = None if people else _only(rest, _GRAPHS, folder)
    if people is None and graph is None and known["edges"] is None:
        found = ", ".join(path.name for path in inside[:8]) or "nothing"
        raise InputError(f"holds no people.csv and no other table or graph; there is {found}", path=folder)
    unread = tuple(path for path in rest if path not in (people, graph))
    return Sources(people=people, graph=graph, unread=unread, **known)


def _only(paths: list[Path], suffixes: tuple[str, ...], folder: Path) -> Path | None:
    """Return the only file of a sort."""
    fitting = [path for path in paths if path.suffix.lower() in suffixes]
    if len(fitting) > 1:
        names = ", ".join(path.name for path in fitting)
        raise InputError(f"holds several tables ({names}); call the one of people people.csv", path=folder)
    return fitting[0] if fitting else None


def read_bytes(path: Path) -> bytes:
    """Return what is in an ordinary file, if it is not too large.

    Raises
    ------
    InputError
    """
    try:
        if not path.is_file():
            raise InputError("no such file" if not path.exists() else "is no ordinary file", path=path)
        if (size := path.stat().st_size) > LARGEST:
            raise InputError(f"has {size:,} bytes; a roster may have {LARGEST:,}", path=path)
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    if len(content) > LARGEST:
        raise InputError(f"goes on after {LARGEST:,} bytes, the most that a roster may have", path=path)
    if not content.strip():
        raise InputError("is empty", path=path)
    for start, what in _BINARY.items():
        if content.startswith(start):
            raise InputError(f"is {what}", path=path)
    return content
