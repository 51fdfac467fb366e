"""Settings: everything of a scenario that can be set to more or less, by one name, for ``--set``, sliders and sweeps.

``listening_tour.follow_through`` is a setting of an episode, ``trust.negativity`` a parameter of the model,
``organization.units`` one of the hospital, ``weeks`` one of the horizon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, TypeVar

import numpy as np
from pydantic import BaseModel, ValidationError

from trustsim import parameters
from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS, Episode, Setting
from trustsim.interventions.setting import declared
from trustsim.scenario.messages import sentences
from trustsim.scenario.parameter_set import FROM, find_parameter_set
from trustsim.scenario.schema import ORGANIZATION, Scenario

__all__ = ["PARAMETER_SET", "settings_of", "shared_settings", "with_settings"]

PARAMETER_SET: Final = f"parameters.{FROM}"
"""What names a set of parameters among settings: ``--set parameters.from=calibration``."""
_Episode = TypeVar("_Episode", bound=Episode)
_HORIZON: Final = ("weeks", "burn_in")
_SEED: Final = f"{ORGANIZATION}seed"


def settings_of(scenario: Scenario) -> dict[str, Setting]:
    """Return what can be set in a scenario, by name: its episodes first, then horizon and parameters."""
    table = {f"{episode.name}.{each.name}": each for episode in scenario.episodes for each in episode.settings()}
    table |= {each.name: each for each in declared(Scenario, _HORIZON)}
    return table | {name: _parameter(name) for name in parameters.NAMES}


def with_settings(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """Return a scenario with some settings changed; all else, its name too, stays.

    Parameters
    ----------
    scenario : Scenario
    changes : mapping of str to value
        By the names of `settings_of`; also ``<episode>.units``, ``organization.seed`` and ``parameters.from``. A whole
        number may come as a float, as samplers give it.

    Raises
    ------
    InputError
        Unknown names, with the nearest one, and values that are not allowed.
    """
    by_episode: dict[str, dict[str, object]] = {episode.name: {} for episode in scenario.episodes}
    new: dict[str, Any] = {key: getattr(scenario, key) for key in Scenario.model_fields}
    new |= {"parameters": dict(scenario.parameters), "organization": dict(scenario.organization)}
    for name, given in changes.items():
        value = given.item() if isinstance(given, np.generic) else given
        head, _, tail = name.partition(".")
        if head in by_episode and tail:
            by_episode[head][tail] = value
        elif name == PARAMETER_SET:
            new["parameter_set"] = find_parameter_set(value)
        elif name in _HORIZON:
            new[name] = _whole(Scenario, name, value)
        elif name == _SEED or (name in parameters.REGISTER and name.startswith(ORGANIZATION)):
            new["organization"][name.removeprefix(ORGANIZATION)] = value
        elif name in parameters.REGISTER:
            new["parameters"][name] = value
        else:
            raise InputError(_no_setting(name, scenario))
    for key in ("interventions", "shocks"):
        new[key] = tuple(_changed(episode, by_episode[episode.name]) for episode in new[key])
    try:
        changed = Scenario.model_validate(new)
    except ValidationError as error:
        raise InputError("\n".join(sentences(error, Scenario))) from None
    return changed.written_in(scenario.document)


def shared_settings(names: Iterable[str], scenario: Scenario, baseline: Scenario) -> frozenset[str]:
    """Return the settings that change the baseline too when the scenario is changed.

    Interventions are what leaders choose, so their settings change the scenario alone. All others (parameters, the
    organization, the horizon, shocks that both have) say what the world is like and change both; else a difference
    would be theirs.

    Parameters
    ----------
    names : iterable of str
        As in `settings_of`.
    scenario, baseline : Scenario
    """
    alone = {part.name for part in scenario.interventions}
    alone |= {part.name for part in scenario.shocks} - {part.name for part in baseline.shocks}
    return frozenset(name for name in names if name.partition(".")[0] not in alone)


def _parameter(name: str) -> Setting:
    known = parameters.REGISTER[name]
    kind: Literal["integer", "number"] = "integer" if known.kind == "integer" else "number"
    return Setting(name, kind, known.default, known.low, known.high, known.unit, known.meaning)


def _changed(episode: _Episode, changes: Mapping[str, object]) -> _Episode:
    if not changes:
        return episode
    kind = type(episode)
    whole = {name: _whole(kind, name, value) for name, value in changes.items()}
    try:
        return kind.model_validate({**dict(episode), **whole})
    except ValidationError as error:
        raise InputError("\n".join(sentences(error, kind, f"{episode.name}."))) from None


def _whole(model: type[BaseModel], name: str, value: object) -> object:
    """Return a value as an int where one is declared and nothing is lost."""
    declared_whole = name in model.model_fields and model.model_fields[name].annotation is int
    return int(value) if declared_whole and isinstance(value, float) and value.is_integer() else value


def _no_setting(name: str, scenario: Scenario) -> str:
    names = [episode.name for episode in scenario.episodes]
    what = f"no setting {name!r} in scenario {scenario.name!r}"
    if name.partition(".")[0] in {*INTERVENTIONS, *SHOCKS}:
        return f"{what}, whose interventions and shocks are {', '.join(names) or 'none'}"
    return f"{what}{did_you_mean(name, settings_of(scenario))}"
