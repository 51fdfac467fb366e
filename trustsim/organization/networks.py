"""Ties that chance decides: colleagues, consultation and social ties of a hospital that does not say them.

The functions return pairs of positions; a tie runs both ways along each pair, and a pair that is drawn twice counts
once. Rounds of a draw stand where other streams have the week, so that more ties keep the ties there were. Units may
differ in size: people come in one array, unit by unit, with another that says whose unit it is.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import Luck

__all__ = ["Pairs", "consult_pairs", "peer_pairs", "pick_others"]

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
"""First and second ends of pairs of positions, two arrays of one shape."""


def peer_pairs(
    staff: NDArray[np.int64], unit: NDArray[np.int64], degree: int, rewiring: float, luck: Luck
) -> list[Pairs]:
    """Return pairs of colleagues: a small world in each unit.

    The staff of a unit stand in a ring, professions side by side, and deal with the nearest; some of these ties go to
    somebody farther round the ring instead.

    Parameters
    ----------
    staff : (n,) int array
        Positions of the staff, unit by unit.
    unit : (n,) int array
        Their units, in ascending order.
    degree : int
        Mean number of colleagues.
    rewiring : float
        Share of ties that go elsewhere.
    luck : Luck

    References
    ----------
    .. [1] D. J. Watts and S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393:440-442, 1998.
    """
    first, size = _rings(unit)
    place = np.arange(len(staff)) - first
    reach = np.minimum((degree + 1) // 2, size // 2)
    farther = size - 1 - 2 * reach
    pairs = []
    for step in range(1, (degree + 1) // 2 + 1):
        draw = luck.uniform("peer", step - 1, len(staff))
        moved = (draw[:, 0] < rewiring) & (farther > 0)
        offset = np.where(moved, reach + 1 + (draw[:, 1] * farther).astype(np.int64), step)
        # The last step of an odd degree adds one colleague on average: every other person starts a tie.
        starts = (step <= reach) & ((2 * step <= degree) | (place % 2 == 0))
        colleague = first + (place + offset) % size
        pairs.append((staff[starts], staff[colleague[starts]]))
    return pairs


def consult_pairs(consultants: NDArray[np.int64], unit: NDArray[np.int64], degree: float, luck: Luck) -> list[Pairs]:
    """Return pairs of clinicians of different units who consult each other.

    Parameters
    ----------
    consultants : (n,) int array
        Positions of those who consult, unit by unit.
    unit : (n,) int array
        Their units, in ascending order.
    degree : float
        Mean number of partners. Each person starts half of them: the whole part for sure, one more by chance.
    luck : Luck
    """
    first, size = _rings(unit)
    others = len(consultants) - size
    pairs = []
    for number in range(ceil(degree / 2)):
        draw = luck.uniform("consult", number, len(consultants))
        starts = (draw[:, 0] < degree / 2 - number) & (others > 0)
        partner = (draw[:, 1] * others).astype(np.int64)
        partner += size * (partner >= first)
        pairs.append((consultants[starts], consultants[partner[starts]]))
    return pairs


def _rings(unit: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the unit of each entry of a sorted array begins, and how many there are of it."""
    _, begins, ring, counts = np.unique(unit, return_index=True, return_inverse=True, return_counts=True)
    return begins[ring], counts[ring]


def pick_others(
    draw: NDArray[np.float64], count: int, excluded: list[int | NDArray[np.int64]]
) -> NDArray[np.int64] | None:
    """Return for each draw one of ``0 .. count - 1`` that is not excluded, all of them equally likely.

    Parameters
    ----------
    draw : float array
        Uniform on [0, 1).
    count : int
    excluded : list of int or int array
        Different numbers in ascending order; arrays broadcast against `draw`.

    Returns
    -------
    int array of the shape of `draw`, or None if nobody is left
    """
    left = count - len(excluded)
    if left <= 0:
        return None
    pick = (draw * left).astype(np.int64)
    for number in excluded:
        pick += pick >= number
    return pick
