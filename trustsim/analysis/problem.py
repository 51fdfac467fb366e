"""What analysis needs to know of a problem; `trustsim.sampling.Problem` is one. Neither room imports the other."""
# ruff: noqa: N803 - a design is X in this field

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Problem"]


class Problem(Protocol):
    """Factors in the order of a design's columns."""

    @property
    def names(self) -> tuple[str, ...]:
        """Of the factors."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The group of each factor, its own name where it is alone."""

    @property
    def bounds(self) -> tuple[tuple[float, float], ...]:
        """Lowest and highest number in each column."""

    def columns(self, X: NDArray[np.float64]) -> tuple[str, ...]:
        """Return names of a design's columns; one more than factors means that the last is a dummy."""

    def decode(self, X: NDArray[np.float64]) -> Sequence[Mapping[str, float | int | str | bool]]:
        """Return what each row of a design sets, by factor."""
