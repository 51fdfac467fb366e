"""``trustsim demo``: a first answer, for somebody who has never seen the program."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from trustsim.studies import Recipe

__all__ = ["demo"]

_SCENARIO: Final = "listening_tour"
_REPLICATES: Final = 10  # enough for intervals, few enough to wait for
_FOLDER: Final = Path("runs/demo")


def demo() -> None:
    """Send executives on a listening tour, and see what it changes.

    Two hospitals of 313 people run side by side for two years, with the same staff and the same luck; in one of them
    executives visit the units. The run is kept in runs/demo.
    """
    from trustsim.cli.answer import print_answer
    from trustsim.cli.output import print_text
    from trustsim.cli.progress import run_recipe
    from trustsim.cli.worlds import two_worlds
    from trustsim.studies import Recipe, write_run

    started = datetime.now(UTC)
    recipe = Recipe(*two_worlds(_SCENARIO), replicates=_REPLICATES)
    folder = _free_folder(recipe)
    tour = recipe.scenario.interventions[0]
    print_text(
        "Two hospitals run side by side, with the same people and the same luck. In one of them, from week "
        f"{tour.start} on, executives visit the units, listen, and see to most of what they hear.",
        "",
    )
    comparison = run_recipe(recipe)
    print_answer(comparison)
    write_run(folder, recipe, comparison, command=["trustsim", *sys.argv[1:]], started=started)
    typer.echo(f"\nRun folder: {folder}")
    print_text(
        "",
        "This is what follows from published findings and stated assumptions. It is not a forecast for any hospital.",
        "",
    )
    typer.echo("Next, try:")
    typer.echo("  trustsim show listening_tour      what is in it, and where that comes from")
    typer.echo("  trustsim list scenarios           what else there is")
    typer.echo("  trustsim run listening_tour --set listening_tour.follow_through=0")
    typer.echo("                                    the same visits, and nothing follows")


def _free_folder(recipe: Recipe) -> Path:
    """Return the folder of the demo, or one beside it if that holds something else, such as another version's demo."""
    from trustsim.errors import InputError
    from trustsim.studies import claim

    beside = _FOLDER.with_name(f"{_FOLDER.name}-{recipe.digest[:8]}")
    for folder in (_FOLDER, beside):
        try:
            claim(folder, recipe)
        except InputError:
            if folder is beside:
                raise
        else:
            break
    return folder
