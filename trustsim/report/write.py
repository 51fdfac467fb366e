"""A report in its place on disk: whole or not at all, and never in the place of somebody else's file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from trustsim.errors import InputError
from trustsim.report.folder import render
from trustsim.report.page import MARK
from trustsim.studies.durable import write_text

__all__ = ["write_report"]

_TOP: Final = 2000
"""Letters of a file among which the mark of a report stands."""


def write_report(folder: str | Path, path: str | Path | None = None) -> Path:
    """Write the report of a run or a study.

    Parameters
    ----------
    folder : str or Path
        Of the run or the study.
    path : str or Path, optional
        Of the file; ``report.html`` in the folder unless given. An older report is replaced, anything else is not.

    Returns
    -------
    Path

    Raises
    ------
    InputError
        If the folder is of neither, or the file is no report.
    WorkError
        If it cannot be written.
    """
    target = Path(folder) / "report.html" if path is None else Path(path)
    _refuse_to_replace(target)  # before any work is done
    text = render(folder)
    _refuse_to_replace(target)
    write_text(target, text)
    return target


def _refuse_to_replace(path: Path) -> None:
    if path.is_dir():
        raise InputError("is a folder; name a file, such as report.html in it", path=path)
    if path.exists():
        with path.open(encoding="utf-8", errors="replace") as file:
            if MARK not in file.read(_TOP):
                raise InputError("is there already and is no report of trustsim; name another file", path=path)
