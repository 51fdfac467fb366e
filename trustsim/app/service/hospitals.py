"""Real hospitals: those that the operator gave at the start, for all, and those that a visitor uploads, for that visit.

An upload is read by `trustsim.roster` under names of ours: what a visitor's file is called decides what it is read as
and nothing else. It is kept in memory, by whoever holds the `Reading`, and nowhere else.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, Literal

from trustsim.app.limits import MOST_UPLOADED
from trustsim.app.service.reading import inspect_files, inspect_path
from trustsim.app.service.stopped import Stopped
from trustsim.app.state import Hospital
from trustsim.errors import InputError, WorkError

__all__ = ["ROLES_OF_FILES", "Reader", "Reading", "give", "given", "names_of_ours"]

_log: Final = logging.getLogger(__name__)

ROLES_OF_FILES: Final = ("people.csv", "edges.csv", "units.csv", "measures.csv", "mapping.yaml", "climate.csv")
"""Files of a hospital that are known by their names."""
_BY_SUFFIX: Final = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), "people.csv"),
    **dict.fromkeys((".graphml", ".xml"), "hospital.graphml"),
    ".gexf": "hospital.gexf",
    **dict.fromkeys((".edgelist", ".edges", ".dat"), "ties.edgelist"),
}
_INSTEAD: Final = {
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".numbers"), "a spreadsheet: save the sheet of people as CSV UTF-8"),
    **dict.fromkeys((".zip", ".gz", ".tar", ".7z"), "an archive: unpack it, and choose the files in it together"),
    ".yml": "called .yml: call it mapping.yaml",
}
_given: list[Hospital] = []


def give(paths: Sequence[Path]) -> None:
    """Read the hospitals of ``trustsim app --org``, which all visitors find by the names of their folders or files.

    Raises
    ------
    InputError
        If one cannot be used, or two have one name.
    """
    hospitals: dict[str, Hospital] = {}
    for path in paths:
        name = path.resolve().name
        if name in hospitals:
            raise InputError(
                f"another hospital is called {name}, too; rename one, since visitors see the name", path=path
            )
        organization, account = inspect_path(path)
        if organization is None:
            raise InputError(
                "\n".join(["cannot be used", *account["problems"]["errors"], f"trustsim org check {path} says more"]),
                path=path,
            )
        hospitals[name] = Hospital(name, name, False, organization.digest, organization, account["survey"] is not None)
    _given[:] = hospitals.values()


def given() -> tuple[Hospital, ...]:
    """Return the hospitals that the operator gave."""
    return tuple(_given)


def names_of_ours(names: Iterable[str]) -> dict[str, str]:
    """Return under which name each file of a visitor is read.

    Raises
    ------
    InputError
        If one is nothing that can be read, or two are the same.
    """
    ours: dict[str, str] = {}
    for name in names:
        plain = PurePosixPath(name.replace("\\", "/").casefold()).name
        suffix = PurePosixPath(plain).suffix
        kind = plain if plain in ROLES_OF_FILES else _BY_SUFFIX.get(suffix)
        if kind is None:
            what = _INSTEAD.get(
                suffix, "no table (.csv, .tsv, .txt), graph (.graphml, .gexf) or list of ties (.edgelist)"
            )
            raise InputError(f"{name} is {what}")
        if kind in ours.values():
            other = next(known for known, each in ours.items() if each == kind)
            raise InputError(f"{other} and {name} would both be read as {kind}; a hospital has one. {_NAMES}")
        ours[name] = kind
    return ours


@dataclass(frozen=True)
class Reading:
    """How far the reading of an upload is.

    Attributes
    ----------
    stage : {"none", "reading", "read", "refused"}
    account : dict
        As `trustsim.app.service.reading.inspect_path`; empty while there is none.
    error : str
        Why it could not be read at all.
    hospital : Hospital, optional
        What came of it, if it can be used.
    """

    stage: Literal["none", "reading", "read", "refused"] = "none"
    account: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    hospital: Hospital | None = None


class Reader:
    """One visitor's place where uploads are read: one at a time, a new one in place of the last."""

    def __init__(self) -> None:
        self._newest: object = None

    def start(self, files: Mapping[str, bytes], tell: Callable[[Reading], None]) -> None:
        """Read files in a thread of its own.

        Parameters
        ----------
        files : mapping of str to bytes
            By the visitor's names.
        tell : callable
            Called with each `Reading`, from that thread too; not with what is not wanted any more.
        """
        ticket = self._newest = object()
        tell(Reading("reading"))
        threading.Thread(target=self._run, args=(files, tell, ticket), name="reading", daemon=True).start()

    def stop(self) -> None:
        """Stop what is read, at once."""
        self._newest = None

    def _run(self, files: Mapping[str, bytes], tell: Callable[[Reading], None], ticket: object) -> None:
        def check() -> None:
            if self._newest is not ticket:
                raise Stopped

        try:
            reading = _read(files, check)
        except Stopped:
            return
        except InputError as error:
            reading = Reading("refused", error=str(error))
        except (WorkError, OSError, MemoryError) as error:
            _log.error("reading an upload broke: %s", error)
            reading = Reading("refused", error="that is a mistake of ours; its trace is on the app's console")
        if self._newest is ticket:
            tell(reading)


def _read(files: Mapping[str, bytes], check: Callable[[], None]) -> Reading:
    ours, size = names_of_ours(files), sum(map(len, files.values()))
    if not 0 < size <= MOST_UPLOADED:
        raise InputError(f"the files have {size:,} bytes; the app takes 1 to {MOST_UPLOADED:,}")
    organization, account = inspect_files({ours[name]: content for name, content in files.items()}, check)
    account["read as"] = {name: kind for name, kind in ours.items() if name != kind}
    if organization is None:
        return Reading("read", account)
    name = f"Yours, of {organization.n:,} people"
    source = "YOUR_FILE" if len(files) == 1 else "YOUR_FOLDER"
    has_survey = account["survey"] is not None
    return Reading(
        "read", account, hospital=Hospital(name, source, True, organization.digest, organization, has_survey)
    )


_NAMES: Final = f"Call the files {', '.join(ROLES_OF_FILES[:-2])} or {ROLES_OF_FILES[-2]}"
