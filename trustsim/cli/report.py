"""``trustsim report``: a run or a study as one file for people who will never see the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["report"]


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a run or of a study.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="HTML file; DIR/report.html unless given.")
    ] = None,
) -> None:
    """Write a report: one HTML file that needs no network, for a screen, a phone and paper.

    It says what was asked and answered, what drives the answer, when it backfires, what it costs, on what assumptions
    it rests, and how to get the same numbers again. A study that was not analyzed yet is. An older report is replaced;
    any other file is left alone.
    """
    from trustsim.report import write_report

    written = write_report(folder, out)
    typer.echo(f"Report: {written} ({written.stat().st_size / 1000:.0f} kB)")
