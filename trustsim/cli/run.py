"""``trustsim run``: a scenario against its baseline."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["run"]


def run(
    scenario: Annotated[str, typer.Argument(help="Name (trustsim list scenarios) or path of a scenario.")],
    replicates: Annotated[int, typer.Option(help="Pairs of runs; each pair has luck of its own.")] = 30,
    weeks: Annotated[int | None, typer.Option(help="Weeks after burn-in, in place of the scenario's.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the first replicate; the next has the next.")] = 1,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Set something; may be repeated. Interventions change in the scenario alone, all else in both worlds.",
        ),
    ] = None,
    baseline: Annotated[str | None, typer.Option(help="Name or path of another baseline.")] = None,
    engine: Annotated[str, typer.Option(help="worlds (compiled) or mesa; both give the same numbers.")] = "worlds",
    hospital_seed: Annotated[int | None, typer.Option(help="Keep people and ties the same in all replicates.")] = None,
    org: Annotated[
        Path | None, typer.Option(help="A real hospital: folder or file, as trustsim org check takes it.")
    ] = None,
    survey: Annotated[
        bool, typer.Option(help="Begin as the measures.csv of --org found people, and lay later waves over the runs.")
    ] = True,
    smallest_cell: Annotated[int, typer.Option(help="Fewest answers of a cell in measures.csv; 5 or more.")] = 5,
    by_unit: Annotated[bool, typer.Option("--by-unit", help="Keep the weeks of each unit too (needs --out).")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the run: manifest, every week, summary.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Compare a scenario with its baseline.

    Each replicate runs both worlds in the same hospital with the same luck, so that what differs is what leaders do.
    """
    from trustsim.cli.answer import as_document, print_answer
    from trustsim.cli.output import print_json, print_text
    from trustsim.cli.progress import run_recipe
    from trustsim.cli.surveyed import as_document as of_survey
    from trustsim.cli.surveyed import begin_as_surveyed, print_laid
    from trustsim.cli.worlds import parse_settings, real_hospital, two_worlds
    from trustsim.simulation import check_engine
    from trustsim.studies import Recipe, claim, write_run
    from trustsim.survey import lay_over

    started = datetime.now(UTC)
    changes = parse_settings(settings or ()) | ({} if weeks is None else {"weeks": weeks})
    worlds = two_worlds(scenario, baseline, changes)
    hospital = None if org is None else real_hospital(org, changes)
    found, laid = None, []
    if org is not None and hospital is not None and survey:
        found = begin_as_surveyed(org, hospital, worlds[1], smallest_cell, seed=seed, hospital_seed=hospital_seed)
        hospital = hospital if found is None else found.fit.organization
    recipe = Recipe(*worlds, replicates, seed, hospital_seed, check_engine(engine), by_unit, hospital)
    if out is not None:
        claim(out, recipe)
    comparison = run_recipe(recipe)
    if found is not None:
        laid = lay_over(
            found.fit.organization,
            found.survey,
            recipe.baseline,
            recipe.scenario,
            seed=seed,
            hospital_seed=hospital_seed,
        )
    if as_json:
        print_json(as_document(comparison) | ({} if found is None else {"survey": of_survey(found, laid)}))
    else:
        print_answer(comparison)
        if found is not None:
            print_laid(laid, found.survey)
    if out is not None:
        write_run(out, recipe, comparison, command=_command(sys.argv[1:]), started=started)
        typer.echo(f"\nRun folder: {out}", err=as_json)
    elif not as_json:
        print_text("", "Nothing was saved: --out FOLDER keeps every week, and all it takes to run it again.")


def _command(words: list[str]) -> list[str]:
    """Return the command line for the manifest; of where a real hospital lies, the last part only.

    A run folder is made to be passed on, and holds the hospital itself (``organization``), so nobody needs the path.
    """
    kept = ["trustsim"]
    for word in words:
        start = "--org=" if word.startswith("--org=") else ""
        if start or kept[-1] == "--org":
            path = word.removeprefix(start)
            kept.append(start + (Path(path).name or path))
        else:
            kept.append(word)
    return kept
