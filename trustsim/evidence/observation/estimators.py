"""Estimators: a number from what was seen in several hospitals, and its standard error.

Each takes a list of samples, one for each seed, and pools them as its docstring says; pooling rather than averaging,
since the odds among sixteen people are no estimate of anything. `jackknife` gives the error over seeds of any of them.
An estimate that does not exist (nobody was burned out) is missing (nan).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Estimator",
    "Sample",
    "adjusted_odds_per_sd",
    "between_units",
    "icc",
    "jackknife",
    "mean",
    "odds_ratio",
    "odds_ratio_per_unit",
    "risk_ratio",
    "share_difference",
    "smallest_step",
    "standardized",
    "time_constant",
]

Sample = NDArray[np.float64]
Estimator = Callable[[Sequence[Sample]], float]
_STEPS: Final = 50


def jackknife(estimate: Estimator, samples: Sequence[Sample]) -> tuple[float, Sample]:
    """Return the estimate from all samples, and its pseudo-deviations.

    Parameters
    ----------
    estimate : Estimator
    samples : sequence of n arrays
        At least two.

    Returns
    -------
    value : float
    deviations : (n,) float64 array
        Sum of squares is the variance over seeds; products of two estimators' sum to their covariance. For a mean the
        standard error is the usual one, standard deviation over root n.
    """
    n = len(samples)
    without = np.array([estimate([*samples[:left], *samples[left + 1 :]]) for left in range(n)])
    return estimate(samples), (without - without.mean()) * np.sqrt((n - 1) / n)


def mean(samples: Sequence[Sample]) -> float:
    """Return the mean over seeds of one number each."""
    return float(np.mean(samples))


def odds_ratio(samples: Sequence[Sample]) -> float:
    """Return odds among the exposed over odds among the others, from added tables.

    Each sample is ((yes, people) of the exposed, (yes, people) of the others); `yes` may be a sum of probabilities.
    """
    (yes, people), (others_yes, others) = _added(samples)
    return _ratio(yes * (others - others_yes), (people - yes) * others_yes)


def risk_ratio(samples: Sequence[Sample]) -> float:
    """Return the share among the exposed over that among the others, from added tables as of `odds_ratio`."""
    (yes, people), (others_yes, others) = _added(samples)
    return _ratio(yes * others, people * others_yes)


def share_difference(samples: Sequence[Sample]) -> float:
    """Return the share among the exposed minus that among the others, from added tables as of `odds_ratio`."""
    (yes, people), (others_yes, others) = _added(samples)
    return _ratio(yes, people) - _ratio(others_yes, others)


def odds_ratio_per_unit(samples: Sequence[Sample]) -> float:
    """Return the odds ratio per unit of dose, by logistic regression on added groups.

    Each sample is (groups, 3): sum over people of the dose, people with the outcome, people. Groups that nobody is in
    do not count; people with the outcome may be a sum of probabilities.
    """
    groups = _added(samples)
    dose, yes, people = groups[groups[:, 2] > 0.0].T
    design = np.column_stack([np.ones_like(dose), dose / people])
    return float(np.exp(_logistic(design, yes, people)[1]))


def adjusted_odds_per_sd(samples: Sequence[Sample]) -> float:
    """Return the odds ratio of an outcome per standard deviation of a score, adjusted for the outcome before.

    Logistic regression on all people of all seeds. Each sample is (people, 3): score, outcome before, outcome (0 or 1).
    """
    score, before, after = np.concatenate(samples).T
    design = np.column_stack([np.ones_like(score), (score - score.mean()) / score.std(ddof=1), before])
    return float(np.exp(_logistic(design, after, np.ones_like(after))[1]))


def standardized(samples: Sequence[Sample]) -> float:
    """Return the mean difference over the standard deviation between people.

    Each sample is (difference of means, variance between people).
    """
    difference, variance = np.mean(samples, axis=0)
    return _ratio(difference, float(np.sqrt(variance)))


def between_units(samples: Sequence[Sample]) -> float:
    """Return the standard deviation of a share between units without what sampling of few people adds.

    The variance of the units' shares minus the mean of p (1 - p) / (n - 1); 0 if that leaves nothing. Each sample is
    (units, 2): people with the outcome, people. Units of all seeds are taken together, as in a survey of many places.
    """
    return float(np.sqrt(_variance_between(np.concatenate(samples))))


def icc(samples: Sequence[Sample]) -> float:
    """Return the intraclass correlation of a yes-or-no outcome on the observed scale; samples as of `between_units`.

    The variance between units over p (1 - p).
    """
    units = np.concatenate(samples)
    p = units[:, 0].sum() / units[:, 1].sum()
    return _ratio(_variance_between(units), p * (1.0 - p))


def smallest_step(samples: Sequence[Sample]) -> float:
    """Return the smallest step down from each number to the next, after averaging over seeds."""
    levels = np.mean(samples, axis=0)
    return float(np.min(levels[:-1] - levels[1:]))


def time_constant(samples: Sequence[Sample]) -> float:
    """Return the time constant of an excess that decays, in the time that the samples span; inf if it does not.

    Each sample is the excess in equal steps, the first the height from which it decays. Their mean is taken as
    h exp(-t / tau): the area under it is h tau (1 - exp(-1 / tau)), from which tau follows. An area uses every week,
    where a ratio of two surveys has the noise of both.
    """
    from scipy.optimize import brentq

    excess = np.mean(samples, axis=0)
    if not excess[0] > 0.0:
        return np.nan
    area = float(np.mean(excess[1:]) / excess[0])
    if area <= 0.0:
        return 0.0
    if area >= 1.0:
        return np.inf

    def missing(rate: float) -> float:
        return float(-np.expm1(-rate) / rate) - area

    return 1.0 / float(brentq(missing, 1e-9, 2.0 / area))


def _added(samples: Sequence[Sample]) -> Sample:
    total: Sample = np.sum(samples, axis=0)
    return total


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0.0 else np.nan


def _variance_between(units: Sample) -> float:
    yes, people = units[units[:, 1] > 1.0].T
    p = yes / people
    return max(float(np.var(p, ddof=1) - np.mean(p * (1.0 - p) / (people - 1.0))), 0.0)


def _logistic(design: Sample, yes: Sample, people: Sample) -> Sample:
    """Return the coefficients of a logistic regression, (columns of the design,), by Newton's method."""
    coefficients = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        p = 1.0 / (1.0 + np.exp(-design @ coefficients))
        information = design.T @ (design * (people * p * (1.0 - p))[:, None])
        if np.linalg.cond(information) > 1e12:  # all or none have the outcome, or the groups are told apart by it
            break
        step = np.linalg.solve(information, design.T @ (yes - people * p))
        coefficients = coefficients + step
        if np.max(np.abs(step)) < 1e-10:
            return coefficients
    return np.full(design.shape[1], np.nan)
