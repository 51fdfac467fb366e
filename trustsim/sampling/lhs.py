"""A latin hypercube: n points such that each of n equal slices of each factor holds one.

Adding points makes another design; where a study may grow, take `sobol`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustsim.sampling.checks import check_count
from trustsim.sampling.problem import Problem

__all__ = ["sample", "size"]


def size(problem: Problem, n: int) -> int:  # noqa: ARG001 - one signature for every method
    """Return the number of points."""
    return check_count(n, "points")


def sample(problem: Problem, n: int, *, seed: int) -> NDArray[np.float64]:
    """Return a latin hypercube.

    Parameters
    ----------
    problem : Problem
        Groups play no part.
    n : int
        Points.
    seed : int
        The same seed gives the same bytes, 0 included.

    Returns
    -------
    (n, factors) float64 array
        In random order.

    Raises
    ------
    InputError
        If `n` is less than 1.

    References
    ----------
    1. McKay, M. D., Beckman, R. J., Conover, W. J. (1979). A comparison of three methods for selecting values of input
       variables in the analysis of output from a computer code. Technometrics 21, 239-245. doi:10.2307/1268522
    """
    from SALib.sample import latin

    return problem.place(latin.sample(problem.as_salib(grouped=False), size(problem, n), seed=seed))
