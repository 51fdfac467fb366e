"""How far a study is and how fast it goes: a bar in a terminal, otherwise a line a minute."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from trustsim.studies.run import Progress

__all__ = ["tell_throughput"]


@contextmanager
def tell_throughput(*, every: float = 60.0) -> Iterator[Callable[[Progress], None]]:
    """Give a function to call with a study's progress.

    Parameters
    ----------
    every : float
        Seconds between two lines where there is no terminal.
    """
    if not sys.stderr.isatty():
        yield _Lines(every)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("runs"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda now: bar.update(task, total=now.planned, completed=now.done + now.failed, description=_pace(now))


class _Lines:
    """A line on stderr every so often."""

    def __init__(self, every: float) -> None:
        self._every, self._told = every, time.monotonic()

    def __call__(self, now: Progress) -> None:
        if time.monotonic() - self._told >= self._every:
            self._told = time.monotonic()
            typer.echo(f"{now.done + now.failed} of {now.planned} runs; {_pace(now)}", err=True)


def _pace(now: Progress) -> str:
    failed = f", {now.failed} failed" if now.failed else ""
    if not now.here:
        return f"starting{failed}"
    return f"{now.per_second:.0f} runs/s, about {_left(now.seconds_left)} to go{failed}"


def _left(seconds: float) -> str:
    if seconds < 90.0:
        return f"{seconds:.0f} s"
    return f"{seconds / 60.0:.0f} min" if seconds < 7200.0 else f"{seconds / 3600.0:.1f} h"
