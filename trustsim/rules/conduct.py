"""Conduct: the 13 trust behaviors, the beliefs they inform, and what others see of them in a communication.

The behaviors are Covey's (source article 5). Which belief each informs is an assumption of the model, made once in
`INFORMS` and stated in the ODD.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim._jit import rule
from trustsim.rules.arithmetic import share

__all__ = ["BEHAVIORS", "BELIEFS", "INFORMS", "deviation", "informed", "leader_conduct", "shared", "shown", "signal"]

BELIEFS: Final = ("ability", "benevolence", "integrity")

# behavior: weight of ability, benevolence, integrity (each row sums to 1)
_INFORMS: Final = {
    "talk straight": (0.0, 0.2, 0.8),
    "demonstrate respect": (0.0, 1.0, 0.0),
    "create transparency": (0.0, 0.2, 0.8),
    "right wrongs": (0.0, 0.4, 0.6),
    "show loyalty": (0.0, 0.7, 0.3),
    "deliver results": (1.0, 0.0, 0.0),
    "get better": (1.0, 0.0, 0.0),
    "confront reality": (0.5, 0.0, 0.5),
    "clarify expectations": (0.7, 0.0, 0.3),
    "practice accountability": (0.4, 0.0, 0.6),
    "listen first": (0.2, 0.8, 0.0),
    "keep commitments": (0.3, 0.0, 0.7),
    "extend trust": (0.0, 0.8, 0.2),
}
BEHAVIORS: Final[tuple[str, ...]] = tuple(_INFORMS)
INFORMS: Final[NDArray[np.float64]] = np.array(list(_INFORMS.values()))


def informed(behaviors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what behaviors say about ability, benevolence and integrity: the mean weighted by `INFORMS`.

    For each belief, the sum of weight * level over the 13 behaviors, over the sum of the weights.

    Parameters
    ----------
    behaviors : (..., 13) float64 array
        Levels or deviations, in the order of `BEHAVIORS`.

    Returns
    -------
    (..., 3) float64 array
        In the order of `BELIEFS`.
    """
    # An explicit loop in a fixed order: matrix products may sum in another order on another machine.
    result = np.zeros((*behaviors.shape[:-1], len(BELIEFS)))
    for belief in range(len(BELIEFS)):
        weight = 0.0
        for behavior in range(len(BEHAVIORS)):
            result[..., belief] += float(INFORMS[behavior, belief]) * behaviors[..., behavior]
            weight += float(INFORMS[behavior, belief])
        result[..., belief] /= weight
    return result


@rule
def deviation(common_share: float, common: float, own: float) -> float:
    """Return how far conduct is from the mean of the role, in half-widths.

    common_share * common + (1 - common_share) * own.

    `common` is what all 13 behaviors of the person share, `own` what those that inform one belief have of their own.
    """
    return common_share * common + (1.0 - common_share) * own


@rule
def leader_conduct(conduct: float, shift: float, leads: float) -> float:
    """Return conduct with the shift that style and training give a leader: conduct + shift * leads.

    Parameters
    ----------
    conduct : float
        The person's own, 0 to 1.
    shift : float
        Lever ``shift.*``.
    leads : float
        1 for leaders, 0 for staff.
    """
    return conduct + shift * leads


@rule
def shown(conduct: float, fatigue: float, exhaustion: float, reference: float) -> float:
    """Return the conduct that a person is able to show: conduct - fatigue * (exhaustion - reference).

    References
    ----------
    C4 : leaders' own burnout lowers their leadership score.
    """
    return conduct - fatigue * (exhaustion - reference)


@rule
def shared(own: float, partner: float, cohesion: float, sharing: float) -> float:
    """Return the conduct of one half of a dyad: own + sharing * cohesion * max(partner - own, 0)."""
    better = partner - own
    return own + sharing * cohesion * (better if better > 0.0 else 0.0)


@rule
def signal(shown: float, lift: float, noise: float) -> float:
    """Return what a communication says of its sender: shown + lift + noise, held within [0, 1].

    Parameters
    ----------
    shown : float
        Conduct that the sender is able to show.
    lift : float
        Added on the contacts that an intervention makes (lever ``lift.*``), else 0.
    noise : float
        Triangular around 0.
    """
    return share(shown + lift + noise)
