"""``trustsim validate``: whether the model says what is published, and what it rests on holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from trustsim.evidence import Provenance
    from trustsim.evidence.schema import Part, Role
    from trustsim.evidence.validation import Row

__all__ = ["validate"]

_WRONG_INPUT: Final = 2
_GRADES: Final = ("A", "B", "C")
_MEANING: Final = {
    "CAL": "calibration may use them",
    "HOLD": "held out: calibration never sees them",
    "VERIFY": "true by construction of a rule",
}

validate: Final = typer.Typer()


@validate.callback(invoke_without_command=True)
def targets(
    context: typer.Context,
    seeds: Annotated[int, typer.Option(help="Simulated hospitals, each with luck of its own.")] = 30,
    workers: Annotated[int | None, typer.Option(min=1, help="Threads; by default one per core.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Simulate what each published target needs, and tell whether the model comes near enough.

    A target passes if all its parts are inside their tolerance. The seeds are none of calibration's.
    """
    if context.invoked_subcommand is not None:
        return
    from trustsim.cli.output import print_json
    from trustsim.cli.progress import tell_progress
    from trustsim.evidence import validation
    from trustsim.worlds.engine import is_compiling

    if is_compiling():
        typer.echo("compiling, first run only ...", err=True)
    with tell_progress(seeds) as after_seed:
        rows = validation.validate(seeds=seeds, workers=workers, progress=lambda done, _: after_seed(done))
    if as_json:
        totals = {role: score._asdict() for role, score in validation.scores(rows).items()}
        document = {"seed": validation.SEED, "seeds": seeds, "totals": totals}
        print_json(document | {"rows": [row.as_document() for row in rows]})
    else:
        _print_rows(rows, seeds)


@validate.command()
def evidence(
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Check that all that is cited is there, and count what the parameters rest on.

    To see what a parameter or an intervention cites: trustsim show NAME
    """
    from trustsim.cli.output import print_json
    from trustsim.evidence import provenance, wrong_citations

    wrong = wrong_citations()
    if wrong:
        typer.echo("\n".join(wrong), err=True)
        raise typer.Exit(_WRONG_INPUT)
    document = _document(provenance())
    if as_json:
        print_json(document)
    else:
        _print(document)


def _document(found: Provenance) -> dict[str, Any]:
    from trustsim.evidence import findings, targets

    numbers = [number for finding in findings().values() for number in finding.numbers]
    return {
        "findings": {
            "count": len(findings()),
            "grades": Counter(finding.grade or "none" for finding in findings().values()),
            "numbers": len(numbers),
            "certainty": Counter(number.certainty for number in numbers),
        },
        "targets": {role: list(targets(role)) for role in ("CAL", "HOLD", "VERIFY")},
        "parameters": {
            "count": sum(sum(grades.values()) for grades in found.counts.values()),
            **found.counts,
            "unconfirmed": list(found.unconfirmed),
        },
    }


def _print(document: Mapping[str, Any]) -> None:
    from trustsim.cli.output import print_table, print_text
    from trustsim.evidence import STANDINGS

    findings, parameters = document["findings"], document["parameters"]
    print_text(
        f"{findings['count']} findings (by grade: {_counted(findings['grades'])}) with {findings['numbers']} numbers "
        f"({_counted(findings['certainty'])}).",
        f"Targets: {'; '.join(f'{role} ' + ', '.join(keys) for role, keys in document['targets'].items())}.",
        "All that is cited is there.",
        "",
        f"What the {parameters['count']} parameters rest on:",
    )
    rows = [
        {"": standing, "number": sum(parameters[standing].values()), **_by_grade(parameters[standing]), "meaning": what}
        for standing, what in STANDINGS.items()
    ]
    print_table(rows, ("", "number", *_GRADES, "meaning"), right=("number", *_GRADES))
    print_text("", f"On findings from memory alone: {', '.join(parameters['unconfirmed']) or 'none'}.")


def _by_grade(grades: Mapping[str, int]) -> dict[str, int | str]:
    return {grade: grades.get(grade, "") for grade in _GRADES}


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in sorted(counts.items()))


def _print_rows(rows: Sequence[Row], seeds: int) -> None:
    from trustsim.cli.output import print_table, print_text
    from trustsim.evidence.validation import SEEDS, scores

    numbers = ("published", "tolerance", "model", "se")
    totals = scores(rows)
    for role in totals:
        print_text(f"{role}: {_MEANING[role]}")
        lines = [line for key, parts in _by_target(rows, role) for line in _told(key, parts)]
        print_table(lines, ("pass", "target", *numbers), right=numbers)
        print_text("")
    for row in rows:
        if row.why_missing is not None:
            print_text(f"{row.id} {row.name}: no measure: {row.why_missing}.")
    if any(row.is_close for row in rows):
        print_text("?: a bound of the tolerance is within two standard errors; other seeds might judge otherwise.")
    print_text(f"{', '.join(f'{role} {passed} of {of}' for role, (passed, of) in totals.items())}; {seeds} seeds.")
    if seeds < SEEDS:
        print_text(f"With fewer than {SEEDS} seeds this is no judgment.")


def _by_target(rows: Sequence[Row], role: Role) -> list[tuple[str, list[Row]]]:
    of_role = [row for row in rows if row.target.role == role]
    return [(key, list(parts)) for key, parts in groupby(of_role, key=lambda row: row.id)]


def _told(key: str, parts: Sequence[Row]) -> list[dict[str, str]]:
    """Return the lines of a target: one if it has one part, else its title and a line for each."""
    title = f"{key} {parts[0].target.about}"
    if len(parts) == 1:
        return [_line(title, parts[0])]
    empty = dict.fromkeys(("pass", "published", "tolerance", "model", "se"), "")
    return [{**empty, "target": title}, *(_line(f"  {row.name}", row) for row in parts)]


def _line(title: str, row: Row) -> dict[str, str]:
    return {
        "target": title,
        "published": _published(row.part),
        "tolerance": _tolerance(row.part),
        "model": "-" if row.why_missing else f"{row.value:.3f}",
        "se": "-" if row.why_missing else f"{row.se:.3f}",
        "pass": ("yes" if row.passes else "NO") + ("?" if row.is_close else ""),
    }


def _published(part: Part) -> str:
    bounds = part.interval or part.range
    within = f"{bounds[0]:g} to {bounds[1]:g}" if bounds else ""
    if part.published is None:
        return within or "sign"
    return f"{part.published:g} ({within})" if within else f"{part.published:g}"


def _tolerance(part: Part) -> str:
    if part.low is None:
        return f"at most {part.high:g}"
    return f"at least {part.low:g}" if part.high is None else f"{part.low:g} to {part.high:g}"
