"""The one place where organization, levers and an engine meet: `run_worlds`, `simulate` and `compare`.

Scenarios that are simulated together share the hospital and the luck of a seed, so that every comparison is paired:
what differs between two worlds is what leaders do in them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Hashable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import check_seed
from trustsim.errors import InputError, did_you_mean
from trustsim.organization import Organization, generate
from trustsim.scenario import Scenario, load_baseline, load_scenario
from trustsim.worlds.engine import Result, Snapshot, WeeksOfLuck, advance

if TYPE_CHECKING:
    import pandas as pd

    from trustsim.comparison import Comparison

__all__ = ["ENGINES", "Engine", "Hospital", "check_engine", "compare", "open_hospital", "run_worlds", "simulate"]

Engine = Literal["worlds", "mesa"]
ENGINES: Final = ("worlds", "mesa")
BLOCK: Final = 32
"""Worlds that run side by side: so many that vector instructions pay, so few that their state stays in cache."""


@dataclass(frozen=True, slots=True)
class Hospital:
    """An organization, and the luck that fills it with people and events."""

    organization: Organization
    luck: WeeksOfLuck
    seed: int
    hospital_seed: int


def open_hospital(
    scenario: Scenario, seed: int, *, organization: Organization | None = None, hospital_seed: int | None = None
) -> Hospital:
    """Return the hospital in which a scenario happens.

    Parameters
    ----------
    scenario : Scenario
        Says the size of the hospital, and perhaps its seed.
    seed : int
        Of the events; of the people and ties too, unless another is given here or in the scenario.
    organization : Organization, optional
        A hospital to use instead of a generated one.
    hospital_seed : int, optional
    """
    seed = check_seed(seed)
    chosen = scenario.organization_seed if hospital_seed is None else check_seed(hospital_seed)
    of_people = seed if chosen is None else chosen
    if organization is None:
        organization = generate(scenario.sizes, seed=of_people)
    return Hospital(organization, WeeksOfLuck(seed, of_people, organization), seed, of_people)


def run_worlds(
    scenarios: Sequence[Scenario],
    hospital: Hospital,
    *,
    weeks: int | None = None,
    engine: Engine = "worlds",
    by_unit: bool = False,
    snapshots: Collection[int] = (),
    start_from: Snapshot | None = None,
    after_week: Callable[[int], None] | None = None,
) -> Result:
    """Run scenarios side by side in one hospital with one luck.

    Parameters
    ----------
    scenarios : sequence of Scenario
        One world each.
    hospital : Hospital
        From `open_hospital`.
    weeks : int, optional
        Horizon after burn-in; the first scenario's if not given.
    engine : {"worlds", "mesa"}
        The compiled engine, or the Mesa model, which gives the same numbers to the bit.
    by_unit : bool
        Whether to record each unit.
    snapshots : collection of int
        Weeks, burn-in counted, after which to keep the full state.
    start_from : Snapshot, optional
        A state of as many worlds to continue from, in place of the first day.
    after_week : callable, optional
        Called with the number of each week done.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        No scenario, scenarios that do not share burn-in, or an unknown engine.
    """
    check_engine(engine)
    if not scenarios:
        raise InputError("there is no scenario to run")
    weeks = scenarios[0].weeks if weeks is None else weeks
    burn_in = scenarios[0].burn_in
    if any(scenario.burn_in != burn_in for scenario in scenarios):
        raise InputError("scenarios that run side by side need the same burn_in")
    if start_from is not None and start_from.state.reputation.shape[1] != len(scenarios):
        worlds = start_from.state.reputation.shape[1]
        raise InputError(f"the state to start from is of {worlds} worlds, not of {len(scenarios)}")
    columns = [scenario.values() for scenario in scenarios]
    plans = [
        scenario.plan(hospital.organization, column, weeks=weeks)
        for scenario, column in zip(scenarios, columns, strict=True)
    ]
    options: dict[str, Any] = {"weeks": weeks, "burn_in": burn_in, "by_unit": by_unit, "after_week": after_week}
    values: NDArray[np.float64] = np.stack(columns, axis=1)
    if engine == "mesa":
        if start_from is not None or snapshots:
            raise InputError("the Mesa engine keeps no states; pickle a HospitalModel, or use engine='worlds'")
        from trustsim.model import advance_agents

        return advance_agents(
            hospital.organization, plans, values, seed=hospital.seed, hospital_seed=hospital.hospital_seed, **options
        )
    return advance(
        hospital.organization, plans, values, hospital.luck, snapshots=snapshots, start=start_from, **options
    )


def simulate(
    scenarios: Sequence[Scenario | str] | Scenario | str,
    *,
    weeks: int | None = None,
    seed: int = 0,
    hospital_seed: int | None = None,
    organization: Organization | None = None,
    engine: Engine = "worlds",
    start_from: Snapshot | None = None,
) -> pd.DataFrame:
    """Run scenarios with the same luck and return a tidy table.

    Parameters
    ----------
    scenarios : scenario, name or path, or a sequence of them
        Those that ask for the same organization share a hospital.
    weeks : int, optional
        Horizon after burn-in; each scenario's own if not given.
    seed, hospital_seed, organization, engine, start_from
        As in `open_hospital` and `run_worlds`.

    Returns
    -------
    DataFrame
        A row for each world and week: ``world`` (position in `scenarios`), ``scenario``, ``week`` (from 0 after
        burn-in), then the measures of `trustsim.measures.NAMES`.
    """
    import pandas as pd

    loaded = load_all(scenarios)
    frames: dict[int, pd.DataFrame] = {}
    for members in _sharing_a_hospital(loaded, weeks):
        hospital = open_hospital(loaded[members[0]], seed, organization=organization, hospital_seed=hospital_seed)
        for start in range(0, len(members), BLOCK):
            block = members[start : start + BLOCK]
            result = run_worlds(
                [loaded[world] for world in block], hospital, weeks=weeks, engine=engine, start_from=start_from
            )
            for column, world in enumerate(block):
                series = {name: values[:, column] for name, values in result.hospital.items()}
                weeks_done = np.arange(len(next(iter(series.values()))))
                frames[world] = pd.DataFrame(
                    {"world": world, "scenario": loaded[world].name, "week": weeks_done, **series}
                )
    return pd.concat([frames[world] for world in range(len(loaded))], ignore_index=True)


def compare(
    scenario: Scenario | str,
    baseline: Scenario | str | None = None,
    *,
    replicates: int = 30,
    seed: int = 1,
    weeks: int | None = None,
    hospital_seed: int | None = None,
    organization: Organization | None = None,
    engine: Engine = "worlds",
    by_unit: bool = False,
    executor: Executor | None = None,
    after_replicate: Callable[[int], None] | None = None,
) -> Comparison:
    """Compare a scenario with its baseline, replicate by replicate with the same luck.

    Parameters
    ----------
    scenario : Scenario, name or path
    baseline : Scenario, name or path, optional
        By default the one that the scenario names.
    replicates : int
        Replicate r has seed ``seed + r``.
    seed : int
        Root seed.
    weeks, hospital_seed, organization, engine, by_unit
        As in `run_worlds` and `open_hospital`.
    executor : concurrent.futures.Executor, optional
        Where replicates run; by default a thread pool of one thread per core (the Mesa engine runs one by one).
    after_replicate : callable, optional
        Called with the number of replicates done so far.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        Fewer than two replicates (there is no interval from one), or what `run_worlds` refuses.
    """
    from trustsim.comparison import Comparison

    (loaded,) = load_all(scenario)
    (against,) = load_all(baseline) if baseline is not None else (load_baseline(loaded),)
    if replicates < 2:
        raise InputError(f"an interval needs 2 replicates or more, not {replicates}")
    if _hospital_of(loaded) != _hospital_of(against):
        raise InputError(
            f"{loaded.name} and {against.name} happen in different hospitals; a paired comparison needs one"
        )
    check_seed(seed + replicates - 1)
    weeks = loaded.weeks if weeks is None else weeks
    task = _Pair(against, loaded, weeks, hospital_seed, organization, engine, by_unit)
    seeds = [seed + number for number in range(replicates)]
    results = _in_order(task, seeds, executor, after_replicate)
    units: Sequence[str] = ()
    if by_unit:
        units = open_hospital(loaded, seed, organization=organization).organization.unit_names
    return Comparison(loaded, against, seeds, weeks, results, units)


@dataclass(frozen=True, slots=True)
class _Pair:
    """One replicate of a comparison: a callable that travels to a worker."""

    baseline: Scenario
    scenario: Scenario
    weeks: int
    hospital_seed: int | None
    organization: Organization | None
    engine: Engine
    by_unit: bool

    def __call__(self, seed: int) -> Result:
        worlds = (self.baseline, self.scenario)
        hospital = open_hospital(self.scenario, seed, organization=self.organization, hospital_seed=self.hospital_seed)
        result = run_worlds(worlds, hospital, weeks=self.weeks, engine=self.engine, by_unit=self.by_unit)
        return Result(result.hospital, result.units)  # without the final state, which is large


def _in_order(
    task: _Pair, seeds: Sequence[int], executor: Executor | None, after_replicate: Callable[[int], None] | None
) -> list[Result]:
    first = task(seeds[0])  # alone: it may have to compile, and a mistake shows before a pool is filled
    done: dict[int, Result] = {seeds[0]: first}
    if after_replicate is not None:
        after_replicate(1)
    workers = 1 if task.engine == "mesa" else os.cpu_count() or 1
    pool = executor or ThreadPoolExecutor(max_workers=workers)
    try:
        futures = {pool.submit(task, seed): seed for seed in seeds[1:]}
        for future in as_completed(futures):
            done[futures[future]] = future.result()
            if after_replicate is not None:
                after_replicate(len(done))
    finally:
        if executor is None:
            pool.shutdown(wait=True, cancel_futures=True)
    return [done[seed] for seed in seeds]


def check_engine(name: str) -> Engine:
    """Return the name of an engine.

    Raises
    ------
    InputError
        If there is none of this name.
    """
    if name not in ENGINES:
        raise InputError(f"unknown engine {name!r}, not {' or '.join(ENGINES)}{did_you_mean(name, ENGINES)}")
    return cast(Engine, name)


def load_all(scenarios: Sequence[Scenario | str] | Scenario | str) -> list[Scenario]:
    """Return scenarios given as objects, names or paths, one or several."""
    listed = [scenarios] if isinstance(scenarios, (Scenario, str)) else list(scenarios)
    return [scenario if isinstance(scenario, Scenario) else load_scenario(scenario) for scenario in listed]


def _hospital_of(scenario: Scenario) -> Hashable:
    """Return what decides in which hospital a scenario happens."""
    return tuple(sorted(scenario.organization.items()))


def _sharing_a_hospital(scenarios: Sequence[Scenario], weeks: int | None) -> list[list[int]]:
    """Return the positions of scenarios that can run side by side, group by group."""
    groups: dict[Hashable, list[int]] = {}
    for number, scenario in enumerate(scenarios):
        key = (_hospital_of(scenario), scenario.burn_in, scenario.weeks if weeks is None else weeks)
        groups.setdefault(key, []).append(number)
    return list(groups.values())
