"""Runs that the tests of the mission share: every world once per seed, side by side with one luck."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest
from numpy.typing import NDArray

from trustsim.comparison import Effect, paired_effect
from trustsim.interventions.mission import Expectation, mission
from trustsim.scenario import Scenario, load_baseline, load_scenario, with_settings
from trustsim.simulation import BLOCK, open_hospital, run_worlds

REPLICATES = 24
SEEDS = range(4100, 4100 + REPLICATES)


@dataclass(frozen=True)
class Runs:
    """Measures of some worlds, each (weeks, worlds) for every seed."""

    number: Mapping[str, int]
    results: list[dict[str, NDArray[np.float64]]]

    def values(self, world: Scenario, measure: str, weeks: tuple[int, int]) -> NDArray[np.float64]:
        """Return the mean over some weeks, (replicates,)."""
        return np.array([np.nanmean(each[measure][slice(*weeks), self.number[world.digest]]) for each in self.results])

    def weekly(self, world: Scenario, measure: str) -> NDArray[np.float64]:
        """Return every week, (replicates, weeks)."""
        return np.array([each[measure][:, self.number[world.digest]] for each in self.results])

    def effect(self, world: Scenario, against: Scenario, measure: str, weeks: tuple[int, int] = (78, 104)) -> Effect:
        return paired_effect(measure, self.values(against, measure, weeks), self.values(world, measure, weeks))


def run_all(worlds: Iterable[Scenario], measures: Iterable[str], seeds: Iterable[int] = SEEDS) -> Runs:
    """Run worlds of one hospital, each kind of world once, `BLOCK` of them side by side."""
    distinct = list({world.digest: world for world in worlds}.values())
    blocks = [distinct[start : start + BLOCK] for start in range(0, len(distinct), BLOCK)]
    kept = sorted(set(measures))

    def run(seed: int) -> dict[str, NDArray[np.float64]]:
        hospital = open_hospital(distinct[0], seed)
        found = [run_worlds(block, hospital).hospital for block in blocks]
        return {name: np.concatenate([of_block[name] for of_block in found], axis=1) for name in kept}

    first, *rest = seeds
    results = [run(first)]  # alone: it may have to compile
    with ThreadPoolExecutor() as pool:  # kernels release the interpreter's lock
        results += pool.map(run, rest)
    return Runs({world.digest: number for number, world in enumerate(distinct)}, results)


@dataclass(frozen=True)
class Pair:
    """The two worlds that an expectation compares."""

    expectation: Expectation

    @cached_property
    def world(self) -> Scenario:
        return with_settings(load_scenario(self.expectation.scenario), self.expectation.settings)

    @cached_property
    def against(self) -> Scenario:
        chosen = self.expectation.against
        other = load_scenario(chosen) if chosen else load_baseline(load_scenario(self.expectation.scenario))
        return with_settings(other, self.expectation.against_settings)


@pytest.fixture(scope="session")
def expected() -> Runs:
    """All worlds of all rows of the mission."""
    pairs = [Pair(one) for row in mission().values() for one in row.expect]
    worlds = [world for pair in pairs for world in (pair.world, pair.against)]
    return run_all(worlds, {pair.expectation.measure for pair in pairs})


@pytest.fixture(scope="session")
def runs() -> Callable[..., Runs]:
    """The way to run other worlds."""
    return run_all


@pytest.fixture(scope="session")
def pair_of() -> type[Pair]:
    """The way from an expectation to its two worlds."""
    return Pair
