"""What a factor may be: a continuous range, a range of whole numbers, or a list of choices.

A method samples the unit interval; a factor's `at` places such numbers on its own scale as *codes*, the float64 that
stand in a column of a design, and its `value` tells what a code means to the model. Only choices have codes that are
not their values: the position in the list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean

__all__ = ["Choices", "Factor", "Integers", "Range", "Value", "as_factor"]

Value = float | int | str | bool
"""What a factor sets: a number, or one of its choices."""


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from `low` to `high`, equally likely.

    Raises
    ------
    InputError
        Unless both ends are finite numbers and `low` is below `high`.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        _check_ends(self.low, self.high)

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest code."""
        return float(self.low), float(self.high)

    def at(self, unit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the codes at places in [0, 1]."""
        # 0.3 + (0.9 - 0.3) is above 0.9.
        return np.minimum(self.low + unit * (self.high - self.low), self.high)

    def levels(self, n: int) -> NDArray[np.float64]:
        """Return `n` codes at equal distances, both ends among them."""
        return np.linspace(self.low, self.high, n)

    def value(self, code: float) -> Value:
        """Return what a code means."""
        return float(code)

    def code(self, value: object) -> float:
        """Return the code of a value.

        Raises
        ------
        InputError
            If the value is no number or outside the range.
        """
        if not (_is_number(value) and self.low <= value <= self.high):
            raise InputError(f"found {value!r}, allowed are numbers from {self.low} to {self.high}")
        return float(value)


@dataclass(frozen=True, slots=True)
class Integers:
    """All whole numbers from `low` to `high`, both included, equally likely.

    Raises
    ------
    InputError
        Unless both ends are whole numbers and `low` is below `high`.
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        _check_ends(self.low, self.high)
        if self.low != int(self.low) or self.high != int(self.high):
            raise InputError(f"found the ends {self.low} and {self.high}, both must be whole numbers")

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest code."""
        return float(self.low), float(self.high)

    def at(self, unit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the codes at places in [0, 1]: each whole number has an equal share of it."""
        return self.low + _nth(unit, int(self.high - self.low) + 1)

    def levels(self, n: int) -> NDArray[np.float64]:
        """Return at most `n` codes at about equal distances, both ends among them."""
        return np.unique(np.rint(np.linspace(self.low, self.high, n)))

    def value(self, code: float) -> Value:
        """Return what a code means."""
        return int(code)

    def code(self, value: object) -> float:
        """Return the code of a value.

        Raises
        ------
        InputError
            If the value is no whole number or outside the range.
        """
        if not (_is_number(value) and self.low <= value <= self.high and value == int(value)):
            raise InputError(f"found {value!r}, allowed are whole numbers from {self.low} to {self.high}")
        return float(value)


@dataclass(frozen=True, slots=True)
class Choices:
    """One of a list, all equally likely: a leadership style, on or off, a number of units.

    Raises
    ------
    InputError
        Unless there are two or more, all different.
    """

    options: tuple[Value, ...]

    def __post_init__(self) -> None:
        if not all(isinstance(option, Value) for option in self.options):
            raise InputError(f"found the choices {list(self.options)}; a choice is a number, a word, or true or false")
        if len(self.options) < 2 or len(set(self.options)) < len(self.options):
            raise InputError(f"found the choices {list(self.options)}, needed are two or more different ones")

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest code."""
        return 0.0, len(self.options) - 1.0

    def at(self, unit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the codes at places in [0, 1]: each choice has an equal share of it."""
        return _nth(unit, len(self.options))

    def levels(self, n: int) -> NDArray[np.float64]:  # noqa: ARG002 - choices have no distances, a grid takes them all
        """Return the codes of all choices, however many levels were asked for."""
        return np.arange(float(len(self.options)))

    def value(self, code: float) -> Value:
        """Return what a code means."""
        return self.options[int(code)]

    def code(self, value: object) -> float:
        """Return the code of a value.

        Raises
        ------
        InputError
            If the value is none of the choices.
        """
        if value not in self.options:
            hint = did_you_mean(str(value), [str(option) for option in self.options])
            raise InputError(f"found {value!r}, allowed are {', '.join(map(str, self.options))}{hint}")
        return float(self.options.index(value))


Factor = Range | Integers | Choices


def as_factor(given: object) -> Factor:
    """Return a factor from what people write: two numbers are a range, anything else in a list is a choice.

    Raises
    ------
    InputError
        If it can be neither.
    """
    if isinstance(given, Factor):
        return given
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise InputError(f"found {given!r}; a factor is a range [low, high] or a list of choices")
    if len(given) == 2 and all(map(_is_number, given)):
        return Range(float(given[0]), float(given[1]))
    return Choices(tuple(given))


def _check_ends(low: object, high: object) -> None:
    if not (_is_number(low) and _is_number(high) and math.isfinite(low) and math.isfinite(high)):
        raise InputError(f"found the range [{low!r}, {high!r}], its ends must be finite numbers")
    if not low < high:
        raise InputError(f"found the range [{low}, {high}], its low end must be below its high end")


def _nth(unit: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    return np.minimum(np.floor(unit * n), n - 1.0)
