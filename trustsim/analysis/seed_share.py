"""How much of a single run's variance is luck."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.intervals import Estimate, from_resamples

__all__ = ["seed_share"]


def seed_share(
    outcomes: NDArray[np.float64], *, seed: int, resamples: int, confidence: float, common_luck: bool
) -> Estimate | None:
    """Return the share of the variance of one run that is due to its seed: E[Var(Y | x)] / Var(Y).

    Parameters
    ----------
    outcomes : (rows, points, replicates) float64 array
        Of points drawn independently from the factors' ranges; those of a row are resampled together.
    seed, resamples, confidence, common_luck
        As in `trustsim.analysis.sobol.analyze`.

    Returns
    -------
    Estimate or None
        In arrays of one; None with a single replicate, which cannot tell luck from factors. Where points share all of
        their luck, the interval rests on the replicates alone and is too narrow if they are few: of 95 % intervals
        about 78 % hold the truth with 5 replicates, 86 % with 10, 91 % with 20.
    """
    rows, _, replicates = outcomes.shape
    if replicates < 2:
        return None
    rng = np.random.default_rng(seed)
    share = np.empty((1, resamples))
    for resample in range(resamples):
        drawn, rescale = outcomes[rng.integers(rows, size=rows)], 1.0
        if common_luck:
            # Drawing replicates with replacement makes their variance smaller by (R - 1) / R.
            drawn, rescale = drawn[..., rng.integers(replicates, size=replicates)], replicates / (replicates - 1.0)
        share[0, resample] = _share(drawn, common_luck, rescale)
    return from_resamples(np.array([_share(outcomes, common_luck)]), share, confidence)


def _share(outcomes: NDArray[np.float64], common_luck: bool, rescale: float = 1.0) -> float:
    points = outcomes.reshape(-1, outcomes.shape[2])
    within = own = rescale * float(points.var(axis=1, ddof=1).mean())
    if common_luck:  # what all points of a replicate share does not set points apart
        own = rescale * float((points - points.mean(axis=0)).var(axis=1, ddof=1).mean())
    between = max(float(points.mean(axis=1).var(ddof=1)) - own / points.shape[1], 0.0)
    everything = within + between
    return within / everything if everything > 0.0 else 0.0
