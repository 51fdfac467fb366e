"""What a visitor asks to run: a shipped scenario, what they added, left out and set, and how many replicates of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from pydantic import ValidationError

from trustsim.app.limits import check_size, most_replicates, positions
from trustsim.app.state.offered import as_written
from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.organization import Organization
from trustsim.scenario import Scenario, load_baseline, load_scenario, scenario_names, shared_settings, with_settings
from trustsim.scenario.messages import sentences
from trustsim.simulation import open_hospital
from trustsim.studies import Recipe

__all__ = ["DEFAULT_SCENARIO", "RunSpec"]

DEFAULT_SCENARIO: Final = "listening_tour"


@dataclass(frozen=True)
class RunSpec:
    """What to run. Two specs are equal when they were asked for in the same words.

    Attributes
    ----------
    scenario : str
        Name of a shipped scenario; never a path.
    left_out : tuple of str
        Names of its interventions and shocks that are not in force.
    added : tuple of str
        Kinds of interventions and shocks that it has not.
    settings : tuple of (str, value)
        As ``trustsim run --set``, sorted by name.
    replicates, seed : int
    """

    scenario: str = DEFAULT_SCENARIO
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    settings: tuple[tuple[str, float | str], ...] = ()
    replicates: int = 20
    seed: int = 1

    @property
    def changes(self) -> int:
        """How many things differ from the scenario as it ships."""
        return len(self.left_out) + len(self.added) + len(self.settings)

    def shipped(self) -> Scenario:
        """Return the scenario as it ships."""
        if self.scenario not in scenario_names():
            raise InputError(f"no scenario {self.scenario!r} is shipped")
        return load_scenario(self.scenario)

    def worlds(self) -> tuple[Scenario, Scenario]:
        """Return the scenario and its baseline.

        Raises
        ------
        InputError
            If something cannot be set so, or is too much for the app.
        """
        return _worlds(self)

    @property
    def most_replicates(self) -> int:
        """How many replicates the app runs of a hospital of this size."""
        scenario, _ = replace(self, replicates=2).worlds()
        return most_replicates(positions(scenario.sizes), scenario.weeks, scenario.burn_in)

    def recipe(self) -> Recipe:
        """Return what `trustsim run` would run for it."""
        scenario, baseline = self.worlds()
        return Recipe(scenario, baseline, self.replicates, self.seed)

    def organization(self) -> Organization:
        """Return the hospital of the first replicate."""
        return open_hospital(self.worlds()[0], self.seed).organization

    def setting(self, name: str, value: float | str | None) -> RunSpec:
        """Return a spec with one setting changed, or back at its default for None."""
        others = {known: each for known, each in self.settings if known != name}
        new = others if value is None else {**others, name: value}
        return replace(self, settings=tuple(sorted(new.items())))

    def as_shipped(self, scenario: str) -> RunSpec:
        """Return a spec of a scenario as it ships, with as many replicates and the same luck as this one."""
        return RunSpec(scenario=scenario, replicates=self.replicates, seed=self.seed)

    def without(self, name: str) -> RunSpec:
        """Return a spec in which an intervention or shock, and all that was set in it, is left out."""
        kept = tuple(setting for setting in self.settings if setting[0].partition(".")[0] != name)
        if name in self.added:
            return replace(self, settings=kept, added=tuple(kind for kind in self.added if kind != name))
        return replace(self, settings=kept, left_out=(*self.left_out, name))

    def adding(self, kind: str) -> RunSpec:
        """Return a spec with one more intervention or shock, or with one back that was left out."""
        if kind in self.left_out:
            return replace(self, left_out=tuple(name for name in self.left_out if name != kind))
        return replace(self, added=(*self.added, kind))


@lru_cache(maxsize=256)
def _worlds(spec: RunSpec) -> tuple[Scenario, Scenario]:
    shipped = spec.shipped()
    baseline, given = load_baseline(shipped), _edited(shipped, spec)
    settings = as_written(spec.settings)
    scenario = with_settings(given, settings)
    shared = shared_settings(settings, given, baseline)
    changes = {name: value for name, value in settings.items() if name in shared}
    check_size(positions(scenario.sizes), scenario.weeks, scenario.burn_in, spec.replicates)
    if scenario.burn_in < 1:
        raise InputError("the app shows the week before the first, so burn_in is 1 or more here")
    return scenario, with_settings(baseline, {**changes, "weeks": scenario.weeks})


def _edited(shipped: Scenario, spec: RunSpec) -> Scenario:
    """Return the scenario with some interventions and shocks added and left out; settings are not made yet."""
    unknown = [name for name in spec.left_out if name not in {episode.name for episode in shipped.episodes}]
    if unknown:
        raise InputError(f"{shipped.name} has no {unknown[0]!r} to leave out")
    new = {key: getattr(shipped, key) for key in Scenario.model_fields}
    for key, registry in (("interventions", INTERVENTIONS), ("shocks", SHOCKS)):
        kept = [episode for episode in new[key] if episode.name not in spec.left_out]
        new[key] = (*kept, *(registry[kind]() for kind in spec.added if kind in registry))
    strange = [kind for kind in spec.added if kind not in {**INTERVENTIONS, **SHOCKS}]
    if strange:
        raise InputError(f"there is no intervention {strange[0]!r}")
    try:
        return Scenario.model_validate(new)
    except ValidationError as error:
        raise InputError("; ".join(sentences(error, Scenario))) from None
