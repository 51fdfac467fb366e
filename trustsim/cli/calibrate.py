"""``trustsim calibrate``: which values of the free parameters the targets leave plausible."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from trustsim.evidence.calibration import Outcome

__all__ = ["calibrate"]


def calibrate(
    out: Annotated[Path, typer.Option(help="Folder of the calibration.")] = Path("results/calibration"),
    trials: Annotated[int, typer.Option(help="Vectors of parameters to search, 64 at a time.")] = 2048,
    seeds: Annotated[int, typer.Option(help="Hospitals, each with its luck, of every trial.")] = 12,
    fresh: Annotated[int, typer.Option(help="Others, on which the best trials are run again.")] = 32,
    workers: Annotated[int | None, typer.Option(help="Workers; one for each core unless given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Find values of the free parameters with which the model meets its calibration targets.

    What comes out is a set of plausible vectors, for scenarios and studies: parameters: {from: FILE}. Targets that are
    held out have no part in it; trustsim validate holds the model against those.

    Ctrl-C pauses it: the same command continues where it stood, and a larger --trials goes on from where it ended.
    """
    from trustsim._jit import is_compiling
    from trustsim.cli.output import print_json
    from trustsim.cli.progress import tell_progress
    from trustsim.evidence.calibration import Plan
    from trustsim.evidence.calibration import calibrate as run

    plan = Plan(trials, seeds, fresh)
    if is_compiling():
        typer.echo("compiling, first run only ...", err=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # schedulers of clusters end a job with it
    try:
        with tell_progress(plan.runs, what="runs") as after:
            outcome = run(out, plan, workers=workers, after=after)
    except KeyboardInterrupt:
        typer.echo(f"paused; what was done is in {out}. The same command continues.", err=True)
        raise
    if as_json:
        print_json(_document(outcome))
    else:
        _print(outcome)


def _document(outcome: Outcome) -> dict[str, Any]:
    return {
        "path": str(outcome.path),
        "trials": outcome.trials,
        "not_implausible": outcome.not_implausible,
        "tried_again": outcome.tried_again,
        "passed": outcome.passed,
        "plausible": len(outcome.parameter_set.plausible),
        "reference": outcome.parameter_set.reference,
        "targets": [
            {
                "name": row.aim.name,
                "published": row.aim.published,
                "low": row.aim.low,
                "high": row.aim.high,
                "before": row.before,
                "before_se": row.before_se,
                "after": row.after,
                "after_se": row.after_se,
            }
            for row in outcome.rows
        ],
    }


def _print(outcome: Outcome) -> None:
    from trustsim.cli.output import print_table, print_text

    numbers = ("published", "from", "to", "before", "after", "+- se")
    rows = [
        {
            "target": row.aim.name,
            "published": "" if row.aim.published is None else f"{row.aim.published:.3g}",
            "from": f"{row.aim.low:.3g}",
            "to": f"{row.aim.high:.3g}",
            "before": f"{row.before:.3g}{' ' if row.aim.low <= row.before <= row.aim.high else '!'}",
            "after": f"{row.after:.3g}",
            "+- se": f"{row.after_se:.2g}",
        }
        for row in outcome.rows
    ]
    print_table(rows, ("target", *numbers), right=numbers)
    print_text(
        "",
        "Before: the values that the search starts from (! is outside). After: the reference vector. Both in "
        "hospitals and with luck that the search had not seen.",
        "",
        f"Of {outcome.trials} vectors {outcome.not_implausible} are not implausible; {outcome.tried_again} of them, "
        f"far from one another, were run again, and {outcome.passed} meet all targets. "
        f"{len(outcome.parameter_set.plausible)} of those are the plausible set.",
        "",
        f"The set: {outcome.path}. To use it in a scenario or a study: parameters: {{from: {outcome.path}}}",
    )
