"""A paired comparison: a scenario and its baseline in the same hospitals with the same luck, replicate by replicate."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from trustsim.comparison import Comparison
from trustsim.draws import replicate_seed
from trustsim.errors import InputError
from trustsim.organization import Organization
from trustsim.scenario import Scenario, load_baseline, sharing_parameters
from trustsim.simulation.hospital import hospital_of, open_hospital
from trustsim.simulation.side_by_side import Engine, check_weeks, load_all, run_worlds
from trustsim.worlds.engine import Result

__all__ = ["compare", "cores"]


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
        Replicate r has the seed `trustsim.draws.replicate_seed` of the root seed and r; of a set of parameters, it has
        the plausible vector whose turn it is.
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
    (loaded,) = load_all(scenario)
    against = load_baseline(loaded) if baseline is None else sharing_parameters(load_all(baseline)[0], loaded)
    if type(replicates) is not int or replicates < 2:
        raise InputError(f"an interval needs 2 replicates or more, a whole number, not {replicates!r}")
    if hospital_of(loaded, organization) != hospital_of(against, organization):
        raise InputError(
            f"{loaded.name} and {against.name} happen in different hospitals; a paired comparison needs one"
        )
    weeks = loaded.weeks if weeks is None else check_weeks(weeks)
    task = _Pair(against, loaded, weeks, hospital_seed, organization, engine, by_unit)
    seeds = [replicate_seed(seed, number) for number in range(replicates)]
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

    def __call__(self, replicate: int, seed: int) -> Result:
        worlds = (self.baseline.of_replicate(replicate), self.scenario.of_replicate(replicate))
        hospital = open_hospital(self.scenario, seed, organization=self.organization, hospital_seed=self.hospital_seed)
        result = run_worlds(worlds, hospital, weeks=self.weeks, engine=self.engine, by_unit=self.by_unit)
        return Result(result.hospital, result.units)  # without the final state, which is large


def _in_order(
    task: _Pair, seeds: Sequence[int], executor: Executor | None, after_replicate: Callable[[int], None] | None
) -> list[Result]:
    first = task(0, seeds[0])  # alone: it may have to compile, and a mistake shows before a pool is filled
    done: dict[int, Result] = {0: first}
    if after_replicate is not None:
        after_replicate(1)
    workers = 1 if task.engine == "mesa" else cores()
    pool = executor or ThreadPoolExecutor(max_workers=workers)
    try:
        futures = {pool.submit(task, number, seeds[number]): number for number in range(1, len(seeds))}
        for future in as_completed(futures):
            done[futures[future]] = future.result()
            if after_replicate is not None:
                after_replicate(len(done))
    finally:
        if executor is None:
            pool.shutdown(wait=True, cancel_futures=True)
    return [done[number] for number in range(len(seeds))]


def cores() -> int:
    """Return how many cores this process may use, which on a cluster are fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
