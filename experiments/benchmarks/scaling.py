"""(d) What a larger hospital, more worlds and a second thread cost."""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from measure import Figure, Values, alternate, median, ratio

from trustsim.organization import generate
from trustsim.scenario import load_scenario
from trustsim.simulation import Hospital, open_hospital, run_worlds

TITLE = "(d) Scaling: staff, memory, worlds side by side, threads"
# Hospitals of 300 to 300,000 people: units of thirty, since a hospital has 10,000 units at most.
UNITS = (10, 100, 1_000, 10_000)
UNIT = {"physicians": 7, "nurses": 18, "apps": 3}
REFERENCE = UNITS.index(100)
SIDE_BY_SIDE = (1, 2, 4, 8, 16, 32, 64, 128, 256)

_TOUR, _AT_REST = load_scenario("listening_tour"), load_scenario("baseline").model_copy(update={"burn_in": 0})


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield costs per tie-week of one world, bytes per tie, costs per world-week, and the speed-up of all cores."""
    yield from _staff(weeks=4 if quick else 20)
    yield from _worlds(2 if quick else 10)
    yield from _threads(2 if quick else 10)


def _staff(weeks: int) -> Iterator[Figure]:
    costs, people = [], []
    for units in UNITS:
        hospital = open_hospital(_AT_REST, 1, organization=generate({**UNIT, "units": units}))
        n, m = hospital.organization.n, hospital.organization.n_ties
        people.append(n)
        # More weeks of the small ones, whose weeks are short.
        costs.append(_seconds_a_week(hospital, max(weeks, 20 * weeks // units)) / m * 1e9)
        yield median(f"{n:,} people, {m:,} ties, one world", costs[-1], "ns per tie-week")
    for n, cost in zip(people, costs, strict=True):
        relative = float(np.median(cost) / np.median(costs[REFERENCE]))
        yield Figure(f"{n:,} people / {people[REFERENCE]:,}", relative, "x", aim="<= 3" if n == people[-1] else "")
    yield from _memory(UNITS[-1])


def _seconds_a_week(hospital: Hospital, weeks: int) -> Values:
    """Return the processor's seconds of each week, after two that may still be filling caches."""
    ends: list[float] = []

    def note_the_time(_: int) -> None:
        ends.append(time.process_time())

    run_worlds([_AT_REST], hospital, weeks=weeks + 2, after_week=note_the_time)
    return np.diff(ends)[1:]


def _memory(units: int) -> Iterator[Figure]:
    """Yield the largest size of everything that a run of one world holds, its hospital included."""
    tracemalloc.start()
    try:
        hospital = open_hospital(_AT_REST, 1, organization=generate({**UNIT, "units": units}))
        made, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        run_worlds([_AT_REST], hospital, weeks=3)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    m, n = hospital.organization.n_ties, hospital.organization.n
    yield Figure(f"{n:,} people, one world", most / m, "bytes per tie", aim="<= 400", note="largest at any time")
    yield Figure("of which hospital and first beliefs", made / m, "bytes per tie")


def _worlds(repetitions: int) -> Iterator[Figure]:
    organization = open_hospital(_TOUR, 1).organization
    weeks = _TOUR.burn_in + _TOUR.weeks

    def run(worlds: int) -> object:
        return run_worlds([_TOUR] * worlds, open_hospital(_TOUR, 1, organization=organization))

    samples = alternate([partial(run, worlds) for worlds in SIDE_BY_SIDE], repetitions)
    for worlds, seconds in zip(SIDE_BY_SIDE, samples, strict=True):
        name = f"{worlds} world{'s' if worlds > 1 else ''} side by side"
        yield median(name, seconds.cpu / (worlds * weeks) * 1e6, "us per world-week")


def _threads(repetitions: int) -> Iterator[Figure]:
    """Yield the speed-up of a thread per core over one thread: seeds one by one, each in 32 worlds."""
    cores = os.cpu_count() or 1
    organization = open_hospital(_TOUR, 1).organization
    seeds = range(1, 4 * cores + 1)

    def run(seed: int) -> object:
        return run_worlds([_TOUR] * 32, open_hospital(_TOUR, seed, organization=organization))

    def on(threads: int) -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(run, seeds))

    one, all_cores = alternate([lambda: on(1), lambda: on(cores)], repetitions)
    yield ratio(f"{cores} threads / 1, by the clock", one.clock, all_cores.clock, aim=">= 1.8" if cores == 2 else "")
    # Processor time does not see how long threads wait for one another, but it does see what they take off each other.
    note = "bound by memory and caches that threads share, without waiting"
    yield ratio(f"{cores} threads / 1, at most", one.cpu * cores, all_cores.cpu, note=note)
