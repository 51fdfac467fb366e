"""Run a comparison while saying how far it is: a bar in a terminal, otherwise a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from trustsim.comparison import Comparison
    from trustsim.studies import Recipe

__all__ = ["run_recipe", "tell_progress"]


def run_recipe(recipe: Recipe) -> Comparison:
    """Run a comparison, telling on stderr what takes long."""
    from trustsim.worlds.engine import is_compiling

    if recipe.engine == "worlds" and is_compiling():
        typer.echo("compiling, first run only ...", err=True)
    with tell_progress(recipe.replicates) as after_replicate:
        return recipe.run(after_replicate=after_replicate)


@contextmanager
def tell_progress(replicates: int, *, every: float = 60.0) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number of replicates done.

    Parameters
    ----------
    replicates : int
        In all.
    every : float
        Seconds between two lines where there is no terminal.
    """
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("replicates"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=replicates)
            yield lambda done: bar.update(task, completed=done)
    else:
        yield _Lines(replicates, every)


class _Lines:
    """A line on stderr every so often."""

    def __init__(self, replicates: int, every: float) -> None:
        self._replicates, self._every = replicates, every
        self._first_done = self._told = 0.0

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if done == 1:  # it may have compiled, so it says nothing about the others
            self._first_done = self._told = now
        elif now - self._told >= self._every:
            self._told = now
            left = (now - self._first_done) / (done - 1) * (self._replicates - done)
            typer.echo(f"{done} of {self._replicates} replicates; about {left:.0f} s to go", err=True)
