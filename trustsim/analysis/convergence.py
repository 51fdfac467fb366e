"""Convergence: how Sobol' indices settle as base rows are added, read from the smaller designs inside a large one.

The first 2^k base rows of a scrambled Sobol' sequence are a design of their own, so nothing is run again.
"""
# ruff: noqa: N803 - X and Y are the names of a design and its outcomes in this field

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis import sobol
from trustsim.analysis.outcomes import as_outcomes
from trustsim.analysis.problem import Problem
from trustsim.analysis.saltelli import layout_of
from trustsim.errors import WorkError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Convergence", "analyze"]


@dataclass(frozen=True)
class Convergence:
    """What `analyze` found.

    Attributes
    ----------
    sizes : tuple of int
        Base rows of each design, rising.
    indices : tuple of SobolIndices
        Of each.
    notices : tuple of str
        Designs left out because too many of their runs failed.
    """

    sizes: tuple[int, ...]
    indices: tuple[sobol.SobolIndices, ...]
    notices: tuple[str, ...]

    @property
    def confidence(self) -> float:
        """Of the intervals."""
        return self.indices[-1].confidence

    def widest(self, order: str = "total") -> tuple[float, ...]:
        """Return the width of the widest interval at each size."""
        return tuple(
            float((estimate.high - estimate.low).max())
            for estimate in (getattr(indices, order) for indices in self.indices)
        )

    def settled(self, width: float, order: str = "total") -> int | None:
        """Return the fewest base rows from which on no interval is wider than `width`; None if there are too few."""
        for size, widest in zip(self.sizes, _running_max(self.widest(order)), strict=True):
            if widest <= width:
                return size
        return None

    def table(self) -> pd.DataFrame:
        """Return the tables of all sizes, with a first column n."""
        import pandas as pd

        frames = [indices.table() for indices in self.indices]
        for size, frame in zip(self.sizes, frames, strict=True):
            frame.insert(0, "n", size)
        return pd.concat(frames, ignore_index=True)


def analyze(
    problem: Problem, X: NDArray[np.float64], Y: NDArray[np.float64], *, seed: int, smallest: int = 32, **options: Any
) -> Convergence:
    """Estimate Sobol' indices at every power of two of base rows.

    Parameters
    ----------
    problem, X, Y, seed
        As in `trustsim.analysis.sobol.analyze`.
    smallest : int
        Base rows of the first design.
    **options
        Those of `trustsim.analysis.sobol.analyze`.

    Raises
    ------
    InputError, WorkError
        As `trustsim.analysis.sobol.analyze` does for all rows.
    """
    layout, outcomes = layout_of(problem, X), as_outcomes(X, Y)
    inside = [2**power for power in range(layout.rows.bit_length()) if smallest <= 2**power < layout.rows]
    found: dict[int, sobol.SobolIndices] = {}
    notices: tuple[str, ...] = ()
    for size in inside:
        points = slice(size * layout.step)
        try:
            found[size] = sobol.analyze(problem, X[points], outcomes[points], seed=seed, **options)
        except WorkError as error:
            notices += (f"n = {size} is left out: {error}",)
    found[layout.rows] = sobol.analyze(problem, X, outcomes, seed=seed, **options)
    return Convergence(tuple(found), tuple(found.values()), notices)


def _running_max(widths: tuple[float, ...]) -> tuple[float, ...]:
    """Return for each width the largest from there on."""
    return tuple(np.maximum.accumulate(widths[::-1])[::-1].tolist())
