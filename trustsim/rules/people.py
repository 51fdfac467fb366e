"""Who a person is on the first day: traits from the luck of birth, and beliefs from the hospital's reputation."""

from __future__ import annotations

from typing import Final

from trustsim._jit import rule
from trustsim.rules.arithmetic import clip, share, triangular

__all__ = ["first_belief", "first_tenure", "opening", "rapport", "trait", "usual_load"]

# What is behind the point of a uniform number times a large whole number is uniform again; times another one it is
# another number, which the first says nothing about. Odd numbers two apart have no common divisor.
FOLD: Final = 1009.0


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
def rapport(spread: float, luck: float, met: float) -> float:
    """Return how much better, or worse, one person takes the conduct of another than most people do.

    spread * triangular(folded), folded = luck * (FOLD + 2 * met), less its whole part.

    Parameters
    ----------
    spread : float
        Half-width of the distribution, ``trust.rapport``.
    luck : float
        Of the tie, uniform on [0, 1).
    met : float
        How many people the two succeeded in their positions, so that how a new pair gets on has nothing to do
        with how the last one did.

    References
    ----------
    C3 : people's scores of their leaders differ much more than the leaders do.
    """
    folded = luck * (FOLD + 2.0 * met)
    return spread * triangular(folded - float(int(folded)))


@rule
def usual_load(spread: float, luck: float) -> float:
    """Return a unit's usual demand, in that of a normal unit: 1 + spread * luck, with luck triangular on [-1, 1].

    References
    ----------
    W1 : from 4 to 8 patients a nurse.
    """
    return 1.0 + spread * luck


@rule
def first_tenure(u: float) -> float:
    """Return weeks in the position at the start: 1040 * u * u, so that newcomers are more frequent than old hands.

    `u` is uniform on [0, 1); the range is 20 years (1040 weeks), the mean a third of it.
    """
    return 1040.0 * u * u
