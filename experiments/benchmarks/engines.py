"""(a) The compiled engine against the Mesa model: the same hospital, the same scenario, the same 130 weeks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from measure import Figure, alternate, median, ratio

from trustsim.scenario import load_scenario
from trustsim.simulation import Engine, open_hospital, run_worlds
from trustsim.worlds.engine import Result

TITLE = "(a) Worlds engine and Mesa model: default hospital, listening tour, 26 + 104 weeks, one core"
SIDE_BY_SIDE = (1, 32, 64, 128)


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield runs per second and core of either engine, and their ratio for each number of worlds side by side.

    A run goes from an organization to its results: levers compiled, luck drawn, hospital opened, all weeks recorded.
    """
    scenario, seed = load_scenario("listening_tour"), 1
    organization = open_hospital(scenario, seed).organization

    def run(worlds: int, engine: Engine = "worlds") -> Result:
        hospital = open_hospital(scenario, seed, organization=organization)
        return run_worlds([scenario] * worlds, hospital, engine=engine)

    _check_equal(run(1, "mesa"), run(max(SIDE_BY_SIDE)))
    runs = [partial(run, 1, "mesa"), *(partial(run, worlds) for worlds in SIDE_BY_SIDE)]
    mesa, *compiled = alternate(runs, 2 if quick else 10)
    yield median("Mesa model", 1.0 / mesa.cpu, "runs/s/core")
    for worlds, seconds in zip(SIDE_BY_SIDE, compiled, strict=True):
        yield median(f"worlds, {worlds} side by side", worlds / seconds.cpu, "runs/s/core")
    ratios = [
        ratio(f"worlds / Mesa, {worlds} side by side", mesa.cpu, seconds.cpu / worlds)
        for worlds, seconds in zip(SIDE_BY_SIDE, compiled, strict=True)
    ]
    yield from ratios
    best = max(range(len(ratios)), key=lambda number: ratios[number].value)
    worlds, seconds = SIDE_BY_SIDE[best], compiled[best]
    yield ratio("worlds / Mesa, best", mesa.cpu, seconds.cpu / worlds, aim=">= 200", note=f"{worlds} side by side")
    yield ratio("the same by the clock", mesa.clock, seconds.clock / worlds)


def _check_equal(mesa: Result, worlds: Result) -> None:
    for name, series in mesa.hospital.items():
        side_by_side = worlds.hospital[name]
        if not np.array_equal(np.broadcast_to(series, side_by_side.shape), side_by_side, equal_nan=True):
            raise SystemExit(f"the engines differ in {name}: nothing to compare")
