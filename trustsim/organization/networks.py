"""Ties that chance decides: colleagues, consultation and social ties of a generated hospital.

The functions return pairs of positions; a tie runs both ways along each pair, and a pair that is drawn twice counts
once. Rounds of a draw stand where other streams have the week, so that more ties keep the ties there were.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import Luck

__all__ = ["Pairs", "consult_pairs", "peer_pairs", "pick_others"]

Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]
"""First and second ends of pairs of positions, two arrays of one shape."""


def peer_pairs(staff: NDArray[np.int64], degree: int, rewiring: float, luck: Luck) -> list[Pairs]:
    """Return pairs of colleagues: a small world in each unit.

    The staff of a unit stand in a ring, professions side by side, and deal with the nearest; some of these ties go to
    somebody farther round the ring instead.

    Parameters
    ----------
    staff : (n_units, n_staff) int array
        Positions of each unit's staff.
    degree : int
        Mean number of colleagues.
    rewiring : float
        Share of ties that go elsewhere.
    luck : Luck

    References
    ----------
    .. [1] D. J. Watts and S. H. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393:440-442, 1998.
    """
    n_units, size = staff.shape
    place = np.arange(size)
    reach = min((degree + 1) // 2, size // 2)
    farther = size - 1 - 2 * reach
    pairs = []
    for step in range(1, reach + 1):
        draw = luck.uniform("peer", step - 1, staff.size).reshape(n_units, size, 2)
        moved = (draw[..., 0] < rewiring) & (farther > 0)
        offset = np.where(moved, reach + 1 + (draw[..., 1] * farther).astype(np.int64), step)
        colleague = np.take_along_axis(staff, (place + offset) % size, axis=1)
        # The last step of an odd degree adds one colleague on average: every other person starts a tie.
        starts = place if 2 * step <= degree else place[::2]
        pairs.append((staff[:, starts], colleague[:, starts]))
    return pairs


def consult_pairs(consultants: NDArray[np.int64], degree: float, luck: Luck) -> list[Pairs]:
    """Return pairs of clinicians of different units who consult each other.

    Parameters
    ----------
    consultants : (n_units, n_consultants) int array
        Positions of those of each unit who consult.
    degree : float
        Mean number of partners. Each person starts half of them: the whole part for sure, one more by chance.
    luck : Luck
    """
    n_units, size = consultants.shape
    everybody = consultants.ravel()
    own_unit = np.repeat(np.arange(n_units) * size, size)
    others = len(everybody) - size
    pairs = []
    for number in range(ceil(degree / 2) if others else 0):
        draw = luck.uniform("consult", number, len(everybody))
        starts = draw[:, 0] < degree / 2 - number
        partner = (draw[:, 1] * others).astype(np.int64)
        partner += size * (partner >= own_unit)
        pairs.append((everybody[starts], everybody[partner[starts]]))
    return pairs


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
