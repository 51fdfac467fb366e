"""What an answer rests on: the settings of interventions and the parameters that matter, with sources and grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from trustsim.evidence import Finding, basis, cited, provenance
from trustsim.interventions import Episode
from trustsim.parameters import REGISTER
from trustsim.report.blocks import Block, Bullets, Heading, Table, Text
from trustsim.report.factors import SETTINGS, first_sentence, label_of, range_of, value_of
from trustsim.report.words import capital
from trustsim.scenario import Scenario

__all__ = ["PRICES", "blocks", "contrary", "settings_table"]

_STANDING: Final = {
    "calibrated": "fitted to published targets",
    "sourced": "published number",
    "derived": "worked out from published numbers",
    "direction": "assumed number, published direction",
    "assumed": "assumed",
}
_CERTAINTY: Final = {
    "seen": "read in the publication",
    "secondary": "as others quote it",
    "memory": "not confirmed",
    "derived": "worked out",
}
PRICES: Final = (
    "cost.exit.physician", "cost.exit.nurse", "cost.event", "cost.lost_demand", "cost.leader_hour", "cost.staff_hour",
)  # fmt: skip
"""Prices that decide the money of any report."""


def settings_table(scenario: Scenario, episode: Episode) -> Table:
    """Return the settings of an intervention or shock as they are in force."""
    rows = []
    for setting in episode.settings():
        name = f"{episode.name}.{setting.name}"
        meaning = SETTINGS.get(setting.name) or first_sentence(setting.meaning)
        if setting.low is None or setting.high is None:
            allowed = ", ".join(setting.choices)
        else:
            allowed = range_of(scenario, name, setting.low, setting.high)
        rows.append([capital(meaning), value_of(scenario, name, getattr(episode, setting.name)), allowed])
    return Table(f"{episode.title}: how it is set", ("Setting", "Here", "Can be set to"), rows)


def blocks(scenario: Scenario, matter: Iterable[str], why: str) -> list[Block]:
    """Return what stands in a report about the assumptions.

    Parameters
    ----------
    scenario : Scenario
    matter : iterable of str
        Parameters of the register that matter for the answer.
    why : str
        What these are, as the caption of their table.
    """
    said: list[Block] = [Text(_counts())]
    findings: dict[str, Finding] = {}
    names = list(dict.fromkeys(matter))
    if scenario.episodes:
        rows = []
        for episode in scenario.episodes:
            known = cited(episode.evidence)
            findings |= known
            rows.append([episode.title, _rests_on(known)])
        said += [
            Table("What is done, and the findings behind it", ("What", "Findings (grade)"), rows),
            Text(
                "Findings support the direction in which these work. How strongly they work here are settings and "
                "assumptions, which the model's documentation lists one by one."
            ),
        ]
    if names:
        rows = []
        for name in names:
            parameter = REGISTER[name]
            standing = basis(parameter)
            known = cited((*parameter.source, *parameter.direction))
            findings |= known
            value = scenario.overrides.get(name, parameter.default)
            grade = f", grade {standing.grade}" if standing.grade else ""
            rows.append(
                [
                    label_of(scenario, name),
 value_of(scenario, name, value),
 range_of(scenario, name, parameter.low, parameter.high),
                    f"{_STANDING[standing.standing]}{grade}", ", ".join(known) or "none",
                ]
            )  # fmt: skip
        said.append(Table(why, ("Assumption", "Value", "Range considered", "Basis", "Sources"), rows))
    if findings:
        said += [
            Heading("Publications"),
            Bullets([_publication(key, each) for key, each in findings.items()]),
            Text(
                "Grade A: meta-analysis, randomized trial, or large prospective study with an objective outcome. B: "
                "large survey, or one prospective cohort. C: small, from industry, qualitative, or known only at "
                "second hand.",
                "note",
            ),
        ]
    return said


def contrary(scenario: Scenario) -> list[str]:
    """Return published results against the obvious story of the scenario's interventions."""
    keys = [key for episode in scenario.episodes for key in episode.evidence]
    known: Mapping[str, Finding] = cited(keys)
    return [
        f"{each.contrary} ({each.citation}; finding {key}{f', grade {each.grade}' if each.grade else ''})"
        for key, each in known.items()
        if each.contrary
    ]


def _counts() -> str:
    counts = {standing: sum(grades.values()) for standing, grades in provenance().counts.items()}
    total = sum(counts.values())
    return (
        f"The model has {total} constants. {counts['sourced']} are published numbers, {counts['derived']} are worked "
        f"out from published numbers, {counts['calibrated']} are fitted so that the model meets published results, "
        f"{counts['direction']} are assumed numbers whose direction is published, and "
        f"{counts['assumed']} are assumptions. Those that matter most for this answer are below."
    )


def _rests_on(known: Mapping[str, Finding]) -> str:
    if not known:
        return "assumption"
    return ", ".join(f"{key} ({each.grade or 'no grade'})" for key, each in known.items())


def _publication(key: str, finding: Finding) -> str:
    first = finding.sources[0] if finding.sources else None
    journal = f", {first.journal}" if first and first.journal and first.journal not in finding.citation else ""
    doi = f", doi {first.doi}" if first and first.doi else ""
    more = f", and {len(finding.sources) - 1} more" if len(finding.sources) > 1 else ""
    grade = f"grade {finding.grade}" if finding.grade else "no grade"
    return (
        f"{key}: {finding.finding} {finding.citation}{journal}{doi}{more} ({grade}; {_CERTAINTY[finding.certainty]})."
    )
