"""``trustsim sweep``: run a study, or what is missing of it."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trustsim.studies import Study

__all__ = ["duration", "sweep"]

_FAILED = 1


def sweep(
    study: Annotated[str, typer.Argument(help="A study file, such as experiments/sobol_listening_tour.yaml.")],
    out: Annotated[Path | None, typer.Option(help="Folder of the study; results/NAME unless given.")] = None,
    workers: Annotated[int | None, typer.Option(help="Workers; one for each core unless given.")] = None,
    executor: Annotated[str, typer.Option(help="threads, dask, or dask=ADDRESS of a scheduler.")] = "threads",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would cost, and run nothing but a pilot.")
    ] = False,
) -> None:
    """Run a study: every point of its design, in as many replicates as it asks for.

    Ctrl-C pauses it, and whatever else stops it costs seconds of work: the same command continues where it stood.
    """
    from trustsim.cli.throughput import tell_throughput
    from trustsim.studies import load_study
    from trustsim.studies.executors import check_executor

    check_executor(executor)
    loaded = load_study(study)
    folder = out or Path("results") / loaded.name
    _tell_plan(loaded, folder, workers)
    if dry_run:
        return
    # Schedulers of clusters end a job with SIGTERM; it pauses a study as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with tell_throughput() as after:
            results = loaded.run(folder, executor=executor, workers=workers, after=after)
    except KeyboardInterrupt:
        typer.echo(f"paused; what was done is in {folder}. The same command continues.", err=True)
        raise
    for notice in results.notices:
        typer.echo(f"note: {notice}", err=True)
    counts = results.counts
    typer.echo(f"{counts['done']} of {counts['planned']} runs done: {folder}. Next: trustsim analyze {folder}")
    if counts["failed"]:
        typer.echo(
            f"{counts['failed']} runs failed; {folder / 'failures.parquet'} says why. The same command tries them "
            "again; an analysis leaves out the rows that they touch.",
            err=True,
        )
        raise typer.Exit(_FAILED)


def _tell_plan(study: Study, folder: Path, workers: int | None) -> None:
    """Say before anything is run what it will cost, and which factors do nothing."""
    from trustsim._jit import is_compiling
    from trustsim.simulation import cores

    if is_compiling():
        typer.echo("compiling, first run only ...", err=True)
    pilot = study.pilot()
    at_once = workers or cores()
    typer.echo(
        f"{study.name}: {pilot.points} points x {study.replicates} replicates = {pilot.runs} runs "
        f"({pilot.worlds} worlds, baselines among them); about {duration(pilot.minutes(at_once))} on {at_once} "
        f"worker{'s' if at_once > 1 else ''}, {pilot.bytes_on_disk / 1e6:.1f} MB in {folder}",
        err=True,
    )
    unmoved = [name for name in pilot.inert if name not in study.inert]
    for names, why in (
        (study.inert, "the scenario has no such intervention"),
        (unmoved, "in a pilot no measure moved"),
    ):
        if names:
            typer.echo(f"warning: without effect here, since {why}: {', '.join(names)}", err=True)
    for reason in pilot.failed:
        typer.echo(f"warning: a run of the pilot failed: {reason}", err=True)


def duration(minutes: float) -> str:
    """Return a time in words."""
    if minutes < 1.0:
        return f"{60.0 * minutes:.0f} s"
    return f"{minutes:.0f} min" if minutes < 120.0 else f"{minutes / 60.0:.1f} h"
