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

__all__ = ["Dimension", "as_parameters", "at_start", "space"]

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
    start : float
        What was documented or judged before any calibration, and is left with reluctance.
    why : str
        Which target it moves.
    """

    name: str
    parameters: tuple[str, ...]
    low: float
    high: float
    start: float
    why: str

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
        dimension = Dimension(name, **{**entry, "parameters": tuple(entry["parameters"])})
        for parameter in dimension.parameters:
            for end in (dimension.low, dimension.high):
                parameters.check(parameter, end)
        found.append(dimension)
    return tuple(found)


def at_start(dimensions: Sequence[Dimension]) -> NDArray[np.float64]:
    """Return the place where a search starts, ``(dimensions,) float64``."""
    return np.array([dimension.place(dimension.start) for dimension in dimensions])


def as_parameters(dimensions: Sequence[Dimension], places: NDArray[np.float64]) -> dict[str, float]:
    """Return the values of all parameters at places in [0, 1], one for each dimension."""
    return {
        parameter: dimension.value(place)
        for dimension, place in zip(dimensions, places.tolist(), strict=True)
        for parameter in dimension.parameters
    }
