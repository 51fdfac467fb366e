"""(c) A design of 256 points: `run_worlds` in threads against `mesa.batch_run` in processes, both on all cores."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import product
from typing import Any

import mesa
import numpy as np
from measure import Figure, Values, median, sample
from mesa.batchrunner import batch_run

from trustsim.model import HospitalModel
from trustsim.organization import Organization, generate
from trustsim.scenario import Scenario, load_scenario, with_settings
from trustsim.simulation import BLOCK, open_hospital, run_worlds
from trustsim.worlds.engine import Result

TITLE = "(c) A design of 256 points: default hospital, listening tour, 26 + 104 weeks, all cores"
SEED = 1
CORES = os.cpu_count() or 1

Point = tuple[float, float]
"""Visits per week, follow-through."""


def scenario(point: Point) -> Scenario:
    """Return the listening tour of a point of the design."""
    visits, follow_through = point
    settings = {"listening_tour.visits_per_week": visits, "listening_tour.follow_through": follow_through}
    return with_settings(_tour(), settings)


@cache
def _tour() -> Scenario:
    return load_scenario("listening_tour")


class ListeningTour(HospitalModel):
    """The Mesa model as `mesa.batch_run` takes models: settings are keywords, measures go to a data collector.

    Parameters
    ----------
    visits_per_week, follow_through : float
        Of the listening tour.
    rng : optional
        Later releases of Mesa pass one; here all points share the luck of `SEED`.
    """

    def __init__(self, visits_per_week: float, follow_through: float, rng: object = None) -> None:
        del rng
        self.began = _seconds_so_far()
        chosen = scenario((visits_per_week, follow_through))
        super().__init__(chosen, rng=SEED)
        self.burn_in = chosen.burn_in
        self.datacollector = mesa.DataCollector({"measures": ListeningTour.collected, "seconds": ListeningTour.taken})

    def step(self) -> None:
        """Run a week, and collect its measures."""
        super().step()
        self.datacollector.collect(self)

    def collected(self) -> Mapping[str, float]:
        """Return the measures of the week just done; none during burn-in, when the compiled engine keeps none."""
        return self.measures() if self.week > self.burn_in else {}

    def taken(self) -> Values:
        """Return the seconds since it began, opening the hospital included: by the clock, and of the processor."""
        return _seconds_so_far() - self.began


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield runs per second of either, all cores together, and their ratio.

    Both go from settings to the weekly measures of all points. `batch_run` gets a few points; to what they took, the
    start of its processes included, the other points are added at what the runs themselves took on average.
    """
    design = list(product(np.linspace(0.0, 12.0, 16).tolist(), np.linspace(0.0, 1.0, 16).tolist()))
    organization = generate(seed=SEED)
    ours = sample(lambda: _in_threads(design, organization), 3 if quick else 15)
    few = _along_follow_through((2 if quick else 8) * CORES)
    rows, whole = _batch(few)
    _check_equal(few, rows, _in_threads(few, organization))
    last = max(row["Step"] for row in rows)
    a_run = np.mean([row["seconds"] for row in rows if row["Step"] == last], axis=0)
    more = len(design) - len(few)
    note = f"{len(few)} points run, {more} added at what these took"
    for name, ours_took, took, aim in (
        ("", ours.clock, whole[0] + more * a_run[0] / CORES, ">= 300"),
        (", processor time", ours.cpu, whole[1] + more * a_run[1], ""),
    ):
        yield median(f"worlds{name}", len(design) / ours_took, "runs/s")
        yield Figure(f"mesa.batch_run{name}", float(len(design) / took), "runs/s", note=note)
        yield median(f"worlds / batch_run{name}", took / ours_took, "x", aim=aim)


def _along_follow_through(number: int) -> list[Point]:
    return [(4.0, share) for share in np.linspace(0.0, 1.0, number).tolist()]


def _in_threads(points: Sequence[Point], organization: Organization) -> list[Result]:
    def run(block: Sequence[Point]) -> Result:
        scenarios = [scenario(point) for point in block]
        return run_worlds(scenarios, open_hospital(scenarios[0], SEED, organization=organization))

    with ThreadPoolExecutor(CORES) as pool:
        return list(pool.map(run, (points[start : start + BLOCK] for start in range(0, len(points), BLOCK))))


def _batch(points: Sequence[Point]) -> tuple[list[dict[str, Any]], Values]:
    """Return what `batch_run` returns, and its seconds: by the clock, and of the processor in all its processes."""
    parameters = {"visits_per_week": points[0][0], "follow_through": [share for _, share in points]}
    children = resource.RUSAGE_CHILDREN
    began, before = _seconds_so_far(), resource.getrusage(children)
    rows = batch_run(ListeningTour, parameters, number_processes=None, data_collection_period=1, display_progress=False)
    taken, after = _seconds_so_far() - began, resource.getrusage(children)
    taken[1] += after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return rows, taken


def _seconds_so_far() -> Values:
    return np.array([time.perf_counter(), time.process_time()])


def _check_equal(points: Sequence[Point], rows: list[dict[str, Any]], results: Sequence[Result]) -> None:
    """Compare every measure of every week of the points that both ran."""
    of_point = {point: (results[number // BLOCK].hospital, number % BLOCK) for number, point in enumerate(points)}
    compared = 0
    for row in rows:
        series, world = of_point[row["visits_per_week"], row["follow_through"]]
        first = row["Step"] - len(rows) // len(points)  # counted from the last week, -1, back
        for name, value in row["measures"].items():
            if not np.array_equal(series[name][first, world], value, equal_nan=True):
                raise SystemExit(f"batch_run and the compiled engine differ in {name}: nothing to compare")
            compared += 1
    if compared != len(points) * sum(values.shape[0] for values in results[0].hospital.values()):
        raise SystemExit("batch_run left out weeks: nothing to compare")
