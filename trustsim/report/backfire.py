"""When it backfires: what interventions say of themselves, what the model's own tests show, what was published."""

from __future__ import annotations

from collections.abc import Iterator

from trustsim.errors import InputError
from trustsim.interventions import Episode
from trustsim.interventions.mission import Expectation, mission
from trustsim.report.assumptions import contrary
from trustsim.report.blocks import Block, Bullets, Heading, Text
from trustsim.report.words import direction, moved, name_of
from trustsim.scenario import Scenario, load_scenario

__all__ = ["known_harm"]


def known_harm(scenario: Scenario) -> list[Block]:
    """Return what is known of how the interventions of a scenario do harm."""
    said: list[Block] = []
    warnings = [f"{each.title}: {each.backfires}" for each in scenario.interventions]
    if warnings:
        said.append(Bullets(warnings))
    shown = list(dict.fromkeys(text for each in scenario.interventions for text in _harm_shown(each)))
    if shown:
        said += [Heading("Where the model shows harm"), Bullets(shown)]
    against = contrary(scenario)
    if against:
        said += [Heading("What was published against the obvious story"), Bullets(against)]
    return said or [Text("Nothing is done in this scenario that could backfire.")]


def _harm_shown(episode: Episode) -> Iterator[str]:
    """Yield the outcomes that are bad for people among those that the model is tested for."""
    for row in mission().values():
        if episode.kind in row.kinds:
            for one in row.expect:
                change = {"up": 1.0, "down": -1.0, "same": 0.0}[one.goes]
                if direction(one.measure, change) == "worse":
                    yield _in_words(one)


def _in_words(one: Expectation) -> str:
    changed = ", ".join(f"{name.rpartition('.')[2].replace('_', ' ')} {value}" for name, value in one.settings.items())
    against = f", compared with: {_title(one.against)}" if one.against and one.against != one.scenario else ""
    goes = moved(1.0 if one.goes == "up" else -1.0)
    return f"{_title(one.scenario)}{f' ({changed})' if changed else ''}: {name_of(one.measure)} {goes}{against}."


def _title(name: str) -> str:
    try:
        return load_scenario(name).title or name
    except InputError:  # a scenario that somebody has removed from their installation
        return name.replace("_", " ")
