"""Whether the effects of interventions keep their sign under other calibrations, hospitals and parameters.

    python experiments/verification/robustness.py --calibration FOLDER      # that trustsim calibrate wrote

An intervention's *headline effect* is what it does, alone, to the first measure for which the mission expects something
of it: a scenario of the mission against the same one with its dose at 0, in the same hospitals with the same luck. It
is looked at

- at the defaults, and in smaller and larger hospitals;
- under two vectors of a calibration without each of its targets (`leave_one_out`);
- under each plausible vector that the calibration found; the first, its reference, is what the defaults are.

It *flips* if its interval (95 %) is clear of zero on the other side than at the defaults; it is *lost* if its interval
holds zero. Among so many, effects near zero are lost somewhere by chance; one that does not exist flips by chance in
one vector of forty.

All takes some ten minutes of processor time, on all cores.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from leave_one_out import without_each_target
from numpy.typing import NDArray
from signs import HERE, as_csv, as_markdown, row

from trustsim.comparison import Effect, paired_effect
from trustsim.draws import replicate_seed
from trustsim.errors import InputError, TrustsimError
from trustsim.evidence.calibration.calibrate import PARAMETERS
from trustsim.interventions import INTERVENTIONS
from trustsim.interventions.mission import Expectation, mission
from trustsim.scenario import ParameterSet, Scenario, load_scenario, with_settings
from trustsim.scenario.parameter_set import find_parameter_set
from trustsim.simulation import BLOCK, cores, open_hospital, run_worlds
from trustsim.studies.durable import write_text

TABLE = Path(__file__).with_suffix(".csv")
REPLICATES = 24
SEED = 35_000_017
"""Root of the seeds: neither calibration nor validation has seen one of them."""
HOSPITALS: Mapping[str, Mapping[str, int]] = {
    "8 units": {"organization.units": 8},
    "32 units": {"organization.units": 32},
    "units twice as large": {"organization.physicians": 8, "organization.nurses": 22, "organization.apps": 4},
}


@dataclass(frozen=True)
class Headline:
    """The effect that an intervention is known for: a world with it, against the same world without it."""

    intervention: str
    expectation: Expectation
    world: Scenario
    without: Scenario


@dataclass(frozen=True)
class Variant:
    """What differs from the defaults: values of parameters, or the hospital."""

    name: str
    values: Mapping[str, float] = field(default_factory=dict)
    hospital: Mapping[str, int] = field(default_factory=dict)

    def of(self, world: Scenario) -> Scenario:
        """Return a world of it. What a scenario says of a parameter is part of its story, and stays."""
        values = {name: value for name, value in self.values.items() if name not in world.parameters}
        return with_settings(world, {**values, **self.hospital})


DEFAULTS = Variant(HERE)


def headline(intervention: str) -> Headline:
    """Return the headline effect of an intervention.

    Of what the mission expects in rows that the intervention stands for, the first in a scenario that bears its name;
    else the first in any that has it, in weeks when it is in force.
    """
    systems = [system for system in mission().values() if intervention in system.kinds]
    expected = [one for system in systems for one in system.expect if one.goes != "same"]
    for one in sorted(expected, key=lambda one: one.scenario != intervention):  # stable
        world = with_settings(load_scenario(one.scenario), one.settings)
        episodes = [episode for episode in world.interventions if episode.kind == intervention]
        if any(episode.start < one.weeks[1] for episode in episodes):
            without = with_settings(world, {f"{episode.name}.dose": 0.0 for episode in episodes})
            return Headline(intervention, one, world, without)
    raise InputError(f"the mission expects nothing of {intervention}")


def plausible(found: ParameterSet) -> list[Variant]:
    """Return the vectors that a calibration found plausible."""
    return [Variant(f"plausible {number}", found.vector(number)) for number in range(len(found.plausible))]


def effects(
    headlines: Sequence[Headline],
    variants: Iterable[Variant],
    *,
    replicates: int = REPLICATES,
    after: Callable[[int], None] | None = None,
) -> dict[str, list[Effect]]:
    """Return the headline effects of each variant, in the order of the headlines.

    Parameters
    ----------
    headlines : sequence of Headline
    variants : iterable of Variant
        Those of one hospital run side by side with the same luck.
    replicates : int
        Hospitals, and luck, of each.
    after : callable, optional
        Called with the number of runs done since it was called last.
    """
    seeds = [replicate_seed(SEED, number) for number in range(replicates)]
    worlds = {world.digest: world for each in headlines for world in (each.world, each.without)}
    by_hospital: dict[tuple[tuple[str, int], ...], list[Variant]] = {}
    for variant in variants:
        by_hospital.setdefault(tuple(variant.hospital.items()), []).append(variant)
    found = {}
    with ThreadPoolExecutor(max_workers=cores()) as pool:  # kernels release the interpreter's lock
        for alike in by_hospital.values():
            run = _Run(headlines, list(worlds), [each.of(world) for each in alike for world in worlds.values()], after)
            first, *rest = seeds
            seen = np.stack([run(first), *pool.map(run, rest)])  # the first alone: it may have to compile
            for number, variant in enumerate(alike):
                found[variant.name] = [
                    paired_effect(each.expectation.measure, seen[:, number, place, 0], seen[:, number, place, 1])
                    for place, each in enumerate(headlines)
                ]
    return found


@dataclass(frozen=True)
class _Run:
    """All worlds of one hospital: a callable for a pool of threads."""

    headlines: Sequence[Headline]
    order: list[str]
    worlds: Sequence[Scenario]
    after: Callable[[int], None] | None

    def __call__(self, seed: int) -> NDArray[np.float64]:
        """Return means over the weeks that count, without and with, (variants, headlines, 2) float64."""
        hospital = open_hospital(self.worlds[0], seed)
        measures = {each.expectation.measure for each in self.headlines}
        weeks = max(each.expectation.weeks[1] for each in self.headlines)
        seen: dict[str, list[NDArray[np.float64]]] = {measure: [] for measure in measures}
        for start in range(0, len(self.worlds), BLOCK):
            block = self.worlds[start : start + BLOCK]
            result = run_worlds(block, hospital, weeks=weeks).hospital
            for measure in measures:
                seen[measure].append(result[measure])
            if self.after is not None:
                self.after(len(block))
        weekly = {measure: np.concatenate(blocks, axis=1) for measure, blocks in seen.items()}
        means = np.empty((len(self.worlds) // len(self.order), len(self.headlines), 2))
        for number, each in enumerate(self.headlines):
            of_weeks = np.nanmean(weekly[each.expectation.measure][slice(*each.expectation.weeks)], axis=0)
            for side, world in enumerate((each.without, each.world)):
                means[:, number, side] = of_weeks[self.order.index(world.digest) :: len(self.order)]
        return means


def main(
    calibration: Annotated[Path, typer.Option(help="A folder that trustsim calibrate wrote.")],
    out: Annotated[Path, typer.Option(help="The table; beside it, one for readers.")] = TABLE,
    replicates: Annotated[int, typer.Option(min=2)] = REPLICATES,
) -> None:
    """Hold the headline effect of every intervention against other calibrations, hospitals and parameters."""
    found = find_parameter_set(str(calibration / PARAMETERS))
    headlines = [headline(intervention) for intervention in INTERVENTIONS]
    elsewhere = [Variant(name, hospital=hospital) for name, hospital in HOSPITALS.items()]
    elsewhere += [Variant(name, values) for name, values in without_each_target(calibration)]
    variants = [DEFAULTS, *elsewhere, *plausible(found)]
    worlds = len({world.digest for each in headlines for world in (each.world, each.without)})
    with typer.progressbar(length=worlds * len(variants) * replicates, label=f"{len(variants)} variants") as bar:
        seen = effects(headlines, variants, replicates=replicates, after=bar.update)
    rows = [
        row(
            one.intervention,
            one.expectation,
            seen[DEFAULTS.name][number],
            {each.name: seen[each.name][number] for each in elsewhere},
            [seen[each.name][number] for each in plausible(found)],
        )
        for number, one in enumerate(headlines)
    ]
    write_text(out, as_csv(rows, found.digest))
    write_text(out.with_suffix(".md"), as_markdown(rows, found.digest[:12], replicates))
    for each in rows:
        typer.echo(f"{each.intervention}: {each.measure} {each.effect:.3g}: {each.verdict}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except TrustsimError as error:
        sys.exit(str(error))
