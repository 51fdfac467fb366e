"""What people call the settings and parameters of a scenario, and in which units they read them."""

from __future__ import annotations

from typing import Final

from trustsim.interventions import Episode
from trustsim.parameters import REGISTER
from trustsim.report.words import dollars
from trustsim.scenario import Scenario

__all__ = ["SETTINGS", "first_sentence", "label_of", "range_of", "scale_of", "value_of"]

SETTINGS: Final = {
    "start": "first week in force",
    "weeks": "weeks in force",
    "dose": "how much of it (1 is as described)",
}
"""What every intervention and shock can be set to, in words without the program's own."""
# The register speaks to those who know the model. These are the parameters that studies vary most.
_PLAIN: Final = {
    "trust.negativity": "How much more a bad experience weighs than a good one",
    "trust.gain": "How far one good conversation moves trust",
    "trust.drift": "How fast trust fades without contact",
    "conduct.level.executive": "How executives usually conduct themselves",
    "conduct.level.manager": "How managers usually conduct themselves",
    "conduct.level.chief": "How chiefs usually conduct themselves",
    "silo.suspicion": "How badly unclear messages of the other side are read",
    "voice.invitation": "How much more it hurts to be ignored after being asked",
    "voice.unresolved_penalty": "How much being ignored weighs against being helped",
    "voice.concern_rate": "How often a clinician meets a problem worth raising",
}
_THOUSANDS: Final = "thousand dollars"
_PLAIN_UNITS: Final = {"weeks after burn-in": "", "ratio": "", "0 to 1": "", "share": " %", "probability": " %"}


def label_of(scenario: Scenario, factor: str) -> str:
    """Return what a setting or parameter means, in a few words."""
    owner, _, setting = factor.partition(".")
    for episode in scenario.episodes:
        if episode.name == owner:
            meaning = SETTINGS.get(setting) or first_sentence(_meaning(episode, setting))
            if len(scenario.episodes) > 1 or setting in SETTINGS:
                return f"{episode.title}: {meaning[:1].lower()}{meaning[1:]}"
            return meaning
    if factor in _PLAIN:
        return _PLAIN[factor]
    if factor in REGISTER:
        variant = factor.split(".")[2:]
        return first_sentence(REGISTER[factor].meaning) + (f" ({variant[0]})" if variant else "")
    return factor


def scale_of(scenario: Scenario, factor: str) -> tuple[float, str]:
    """Return what makes a factor's numbers ones that people read, and the words after them: ``100.0, " %"``."""
    unit = _unit(scenario, factor).split(" (")[0]
    if unit in _PLAIN_UNITS:
        return (100.0 if _PLAIN_UNITS[unit] == " %" else 1.0), _PLAIN_UNITS[unit]
    if unit.startswith(("share ", "probability ")):
        return 100.0, f" % {unit.partition(' ')[2]}"
    return 1.0, f" {unit}" if unit else ""


def value_of(scenario: Scenario, factor: str, value: object) -> str:
    """Return a value of a factor in people's units: ``"60 %"``, ``"$150"``."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    unit = _unit(scenario, factor)
    if unit.startswith(_THOUSANDS):
        return f"{dollars(value)}{unit.removeprefix(_THOUSANDS)}"
    number, words = scale_of(scenario, factor)
    return f"{number * value:.3g}{words}"


def range_of(scenario: Scenario, factor: str, low: float, high: float) -> str:
    """Return a range of a factor in people's units: ``"0 to 100 %"``."""
    if _unit(scenario, factor).startswith(_THOUSANDS):
        return f"{dollars(low)} to {dollars(high)}"
    number, words = scale_of(scenario, factor)
    return f"{number * low:.3g} to {number * high:.3g}{words}"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, or what stands in it before a semicolon."""
    return text.split(". ", maxsplit=1)[0].split("; ", maxsplit=1)[0].rstrip(".")


def _meaning(episode: Episode, setting: str) -> str:
    known = {each.name: each.meaning for each in episode.settings()}
    return known.get(setting, setting.replace("_", " "))


def _unit(scenario: Scenario, factor: str) -> str:
    owner, _, setting = factor.partition(".")
    for episode in scenario.episodes:
        if episode.name == owner:
            return next(
                (each.unit for each in episode.settings() if each.name == setting and each.kind != "choice"), ""
            )
    return REGISTER[factor].unit if factor in REGISTER else ""
