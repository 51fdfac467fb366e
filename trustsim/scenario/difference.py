"""What a scenario changes against another, once all that it inherits is spelled out."""

from __future__ import annotations

from typing import Any

from trustsim import parameters
from trustsim.interventions import Episode
from trustsim.scenario.schema import Scenario
from trustsim.scenario.settings import PARAMETER_SET

__all__ = ["difference"]


def difference(base: Scenario, scenario: Scenario) -> list[str]:
    """Return a line for each difference that can matter to a run: nothing if the two are the same world.

    Parameters
    ----------
    base, scenario : Scenario
        From which, and to which.

    Returns
    -------
    list of str
        Such as ``"+ listening_tour: kind listening_tour, start 26, ..."`` and ``"trust.negativity: 1.5 -> 3"``.
    """
    before, after = ({episode.name: episode for episode in each.episodes} for each in (base, scenario))
    lines = [f"- {_spelled_out(before[name])}" for name in sorted(before.keys() - after.keys())]
    lines += [f"+ {_spelled_out(after[name])}" for name in sorted(after.keys() - before.keys())]
    for name in sorted(before.keys() & after.keys()):
        lines += _changes(before[name].model_dump(mode="json"), after[name].model_dump(mode="json"), f"{name}.")
    return lines + _changes(_flat(base), _flat(scenario))


def _flat(scenario: Scenario) -> dict[str, Any]:
    defaults = {name: known.default for name, known in parameters.REGISTER.items()}
    horizon = {"weeks": scenario.weeks, "burn_in": scenario.burn_in}
    of_set = {} if scenario.parameter_set is None else {PARAMETER_SET: scenario.parameter_set.digest[:8]}
    return {**horizon, "organization.seed": scenario.organization_seed, **of_set, **defaults, **scenario.overrides}


def _changes(before: dict[str, Any], after: dict[str, Any], prefix: str = "") -> list[str]:
    names = [*before, *(name for name in after if name not in before)]
    pairs = [(name, before.get(name), after.get(name)) for name in names]
    return [f"{prefix}{name}: {_shown(old)} -> {_shown(new)}" for name, old, new in pairs if old != new]


def _spelled_out(episode: Episode) -> str:
    settings = episode.model_dump(mode="json", exclude={"name"})
    return f"{episode.name}: " + ", ".join(f"{name} {_shown(value)}" for name, value in settings.items())


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(value)
