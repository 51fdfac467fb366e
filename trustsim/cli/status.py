"""``trustsim status``: how far a study is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["status"]


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a study.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Say how far a study is: runs done, missing and failed, in all and by the level of every factor.

    It only reads, so it may be asked while the study runs.
    """
    from trustsim.cli.output import print_json, print_table, print_text
    from trustsim.studies.status import status_of

    found = status_of(folder)
    levels = [{**asdict(level), "missing": level.missing} for level in found.levels]
    if as_json:
        print_json({**asdict(found), "missing": found.missing, "levels": levels})
        return
    print_text(
        f"{found.study} ({found.state}): {found.done} of {found.planned} runs done, {found.missing} missing, "
        f"{found.failed} failed; {found.points} points x {found.replicates} replicates.",
        "",
    )
    numbers = ("planned", "done", "missing", "failed")
    print_table(levels, ("factor", "level", *numbers), right=numbers)
    for reason, n in found.errors.items():
        print_text(f"{n} failed: {reason}")
