"""Which of the two a folder is, a run or a study, and the report of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from trustsim.errors import InputError
from trustsim.report.blocks import Report
from trustsim.report.page import html
from trustsim.studies.durable import read_json

__all__ = ["render", "report_of"]

_MANIFEST: Final = "manifest.json"
_WANTED: Final = (
    "a report is made of a run folder (trustsim run SCENARIO --out DIR: manifest.json, weekly.parquet, summary.csv) or "
    "a study folder (trustsim sweep STUDY --out DIR: manifest.json, study.yaml, design.parquet, runs)"
)
_SHOWN: Final = 6


def render(folder: str | Path) -> str:
    """Return the report of a run folder or a study folder, one HTML document.

    A study that was not analyzed yet is; if some of its replicates are complete, the report is of those.

    Raises
    ------
    InputError
        If it is neither, or its files do not belong together.
    """
    return html(report_of(Path(folder)))


def report_of(folder: Path) -> Report:
    """Return what the report of a folder says.

    Raises
    ------
    InputError
        As `render`.
    """
    if _manifest(folder).get("kind") == "study":
        from trustsim.report.study import study_report

        return study_report(folder)
    from trustsim.report.run import run_report

    return run_report(folder)


def _manifest(folder: Path) -> dict[str, Any]:
    if not folder.exists():
        raise InputError(f"there is no such folder; {_WANTED}{_nearest(folder)}", path=folder)
    if not folder.is_dir():
        inside = (folder.parent / _MANIFEST).is_file()
        hint = f"; give the folder that it is in, {folder.parent}" if inside else ""
        raise InputError(f"is a file; {_WANTED}{hint}", path=folder)
    if not (folder / _MANIFEST).is_file():
        raise InputError(f"has no {_MANIFEST}, {_found(folder)}; {_WANTED}{_nearest(folder)}", path=folder)
    return read_json(folder / _MANIFEST)


def _found(folder: Path) -> str:
    names = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    if not names:
        return "it is empty"
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"it has {', '.join(names[:_SHOWN])}{more}"


def _nearest(folder: Path) -> str:
    """Return the folders with a manifest that may have been meant: inside it, beside it, or above it."""
    from difflib import get_close_matches

    if folder.is_dir():
        near = sorted(path.parent for path in folder.glob(f"*/{_MANIFEST}"))
        near += [parent for parent in (folder.parent,) if (parent / _MANIFEST).is_file()]
    elif folder.parent.is_dir():
        beside = {path.parent.name: path.parent for path in folder.parent.glob(f"*/{_MANIFEST}")}
        near = [beside[name] for name in get_close_matches(folder.name, beside, n=1, cutoff=0.5)]
    else:
        near = []
    return f"; did you mean {str(near[0])!r}?" if near else ""
