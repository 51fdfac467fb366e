"""What a study found about one measure over all its points: the mean, the range, and how often it is good or bad."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.comparison import Effect, paired_effect
from trustsim.measures import lookup
from trustsim.report.blocks import Cell, Number
from trustsim.report.words import between, capital, level, name_of
from trustsim.studies.analyze import Analysis

__all__ = ["Outcome"]

_NINE_OF_TEN: Final = (5.0, 95.0)


@dataclass(frozen=True)
class Outcome:
    """What a study found about a measure.

    Attributes
    ----------
    effect : Effect
        Mean over all points, with the interval over replicates; its differences are missing where levels are studied.
    points : (points,) float64 array
        Mean over replicates of the paired difference, or of the level, at each point that has one.
    is_level : bool
    """

    effect: Effect
    points: NDArray[np.float64]
    is_level: bool

    @classmethod
    def of(cls, analysis: Analysis, measure: str) -> Outcome:
        """Return the outcome of a measure, over the replicates that are complete."""
        scenario, baseline = analysis.results.levels(measure)
        kept = list(analysis.replicates)
        first = np.unique(analysis.results.study.points.of_row, return_index=True)[1]  # each point once
        scenario = scenario[first][:, kept]
        if baseline is None:
            mean = float(np.nanmean(scenario))
            effect = Effect(measure, lookup(measure).unit, float("nan"), mean, *([float("nan")] * 3))
            return cls(effect, _means(scenario), is_level=True)
        baseline = baseline[first][:, kept]
        whole = np.isfinite(scenario).all(axis=1) & np.isfinite(baseline).all(axis=1)
        effect = paired_effect(measure, baseline[whole].mean(axis=0), scenario[whole].mean(axis=0))
        return cls(effect, _means(scenario - baseline), is_level=False)

    @property
    def range(self) -> tuple[float, float]:
        """Between which nine of ten points lie."""
        low, high = np.percentile(self.points, _NINE_OF_TEN)
        return float(low), float(high)

    @property
    def spread(self) -> float:
        """How far apart points lie, for numbers to have as many decimals as that deserves."""
        low, high = self.range
        return 0.5 * (high - low)

    def shares(self) -> tuple[float, float]:
        """Return the shares of points that are better and worse; higher and lower, if a measure is neither."""
        rose, fell = float(np.mean(self.points > 0.0)), float(np.mean(self.points < 0.0))
        return (fell, rose) if lookup(self.effect.name).better == "down" else (rose, fell)

    def said_range(self) -> str:
        """Return the range in people's units."""
        return between(self.effect.unit, *self.range)

    def level_row(self) -> list[Cell]:
        """Return mean and range of a level as a row of a table."""
        mean = self.effect.scenario
        low, high = (level(self.effect.unit, end, self.spread) for end in self.range)
        said = level(self.effect.unit, mean, self.spread)
        return [capital(name_of(self.effect.name)), Number(said, mean), f"{low} to {high}"]


def _means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.isfinite(values).any(axis=1)
    means: NDArray[np.float64] = np.nanmean(values[known], axis=1)
    return means
