"""Test functions whose indices are known on paper: what methods of sensitivity analysis are measured against.

References
----------
1. Ishigami, T., Homma, T. (1990). An importance quantification technique in uncertainty analysis for computer models.
   First International Symposium on Uncertainty Modeling and Analysis, 398-403. doi:10.1109/ISUMA.1990.151285
2. Sobol', I. M. (2001). Global sensitivity indices for nonlinear mathematical models and their Monte Carlo estimates.
   Mathematics and Computers in Simulation 55, 271-280. doi:10.1016/S0378-4754(00)00270-6
"""
# ruff: noqa: N803 - a design is X in this field

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trustsim.sampling.factors import Range
from trustsim.sampling.problem import Problem

__all__ = ["Ishigami", "SobolG", "StochasticIshigami"]


@dataclass(frozen=True)
class Ishigami:
    """``sin(x1) + a sin(x2)^2 + b x3^4 sin(x1)`` over [-pi, pi]^3: not monotonic, x3 acts through x1 alone (1).

    Attributes
    ----------
    a, b : float
    """

    a: float = 7.0
    b: float = 0.1

    @property
    def problem(self) -> Problem:
        """Factors x1, x2, x3 over [-pi, pi]."""
        return Problem({name: Range(-math.pi, math.pi) for name in ("x1", "x2", "x3")})

    def evaluate(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the outcome of each point, ``(points,) float64``; further columns play no part."""
        x1, x2, x3 = X[:, 0], X[:, 1], X[:, 2]
        outcome: NDArray[np.float64] = np.sin(x1) + self.a * np.sin(x2) ** 2 + self.b * x3**4 * np.sin(x1)
        return outcome

    @property
    def variance(self) -> float:
        """Of the outcome over the cube."""
        return math.fsum(self._parts)

    @property
    def first(self) -> NDArray[np.float64]:
        """First-order indices."""
        alone1, alone2, _ = self._parts
        return np.array([alone1, alone2, 0.0]) / self.variance

    @property
    def total(self) -> NDArray[np.float64]:
        """Total-order indices."""
        alone1, alone2, both13 = self._parts
        return np.array([alone1 + both13, alone2, both13]) / self.variance

    @property
    def second(self) -> NDArray[np.float64]:
        """Second-order indices of (x1, x2), (x1, x3), (x2, x3)."""
        return np.array([0.0, self._parts[2], 0.0]) / self.variance

    @property
    def _parts(self) -> tuple[float, float, float]:
        """Variance of x1 alone, of x2 alone, and of x1 with x3."""
        a, b, pi = self.a, self.b, math.pi
        return 0.5 * (1.0 + b * pi**4 / 5.0) ** 2, a**2 / 8.0, b**2 * pi**8 * (1.0 / 18.0 - 1.0 / 50.0)


@dataclass(frozen=True)
class StochasticIshigami:
    """Ishigami's function plus luck, with a share of the variance that the seed has by construction.

    Attributes
    ----------
    share : float
        Of the variance of one run that is luck, in [0, 1).
    shared : float
        Of the variance of luck that all points of a replicate have in common, in [0, 1]; the rest is each point's own.
    """

    share: float = 0.2
    shared: float = 0.0
    function: Ishigami = Ishigami()

    @property
    def problem(self) -> Problem:
        """Factors of the function."""
        return self.function.problem

    def evaluate(self, X: NDArray[np.float64], replicates: int, *, seed: int) -> NDArray[np.float64]:
        """Return outcomes, ``(points, replicates) float64``."""
        rng = np.random.default_rng(seed)
        luck = self.function.variance * self.share / (1.0 - self.share)
        common = math.sqrt(luck * self.shared) * rng.standard_normal((1, replicates))
        own = math.sqrt(luck * (1.0 - self.shared)) * rng.standard_normal((len(X), replicates))
        return self.function.evaluate(X)[:, np.newaxis] + common + own


@dataclass(frozen=True)
class SobolG:
    """Sobol's G: the product of ``(|4 x_i - 2| + a_i) / (1 + a_i)`` over the unit cube (2); small a_i matter.

    Attributes
    ----------
    a : tuple of float
        One a factor, zero or more.
    """

    a: tuple[float, ...] = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0)

    @property
    def problem(self) -> Problem:
        """Factors x1, x2, ... over [0, 1]."""
        return Problem({f"x{number}": Range(0.0, 1.0) for number in range(1, len(self.a) + 1)})

    def evaluate(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the outcome of each point, ``(points,) float64``; further columns play no part."""
        a = np.array(self.a)
        outcome: NDArray[np.float64] = np.prod((np.abs(4.0 * X[:, : len(a)] - 2.0) + a) / (1.0 + a), axis=1)
        return outcome

    @property
    def variance(self) -> float:
        """Of the outcome over the cube."""
        return float(np.prod(1.0 + self._alone) - 1.0)

    @property
    def first(self) -> NDArray[np.float64]:
        """First-order indices."""
        return self._alone / self.variance

    @property
    def total(self) -> NDArray[np.float64]:
        """Total-order indices."""
        total: NDArray[np.float64] = self._alone * np.prod(1.0 + self._alone) / (1.0 + self._alone) / self.variance
        return total

    @property
    def _alone(self) -> NDArray[np.float64]:
        """Variance of the conditional mean over each factor."""
        return 1.0 / (3.0 * (1.0 + np.array(self.a)) ** 2)
