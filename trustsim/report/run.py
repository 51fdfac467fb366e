"""The report of a run folder: one scenario against its baseline, week by week."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from trustsim._jit import kernel_digest
from trustsim.comparison import Comparison, Effect
from trustsim.measures import HEADLINE, NAMES
from trustsim.organization import generate
from trustsim.report import assumptions, charts, money
from trustsim.report.backfire import known_harm
from trustsim.report.blocks import Block, Bullets, Cards, Cell, Charts, Heading, Number, Report, Section, Table, Text
from trustsim.report.common import answer, card, reproduce, what_it_is_not
from trustsim.report.kept import comparison_of
from trustsim.report.words import TURNOVER_COST, capital, dollars, interval, lower, name_of, signed, size, tone, verdict
from trustsim.scenario import Scenario, difference
from trustsim.studies import Run, read_run

__all__ = ["run_report"]

_ANSWER: Final = ("trust_clinician_admin", "burnout_prevalence", "turnover_annual")
_KEY: Final = (
    "trust_clinician_admin", "silo_gap", "burnout_prevalence", "turnover_annual", TURNOVER_COST, "safety_events",
    "leader_hours", "staff_hours", "cost",
)  # fmt: skip
_CURVES: Final = ("trust_clinician_admin", "open_concerns", "burnout_prevalence", "intent_to_leave")


def run_report(folder: Path) -> Report:
    """Return the report of a run folder.

    Raises
    ------
    InputError
        If it is none, or its scenario is unknown to this version of trustsim.
    """
    run = read_run(folder)
    comparison = comparison_of(run)
    effects = {name: comparison.effect(name) for name in NAMES}
    effects[TURNOVER_COST] = money.turnover_cost(comparison)
    title, without = _title(comparison.scenario), _title(comparison.baseline)
    return Report(
        title=title,
        subtitle=f"What it changes in a simulated hospital, compared with {lower(without)}",
        sections=[
            _question(run, comparison),
            _answer(comparison, effects),
            _key_figures(effects, numbers := count(1)),
            _over_time(comparison, numbers),
            _what_is_in_it(comparison),
            _backfires(comparison.scenario, effects),
            _money(run, comparison),
            _assumptions(comparison),
            what_it_is_not(),
            _reproduce(run, comparison),
        ],
    )


def _question(run: Run, comparison: Comparison) -> Section:
    title, without = _title(comparison.scenario), _title(comparison.baseline)
    first, end = comparison.window
    said: list[Block] = [
        Text(
            f"What happens to trust, burnout, turnover and money with {lower(title)}, compared with {lower(without)}?",
            "lead",
        ),
        Text(
            f"{len(comparison.seeds)} pairs of simulated hospitals, {_people(run, comparison)}, ran for "
            f"{comparison.weeks} weeks. The two hospitals of a pair have the same people and the same luck; only what "
            f"leaders do differs. Unless something else is said, figures are means of weeks {first} to {end - 1}."
        ),
    ]
    if run.manifest["environment"]["kernel_digest"] != kernel_digest():
        then = run.manifest["environment"]["trustsim"]
        said.append(
            Text(
                f"The run was made by another version of the model (trustsim {then}). Its results stand as they were; "
                "meanings, sources and prices below are those of the version that wrote this report.",
                "note",
            )
        )
    return Section("question", "The question", said)


def _answer(comparison: Comparison, effects: dict[str, Effect]) -> Section:
    if comparison.scenario.digest == comparison.baseline.digest:
        said = "Both hospitals are the same scenario, so nothing can differ."
    else:
        said = answer(_title(comparison.scenario), [effects[name] for name in _ANSWER], _title(comparison.baseline))
    return Section("answer", "The answer in one sentence", [Text(said, "lead")])


def _key_figures(effects: dict[str, Effect], numbers: count[int]) -> Section:
    known = [name for name in _KEY if not math.isnan(effects[name].difference)]  # some are withheld: of too few people
    shown = [effects[name] for name in dict.fromkeys((*known, *HEADLINE))]
    return Section(
        "key-figures",
        "Key figures",
        [
            Cards([card(effects[name]) for name in known]),
            Text(
                "The silo gap is trust within a silo, clinical or administrative, minus trust across the two.", "note"
            ),
            Charts([charts.forest(shown, numbers)]),
        ],
    )


def _over_time(comparison: Comparison, numbers: count[int]) -> Section:
    return Section(
        "over-time",
        "How it unfolds",
        [
            Text(
                "Dashed grey: the hospital without it. Blue: the same hospital with it. Where the shaded band, the 95 "
                "% interval of the difference, leaves the grey line, the difference is more than chance. Scales do not "
                "start at zero, so that small movements show. Lines are moving means of four weeks."
                f"{_timing(comparison.scenario)}"
            ),
            Charts([charts.curve(comparison, name, numbers) for name in _CURVES]),
        ],
    )


def _what_is_in_it(comparison: Comparison) -> Section:
    scenario, baseline = comparison.scenario, comparison.baseline
    shared = {episode.name for episode in baseline.episodes if episode in scenario.episodes}
    said: list[Block] = [
        Text(
            "A single comparison tells what the whole package does. What in it matters most is the question of a "
            "study, which varies all of it at once (trustsim sweep). This is what the package holds."
        )
    ]
    for episode in scenario.episodes:
        if episode.name not in shared:
            said += [Heading(episode.title), Text(" ".join((type(episode).__doc__ or "").split()))]
            said.append(assumptions.settings_table(scenario, episode))
    both = [episode.title for episode in scenario.episodes if episode.name in shared]
    if both:
        said.append(Text(f"Both hospitals go through: {', '.join(both)}."))
    names = {episode.name for episode in (*scenario.episodes, *baseline.episodes)}
    other = [
        line for line in difference(baseline, scenario) if line.lstrip("+- ").split(":")[0].split(".")[0] not in names
    ]
    if other:
        said += [Heading("What else differs"), Bullets(other)]
    return Section("drivers", "What drives it", said)


def _backfires(scenario: Scenario, effects: dict[str, Effect]) -> Section:
    worse = [effects[name] for name in HEADLINE if tone(effects[name]) == "worse"]
    if worse:
        changes = [f"{capital(name_of(effect.name))}: {signed(effect).text} ({interval(effect)})" for effect in worse]
        said: list[Block] = [Text("In this very run, clearly worse with it than without:"), Bullets(changes)]
    else:
        said = [Text("In this very run, none of the measures in this report is clearly worse with it than without.")]
    return Section("backfires", "When it backfires", [*said, Heading("How it can do harm"), *known_harm(scenario)])


def _money(run: Run, comparison: Comparison) -> Section:
    items = money.items(comparison, is_generated=run.manifest["organization"] is None)
    hours = [comparison.effect(name, (0, comparison.weeks)) for name in ("leader_hours", "staff_hours")]
    rows: list[list[Cell]] = [
        [
            name, Number(dollars(effect.difference, sign=True), effect.difference), _dollars_interval(effect),
            _cost_verdict(effect),
        ]
        for name, effect in items
    ]  # fmt: skip
    total = items[-1][1]
    return Section(
        "money",
        "The money",
        [
            Text(_in_all(total, comparison.weeks), "lead"),
            Table(
                f"Extra cost over {comparison.weeks} weeks; what stands with a minus is saved",
                ("Item", "Difference", "95 % interval", "What it means"),
                rows,
            ),
            Bullets(
                [f"{capital(name_of(effect.name))}: {size(effect)} on average over all weeks." for effect in hours]
            ),
            Text(
                "Hours are counted at the prices of time below and are part of the sum, though nobody writes a check "
                "for them.",
                "note",
            ),
        ],
    )


def _in_all(total: Effect, weeks: int) -> str:
    ends = f"95 % interval {_dollars_interval(total)}"
    if not total.is_clear:
        return f"All in all, over {weeks} weeks, it neither clearly costs nor clearly saves money ({ends})."
    verb = "costs" if total.difference > 0.0 else "saves"
    return f"All in all it {verb} {dollars(abs(total.difference))} over {weeks} weeks (difference in cost: {ends})."


def _dollars_interval(effect: Effect) -> str:
    return f"{dollars(effect.low, sign=True)} to {dollars(effect.high, sign=True)}"


def _cost_verdict(effect: Effect) -> str:
    if effect.is_clear:
        return "costs more" if effect.difference > 0.0 else "saves"
    return verdict(effect)


def _assumptions(comparison: Comparison) -> Section:
    matter = [*comparison.scenario.overrides, *assumptions.PRICES]
    why = "What this scenario changes, and the prices behind the money"
    return Section("assumptions", "What it rests on", assumptions.blocks(comparison.scenario, matter, why))


def _reproduce(run: Run, comparison: Comparison) -> Section:
    manifest = run.manifest
    command = shlex.join(manifest["command"])
    facts = {
        "Seeds": f"{manifest['seed']} and on, one for each of {len(comparison.seeds)} pairs",
        "Engine": manifest["engine"],
        "Run": manifest["digest"],
        "Scenario": f"{comparison.scenario.name}, {manifest['scenario']['digest']}",
        "Baseline": f"{comparison.baseline.name}, {manifest['baseline']['digest']}",
        "Organization": manifest["organization"] or "generated from the scenario",
        "Finished": str(manifest["finished"]),
    }
    commands = [command] if command else ["# The run was started from Python; manifest.json has all that it was given."]
    return reproduce(commands, facts, manifest["environment"])


def _people(run: Run, comparison: Comparison) -> str:
    if run.manifest["organization"] is not None:
        return "built from an organization that was imported"
    return f"each of {len(generate(comparison.scenario.sizes).labels)} positions"


def _timing(scenario: Scenario) -> str:
    times = list(_times(scenario))
    return f" {' '.join(times)}" if times else ""


def _times(scenario: Scenario) -> Iterator[str]:
    for episode in scenario.episodes:
        last = min(episode.end, scenario.weeks) - 1
        yield f"{episode.title}: weeks {episode.start} to {last}."


def _title(scenario: Scenario) -> str:
    return scenario.title or scenario.name.replace("_", " ")
