"""``trustsim plan``: how many replicates a study needs, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trustsim.errors import InputError

if TYPE_CHECKING:
    from trustsim.studies import Study
    from trustsim.studies.planner import Goal, StudyPlan

__all__ = ["plan"]


def plan(
    study: Annotated[str, typer.Argument(help="A study file, such as experiments/timing_cliff.yaml.")],
    widths: Annotated[
        list[str] | None,
        typer.Option(
            "--width",
            metavar="[MEASURE=]NUMBER",
            help="How wide the 95 % interval of a point's mean may be, from end to end; of all measures or of one.",
        ),
    ] = None,
    effects: Annotated[
        list[str] | None,
        typer.Option(
            "--effect", metavar="[MEASURE=]NUMBER", help="The smallest difference that is to be found; of all or one."
        ),
    ] = None,
    power: Annotated[float, typer.Option(help="Chance of finding that difference.")] = 0.95,
    alpha: Annotated[float, typer.Option(help="Chance of finding one where there is none.")] = 0.01,
    pilot: Annotated[int, typer.Option(help="Replicates of the pilot, of up to 16 points.")] = 10,
    workers: Annotated[int | None, typer.Option(help="Workers; one for each core unless given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Say how many replicates a study needs, from a pilot: for intervals of a width, or to find an effect.

    Without --width and --effect it says how well each measure is known with the replicates that the study has.
    """
    from trustsim.cli.output import print_json
    from trustsim.simulation import cores
    from trustsim.studies import load_study
    from trustsim.studies.planner import plan_replicates

    loaded = load_study(study)
    found = plan_replicates(loaded, _goals(loaded, widths, effects), pilot=pilot, power=power, alpha=alpha)
    if as_json:
        print_json(_document(loaded, found, workers or cores()))
    else:
        _print(loaded, found, workers or cores())


def _goals(study: Study, widths: Iterable[str] | None, effects: Iterable[str] | None) -> dict[str, Goal]:
    from trustsim.studies.planner import Goal

    of_width, of_effect = _numbers("--width", widths, study), _numbers("--effect", effects, study)
    return {name: Goal(of_width.get(name), of_effect.get(name)) for name in [*of_width, *of_effect]}


def _numbers(option: str, given: Iterable[str] | None, study: Study) -> dict[str, float]:
    """Return what ``MEASURE=NUMBER`` or a number for all measures says, by measure; one of its own goes first."""
    of_all, of_one = {}, {}
    for text in given or ():
        name, _, number = text.rpartition("=")
        try:
            value = float(number)
        except ValueError:
            raise InputError(f"{option} {text}: write a number, or MEASURE=NUMBER such as cost=5") from None
        if name:
            of_one[name] = value
        else:
            of_all = dict.fromkeys(study.measures, value)
    return of_all | of_one


def _document(study: Study, found: StudyPlan, workers: int) -> dict[str, Any]:
    return {
        "study": study.name,
        "pilot": {"points": found.pilot_points, "replicates": found.pilot_replicates},
        "measures": [asdict(measure) for measure in found.measures],
        "replicates": {"now": study.replicates, "needed": found.replicates},
        "points": found.size.points,
        "runs": found.size.runs,
        "workers": workers,
        "minutes": found.minutes(workers),
        "bytes_on_disk": found.size.bytes_on_disk,
    }


def _print(study: Study, found: StudyPlan, workers: int) -> None:
    from trustsim.cli.output import print_table, print_text
    from trustsim.cli.sweep import duration

    print_text(
        f"{study.name}: a pilot of {found.pilot_points} of {found.size.points} points, {found.pilot_replicates} "
        f"replicates each; {'levels' if study.baseline is None else f'differences from {study.baseline.name}'}. "
        f"Spread is the standard deviation over replicates where it is largest; width that of the 95 % interval there "
        f"with the {study.replicates} replicates that the study has.",
        "",
    )
    rows = [{**asdict(measure), "needed": measure.replicates} for measure in found.measures]
    is_asked = any(row["needed"] is not None for row in rows)
    columns = ("measure", "unit", "spread", "width", *(("needed", "for") if is_asked else ()))
    for row in rows:
        row |= {"spread": f"{row['spread']:.3g}", "width": f"{row['width']:.3g}", "for": row["reason"]}
    print_table(rows, columns, right=("spread", "width", "needed"))
    print_text(
        "",
        f"{found.replicates} replicates of {found.size.points} points: {found.size.runs} runs, about "
        f"{duration(found.minutes(workers))} on {workers} worker{'s' if workers > 1 else ''}, "
        f"{found.size.bytes_on_disk / 1e6:.1f} MB.",
    )
