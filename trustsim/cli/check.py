"""``trustsim check``: whether files of scenarios and studies can be run."""

from __future__ import annotations

from typing import Annotated

import typer

from trustsim.errors import InputError

__all__ = ["check"]

_WRONG_INPUT = 2


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files of scenarios or studies, or names.")],
) -> None:
    """Say of files that they are ok, or all that is wrong.

    The baseline that a scenario names and the hospital in which it happens are checked too, and of a study the scenario
    and the factors that it names.
    """
    wrong = 0
    for file in files:
        try:
            _check_one(file)
        except InputError as error:
            wrong += 1
            typer.echo(str(error), err=True)
        else:
            typer.echo(f"{file}: ok")
    if wrong:
        raise typer.Exit(_WRONG_INPUT)


def _check_one(file: str) -> None:
    from trustsim.cli.worlds import two_worlds
    from trustsim.simulation import open_hospital
    from trustsim.studies import is_study, load_study

    if is_study(file):
        load_study(file)
        return
    for world in two_worlds(file):
        world.plan(open_hospital(world, seed=0).organization)
