"""``trustsim show``: all about one name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from trustsim.cli.catalog import KINDS
from trustsim.errors import InputError, did_you_mean

__all__ = ["show"]

_SUFFIXES = (".yaml", ".yml")


def show(
    name: Annotated[str, typer.Argument(help="Of a scenario (or a path), intervention, parameter, measure, lever.")],
    study: Annotated[
        Path | None, typer.Option(help="Folder of an analyzed study that tells what a parameter moves.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Show all about one name: settings, units, ranges, sources.

    Of a scenario it shows what it changes against its baseline, of a parameter what sensitivity studies say it moves. A
    name of several things, as listening_tour is of a scenario and of an intervention, shows them all.
    """
    from trustsim.cli.output import print_json
    from trustsim.cli.sensitivity import moves, print_moves

    found = _find(name)
    is_parameter = "parameter" in found
    if study is not None and not is_parameter:
        raise InputError(f"{name} is no parameter; --study tells what a parameter moves")
    moved = moves(name, study) if is_parameter else []
    if as_json:
        print_json({**found, "moves": moved} if is_parameter else found)
        return
    for number, (kind, record) in enumerate(found.items()):
        if number:
            typer.echo()
        _print(kind, record)
    if is_parameter:
        print_moves(name, moved)


def _find(name: str) -> dict[str, Any]:
    """Return all that a name is of, by kind."""
    if "/" in name or "\\" in name or name.endswith(_SUFFIXES):
        return {"scenario": KINDS["scenarios"].describe(name)}
    names = {kind: KINDS[kind].names() for kind in KINDS}
    found = {KINDS[kind].singular: KINDS[kind].describe(name) for kind in KINDS if name in names[kind]}
    if not found:
        known = [known for of_kind in names.values() for known in of_kind]
        hint = did_you_mean(name, known) or f"; trustsim list {'|'.join(KINDS)} shows what there is"
        raise InputError(f"nothing is called {name!r}{hint}")
    return found


def _print(kind: str, record: dict[str, Any]) -> None:
    from trustsim.cli.output import console, print_fields, print_table

    console().print(f"{kind.capitalize()} {record.pop('name')}", style="bold")
    settings, changes = record.pop("settings", []), record.pop("differs_from_baseline", [])
    cited = [key for field in ("source", "direction", "evidence") for key in record.get(field, ())]
    episodes = {key: record.pop(key, []) for key in ("interventions", "shocks")}
    if "takes" in record:
        record["takes"] = _cost(record["takes"])
    print_fields(record)
    for key, entries in episodes.items():
        for entry in entries:
            typer.echo(f"\n{key.removesuffix('s').capitalize()} {entry.pop('name')}")
            print_fields(entry)
    if changes:
        typer.echo(f"\nWhat it changes against {record['baseline']}:")
        for line in changes:
            console().print(f"  {line}")
    if settings:
        typer.echo("\nSettings (--set NAME.SETTING=VALUE, or in a scenario file):")
        rows = [{**each, "setting": each["name"], "allowed": _allowed(each)} for each in settings]
        print_table(rows, ("setting", "default", "allowed", "unit", "meaning"), right=("default",))
    _print_findings(cited)


def _print_findings(keys: Iterable[str]) -> None:
    """Tell the findings that a parameter, an intervention or a shock cites, as short as can be."""
    from trustsim.cli.output import print_table
    from trustsim.evidence import cited

    rows = [{"key": key, "citation": each.citation, **each.model_dump()} for key, each in cited(keys).items()]
    if rows:
        typer.echo("\nFindings behind it (A is the best grade of evidence):")
        print_table(rows, ("key", "grade", "certainty", "finding", "citation"))


def _cost(takes: dict[str, Any]) -> str:
    return (
        f"{takes['executive_hours']:.3g} hours of executives, {takes['leader_hours']:.3g} of other leaders, "
        f"{takes['hours_per_clinician']:.2g} of each clinician and {takes['thousand_dollars']:.3g} thousand dollars "
        f"in a mean week, by default settings in {takes['in_units']} units"
    )


def _allowed(setting: dict[str, Any]) -> str:
    if setting["choices"]:
        return " | ".join(setting["choices"])
    return f"{setting['low']:g} to {setting['high']:g}"
