"""Say how far a comparison, or other work, is: a bar in a terminal, otherwise a line a minute."""

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
def tell_progress(planned: int, what: str = "replicates", *, every: float = 60.0) -> Iterator[Callable[[int], None]]:
    """Give a function to call with the number of replicates, or of something else, that are done.

    Parameters
    ----------
    planned : int
        In all.
    what : str
        What they are called.
    every : float
        Seconds between two lines where there is no terminal.
    """
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=planned)
            yield lambda done: bar.update(task, completed=done)
    else:
        yield _Lines(planned, what, every)


class _Lines:
    """A line on stderr every so often."""

    def __init__(self, planned: int, what: str, every: float) -> None:
        self._planned, self._what, self._every = planned, what, every
        self._first: int | None = None
        self._started = self._told = 0.0

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if self._first is None:  # what is done by then may have compiled, or was kept: it says nothing about the rest
            self._first, self._started, self._told = done, now, now
        elif now - self._told >= self._every and done > self._first:
            self._told = now
            left = (now - self._started) / (done - self._first) * (self._planned - done)
            typer.echo(f"{done} of {self._planned} {self._what}; about {left:.0f} s to go", err=True)
