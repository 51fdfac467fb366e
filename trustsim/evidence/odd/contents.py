"""The tables of the documents, from the register, the levers, the measures, the interventions and the evidence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from trustsim.evidence.odd.docstrings import Entry
from trustsim.evidence.odd.patterns import misses, patterns, results
from trustsim.evidence.odd.tables import code, number, span, table
from trustsim.evidence.provenance import STANDINGS, basis, provenance
from trustsim.evidence.schema import Part
from trustsim.evidence.tables import findings
from trustsim.parameters import REGISTER, Parameter

if TYPE_CHECKING:
    from trustsim.interventions import Episode

__all__ = [
    "behaviors_table", "contrary_list", "entries_table", "findings_table", "levers_table", "measures_table",
    "misses_list", "parameters_table", "patterns_table", "scores", "settings_table", "standings_table", "streams_table",
    "styles_table",
]  # fmt: skip


def entries_table(entries: Iterable[Entry]) -> str:
    """Return the state variables of a kind of entity."""
    rows = ((code(entry.names), entry.type, entry.meaning) for entry in entries)
    return table(("variable", "type", "meaning"), rows)


def parameters_table(group: str) -> str:
    """Return the parameters of a group; those that differ by role or kind of tie alone share a row."""
    of_group = [parameter for parameter in REGISTER.values() if parameter.group == group]
    rows = [_parameter_row(list(alike)) for _, alike in groupby(of_group, key=_stem)]
    return table(("parameter", "default", "range", "unit", "source", "rests on", "meaning"), rows)


def _stem(parameter: Parameter) -> str:
    return ".".join(parameter.name.split(".")[:2])


def _parameter_row(alike: list[Parameter]) -> tuple[str, ...]:
    one = alike[0]
    defaults = (" ".join([*each.name.split(".")[2:], number(each.default)]) for each in alike)
    sources = [*one.source, *(f"{key} (sign)" for key in one.direction)]
    standing, grade = basis(one)
    if len(alike) > 1:  # a number that one role has from a study, another has by assumption
        found = sorted({basis(each) for each in alike})
        rests = "; ".join(f"{each.standing} {each.grade}".strip() for each in found)
    else:
        rests = f"{standing} {grade}".strip()
    return (
        f"`{_stem(one)}`",
        ", ".join(defaults),
        span(one.low, one.high) + (", whole" if one.kind == "integer" else ""),
        one.unit,
        ", ".join(sources),
        rests,
        one.meaning,
    )


def levers_table() -> str:
    """Return the levers."""
    from trustsim.levers import LEVERS

    rows = ((f"`{x.name}`", x.unit, span(x.low, x.high), x.rule, x.meaning) for x in LEVERS.values())
    return table(("lever", "unit", "range", "combined by", "meaning"), rows)


def measures_table() -> str:
    """Return the measures."""
    from trustsim.measures import MEASURES

    rows = ((f"`{x.name}`", x.unit, "yes" if x.by_role else "", x.meaning) for x in MEASURES.values())
    return table(("measure", "unit", "by role", "meaning"), rows)


def streams_table() -> str:
    """Return the streams of luck."""
    from trustsim.draws import STREAMS

    return table(("stream", "number", "columns"), ((f"`{name}`", *address) for name, address in STREAMS.items()))


def behaviors_table() -> str:
    """Return which beliefs each of the 13 behaviors informs."""
    from trustsim.rules.conduct import BEHAVIORS, BELIEFS, INFORMS

    rows = ((behavior, *map(number, weights)) for behavior, weights in zip(BEHAVIORS, INFORMS.tolist(), strict=True))
    return table(("behavior", *BELIEFS), rows)


def styles_table() -> str:
    """Return what each leadership style contributes."""
    from trustsim.interventions.styles import STYLES, style

    rows = []
    for name in STYLES:
        one = style(name)
        custom = (one.inconsistency, one.inclusion, one.explanation, one.speed, one.by_administration, one.exploited)
        rows.append((name, *(f"{shift:+.3f}" for shift in one.shift.values()), *map(number, custom)))
    shifts = ("shift of ability", "of benevolence", "of integrity")
    columns = ("style", *shifts, "inconsistency", "inclusion", "explanation", "speed", "by administration", "exploited")
    return table(columns, rows)


def settings_table(episode: type[Episode]) -> str:
    """Return the settings of an intervention or a shock, without those that it has in common with all."""
    from trustsim.interventions import Episode
    from trustsim.interventions.setting import declared

    common = declared(Episode, ("start", "weeks", "dose"))
    rows = []
    for each in episode.settings():
        if each in common:
            continue
        default = each.default if isinstance(each.default, str) else number(each.default)
        allowed = " or ".join(each.choices) or span(each.low, each.high)
        rows.append((f"`{each.name}`", default, allowed, each.unit, each.meaning))
    if episode.model_fields["units"].default != "all":
        share = episode.model_fields["units"].default.share
        rows.append(
            ("`units`", f"a share of {number(share)}", "all, named units, or a share", "", "Units in which it is.")
        )
    return table(("setting", "default", "allowed", "unit", "meaning"), rows)


def findings_table() -> str:
    """Return all findings: what the keys in the other tables stand for."""
    rows = (
        (key, each.finding, each.population, each.grade or "", each.certainty, _publications(key))
        for key, each in findings().items()
    )
    return table(("key", "finding", "population", "grade", "certainty", "published in"), rows)


def _publications(key: str) -> str:
    told = []
    for source in findings()[key].sources:
        where = f"doi:{source.doi}" if source.doi else source.url if not source.journal else ""
        journal = source.journal if source.authors else ""  # else the citation names it
        told.append(", ".join(part for part in (source.citation, journal, where) if part))
    return "; ".join(told) or findings()[key].citation


def standings_table() -> str:
    """Return how many parameters rest on what, by the best grade of the findings behind them."""
    grades = ("A", "B", "C")
    rows = []
    for standing, counts in provenance().counts.items():
        by_grade = (counts.get(grade, "") for grade in grades)
        rows.append((standing, sum(counts.values()), *by_grade, STANDINGS[standing]))
    return table(("standing", "parameters", *(f"grade {grade}" for grade in grades), "meaning"), rows)


def patterns_table(*roles: str) -> str:
    """Return the targets of some roles with the model's results."""
    rows = []
    for each in patterns():
        if each.target.role in roles:
            value, error = each.result["value"], each.result["se"]
            model = "" if value is None else f"{value:.3g}" if error is None else f"{value:.3g} ± {error:.2g}"
            published = _published(each.part)
            tolerance = span(each.part.low, each.part.high)
            what = f"{each.target.about}: {each.part.metric} ({each.part.unit})"
            basis_of = ", ".join(each.target.basis)
            rows.append((each.key, what, each.target.population, basis_of, published, tolerance, model, each.verdict))
    columns = ("target", "pattern", "population", "findings", "published", "tolerance", "model ± SE", "verdict")
    return table(columns, rows)


def _published(part: Part) -> str:
    """Return what is published: a number, its interval or the range of several, or no more than a sign."""
    bounds = part.interval or part.range
    known = f"({span(*bounds)})" if bounds else ""
    return f"{number(part.published)} {known}".strip() or "sign"


def scores() -> dict[str, str]:
    """Return how many targets of each role pass with all of their parts: ``{"CAL": "7 of 8"}``."""
    return {role: f"{total['passed']} of {total['of']}" for role, total in results().get("totals", {}).items()}


def misses_list() -> str:
    """Return what is missed, with the mechanism suspected, then what the model cannot give, with the reason."""
    told = [(each, misses().get(each.key, "not yet explained.")) for each in patterns() if each.is_missed]
    told += [(each, each.result["no_measure"]) for each in patterns() if each.result["no_measure"]]
    return "\n".join(
        f"- **{each.key}**, {each.verdict.strip('*')} ({each.target.about.lower()}): {' '.join(why.split())}"
        for each, why in told
    )


def contrary_list() -> str:
    """Return the findings against the obvious story."""
    return "\n".join(f"- {key}: {' '.join(each.contrary.split())}" for key, each in findings().items() if each.contrary)
