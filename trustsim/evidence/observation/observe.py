"""Simulate what targets need, side by side and on all cores, and estimate what they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim import parameters
from trustsim.draws import check_seed
from trustsim.errors import InputError
from trustsim.evidence.observation.estimators import Sample, jackknife
from trustsim.evidence.observation.recipe import Recipe
from trustsim.evidence.observation.registry import RECIPES, part_names
from trustsim.evidence.observation.worlds import Column, Group, Seen, World, grouped
from trustsim.evidence.schema import Target
from trustsim.scenario import Scenario, with_settings
from trustsim.scenario.schema import ORGANIZATION
from trustsim.simulation import BLOCK, Hospital, cores, open_hospital, run_worlds

__all__ = ["Observations", "observe"]

_FEWEST_SEEDS: Final = 2


@dataclass(frozen=True, slots=True)
class Observations:
    """What the model says of some targets, under V vectors of parameters.

    Attributes
    ----------
    names : tuple of P str
        Target and part: ``"V10.burnout"``.
    values : (V, P) float64 array
        Estimates from all seeds together. Missing (nan) where the model has no measure, or the estimate does not exist.
    covariance : (V, P, P) float64 array
        Of the estimates over seeds, by the jackknife; parts share hospitals and luck.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    covariance: NDArray[np.float64]

    @property
    def se(self) -> NDArray[np.float64]:
        """Standard errors over seeds, (V, P)."""
        return np.sqrt(np.diagonal(self.covariance, axis1=1, axis2=2))


def observe(
    targets: Mapping[str, Target],
    vectors: Sequence[Mapping[str, float]] = ({},),
    *,
    seeds: Sequence[int],
    workers: int | None = None,
    sizes: Mapping[str, float] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Observations:
    """Simulate what some targets need, and no more.

    All vectors run with the same luck. A value depends on its target, vector, seeds and sizes alone, not on what else
    is observed or on how the work is shared out.

    Parameters
    ----------
    targets : mapping of str to Target
    vectors : sequence of mapping of str to float
        Values in place of the register's defaults.
    seeds : sequence of int
        One hospital and its luck each, two or more.
    workers : int, optional
        Threads; by default one per core.
    sizes : mapping of str to float, optional
        Of another hospital than the default one, as `trustsim.organization.generate` takes them.
    progress : callable, optional
        Called with the numbers of seeds done and of seeds in all.

    Returns
    -------
    Observations

    Raises
    ------
    InputError
        Parameters that there are not or that are out of range, or fewer than two seeds.
    """
    if len(seeds) < _FEWEST_SEEDS:
        raise InputError(f"a standard error over seeds needs {_FEWEST_SEEDS} seeds or more, not {len(seeds)}")
    seeds = [check_seed(seed) for seed in seeds]
    names = part_names(targets)
    known = {name: RECIPES[name] for name in names if name in RECIPES}
    task = _Task(known, [_checked(vector) for vector in vectors], sizes or {})
    samples: dict[int, list[dict[str, Sample]]] = {}

    def done(number: int, of_seed: list[dict[str, Sample]]) -> None:
        samples[number] = of_seed
        if progress is not None:
            progress(len(samples), len(seeds))

    done(0, task(seeds[0]))  # alone: it may have to compile, and a mistake shows before a pool is filled
    with ThreadPoolExecutor(max_workers=workers or cores()) as pool:
        futures = {pool.submit(task, seed): number for number, seed in enumerate(seeds) if number > 0}
        try:
            for future in as_completed(futures):
                done(futures[future], future.result())
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
    return _estimated(names, known, [samples[number] for number in range(len(seeds))], len(vectors))


class _Task:
    """Everything that is asked of one seed: a callable for a pool of threads."""

    def __init__(
        self, recipes: Mapping[str, Recipe], vectors: Sequence[Mapping[str, float]], sizes: Mapping[str, float]
    ) -> None:
        self.recipes = recipes
        self.groups = grouped(need for recipe in recipes.values() for need in recipe.needs)
        loaded = {world: world.load(sizes) for group in self.groups for world in group.worlds}
        self.scenarios = [
            {world: with_settings(scenario, vector) for world, scenario in loaded.items()} for vector in vectors
        ]
        self.values = [parameters.resolve(vector) for vector in vectors]
        most = max((len(group.worlds) for group in self.groups), default=1)
        self.at_once = max(BLOCK // most, 1)
        """Vectors whose worlds fit side by side."""

    def __call__(self, seed: int) -> list[dict[str, Sample]]:
        """Return a sample for each vector and part."""
        hospitals: dict[object, Hospital] = {}
        for group in self.groups:
            if group.sizes not in hospitals:
                hospitals[group.sizes] = open_hospital(self.scenarios[0][group.worlds[0]], seed)
        samples = []
        for start in range(0, len(self.scenarios), self.at_once):
            chosen = range(start, min(start + self.at_once, len(self.scenarios)))
            columns: dict[int, dict[World, Column]] = {vector: {} for vector in chosen}
            for group in self.groups:
                self._run(group, hospitals[group.sizes], columns)
            for vector, of_vector in columns.items():
                seen = Seen(of_vector, self.values[vector])
                samples.append({name: recipe.observe(seen) for name, recipe in self.recipes.items()})
        return samples

    def _run(self, group: Group, hospital: Hospital, columns: Mapping[int, dict[World, Column]]) -> None:
        """Run a group of worlds for some vectors, and add them to the columns of each."""
        scenarios: list[Scenario] = [self.scenarios[vector][world] for vector in columns for world in group.worlds]
        states = [scenarios[0].burn_in + week for week in group.states]
        result = run_worlds(scenarios, hospital, weeks=group.weeks, snapshots=states)
        places = ((vector, world) for vector in columns for world in group.worlds)
        for number, (vector, world) in enumerate(places):
            columns[vector][world] = Column(scenarios[number], hospital, result, number)


def _checked(vector: Mapping[str, float]) -> dict[str, float]:
    for name, value in vector.items():
        if name.startswith(ORGANIZATION):
            short = name.removeprefix(ORGANIZATION)
            raise InputError(f"{name} decides the hospital, which all vectors share; give it in sizes, as {short!r}")
        parameters.check(name, value)
    return dict(vector)


def _estimated(
    names: Sequence[str], recipes: Mapping[str, Recipe], samples: Sequence[list[dict[str, Sample]]], vectors: int
) -> Observations:
    values = np.full((vectors, len(names)), np.nan)
    deviations = np.full((vectors, len(names), len(samples)), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        for vector in range(vectors):
            for number, name in enumerate(names):
                if name in recipes:
                    of_part = [of_seed[vector][name] for of_seed in samples]
                    values[vector, number], deviations[vector, number] = jackknife(recipes[name].estimate, of_part)
        return Observations(tuple(names), values, deviations @ deviations.transpose(0, 2, 1))
