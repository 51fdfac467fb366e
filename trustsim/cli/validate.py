"""``trustsim validate``: whether what the model rests on holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

if TYPE_CHECKING:
    from trustsim.evidence import Provenance

__all__ = ["validate"]

_WRONG_INPUT: Final = 2
_GRADES: Final = ("A", "B", "C")

validate: Final = typer.Typer(no_args_is_help=True)


@validate.callback()
def _validate() -> None:
    """Check what the model rests on."""


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
