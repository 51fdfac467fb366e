"""The estimators of Sobol' indices, written so that all resamples of rows and replicates are computed at once.

With one replicate they are SALib's (1, 2), to the last digits. With more, every index is a ratio of averages of
products of outcomes, and a product of two means over the same replicates holds, besides the product of expectations,
the covariance of luck over R. So products are taken between *different* replicates only: with weights w of the
replicates (1/R, or those of a resample), products Q of weighted means, and products Q_r within replicate r::

    (Q - sum_r w_r^2 Q_r) / (1 - sum_r w_r^2)

This is unbiased for the product of expectations, whether or not points share their luck: replicates do not (3).

References
----------
1. Saltelli, A., Annoni, P., Azzini, I., Campolongo, F., Ratto, M., Tarantola, S. (2010). Variance based sensitivity
   analysis of model output. Computer Physics Communications 181, 259-270. doi:10.1016/j.cpc.2009.09.018
2. Saltelli, A. (2002). Making best use of model evaluations to compute sensitivity indices. Computer Physics
   Communications 145, 280-297. doi:10.1016/S0010-4655(02)00280-1
3. Hoeffding, W. (1948). A class of statistics with asymptotically normal distribution. Annals of Mathematical
   Statistics 19, 293-325. doi:10.1214/aoms/1177730196
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.intervals import draws
from trustsim.analysis.saltelli import Layout

__all__ = ["Estimator"]


class Estimator:
    """Indices of outcomes at a Saltelli design.

    Parameters
    ----------
    outcomes : (rows, step, replicates) float64 array
        Without nan.
    layout : Layout
        What the points of a row are.
    """

    def __init__(self, outcomes: NDArray[np.float64], layout: Layout) -> None:
        # Centered, as in SALib: the estimator of first order varies less when outcomes lie around zero.
        centered = (outcomes - outcomes.mean(axis=(0, 1))) / outcomes.mean(axis=2).std()
        self._y = np.ascontiguousarray(centered.transpose(1, 0, 2))
        self._k, self._second_order = len(layout.factors), layout.second_order
        self._within = None
        if outcomes.shape[2] > 1:
            self._within = np.ascontiguousarray(self._products(self._y).transpose(0, 2, 1))

    def indices(self) -> NDArray[np.float64]:
        """Return first, total and second-order indices, ``(indices,)``."""
        _, rows, replicates = self._y.shape
        return self._ratios(np.arange(rows)[:, np.newaxis], np.full((replicates, 1), 1.0 / replicates))[:, 0]

    def resampled(self, *, seed: int, resamples: int, common_luck: bool) -> NDArray[np.float64]:
        """Return the same for resamples of rows and replicates, ``(indices, resamples)``."""
        step, rows, replicates = self._y.shape
        drawing = draws(
            rows, replicates, seed=seed, resamples=resamples, common_luck=common_luck,
            at_once=rows * (3 * step + self._k**2 * self._second_order),
        )  # fmt: skip
        return np.concatenate([self._ratios(drawn, weights) for drawn, weights in drawing], axis=1)

    def _ratios(self, drawn: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        step, rows, replicates = self._y.shape
        # One large product of matrices; numpy would make many small ones of three dimensions.
        means = (self._y.reshape(-1, replicates) @ weights).reshape(step, rows, -1)
        resampled = np.take_along_axis(means, drawn[np.newaxis], axis=1)
        products = self._products(resampled).mean(axis=1)
        if self._within is not None:
            times = np.stack([np.bincount(column, minlength=rows) for column in drawn.T], axis=1) / rows
            within = (self._within.reshape(-1, rows) @ times).reshape(len(products), replicates, -1)
            products -= np.einsum("qrs,rs->qs", within, weights**2)
            products /= 1.0 - (weights**2).sum(axis=0)
        variance = products[-1] - resampled[[0, -1]].mean(axis=(0, 1)) ** 2
        # A resample may hold nothing but luck; what it says of shares is nothing, not infinity.
        ratios: NDArray[np.float64] = np.zeros_like(products[:-1])
        np.divide(products[:-1], variance, out=ratios, where=variance > 1e-12)
        return ratios

    def _products(self, y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is averaged over rows, ``(indices + 1, rows, n)``, squares last, from ``(step, rows, n)``."""
        k = self._k
        a, ab, ba, b = y[0], y[1 : k + 1], y[k + 1 : -1], y[-1]
        first, total = b * (ab - a), 0.5 * (a - ab) ** 2
        products = [first, total]
        if self._second_order:
            pairs = combinations(range(k), 2)
            products.append(np.stack([ba[i] * ab[j] - a * b - first[i] - first[j] for i, j in pairs]))
        return np.concatenate([*products, 0.5 * (a**2 + b**2)[np.newaxis]])
