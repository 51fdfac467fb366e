"""What the app offers to set: all settings of a scenario, and in which share of the units its episodes are in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from trustsim.interventions import Episode, Setting
from trustsim.interventions.base import Share
from trustsim.parameters import REGISTER
from trustsim.scenario import Scenario, settings_of

__all__ = ["UNITS", "as_written", "current_values", "offered_settings", "units_share"]

_UNITS_END: Final = ".units"
UNITS: Final = Setting(
    "units", "number", 1.0, 0.0, 1.0, "share of all units", "In how many of the units, spread evenly over the list."
)
"""The share of units, as a number; files and the command line also take names of units."""


def offered_settings(scenario: Scenario) -> dict[str, Setting]:
    """Return what can be set in the app, by name."""
    shares = {f"{each.name}{_UNITS_END}": UNITS for each in scenario.episodes if units_share(each) is not None}
    return {**settings_of(scenario), **shares}


def units_share(episode: Episode) -> float | None:
    """Return the share of units that an episode is meant for; None if it names them."""
    if episode.units == "all":
        return 1.0
    return episode.units.share if isinstance(episode.units, Share) else None


def as_written(settings: Iterable[tuple[str, float | str]]) -> dict[str, object]:
    """Return settings as `trustsim.scenario.with_settings` takes them: a share of units is spelled out."""
    return {name: _spelled_out(value) if _is_share(name) else value for name, value in settings}


def current_values(scenario: Scenario) -> Mapping[str, Any]:
    """Return what every setting of a scenario is."""
    values: dict[str, Any] = {name: known.default for name, known in REGISTER.items()} | scenario.overrides
    values |= {"weeks": scenario.weeks, "burn_in": scenario.burn_in}
    for episode in scenario.episodes:
        values |= {f"{episode.name}.{each.name}": getattr(episode, each.name) for each in episode.settings()}
        values[f"{episode.name}{_UNITS_END}"] = units_share(episode)
    return values


def _is_share(name: str) -> bool:
    return name.endswith(_UNITS_END) and name not in REGISTER


def _spelled_out(value: float | str) -> object:
    return "all" if value == 1.0 else {"share": value}
