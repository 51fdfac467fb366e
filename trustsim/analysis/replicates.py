"""How many replicates: from a pilot, as many as an interval of a wanted width or a test of a wanted power needs.

References
----------
1. Secchi, D., Seri, R. (2017). Controlling for false negatives in agent-based models: a review of power analysis in
   organizational research. Computational and Mathematical Organization Theory 23, 94-121.
   doi:10.1007/s10588-016-9218-0 (power of 0.95 or higher at the 0.01 level)
2. Cohen, J. (1988). Statistical Power Analysis for the Behavioral Sciences, 2nd ed. Erlbaum.
"""
# ruff: noqa: N803 - Y is the name of outcomes in this field

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALPHA", "POWER", "Plan", "for_groups", "for_half_width", "for_power"]

POWER: Final = 0.95
ALPHA: Final = 0.01
_MOST: Final = 10_000_000


@dataclass(frozen=True)
class Plan:
    """A number of replicates, why, and what it costs.

    Attributes
    ----------
    replicates : int
        Of each point.
    reason : str
        What they are enough for, in words.
    runs : int
        Replicates times points.
    seconds : float or None
        Runs times seconds a run; None if those are not known.
    """

    replicates: int
    reason: str
    runs: int
    seconds: float | None

    def table(self) -> pd.DataFrame:
        """Return the plan as a table of one row."""
        import pandas as pd

        return pd.DataFrame([vars(self)])

    def __str__(self) -> str:
        cost = "" if self.seconds is None else f", about {_duration(self.seconds)}"
        return f"{self.replicates} replicates ({self.runs} runs{cost}): {self.reason}"


def for_half_width(
    Y: NDArray[np.float64],
    half_width: float,
    *,
    confidence: float = 0.95,
    assurance: float = 0.8,
    points: int = 1,
    seconds_per_run: float | None = None,
) -> Plan:
    """Return the replicates that make the interval of a mean as narrow as wanted.

    Parameters
    ----------
    Y : (replicates,) or (points, replicates) float64 array
        The pilot: outcomes, or paired differences where those are what matters. The most variable point decides.
    half_width : float
        Wanted distance from the mean to either end of its interval, in units of the outcome.
    confidence : float
        Of that interval.
    assurance : float
        How sure to be that it is narrow enough. A pilot of few replicates does not know the standard deviation; its
        upper confidence bound of this level is planned with.
    points : int
        Points of the study, for the cost.
    seconds_per_run : float, optional
        For the cost.

    Raises
    ------
    InputError
        If the pilot has fewer than two replicates, or a number is out of range.
    """
    from scipy.stats import t

    _check_shares(confidence=confidence, assurance=assurance)
    if not half_width > 0.0:
        raise InputError(f"found the half-width {half_width!r}, needed is a number above 0")
    deviation = _upper_deviation(Y, assurance)
    enough = _fewest(lambda n: float(t.ppf(0.5 + confidence / 2.0, n - 1)) * deviation / np.sqrt(n) <= half_width)
    reason = f"a mean is known to within {half_width:g} ({confidence:.0%} interval), {assurance:.0%} sure"
    return _plan(enough, reason, points, seconds_per_run)


