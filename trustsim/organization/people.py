"""The luck of birth: what chance gives the people who will hold a position, one after another.

The k-th occupant of a position is the same person in every world of a hospital seed, whenever they arrive: two
scenarios differ in what leaders do, not in whom they happen to hire.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import Luck
from trustsim.rules.conduct import BEHAVIORS, informed

__all__ = ["Births", "births"]

_TRAITS: Final = 8
_TENURE: Final = 8
_NO_PROBLEM: Final = 9
_COMMON: Final = 10


class Births(NamedTuple):
    """Luck of one occupant of every position.

    Attributes
    ----------
    trait : (n, 8) float64
        Triangular on [-1, 1]: propensity to trust, exhaustion, cynicism, psychological safety, autonomy, role
        understanding, alignment, feeling valued.
    chance : (n, 2) float64
        Uniform: tenure of the first occupant, whether an administrator sees no problem.
    conduct : (n, 4) float64
        What all 13 behaviors of the person have in common (triangular), then what the rest of each says of ability,
        benevolence and integrity (`trustsim.rules.conduct.informed`).
    """

    trait: NDArray[np.float64]
    chance: NDArray[np.float64]
    conduct: NDArray[np.float64]


def births(luck: Luck, occupant: int, positions: int) -> Births:
    """Draw the occupants number `occupant` (0 for the first) of all positions."""
    draws = luck.uniform("person", occupant, positions)
    own = _triangular(draws[:, _COMMON + 1 : _COMMON + 1 + len(BEHAVIORS)])
    common = _triangular(draws[:, _COMMON])
    return Births(
        trait=_triangular(draws[:, :_TRAITS]),
        chance=draws[:, [_TENURE, _NO_PROBLEM]],
        conduct=np.concatenate([common[:, None], informed(own)], axis=1),
    )


def _triangular(u: NDArray[np.float64]) -> NDArray[np.float64]:
    # The rule `triangular`, for an array: sqrt is exactly rounded everywhere, so the bits are the same.
    return np.where(u < 0.5, np.sqrt(2.0 * u) - 1.0, 1.0 - np.sqrt(2.0 * (1.0 - u)))
