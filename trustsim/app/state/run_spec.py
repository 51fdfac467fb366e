"""What a visitor asks to run: a shipped scenario, what they added, left out and set, where, and how many replicates."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from pydantic import ValidationError

from trustsim.app.limits import check_size, most_replicates, positions
from trustsim.app.state.hospital import Hospital, generated_units
from trustsim.app.state.offered import as_written
from trustsim.app.state.shipped import shipped_scenario
from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.organization import Organization
from trustsim.scenario import Scenario, load_baseline, shared_settings, with_settings
from trustsim.scenario.messages import sentences
from trustsim.simulation import open_hospital
from trustsim.studies import Recipe

__all__ = ["DEFAULT_SCENARIO", "RunSpec"]

DEFAULT_SCENARIO: Final = "listening_tour"
Value = float | str | tuple[str, ...]
_SIZES: Final = "organization."


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
        As ``trustsim run --set``, sorted by name; for the units of an episode, a share or a tuple of names.
    replicates, seed : int
    hospital : Hospital, optional
        A real one; by default one is generated.
    """

    scenario: str = DEFAULT_SCENARIO
    left_out: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    settings: tuple[tuple[str, Value], ...] = ()
    replicates: int = 20
    seed: int = 1
    hospital: Hospital | None = None

    @property
    def changes(self) -> int:
        """How many things differ from the scenario as it ships."""
        return len(self.left_out) + len(self.added) + len(self.settings)

    @property
    def title(self) -> str:
        """What the scenario is called, and whether it is not as it ships."""
        shipped = self.shipped()
        return f"{shipped.title or shipped.name}{' (edited)' if self.changes else ''}"

    def shipped(self) -> Scenario:
        """Return the scenario as it ships."""
        return shipped_scenario(self.scenario)

    def worlds(self) -> tuple[Scenario, Scenario]:
        """Return the scenario and its baseline.

        Raises
        ------
        InputError
            If something cannot be set so, or is too much for the app.
        """
        # Remembered without the hospital, which goes when its visitor goes.
        return _worlds(replace(self, hospital=None), None if self.hospital is None else self.hospital.organization.n)

    @property
    def most_replicates(self) -> int:
        """How many replicates the app runs of a hospital of this size."""
        scenario, _ = replace(self, replicates=2).worlds()
        people = positions(scenario.sizes) if self.hospital is None else self.hospital.organization.n
        return most_replicates(people, scenario.weeks, scenario.burn_in)

    @property
    def unit_names(self) -> tuple[str, ...]:
        """What the units of the hospital are called."""
        if self.hospital is not None:
            return self.hospital.organization.unit_names
        return generated_units(tuple(sorted(self.worlds()[0].sizes.items())))

    def recipe(self) -> Recipe:
        """Return what `trustsim run` would run for it."""
        scenario, baseline = self.worlds()
        real = None if self.hospital is None else self.hospital.organization
        return Recipe(scenario, baseline, self.replicates, self.seed, organization=real)

    def organization(self) -> Organization:
        """Return the hospital of the first replicate."""
        recipe = self.recipe()
        return open_hospital(recipe.scenario, self.seed, organization=recipe.organization).organization

    def within(self, hospital: Hospital | None) -> RunSpec:
        """Return a spec of the same in another hospital, as far as that has it.

        Sizes are of generated hospitals; names of units that the other has not are left out.
        """
        moved = replace(self, hospital=hospital)
        if hospital is not None:
            moved = replace(moved, settings=tuple(each for each in moved.settings if not each[0].startswith(_SIZES)))
        units = set(replace(moved, replicates=2).unit_names)
        for name, value in moved.settings:
            if isinstance(value, tuple):
                moved = moved.setting(name, tuple(unit for unit in value if unit in units) or None)
        return replace(moved, replicates=min(moved.replicates, moved.most_replicates))

    def setting(self, name: str, value: Value | None) -> RunSpec:
        """Return a spec with one setting changed, or back at its default for None."""
        others = {known: each for known, each in self.settings if known != name}
        new = others if value is None else {**others, name: value}
        return replace(self, settings=tuple(sorted(new.items())))

    def as_shipped(self, scenario: str) -> RunSpec:
        """Return a spec of a scenario as it ships, in the same hospital with as many replicates and the same luck."""
        return RunSpec(scenario=scenario, replicates=self.replicates, seed=self.seed, hospital=self.hospital)

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
def _worlds(spec: RunSpec, people: int | None) -> tuple[Scenario, Scenario]:
    """Return both worlds; `people` is how many positions a real hospital has, None for a generated one."""
    shipped = spec.shipped()
    baseline, given = load_baseline(shipped), _edited(shipped, spec)
    settings = as_written(spec.settings)
    scenario = with_settings(given, settings)
    shared = shared_settings(settings, given, baseline)
    changes = {name: value for name, value in settings.items() if name in shared}
    sizes = [name for name in settings if name.startswith(_SIZES)]
    if people is not None and sizes:
        raise InputError(f"{sizes[0]} is of generated hospitals, and this one is real")
    people = positions(scenario.sizes) if people is None else people
    check_size(people, scenario.weeks, scenario.burn_in, spec.replicates)
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
