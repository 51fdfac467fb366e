"""What calibration may move: the table `calibration.toml`, and vectors of places in it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from trustsim import parameters

__all__ = ["Dimension", "as_parameters", "at_defaults", "space"]

_DIGITS = 3
"""Significant digits of a value: what is run is what is written."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One direction in which calibration may move.

    Attributes
    ----------
    name : str
    parameters : tuple of str
        All of them get the same value.
    low, high : float
        How far.
    why : str
        Which target it moves.
    """

    name: str
    parameters: tuple[str, ...]
    low: float
    high: float
    why: str

    @property
    def default(self) -> float:
        """The value in the register, of the first of its parameters."""
        return parameters.lookup(self.parameters[0]).default

    def value(self, place: float) -> float:
        """Return the value at a place in [0, 1]."""
        return float(f"{self.low + place * (self.high - self.low):.{_DIGITS}g}")

    def place(self, value: float) -> float:
        """Return where a value stands, 0 at `low` and 1 at `high`."""
        return (value - self.low) / (self.high - self.low)


@cache
def space() -> tuple[Dimension, ...]:
    """Return what calibration may move.

    Raises
    ------
    InputError
        If the register has no such parameter, or does not allow a range.
    """
    table = tomllib.loads(files(__package__).joinpath("calibration.toml").read_text(encoding="utf-8"))
    found = []
    for name, entry in table.items():
        dimension = Dimension(name, tuple(entry["parameters"]), entry["low"], entry["high"], entry["why"])
        for parameter in dimension.parameters:
            for end in (dimension.low, dimension.high):
                parameters.check(parameter, end)
        found.append(dimension)
    return tuple(found)


def at_defaults(dimensions: Sequence[Dimension]) -> NDArray[np.float64]:
    """Return the place of the register's defaults, ``(dimensions,) float64``."""
    return np.array([dimension.place(dimension.default) for dimension in dimensions])


def as_parameters(dimensions: Sequence[Dimension], places: NDArray[np.float64]) -> dict[str, float]:
    """Return the values of all parameters at places in [0, 1], one for each dimension."""
    return {
        parameter: dimension.value(place)
        for dimension, place in zip(dimensions, places.tolist(), strict=True)
        for parameter in dimension.parameters
    }
