"""Who a person is on the first day: traits from the luck of birth, and beliefs from the hospital's reputation."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import clip, share

__all__ = ["first_belief", "first_tenure", "opening", "trait"]


@rule
def trait(mean: float, spread: float, luck: float) -> float:
    """Return a trait: mean + spread * luck, held within [0.02, 0.98].

    Parameters
    ----------
    mean : float
        Of the role or of everybody, 0 to 1.
    spread : float
        Half-width of the distribution.
    luck : float
        Triangular on [-1, 1].
    """
    return clip(mean + spread * luck, 0.02, 0.98)


@rule
def opening(own: float, above: float) -> float:
    """Return a feeling of the first staff on the first day: own + above, held within [0, 1].

    The level at rest, and what the place adds to it in the long run.
    """
    return share(own + above)


@rule
def first_belief(mean: float, spread: float, luck: float) -> float:
    """Return a belief about a trustee at the start: mean + spread * luck, held within [0, 1]."""
    return share(mean + spread * luck)


@rule
def first_tenure(u: float) -> float:
    """Return weeks in the position at the start: 1040 * u * u, so that newcomers are more frequent than old hands.

    `u` is uniform on [0, 1); the range is 20 years (1040 weeks), the mean a third of it.
    """
    return 1040.0 * u * u