def for_power(
    Y: NDArray[np.float64],
    difference: float,
    *,
    power: float = POWER,
    alpha: float = ALPHA,
    assurance: float = 0.8,
    points: int = 2,
    seconds_per_run: float | None = None,
) -> Plan:
    """Return the replicates with which a paired t-test finds a difference.

    Parameters
    ----------
    Y : (replicates,) or (points, replicates) float64 array
        The pilot: paired differences between two points with the same luck. The most variable row decides.
    difference : float
        The smallest difference that matters.
    power : float
        Chance of finding it.
    alpha : float
        Chance of finding one where there is none, two-sided.
    assurance, points, seconds_per_run
        As in `for_half_width`; a comparison is of two points.

    Raises
    ------
    InputError
        If the pilot has fewer than two replicates, or a number is out of range.
    """
    from scipy.stats import nct, t

    _check_shares(power=power, alpha=alpha, assurance=assurance)
    if difference == 0.0:
        raise InputError("found a smallest difference of 0, needed is another number: no test finds nothing")
    deviation = _upper_deviation(Y, assurance)
    effect = abs(difference) / deviation if deviation > 0.0 else np.inf

    def is_enough(n: int) -> bool:
        if effect * np.sqrt(n) > 30.0:  # certain, and beyond what the noncentral t can be computed for
            return True
        return float(nct.sf(t.ppf(1.0 - alpha / 2.0, n - 1), n - 1, effect * np.sqrt(n))) >= power

    reason = f"a difference of {abs(difference):g} (d = {effect:.2g}) is found with power {power:g} at alpha {alpha:g}"
    return _plan(_fewest(is_enough), reason, points, seconds_per_run)


def for_groups(
    groups: int,
    effect: float,
    *,
    power: float = POWER,
    alpha: float = ALPHA,
    seconds_per_run: float | None = None,
) -> Plan:
    """Return the replicates with which an analysis of variance finds that groups with luck of their own differ (1).

    Parameters
    ----------
    groups : int
        Points that are compared.
    effect : float
        Cohen's f: standard deviation of the groups' means over that within groups (0.1 small, 0.25 medium, 0.4 large).
    power, alpha : float
        Chance of finding it; chance of finding one where there is none.
    seconds_per_run : float, optional
        For the cost.

    Raises
    ------
    InputError
        If a number is out of range.
    """
    from scipy.stats import f, ncf

    _check_shares(power=power, alpha=alpha)
    if groups < 2 or not effect > 0.0:
        raise InputError(f"found {groups} groups and the effect {effect!r}, needed are 2 or more and a number above 0")

    def is_enough(n: int) -> bool:
        between, within = groups - 1, groups * (n - 1)
        threshold = f.ppf(1.0 - alpha, between, within)
        return float(ncf.sf(threshold, between, within, effect**2 * groups * n)) >= power

    reason = f"an effect f = {effect:g} among {groups} groups is found with power {power:g} at alpha {alpha:g}"
    return _plan(_fewest(is_enough), reason, groups, seconds_per_run)


def _plan(replicates: int, reason: str, points: int, seconds_per_run: float | None) -> Plan:
    runs = replicates * points
    return Plan(replicates, reason, runs, None if seconds_per_run is None else runs * seconds_per_run)


def _upper_deviation(Y: NDArray[np.float64], assurance: float) -> float:
    """Return an upper confidence bound of the largest standard deviation over replicates."""
    from scipy.stats import chi2

    pilot = np.atleast_2d(np.asarray(Y, dtype=np.float64))
    replicates = np.isfinite(pilot).sum(axis=1)
    if pilot.ndim != 2 or (replicates < 2).any():
        raise InputError(
            f"found a pilot of shape {np.shape(Y)}, needed are two or more runs of each point that succeeded"
        )
    bound = np.nanstd(pilot, axis=1, ddof=1) * np.sqrt((replicates - 1) / chi2.ppf(1.0 - assurance, replicates - 1))
    return float(bound.max())


def _fewest(is_enough: Callable[[int], bool]) -> int:
    """Return the fewest replicates that are enough, two at least: doubled until they are, then halved in between."""
    high = 2
    while not is_enough(high):
        high *= 2
        if high > _MOST:
            raise InputError(f"more than {_MOST} replicates are needed; ask for a wider interval or a larger effect")
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return max(high, 2)


def _check_shares(**shares: float) -> None:
    for name, share in shares.items():
        if not 0.0 < share < 1.0:
            raise InputError(f"found the {name} {share!r}, allowed are numbers between 0 and 1")


def _duration(seconds: float) -> str:
    for unit, length in (("h", 3600.0), ("min", 60.0)):
        if seconds >= length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.1f} s"
