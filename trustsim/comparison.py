"""A comparison: what a scenario changes against its baseline, with intervals over replicates that share their luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.measures import HEADLINE, MEASURES, NAMES, lookup
from trustsim.scenario import Scenario
from trustsim.worlds.engine import Result

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["WINDOW", "Comparison", "Effect", "paired_effect"]

WINDOW: Final = 26
"""Last weeks of a run over which an effect is measured."""
_BASELINE, _SCENARIO = 0, 1


@dataclass(frozen=True, slots=True)
class Effect:
    """The paired difference in one measure.

    Attributes
    ----------
    name, unit : str
    baseline, scenario : float
        Mean over replicates of the mean over the window.
    difference, low, high : float
        Mean of the paired differences and its 95 % interval (Student's t over replicates).
    """

    name: str
    unit: str
    baseline: float
    scenario: float
    difference: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes zero."""
        return self.low > 0.0 or self.high < 0.0


def paired_effect(name: str, baseline: NDArray[np.float64], scenario: NDArray[np.float64]) -> Effect:
    """Return the effect from one value per replicate and world.

    Parameters
    ----------
    name : str
        Of the measure.
    baseline, scenario : (replicates,) float64 array
        Replicates that miss either value (nan) are left out.
    """
    here = ~np.isnan(baseline) & ~np.isnan(scenario)
    baseline, scenario = baseline[here], scenario[here]
    unit, n = lookup(name).unit, len(baseline)
    if n == 0:
        return Effect(name, unit, *([float("nan")] * 5))
    difference = scenario - baseline
    middle = float(difference.mean())
    spread = float(half_width(difference.std(ddof=1), n)) if n > 1 else float("nan")
    return Effect(name, unit, float(baseline.mean()), float(scenario.mean()), middle, middle - spread, middle + spread)


def half_width(deviation: NDArray[np.float64] | float, n: NDArray[np.intp] | int) -> NDArray[np.float64]:
    """Return the half-width of the 95 % interval of a mean (Student's t) from standard deviation and number."""
    from scipy.special import stdtrit  # Student's t without scipy.stats, which takes a second to load

    width: NDArray[np.float64] = stdtrit(np.asarray(n) - 1, 0.975) * deviation / np.sqrt(n)
    return width


@dataclass(frozen=True)
class Comparison:
    """What `trustsim.simulation.compare` found.

    Attributes
    ----------
    scenario, baseline : Scenario
    seeds : sequence of int
        One for each replicate.
    weeks : int
    results : sequence of Result
        One for each replicate; world 0 is the baseline, world 1 the scenario.
    unit_names : sequence of str
        Of the units that were recorded.
    """

    scenario: Scenario
    baseline: Scenario
    seeds: Sequence[int]
    weeks: int
    results: Sequence[Result]
    unit_names: Sequence[str] = ()

    @property
    def window(self) -> tuple[int, int]:
        """First week, and the week after the last, over which effects are measured."""
        return max(self.weeks - WINDOW, 0), self.weeks

    def values(self, name: str, window: tuple[int, int] | None = None) -> NDArray[np.float64]:
        """Return the mean of a measure over a window, (replicates, 2) float64: baseline, scenario.

        Weeks in which a measure has no value (nobody raised a concern) do not count.

        Raises
        ------
        InputError
            If there is no such measure.
        """
        lookup(name)
        first, last = self.window if window is None else window
        weeks = np.stack([result.hospital[name][first:last] for result in self.results])
        present = ~np.isnan(weeks)
        with np.errstate(invalid="ignore"):
            mean: NDArray[np.float64] = np.where(present, weeks, 0.0).sum(axis=1) / present.sum(axis=1)
        return mean

    def effect(self, name: str, window: tuple[int, int] | None = None) -> Effect:
        """Return the paired effect on a measure, over the last 26 weeks unless another window is given."""
        values = self.values(name, window)
        return paired_effect(name, values[:, _BASELINE], values[:, _SCENARIO])

    def effects(self, names: Sequence[str] = HEADLINE) -> list[Effect]:
        """Return the effects on several measures."""
        return [self.effect(name) for name in names]

    def table(self, names: Sequence[str] = HEADLINE) -> pd.DataFrame:
        """Return the effects as a table: measure, unit, baseline, scenario, difference, low, high."""
        import pandas as pd

        columns = ("unit", "baseline", "scenario", "difference", "low", "high")
        rows = [[getattr(effect, column) for column in columns] for effect in self.effects(names)]
        return pd.DataFrame(rows, columns=list(columns), index=pd.Index(list(names), name="measure"))

    def weekly(self) -> pd.DataFrame:
        """Return every week of every run.

        Columns are replicate, seed, world (0 is the baseline), scenario, unit ("" for the hospital), week, measures.
        """
        import pandas as pd

        frames = []
        for replicate, (seed, result) in enumerate(zip(self.seeds, self.results, strict=True)):
            for world, scenario in ((_BASELINE, self.baseline), (_SCENARIO, self.scenario)):
                run = {"replicate": replicate, "seed": seed, "world": world, "scenario": scenario.name}
                labels: dict[str, Any] = {**run, "week": np.arange(self.weeks)}
                hospital = {name: result.hospital[name][:, world] for name in NAMES}
                frames.append(pd.DataFrame(labels | {"unit": ""} | hospital))
                for unit, unit_name in enumerate(self.unit_names):
                    of_unit = {name: values[:, unit, world] for name, values in result.units.items()}
                    frames.append(pd.DataFrame(labels | {"unit": unit_name} | of_unit))
        return pd.concat(frames, ignore_index=True)

    def sentence(self) -> str:
        """Return one plain sentence: what the scenario does to trust, burnout and turnover, and how sure that is."""
        return f"{self.scenario.title or self.scenario.name}: {self.finding()}"

    def finding(self) -> str:
        """Return what `sentence` says, for whoever calls the scenario something else."""
        said = [_say(self.effect(name), words) for name, words in _WORDS.items()]
        clear = [part for part in said if part]
        if not clear:
            return f"no clear difference from {self.baseline.name} in trust, concerns, burnout or turnover."
        *rest, last = clear
        return f"{', '.join(rest)}{' and ' if rest else ''}{last}, compared with {self.baseline.name}."

    def plot(self, names: Sequence[str] = ("trust_clinician_admin", "open_concerns", "burnout_prevalence")) -> Figure:
        """Return a figure of measures over time: baseline in grey, scenario in color, bands of 95 % over replicates."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(4.2 * len(names), 3.2), layout="constrained")
        for axes, name in zip(np.atleast_1d(figure.subplots(1, len(names))), names, strict=True):
            lookup(name)
            for world, label, color in (
                (_BASELINE, self.baseline.name, "#767676"),
                (_SCENARIO, self.scenario.name, "#0072b2"),
            ):
                weeks = np.stack([result.hospital[name][:, world] for result in self.results])
                mean = np.nanmean(weeks, axis=0)
                known = np.sum(~np.isnan(weeks), axis=0)
                error = half_width(np.nanstd(weeks, axis=0, ddof=1), known)
                axes.plot(mean, color=color, label=label, linewidth=1.8)
                axes.fill_between(
                    np.arange(self.weeks), mean - error, mean + error, color=color, alpha=0.2, linewidth=0
                )
            axes.set(title=name.replace("_", " "), xlabel="week", ylabel=MEASURES[name.split(".")[0]].unit)
            axes.spines[["top", "right"]].set_visible(False)
        figure.axes[0].legend(frameon=False)
        return figure


_WORDS: Final = {
    "trust_clinician_admin": "clinicians' trust in administrators",
    "open_concerns": "open concerns",
    "burnout_prevalence": "burnout",
    "turnover_annual": "turnover",
}


def _say(effect: Effect, words: str) -> str:
    if not effect.is_clear:
        return ""
    verb = "raises" if effect.difference > 0.0 else "lowers"
    if effect.baseline == 0.0:
        return f"{verb} {words} from none to {effect.scenario:.2g}"
    percent = abs(100.0 * effect.difference / effect.baseline)
    return f"{verb} {words} by {percent:.0f} %" if percent >= 1.0 else f"{verb} {words} by {percent:.1f} %"
