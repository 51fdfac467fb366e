"""The answer to a run: what `trustsim run --json` says, and the curves over time with their intervals."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.comparison import Comparison, Effect, half_width, paired_effect
from trustsim.measures import NAMES
from trustsim.report.money import exit_costs
from trustsim.report.words import TURNOVER_COST

__all__ = ["Answer", "Band", "answer_of", "between"]

_BASELINE, _SCENARIO = 0, 1


class Band(NamedTuple):
    """A mean over replicates and its 95 % interval (Student's t), each (weeks,) float64; nan where missing."""

    mean: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, eq=False)  # equal only to itself, so that nothing compares arrays
class Answer:
    """What came out of a run.

    Attributes
    ----------
    effects : dict of str to Effect
        Over the last 26 weeks, every measure, and what turnover costs.
    values : dict of str to (replicates, 2) float64 array
        What `effects` are of: baseline and scenario, replicate by replicate.
    baseline, scenario, difference : dict of str to Band
        Every measure; `difference` is of pairs that share their luck.
    finding : str
        What happened, in plain words, to be put after what the scenario is called.
    window : (int, int)
        First week, and the week after the last, of `effects`.
    weeks : int
    """

    effects: dict[str, Effect]
    values: dict[str, NDArray[np.float64]]
    baseline: dict[str, Band]
    scenario: dict[str, Band]
    difference: dict[str, Band]
    finding: str
    window: tuple[int, int]
    weeks: int

    def csv(self, names: Sequence[str] = NAMES) -> str:
        """Return the curves as a table: a row for each measure and week."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        worlds = {"baseline": self.baseline, "scenario": self.scenario, "difference": self.difference}
        table.writerow(["measure", "week", *(f"{world}_{part}" for world in worlds for part in Band._fields)])
        for name in names:
            columns = [values for world in worlds.values() for values in world[name]]
            for week in range(self.weeks):
                numbers = [float(values[week]) for values in columns]
                table.writerow([name, week, *("" if number != number else repr(number) for number in numbers)])
        return out.getvalue()


def answer_of(comparison: Comparison) -> Answer:
    """Return what there is to show of a comparison; the runs themselves are not kept."""
    # (replicates, measures, weeks, worlds): all measures at once, since pages wait for this
    weekly = np.stack([[result.hospital[name] for name in NAMES] for result in comparison.results])
    baseline, scenario = weekly[..., _BASELINE], weekly[..., _SCENARIO]
    values = {name: comparison.values(name) for name in NAMES}
    values[TURNOVER_COST] = exit_costs(comparison, comparison.window)
    return Answer(
        effects={name: _effect(name, each[:, _BASELINE], each[:, _SCENARIO]) for name, each in values.items()},
        values=values,
        baseline=_bands(baseline),
        scenario=_bands(scenario),
        difference=_bands(scenario - baseline),
        finding=comparison.finding(),
        window=comparison.window,
        weeks=comparison.weeks,
    )


def between(name: str, one: Answer, other: Answer) -> Effect:
    """Return what one scenario has more of than another, in the same hospitals with the same luck.

    Parameters
    ----------
    name : str
        Of a measure, or of what turnover costs.
    one, other : Answer
        With the same seed and as many replicates; `other` stands as the baseline.
    """
    return _effect(name, other.values[name][:, _SCENARIO], one.values[name][:, _SCENARIO])


def _effect(name: str, baseline: NDArray[np.float64], scenario: NDArray[np.float64]) -> Effect:
    if name == TURNOVER_COST:
        return replace(paired_effect("cost", baseline, scenario), name=name)
    return paired_effect(name, baseline, scenario)


def _bands(values: NDArray[np.float64]) -> dict[str, Band]:
    """Return the bands of (replicates, measures, weeks) values; replicates that miss a week do not count in it."""
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(known, values, 0.0).sum(axis=0) / n
        squares = np.where(known, (values - mean) ** 2, 0.0).sum(axis=0)
        half = np.where(n > 1, half_width(np.sqrt(squares / (n - 1)), np.maximum(n, 2)), np.nan)
    return {name: Band(*each) for name, *each in zip(NAMES, mean, mean - half, mean + half, strict=True)}
