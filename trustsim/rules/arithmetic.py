"""Bounds, squashing, noise and approach: the few operations that all other rules are made of."""

from __future__ import annotations

from math import sqrt

from trustsim._jit import rule

__all__ = ["approach", "at_most", "chance", "clip", "either", "share", "squash", "triangular"]


@rule
def clip(x: float, low: float, high: float) -> float:
    """Return `x` held within [low, high]: min(max(x, low), high)."""
    x = low if x < low else x
    return high if x > high else x


@rule
def at_most(x: float, ceiling: float) -> float:
    """Return the smaller of `x` and `ceiling`: min(x, ceiling)."""
    return ceiling if ceiling < x else x


@rule
def share(x: float) -> float:
    """Return `x` held within [0, 1]: min(max(x, 0), 1)."""
    x = 0.0 if x < 0.0 else x
    return 1.0 if x > 1.0 else x


@rule
def squash(x: float) -> float:
    """Return x / (1 + x) for x >= 0: 0 at 0, half at 1, 1 in the limit."""
    return x / (1.0 + x)


@rule
def chance(odds: float) -> float:
    """Return the probability that goes with `odds`: odds / (1 + odds)."""
    return odds / (1.0 + odds)


@rule
def either(first: float, second: float) -> float:
    """Return the chance that at least one of two independent things happens: first + second - first * second."""
    return first + second - first * second


@rule
def approach(x: float, level: float, rate: float) -> float:
    """Return x + rate * (level - x): a step towards `level`.

    With constant level and rate the distance shrinks by (1 - rate) a week: x_n = level + (x_0 - level) * (1 - rate)**n.
    """
    return x + rate * (level - x)


@rule
def triangular(u: float) -> float:
    """Return a number from the symmetric triangular distribution on [-1, 1] that belongs to the uniform `u`.

    sqrt(2u) - 1 below one half, 1 - sqrt(2(1 - u)) above; mean 0, standard deviation 1 / sqrt(6).
    """
    return sqrt(2.0 * u) - 1.0 if u < 0.5 else 1.0 - sqrt(2.0 * (1.0 - u))
