"""``trustsim reproduce``: whether a study's runs still give the numbers that were kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["reproduce"]

_FAILED = 1


def reproduce(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a study.")],
    sample: Annotated[int, typer.Option(min=1, help="Runs to do again, chosen at random.")] = 20,
    everything: Annotated[bool, typer.Option("--all", help="Do all runs again.")] = False,
    seed: Annotated[int, typer.Option(help="Of the choice.")] = 0,
    point: Annotated[str | None, typer.Option(help="Only this point, by its id.")] = None,
    replicate: Annotated[int | None, typer.Option(help="Only this replicate.")] = None,
) -> None:
    """Run some of a study again, and say that every number is identical or name the first that is not."""
    from trustsim.studies.reproduce import reproduce as run_again

    check = run_again(folder, sample=None if everything else sample, seed=seed, point=point, replicate=replicate)
    for change in check.changed:
        typer.echo(f"note: {change}", err=True)
    if check.difference is not None:
        typer.echo(f"different: {check.difference}")
        raise typer.Exit(_FAILED)
    typer.echo(f"identical: {check.runs} run{'s' if check.runs > 1 else ''}, every number to the last bit")
    for error in check.errors:
        typer.echo(f"failed as before: {error}")
