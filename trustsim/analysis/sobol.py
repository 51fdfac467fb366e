"""Sobol' indices: which share of an outcome's variance each factor explains, alone (first) and with all others (total).

The indices are those of the *expected* outcome of a point. What few replicates leave in the mean of a point is taken
out (see `estimator`), so that luck is not read as an effect; `SobolIndices.seed_share` tells how large it is. What
the dummy factor tells depends on luck:

- Where all points of a replicate share their luck (as in trustsim's studies), the dummy's points repeat those of A to
  the bit, and its indices are exactly 0. That says that rows and outcomes were not mixed up and that nothing but the
  factors moves the outcome; it does not measure noise. The intervals do, because replicates are resampled too.
- Where each run has luck of its own, the dummy's interval shows what luck alone does to an index. With a single
  replicate nothing can be taken out: noise of variance s2 puts a floor of s2, relative to the variance observed,
  under every total index, the dummy's among them.

References
----------
1. Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010). Variance based sensitivity
   analysis of model output. Computer Physics Communications 181, 259-270. doi:10.1016/j.cpc.2009.09.018
2. Zhu, X., Sudret, B. (2021). Global sensitivity analysis for stochastic simulators based on generalized lambda
   surrogate models. Reliability Engineering & System Safety 214, 107815. doi:10.1016/j.ress.2021.107815
"""
# ruff: noqa: N803 - X and Y are the names of a design and its outcomes in this field

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.estimator import Estimator
from trustsim.analysis.intervals import CONFIDENCE, RESAMPLES, Estimate, check_confidence, from_resamples
from trustsim.analysis.outcomes import MAX_FAILED, as_outcomes, without_failed
from trustsim.analysis.problem import Problem
from trustsim.analysis.saltelli import layout_of
from trustsim.analysis.seed_share import seed_share

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SobolIndices", "analyze"]


@dataclass(frozen=True)
class SobolIndices:
    """What `analyze` found.

    Attributes
    ----------
    factors : tuple of str
        Or groups, in the order of the indices; with a dummy, it is the last.
    first, total : Estimate
        One index a factor.
    second : Estimate or None
        One index a pair of factors, in the order of `pairs`; None if the design has no rows for them.
    seed_share : Estimate or None
        Of a single run's variance, in an array of one; None with a single replicate.
    has_dummy : bool
    rows, replicates : int
        Base rows and replicates that the estimates rest on.
    confidence : float
        Of the intervals.
    notices : tuple of str
        What a reader should know: rows left out, an outcome that never changes.
    """

    factors: tuple[str, ...]
    first: Estimate
    total: Estimate
    second: Estimate | None
    seed_share: Estimate | None
    has_dummy: bool
    rows: int
    replicates: int
    confidence: float
    notices: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of `second`."""
        return tuple(combinations(self.factors, 2))

    def floor(self, order: str = "total") -> float:
        """Return the noise floor of first or total indices: the upper end of the dummy's interval, and 0 at least."""
        estimate: Estimate = getattr(self, order)
        return max(float(estimate.high[-1]), 0.0) if self.has_dummy else 0.0

    def is_distinguishable(self, order: str = "total") -> NDArray[np.bool_]:
        """Tell whose interval lies above the noise floor as a whole.

        Two factors interact only if each has a total index, so pairs of others are none, whatever their interval.

        Parameters
        ----------
        order : {"first", "total", "second"}
        """
        estimate: Estimate = getattr(self, order)
        if order != "second":
            return estimate.is_above(self.floor(order))
        total = dict(zip(self.factors, self.is_distinguishable("total"), strict=True))
        both = np.array([total[one] and total[other] for one, other in self.pairs], dtype=np.bool_)
        clear: NDArray[np.bool_] = estimate.is_above(0.0) & both
        return clear

    def table(self) -> pd.DataFrame:
        """Return all indices: order, factor, with_factor, estimate, low, high, verdict; the share of luck is last."""
        import pandas as pd

        rows = []
        for order in ("first", "total", "second"):
            estimate: Estimate | None = getattr(self, order)
            if estimate is None:
                continue
            clear = self.is_distinguishable(order)
            for place, names in enumerate(self._names(order)):
                verdict = "distinguishable from zero" if clear[place] else "not distinguishable from zero"
                if self.has_dummy and self.factors[-1] in names:
                    verdict = "noise floor"
                numbers = (estimate.value[place], estimate.low[place], estimate.high[place])
                rows.append((order, names[0], names[1] if len(names) > 1 else "", *numbers, verdict))
        if self.seed_share is not None:
            luck = (getattr(self.seed_share, end)[0] for end in ("value", "low", "high"))
            rows.append(("seed", "", "", *luck, ""))
        return pd.DataFrame(rows, columns=["order", "factor", "with_factor", "estimate", "low", "high", "verdict"])

    def _names(self, order: str) -> tuple[tuple[str, ...], ...]:
        return self.pairs if order == "second" else tuple((factor,) for factor in self.factors)


def analyze(
    problem: Problem,
    X: NDArray[np.float64],
    Y: NDArray[np.float64],
    *,
    seed: int,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    common_luck: bool = True,
    max_failed: float = MAX_FAILED,
) -> SobolIndices:
    """Estimate Sobol' indices from a design of `trustsim.sampling.sobol`.

    Parameters
    ----------
    problem : Problem
    X : (points, columns) float64 array
        The design in its own order. Whether it has a dummy and rows for second order is seen from it.
    Y : (points, replicates) or (points,) float64 array
        Outcomes in the order of the points; nan marks a failed run, and its base row is left out.
    seed : int
        Of the resampling. The same seed gives the same bytes, 0 included.
    resamples : int
    confidence : float
        Of the intervals. Rows of a scrambled sequence are resampled as if they were independent, which is wider than
        the truth.
    common_luck : bool
        Whether the points of a replicate share their luck; replicates are resampled only if they do.
    max_failed : float
        Largest share of base rows that may be left out.

    Raises
    ------
    InputError
        If `X` is not such a design in its order, or `Y` does not have a row for each of its points.
    WorkError
        If too many runs failed.
    """
    check_confidence(confidence)
    layout = layout_of(problem, X)
    outcomes = as_outcomes(X, Y).reshape(layout.rows, layout.step, -1)
    whole, notices = without_failed(outcomes, "base rows", max_failed)
    outcomes = outcomes[whole]
    if np.ptp(outcomes[:, (0, -1)].mean(axis=2)) == 0.0:
        notices += ("the outcome is the same at all independent points: no variance to share, so all indices are 0",)
        value, resampled = np.zeros(layout.indices), np.zeros((layout.indices, 1))
    else:
        estimator = Estimator(outcomes, layout)
        value = estimator.indices()
        resampled = estimator.resampled(seed=seed, resamples=resamples, common_luck=common_luck)
    everything = from_resamples(value, resampled, confidence)
    k = len(layout.factors)
    first, total, second = (
        Estimate(everything.value[part], everything.low[part], everything.high[part])
        for part in (slice(k), slice(k, 2 * k), slice(2 * k, None))
    )
    return SobolIndices(
        factors=layout.factors,
        first=first,
        total=total,
        second=second if layout.second_order else None,
        seed_share=seed_share(
            outcomes[:, (0, -1)], seed=seed, resamples=resamples, confidence=confidence, common_luck=common_luck
        ),
        has_dummy=layout.has_dummy,
        rows=len(outcomes),
        replicates=outcomes.shape[2],
        confidence=confidence,
        notices=notices,
    )
