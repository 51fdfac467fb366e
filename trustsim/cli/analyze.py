"""``trustsim analyze``: what a study found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["analyze"]

_FAILED = 1


def analyze(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a study.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Say in plain words what a study found; tables and figures (SVG and PNG) go to DIR/analysis.

    Of a study that is not complete, the replicates that are complete count.
    """
    from trustsim.cli.output import print_json
    from trustsim.studies import read_results
    from trustsim.studies.analyze import analyze_study, write_analysis

    found = analyze_study(read_results(folder))
    written = write_analysis(found)
    if as_json:
        print_json(found.document())
    else:
        typer.echo(f"{found.text()}\nTables and figures: {written}")
    if any(of.problem for of in found.measures):
        raise typer.Exit(_FAILED)
