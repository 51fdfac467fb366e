"""The one-file report of a run, as `trustsim run --out` and `trustsim report` make it."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from trustsim.app.state import RunSpec, as_command
from trustsim.comparison import Comparison
from trustsim.report import render
from trustsim.studies import Recipe, write_run

__all__ = ["report_of"]

_FOLDER: Final = "trustsim-report-"


def report_of(spec: RunSpec, title: str, *, executor: Executor, after_replicate: Callable[[int], None]) -> str:
    """Run a spec again and return its report, one HTML document.

    Parameters
    ----------
    spec : RunSpec
    title : str
        What the visitor calls the scenario: its own title may promise what is no longer in it.
    executor : concurrent.futures.Executor
        Where replicates run, and where the report is written.
    after_replicate : callable
        Called from this thread with the number of replicates done; what it raises ends the work.
    """
    started, recipe = datetime.now(UTC), spec.recipe()
    recipe = replace(recipe, scenario=recipe.scenario.model_copy(update={"title": title}))
    comparison = recipe.run(executor=executor, after_replicate=after_replicate)
    return executor.submit(_written, spec, recipe, comparison, started).result()


def _written(spec: RunSpec, recipe: Recipe, comparison: Comparison, started: datetime) -> str:
    with TemporaryDirectory(prefix=_FOLDER) as folder:
        run = Path(folder) / "run"
        write_run(run, recipe, comparison, command=shlex.split(as_command(spec)), started=started)
        return render(run)
