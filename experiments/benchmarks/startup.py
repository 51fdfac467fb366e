"""(e) What comes before the first week: imports, an organization, draws, compiling or the cache."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import numpy as np
from measure import Figure, Sample, median, sample

from trustsim.draws import Luck
from trustsim.organization import generate
from trustsim.worlds.engine import WeeksOfLuck

TITLE = "(e) Set-up"

# What a child process runs: it prints seconds by the clock and of the processor.
_MEASURED = """
import time
clock, cpu = time.perf_counter(), time.process_time()
{what}
print(time.perf_counter() - clock, time.process_time() - cpu)
"""
_FIRST_RUN = """
from trustsim.scenario import load_scenario
from trustsim.simulation import open_hospital, run_worlds
scenario = load_scenario("listening_tour")
hospital = open_hospital(scenario, 1)
""" + _MEASURED.format(what="run_worlds([scenario], hospital)")


def figures(*, quick: bool) -> Iterator[Figure]:
    """Yield seconds of processor time, except where it says otherwise."""
    repetitions = 3 if quick else 10
    for statement in ("import trustsim", "import trustsim.simulation"):
        yield median(statement, _children(_MEASURED.format(what=statement), repetitions).cpu, "s")
    organization = generate(seed=1)
    luck = Luck(1)
    yield median("organization of 313", sample(lambda: generate(seed=1), repetitions).cpu * 1e3, "ms")
    year = sample(lambda: _draw(WeeksOfLuck(1, 1, organization), weeks=52), repetitions)
    yield median("draws of a week of 313", year.cpu / 52 * 1e3, "ms")
    draws = sample(lambda: luck.uniform("message", 0, 1_000_000), repetitions)
    yield median("a draw", draws.cpu / 4_000_000 * 1e9, "ns")
    from_cache = _children(_FIRST_RUN, repetitions)
    yield median("first run, code from the cache", from_cache.cpu, "s", note="130 weeks of one world included")
    with tempfile.TemporaryDirectory() as empty:
        compiling = _children(_FIRST_RUN, 1, cache=empty)
    yield Figure("first run ever, compiling", float(compiling.cpu[0]), "s")
    yield Figure("the same by the clock", float(compiling.clock[0]), "s", aim="< 20")


def _draw(luck: WeeksOfLuck, weeks: int) -> None:
    for number in range(weeks):
        luck.week(number)


def _children(code: str, repetitions: int, cache: str | None = None) -> Sample:
    environment = os.environ if cache is None else {**os.environ, "TRUSTSIM_CACHE": cache}
    seconds = []
    for _ in range(repetitions):
        command = [sys.executable, "-c", code]
        child = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        seconds.append([float(number) for number in child.stdout.split()])
    return Sample(*np.array(seconds).T)
