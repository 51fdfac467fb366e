"""``trustsim list``: the names there are."""

from __future__ import annotations

from typing import Annotated

import typer

from trustsim.cli.catalog import KINDS
from trustsim.errors import InputError, did_you_mean

__all__ = ["list_names"]

_NUMBERS = ("default", "low", "high")


def list_names(
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="What to list.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """List scenarios, interventions, parameters, measures or levers.

    To see all about one of them: trustsim show NAME
    """
    from trustsim.cli.output import print_json, print_table

    if kind not in KINDS:
        raise InputError(f"no list of {kind!r}{did_you_mean(kind, KINDS)}; there are {', '.join(KINDS)}")
    found = KINDS[kind]
    records = [found.describe(name) for name in found.names()]
    if as_json:
        print_json(records)
    else:
        print_table(records, found.columns, right=_NUMBERS)
