"""What the app offers to set: all settings of a scenario, and in which units its episodes are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from trustsim.interventions import Episode, Setting
from trustsim.interventions.base import Share
from trustsim.parameters import REGISTER
from trustsim.scenario import Scenario, settings_of

__all__ = ["UNITS", "UNITS_END", "as_written", "current_values", "offered_settings", "units_of"]

UNITS_END: Final = ".units"
UNITS: Final = Setting(
    "units", "number", 1.0, 0.0, 1.0, "share of all units", "In how many of the units, spread evenly over the list."
)
"""The share of units, as a number; names of units stand in its place."""


def offered_settings(scenario: Scenario) -> dict[str, Setting]:
    """Return what can be set in the app, by name."""
    return {**settings_of(scenario), **{f"{each.name}{UNITS_END}": UNITS for each in scenario.episodes}}


def units_of(episode: Episode) -> float | tuple[str, ...]:
    """Return which units an episode is meant for: a share of them, or their names."""
    if isinstance(episode.units, Share):
        return episode.units.share
    return 1.0 if episode.units == "all" else episode.units


def as_written(settings: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Return settings as `trustsim.scenario.with_settings` takes them: units are spelled out."""
    return {name: _spelled_out(value) if _is_units(name) else value for name, value in settings}


def current_values(scenario: Scenario) -> Mapping[str, Any]:
    """Return what every setting of a scenario is."""
    values: dict[str, Any] = {name: known.default for name, known in REGISTER.items()} | scenario.overrides
    values |= {"weeks": scenario.weeks, "burn_in": scenario.burn_in}
    for episode in scenario.episodes:
        values |= {f"{episode.name}.{each.name}": getattr(episode, each.name) for each in episode.settings()}
        values[f"{episode.name}{UNITS_END}"] = units_of(episode)
    return values


def _is_units(name: str) -> bool:
    return name.endswith(UNITS_END) and name not in REGISTER


def _spelled_out(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return "all" if value == 1.0 else {"share": value}
