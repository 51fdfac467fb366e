"""Morris' trajectories: walks through a grid that move one factor (or group) at a time; a cheap screen of many."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.sampling.checks import check_count
from trustsim.sampling.problem import Problem

__all__ = ["sample", "size"]


def size(problem: Problem, n: int, *, dummy: bool = False) -> int:
    """Return the number of points: n trajectories of one more than there are groups."""
    return check_count(n, "trajectories", least=2) * (len(set(problem.groups)) + dummy + 1)


def sample(problem: Problem, n: int, *, seed: int, levels: int = 4, dummy: bool = False) -> NDArray[np.float64]:
    """Return trajectories.

    A step is more than half of a factor's range, so whole numbers and choices change at every step too.

    Parameters
    ----------
    problem : Problem
        Groups move as one.
    n : int
        Trajectories; 10 to 50 are usual.
    seed : int
        The same seed gives the same bytes, 0 included. The first n trajectories of more are the same n.
    levels : int
        Of the grid; even.
    dummy : bool
        Whether to add a factor that changes nothing, as last column.

    Returns
    -------
    (n * (groups + 1), factors) float64 array
        One trajectory after the other; from a row to the next, one group moves.

    Raises
    ------
    InputError
        If `n` is less than 2, or `levels` odd or less than 2.

    References
    ----------
    1. Morris, M. D. (1991). Factorial sampling plans for preliminary computational experiments. Technometrics 33,
       161-174. doi:10.1080/00401706.1991.10484804
    """
    from SALib.sample import morris

    size(problem, n, dummy=dummy)
    if check_count(levels, "levels", least=2) % 2:
        raise InputError(
            f"found {levels} levels, needed is an even number: with an odd one some levels come up more often"
        )
    unit = morris.sample(problem.as_salib(dummy=dummy), n, num_levels=levels, seed=seed)
    # Rounding moved some places a hair off the grid; at the edge of a choice's share that would be another choice.
    return problem.place(np.rint(unit * (levels - 1)) / (levels - 1))
