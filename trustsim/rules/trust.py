"""Trust: three beliefs about another person, how communications move them, and how they erode and mend."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import share

__all__ = [
    "believe",
    "betrayed",
    "clarity",
    "doubt",
    "erode",
    "learn",
    "mediate",
    "perceive",
    "recovery_gain",
    "scar",
    "trust",
]


@rule
def trust(
    ability: float, benevolence: float, integrity: float, propensity: float,
    weight_ability: float, weight_benevolence: float, weight_integrity: float, weight_propensity: float,
) -> float:  # fmt: skip
    """Return trust: the weighted mean of three beliefs and the truster's propensity.

    trust = w_a * ability + w_b * benevolence + w_i * integrity + w_p * propensity, the weights summing to 1.
    All in [0, 1]; with equal beliefs b and propensity b it is b.

    References
    ----------
    D4 : Colquitt, Scott & LePine 2007, weights .42, .28, .16, .14 after scaling.
    """
    return (
        weight_ability * ability
        + weight_benevolence * benevolence
        + weight_integrity * integrity
        + weight_propensity * propensity
    )


@rule
def clarity(cross: float, jargon: float, understanding: float, made_clear: float) -> float:
    """Return the share of a message that gets across.

    c + (1 - c) * made_clear, c = 1 - cross * jargon * (1 - understanding).

    Parameters
    ----------
    cross : float
        1 between silos, 0 within one (where everything is clear).
    jargon : float
        Share lost on a receiver who understands nothing of the other side's work.
    understanding : float
        The receiver's, 0 to 1.
    made_clear : float
        Lever ``clarity``, 0 to 1.
    """
    clear = 1.0 - cross * jargon * (1.0 - understanding)
    return clear + (1.0 - clear) * made_clear


@rule
def doubt(suspicion: float, alignment: float) -> float:
    """Return how much worse than believed an unclear message is read: suspicion * (1 - alignment)."""
    return suspicion * (1.0 - alignment)


@rule
def perceive(clear: float, signal: float, expected: float) -> float:
    """Return what a message looks like to its receiver: clear * signal + (1 - clear) * expected, within [0, 1].

    What is not clear is filled in with what one expects: trust less doubt, so a little worse where no purpose is
    shared. A clear message (within a silo) is read as it is.
    """
    return share(clear * signal + (1.0 - clear) * expected)


@rule
def believe(belief: float, perceived: float, gain: float, loss: float, gate: float) -> float:
    """Return a belief after one perceived signal: belief + rate * (perceived - belief).

    rate = (gain, or loss when the signal is worse than the belief) * (1 - gate * abs(perceived - belief)), at most 1.
    With gate 0, loss equal to gain and a constant signal s the belief approaches s geometrically: s + (b_0 - s) * (1 -
    gain)**n.

    References
    ----------
    D8 : bad news weighs more (loss = negativity * gain), and news near one's prior weighs more than news far from it.
    """
    distance = perceived - belief
    far = -distance if distance < 0.0 else distance
    rate = (loss if distance < 0.0 else gain) * (1.0 - gate * far)
    return belief + (1.0 if rate > 1.0 else rate) * distance


@rule
def erode(belief: float, propensity: float, drift: float) -> float:
    """Return a belief after a week without contact: belief + drift * (propensity - belief).

    Slow erosion without one egregious event; in the limit a person believes of a stranger what they believe of anybody.
    """
    return belief + drift * (propensity - belief)


@rule
def mediate(belief: float, floor: float, mediation: float) -> float:
    """Return a belief after a week of mediation: belief + mediation * max(floor - belief, 0)."""
    gap = floor - belief
    return belief + mediation * (gap if gap > 0.0 else 0.0)


@rule
def recovery_gain(gain: float, breached: float, repair: float, promise: float, promise_ratio: float) -> float:
    """Return the gain for better-than-believed signals while a breach is being repaired.

    gain * (1 + repair) * (1 + promise * (promise_ratio - 1)) once trust was breached (`breached` 1): acknowledgement,
    explanation and restitution open people to good news, a promise more so. Else `gain`: there is nothing to repair.

    References
    ----------
    D9 : Schweitzer, Hershey & Bradlow 2006.
    """
    return gain * (1.0 + repair * breached) * (1.0 + promise * breached * (promise_ratio - 1.0))


@rule
def betrayed(belief: float, breach: float, depth: float) -> float:
    """Return a belief after a breach of strength `breach` (0 to 1): belief * (1 - breach * depth)."""
    return belief * (1.0 - breach * depth)


@rule
def scar(ceiling: float, benevolence: float, integrity: float, deception: float, depth: float) -> float:
    """Return the ceiling of the beliefs in benevolence and integrity after a deception (0 to 1) has come out.

    min(ceiling, min(benevolence, integrity) * (1 - deception * (1 - depth))) if there is any deception; it never rises
    again for this pair. Ability has no ceiling: a failure of competence can be made good in full.

    References
    ----------
    D9 : after deception trust never fully recovers.
    """
    character = benevolence if benevolence < integrity else integrity
    limit = character * (1.0 - deception * (1.0 - depth)) if deception > 0.0 else ceiling
    return limit if limit < ceiling else ceiling


@rule
def learn(understanding: float, contacts: float, rate: float) -> float:
    """Return role understanding after `contacts` communications across silos in a week.

    understanding + x / (1 + x) * (1 - understanding), x = rate * contacts.
    """
    lesson = rate * contacts
    return understanding + lesson / (1.0 + lesson) * (1.0 - understanding)
