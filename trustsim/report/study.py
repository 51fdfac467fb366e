"""The report of a study's folder: what an outcome hangs on, over all the combinations of its factors that were run."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Final

import numpy as np

from trustsim.analysis.dose_response import DoseResponse
from trustsim.analysis.sobol import SobolIndices
from trustsim.comparison import Effect
from trustsim.measures import lookup
from trustsim.parameters import REGISTER
from trustsim.report import assumptions, charts
from trustsim.report.backfire import known_harm
from trustsim.report.blocks import (
    Block,
    Bullets,
    Cards,
    Charts,
    Code,
    Report,
    Section,
    Table,
    Text,
)
from trustsim.report.common import card, reproduce, what_it_is_not
from trustsim.report.drivers import Ranking, chart_of, factor_label, ranking
from trustsim.report.factors import range_of, scale_of
from trustsim.report.landscape import break_evens, landscape
from trustsim.report.outcomes import Outcome
from trustsim.report.words import (
    NO_DIFFERENCE,
    capital,
    join,
    level,
    lower,
    name_of,
    percent,
    phrase,
    size,
)
from trustsim.studies import read_results
from trustsim.studies.analyze import Analysis, analyze_study, write_analysis

__all__ = ["study_report"]

_DRAWN: Final = 3
"""Measures whose drivers are drawn: the first that the study names."""
_MONEY: Final = ("cost", "leader_hours", "staff_hours")


def study_report(folder: Path) -> Report:
    """Return the report of a study's folder; the study is analyzed, and the analysis kept if there was none.

    Raises
    ------
    InputError
        If it is none, or no replicate is complete.
    """
    results = read_results(folder)
    analysis = analyze_study(results)
    if not (folder / "analysis").is_dir():
        write_analysis(analysis)
    outcomes = [Outcome.of(analysis, measure) for measure in results.study.measures]
    rankings = {of.name: found for of in analysis.measures if (found := ranking(of)) is not None}
    study, numbers = results.study, count(1)
    title = study.scenario.title or study.scenario.name.replace("_", " ")
    return Report(
        title=study.question or f"What decides the effects of: {title}?",
        subtitle=f"A study of: {title}",
        sections=[
            _question(analysis, title),
            Section(
                "answer",
                "The answer in one sentence",
                [Text(_answer(analysis, outcomes[0], rankings.get(outcomes[0].effect.name)), "lead")],
            ),
            _key_figures(outcomes, numbers),
            _over_time(analysis, numbers),
            _drivers(analysis, rankings, numbers),
            _backfires(analysis, outcomes, rankings),
            _money(analysis, outcomes),
            _assumptions(analysis, rankings),
            what_it_is_not(),
            _reproduce(analysis),
        ],
    )


def _question(analysis: Analysis, title: str) -> Section:
    results, study = analysis.results, analysis.results.study
    first, end = study.window
    against = (
        "Levels are studied, without a comparison."
        if study.baseline is None
        else f"Each is compared with a hospital of the same people and the same luck: {_baseline(analysis)}."
    )
    said: list[Block] = [
        Text(study.question or f"What decides the effects of: {title}?", "lead"),
        Text(
            f"{len(study.points):,} combinations of {len(study.problem.names)} factors were tried, each in "
            f"{len(analysis.replicates)} simulated hospitals. {against} Figures are means of weeks {first} to "
            f"{end - 1}."
        ),
        Table("The factors, and how far they were varied", ("Factor", "Range", "Who sets it"), _factors(analysis)),
    ]
    if study.expect:
        said.append(Text(f"What was expected before it was run: {study.expect}"))
    if len(analysis.replicates) < study.replicates:
        said.append(Text(f"The study is not complete: {study.replicates} hospitals were planned.", "note"))
    if results.counts["failed"]:
        said.append(Text(f"{results.counts['failed']} of {results.counts['planned']} runs failed.", "note"))
    return Section("question", "The question", said)


def _factors(analysis: Analysis) -> list[list[str]]:
    study, rows = analysis.results.study, []
    for name, kind in zip(study.problem.names, study.problem.kinds, strict=True):
        label, chosen = factor_label(study, name)
        choices = getattr(kind, "choices", None)
        said = ", ".join(map(str, choices)) if choices else range_of(study.scenario, name, *kind.bounds)
        rows.append([f"{label} ({name})", said, "leaders" if chosen else "what the hospital is like"])
    return rows


def _answer(analysis: Analysis, outcome: Outcome, found: Ranking | None) -> str:
    effect, name = outcome.effect, name_of(outcome.effect.name)
    decides = _decides(analysis, found)
    if outcome.is_level:
        low, high = (level(effect.unit, end, outcome.spread) for end in outcome.range)
        mean = level(effect.unit, effect.scenario, outcome.spread)
        return capital(
            f"{decides}over all combinations, {name} is {mean} on average, nine of ten from {low} to {high}."
        )
    said = phrase(effect) if effect.is_clear else f"there is {NO_DIFFERENCE} in {name}"
    better, worse = outcome.shares()
    words = ("better", "worse") if lookup(effect.name).better else ("higher", "lower")
    shares = f"it was {words[0]} in {percent(better)} of them and {words[1]} in {percent(worse)}"
    return capital(f"{decides}on average over all combinations, {said}; {shares}.")


def _decides(analysis: Analysis, found: Ranking | None) -> str:
    """Return the beginning of the answer: what decides it most, if the study tells."""
    if found is None or not found.clear.any():
        return ""
    clear = [name for name in found.in_order() if found.clear[found.factors.index(name)]][:2]
    labels = [lower(factor_label(analysis.results.study, name)[0]) for name in clear]
    return f"what decides it most: {', and then '.join(labels)}; "


def _key_figures(outcomes: list[Outcome], numbers: count[int]) -> Section:
    if outcomes[0].is_level:
        rows = [outcome.level_row() for outcome in outcomes]
        return Section(
            "key-figures", "Key figures", [Table("Levels", ("Measure", "Mean", "Nine of ten lie within"), rows)]
        )
    cards = [card(outcome.effect, _nine_of_ten(outcome)) for outcome in outcomes]
    blocks: list[Block] = [
        Text("Means over all combinations; the intervals are those of chance, not of the factors, which matter more."),
        Cards(cards),
        Table(
            "How often it was better, and how often worse",
            ("Measure", "Better in", "Worse in", "Nine of ten changes lie between"),
            [
                [capital(name_of(one.effect.name)), *map(percent, one.shares()), one.said_range()]
                for one in outcomes
                if lookup(one.effect.name).better
            ],
        ),
    ]
    if np.isfinite(outcomes[0].effect.low):
        blocks.insert(2, Charts([charts.forest([one.effect for one in outcomes], numbers)]))
    return Section("key-figures", "Key figures", blocks)


def _nine_of_ten(outcome: Outcome) -> str:
    return f"nine of ten combinations: {outcome.said_range()}"


def _over_time(analysis: Analysis, numbers: count[int]) -> Section:
    study, drawn = analysis.results.study, []
    of = analysis.measures[0]
    is_difference = study.baseline is not None
    for finding in of.findings.values():
        if isinstance(finding, DoseResponse):
            label, scale = factor_label(study, finding.factor)[0], scale_of(study.scenario, finding.factor)
            drawn.append(charts.response(finding, of.name, label, scale, numbers, is_difference=is_difference))
    said: list[Block] = []
    if drawn:
        said += [Text("How the answer moves along the factors that change it most."), Charts(drawn)]
    said += [
        Text("A study keeps means, not weeks. A run of the scenario has the weeks:"),
        Code([f"trustsim run {_name(analysis)} --out DIR", "trustsim report DIR"]),
    ]
    return Section("over-time", "How it unfolds", said)


def _drivers(analysis: Analysis, rankings: dict[str, Ranking], numbers: count[int]) -> Section:
    study = analysis.results.study
    blocks: list[Block] = []
    drawn = [chart_of(study, rankings[name], numbers) for name in study.measures if name in rankings][:_DRAWN]
    if drawn:
        blocks += [Text(next(iter(rankings.values())).explained), Charts(drawn)]
    blocks += _luck(analysis)
    if not blocks:
        blocks.append(
            Text("This study does not rank its factors; the curves above tell how the answer moves with them.")
        )
    return Section("drivers", "What drives it", blocks)


def _luck(analysis: Analysis) -> list[Block]:
    """Return how much luck sets single hospitals apart, and what could not be analyzed."""
    said, failed = [], []
    for of in analysis.measures:
        if of.problem:
            failed.append(f"{capital(name_of(of.name))} could not be analyzed: {of.problem}")
        indices = of.findings.get("sobol")
        if isinstance(indices, SobolIndices) and indices.seed_share is not None:
            low, high = (float(np.clip(end[0], 0.0, 1.0)) for end in (indices.seed_share.low, indices.seed_share.high))
            share = f"{percent(low)} to {percent(high)}" if high >= 0.01 else "next to nothing"
            said.append(f"{share} in {name_of(of.name)}")
    blocks: list[Block] = [Bullets(failed)] if failed else []
    if said:
        blocks.append(
            Text(f"Luck sets single hospitals apart too. Its share of the differences: {join(said)}.", "note")
        )
    return blocks


def _backfires(analysis: Analysis, outcomes: list[Outcome], rankings: dict[str, Ranking]) -> Section:
    study, primary = analysis.results.study, outcomes[0]
    blocks: list[Block] = []
    if not primary.is_level:
        turns = break_evens(analysis)
        if turns:
            blocks += [Text("Where the mean over all other factors turns:"), Bullets(turns)]
        found = landscape(analysis, primary, rankings.get(primary.effect.name))
        if found is not None:
            blocks.append(found)
    return Section("backfires", "When it backfires", [*blocks, *known_harm(study.scenario)])


def _money(analysis: Analysis, outcomes: list[Outcome]) -> Section:
    kept = [
        outcome.effect for outcome in outcomes if outcome.effect.name.split(".")[0] in _MONEY and not outcome.is_level
    ]
    if kept:
        said: list[Block] = [Bullets([f"{capital(name_of(effect.name))}: {_money_said(effect)}." for effect in kept])]
    else:
        said = [
            Text("This study did not record money or hours. A run of the scenario counts them item by item:"),
            Code([f"trustsim run {_name(analysis)} --out DIR", "trustsim report DIR"]),
        ]
    return Section("money", "The money", said)


def _money_said(effect: Effect) -> str:
    if not effect.is_clear:
        return "no difference that can be told from chance, on average over all combinations"
    return f"{'more' if effect.difference > 0.0 else 'less'} by {size(effect)}, on average over all combinations"


def _assumptions(analysis: Analysis, rankings: dict[str, Ranking]) -> Section:
    study = analysis.results.study
    ranked = [name for found in rankings.values() for name in found.in_order() if name in REGISTER]
    varied = [name for name in study.problem.names if name in REGISTER]
    matter = [*dict.fromkeys([*ranked, *varied, *study.scenario.overrides])]
    why = "Assumptions of the model that this study varied or changed, the most influential first"
    return Section("assumptions", "What it rests on", assumptions.blocks(study.scenario, matter, why))


def _reproduce(analysis: Analysis) -> Section:
    results, study = analysis.results, analysis.results.study
    facts = {
        "Study": study.name,
        "Seeds": f"{study.seed} and on, one for each of {len(analysis.replicates)} hospitals",
        "Design": f"{study.design.method}, {len(results.X):,} rows, {len(study.points):,} different points, "
        f"{results.manifest['design']['digest']}",
        "Identity": str(results.manifest["identity"]),
        "Model": str(results.manifest["model"]),
        "Runs": ", ".join(f"{n:,} {name}" for name, n in results.counts.items()),
    }
    commands = ["trustsim sweep study.yaml --out DIR", "trustsim reproduce DIR"]
    return reproduce(commands, facts, results.manifest["environment"])


def _baseline(analysis: Analysis) -> str:
    baseline = analysis.results.study.baseline
    return "" if baseline is None else baseline.title or baseline.name.replace("_", " ")


def _name(analysis: Analysis) -> str:
    return analysis.results.study.scenario.name
