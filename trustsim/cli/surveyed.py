"""What the commands do and say about surveys in a real hospital (``measures.csv``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from trustsim.cli.output import print_table, print_text

if TYPE_CHECKING:
    from trustsim.organization import Organization
    from trustsim.scenario import Scenario
    from trustsim.survey import Fit, Laid, Survey

__all__ = ["Surveyed", "as_document", "begin_as_surveyed", "print_laid", "print_survey", "survey_document"]

_MOST_ROWS: Final = 12


@dataclass(frozen=True)
class Surveyed:
    """A hospital that begins as a survey found it."""

    survey: Survey
    fit: Fit


def begin_as_surveyed(
    path: Path, organization: Organization, baseline: Scenario, smallest: int, *, seed: int, hospital_seed: int | None
) -> Surveyed | None:
    """Give a hospital the climate of its first survey, if there is one, and say on stderr how well that worked."""
    from trustsim.survey import fit_climate, read_survey

    survey = read_survey(path, organization, smallest=smallest)
    if survey is None:
        return None
    typer.echo(f"fitting the hospital to its survey of {survey.start.isoformat()} ...", err=True)
    fit = fit_climate(organization, survey, baseline, seed=seed, hospital_seed=hospital_seed)
    met = sum(one.is_reproduced for one in fit.residuals)
    typer.echo(f"{met} of {len(fit.residuals)} scores are reproduced within their sampling error", err=True)
    for sentence in fit.missed[:_MOST_ROWS]:
        typer.echo(f"- not reproduced: {sentence}", err=True)
    if len(fit.missed) > _MOST_ROWS:
        typer.echo(f"- and {len(fit.missed) - _MOST_ROWS} more (--json lists all)", err=True)
    return Surveyed(survey, fit)


def print_survey(survey: Survey) -> None:
    """Write what was understood of a survey."""
    print_text("", "Surveys (measures.csv)")
    columns = ["item", "feeling", "scores", "waves", "source"]
    print_table(survey_document(survey)["items"], columns, right=("scores", "waves"))
    later = len(survey.later)
    print_text(
        f"The hospital starts as it answered from {survey.start.isoformat()} on ({len(survey.first)} scores); "
        + (f"{later} later scores are laid over what is simulated." if later else "there is no later wave.")
    )


def survey_document(survey: Survey) -> dict[str, Any]:
    """Return what was understood of a survey as plain data."""
    scores, answers, waves = Counter[str](), Counter[str](), dict[str, set[str]]()
    items = {row.item.name: row.item for row in survey.rows}
    for row in survey.rows:
        scores[row.item.name] += 1
        answers[row.item.name] += row.n
        waves.setdefault(row.item.name, set()).add(row.wave.isoformat())
    return {
        "start": survey.start.isoformat(),
        "first": len(survey.first),
        "later": len(survey.later),
        "items": [
            {"item": name, "feeling": item.feeling, "scores": scores[name], "answers": answers[name],
             "waves": len(waves[name]), "uncertainty": item.uncertainty, "source": f"{item.source} ({item.grade})"}
            for name, item in items.items()
        ],
    }  # fmt: skip


def print_laid(laid: Sequence[Laid], survey: Survey) -> None:
    """Write later waves over the simulated runs: those that agree least first."""
    beyond = len(survey.later) - len(laid)
    if not laid:
        if beyond:
            print_text("", f"{beyond} later scores are of after the end of the run: --weeks makes it longer.")
        return
    print_text("", "Later waves of the survey, and the band of 95 % of the simulated runs at that week")
    rows = [
        {
            "week": one.week,
            "cell": str(one.row.cell),
            "construct": one.row.item.construct.replace("_", " "),
            "observed": _band((one.low, one.row.value, one.high)),
            "baseline": _band(one.baseline),
            "scenario": _band(one.scenario),
        }
        for one in sorted(laid, key=lambda one: (all(one.agrees.values()), one.week))
    ]
    print_table(rows[:_MOST_ROWS], list(rows[0]), right=("week",))
    more = f"... and {len(rows) - _MOST_ROWS} more (--json lists all). " if len(rows) > _MOST_ROWS else ""
    agreeing = {world: sum(one.agrees[world] for one in laid) for world in ("baseline", "scenario")}
    print_text(
        f"{more}Of {len(laid)} scores the band meets {agreeing['baseline']} without the intervention and "
        f"{agreeing['scenario']} with it, as far as the sampling errors of both waves go."
        + (f" {beyond} more are of after the end of the run." if beyond > 0 else "")
    )


def _band(band: tuple[float, float, float]) -> str:
    low, middle, high = band
    return f"{middle:.3g} ({low:.3g} to {high:.3g})"


def as_document(found: Surveyed, laid: Sequence[Laid]) -> dict[str, Any]:
    """Return what ``--json`` writes of a survey: how it was reproduced, and later waves over the simulation."""
    residuals = [
        {"unit": one.row.cell.unit, "role": one.row.cell.role, "item": one.row.item.name, "n": one.row.n,
         "survey": one.row.value, "model": one.modeled, "standard_error": one.row.standard_error}
        for one in found.fit.residuals
    ]  # fmt: skip
    return {
        **survey_document(found.survey),
        "reproduced": residuals,
        "missed": list(found.fit.missed),
        "waves": [one.as_document() for one in laid],
    }
