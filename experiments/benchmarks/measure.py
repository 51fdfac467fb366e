"""Measuring: two things by turns in one process, by the clock and by the processor's time, with bootstrap intervals."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap

import trustsim
from trustsim._jit import kernel_digest

__all__ = ["BUSY", "Figure", "Sample", "alternate", "load", "machine", "median", "ratio", "sample", "stopwatch"]

BUSY: Final = 0.5
"""Load average from which a machine is not quiet: another process then takes part of a core."""

Values = NDArray[np.float64]
_PACKAGES: Final = ("numba", "llvmlite", "numpy", "mesa")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the report, perhaps with its 95 % interval, what is aimed at, and what to know of it."""

    name: str
    value: float
    unit: str
    low: float | None = None
    high: float | None = None
    aim: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of repetitions: by the clock, and of the processor (all threads of this process).

    The processor's time is what to compare where other programs run: a process that has to wait does not pay for it.
    """

    clock: Values
    cpu: Values


def stopwatch(run: Callable[[], object]) -> tuple[float, float]:
    """Return seconds by the clock and of the processor that `run` takes."""
    clock, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - cpu


def sample(run: Callable[[], object], repetitions: int) -> Sample:
    """Return the seconds of repetitions of `run`, after one that does not count."""
    (only,) = alternate([run], repetitions)
    return only


def alternate(runs: Sequence[Callable[[], object]], repetitions: int) -> list[Sample]:
    """Return the seconds of each of `runs`, taken by turns, so that what disturbs the machine disturbs all of them.

    A first round, which may fill caches, does not count. Every second round goes backwards.
    """
    seconds = np.empty((2, len(runs), repetitions))
    for number in range(-1, repetitions):
        for which in sorted(range(len(runs)), reverse=number % 2 == 1):
            taken = stopwatch(runs[which])
            if number >= 0:
                seconds[:, which, number] = taken
    return [Sample(clock, cpu) for clock, cpu in zip(*seconds, strict=True)]


def median(name: str, values: Values, unit: str, *, aim: str = "", note: str = "") -> Figure:
    """Return the median of `values` with its interval."""
    return Figure(name, float(np.median(values)), unit, *_interval(np.median, [values]), aim=aim, note=note)


def ratio(name: str, over: Values, under: Values, *, aim: str = "", note: str = "") -> Figure:
    """Return the median of `over` divided by that of `under`, taken by turns, with its interval (paired)."""

    def of_medians(above: Values, below: Values, axis: int = -1) -> Values:
        return np.asarray(np.median(above, axis=axis) / np.median(below, axis=axis))

    low, high = _interval(of_medians, [over, under])
    return Figure(name, float(of_medians(over, under)), "x", low, high, aim=aim, note=note)


def _interval(statistic: Callable[..., Values], data: Sequence[Values]) -> tuple[float, float]:
    found = bootstrap(data, statistic, paired=True, vectorized=True, method="percentile", rng=np.random.default_rng(0))
    return float(found.confidence_interval.low), float(found.confidence_interval.high)


# ---------------------------------------------------------------- the machine


def load() -> float:
    """Return how many processes wanted a core in the last minute, on average."""
    return os.getloadavg()[0]


def machine() -> dict[str, object]:
    """Return what a figure is worth nothing without: processor, cores, versions."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "trustsim": trustsim.__version__,
        **{name: version(name) for name in _PACKAGES},
        "kernels": kernel_digest(),
        "gcc": _first_line(["gcc", "--version"]),
    }


def _processor() -> str:
    """Return the processor's name, and its family and model where the name says little."""
    about = Path("/proc/cpuinfo")
    if not about.exists():
        return platform.processor() or platform.machine()
    pairs = (line.partition(":") for line in about.read_text().splitlines())
    facts = {key.strip(): value.strip() for key, _, value in pairs}
    known = [facts.get("model name", platform.machine())]
    known += [f"{key} {facts[key]}" for key in ("cpu family", "model", "cache size") if key in facts]
    return ", ".join(known)


def _first_line(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]
    except (OSError, subprocess.CalledProcessError):
        return "none"
