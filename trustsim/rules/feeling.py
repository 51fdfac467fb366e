"""Feelings: workload, exhaustion, cynicism, psychological safety, feeling valued; after job demands-resources."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import clip, share, squash

__all__ = [
    "burned_out", "cohesion", "cynicism_level", "exhaustion", "exhaustion_level", "habituation", "led_level", "move",
    "pushed", "recognized", "safety_level", "satisfaction", "support", "workload",
]  # fmt: skip


@rule
def workload(demand: float, positions: float, hours: float, meetings: float, rework: float, relief: float) -> float:
    """Return the workload of a unit, 1 in a full unit at normal demand, within [0, 3].

    demand * positions / max(hours, 1) + meetings + rework - relief.

    Parameters
    ----------
    demand : float
        What is usual in the unit, and this week's more or less; 1 is normal.
    positions, hours : float
        Clinical positions of the unit, and hours of the clinicians in them, in full posts.
    meetings : float
        Hours in meetings as a share of a week.
    rework, relief : float
        Work that poor decisions cause, work taken away, as shares of normal.

    References
    ----------
    W1 : patients per nurse rise as positions stand empty.
    """
    posts = hours if hours > 1.0 else 1.0
    return clip(demand * positions / posts + meetings + rework - relief, 0.0, 3.0)


@rule
def support(trust_leader: float, valued: float, reference: float) -> float:
    """Return support above the reference: (trust in the leader + feeling valued) / 2 - reference."""
    return (trust_leader + valued) / 2.0 - reference


@rule
def exhaustion_level(
    own: float, pressure: float, concerns: float, relief: float, contagion: float, unit_mean: float
) -> float:
    """Return the level that a person's exhaustion moves to.

    l + contagion * (unit mean - l), l = own + pressure + concerns - relief, held within [0, 1].

    Parameters
    ----------
    own : float
        The person's own level at normal workload and support.
    pressure, concerns, relief : float
        From workload in one's own hours above 1 (below it, negative), from open concerns, from support and resilience.
    contagion : float
        Share of the pull of the unit's mean exhaustion (K1).
    """
    level = own + pressure + concerns - relief
    return share(level + contagion * (unit_mean - level))


@rule
def exhaustion(now: float, level: float, rise: float, recovery: float, recovery_severe: float, severe: float) -> float:
    """Return exhaustion after a week: now + rate * (level - now).

    The rate is `rise` on the way up; on the way down `recovery`, or the much slower `recovery_severe` above `severe`.

    References
    ----------
    B11 : recovery has a fast and a slow component.
    """
    rate = recovery_severe if now > severe else recovery
    rate = rise if level > now else rate
    return now + rate * (level - now)


@rule
def cynicism_level(
    own: float, exhaustion: float, autonomy: float, leader: float, organization: float, valued: float
) -> float:
    """Return the level that cynicism moves to: own level plus what exhaustion and each missing resource add.

    own + exhaustion + autonomy + leader + organization + valued, held within [0, 1]. All but `own` are contributions,
    weight * (what is missing against the reference).
    """
    return share(own + exhaustion + autonomy + leader + organization + valued)


@rule
def move(x: float, level: float, rate: float) -> float:
    """Return a feeling after a step of share `rate` towards `level`: x + rate * (level - x), held within [0, 1]."""
    return share(x + rate * (level - x))


@rule
def led_level(own: float, by_leader: float, trust_leader: float, reference: float) -> float:
    """Return the level at which feeling valued, or alignment with the shared purpose, rests under a leader.

    own + by_leader * (trust_leader - reference), held within [0, 1].

    Parameters
    ----------
    own : float
        The person's own level under a leader trusted as the reference says.
    trust_leader : float
        The person's trust in the leader.

    References
    ----------
    C5 : leadership and the alignment of values; C1, D3 : trusted leaders and how people feel about their work.
    """
    return share(own + by_leader * (trust_leader - reference))


@rule
def pushed(x: float, push: float) -> float:
    """Return a feeling after a push: x + push * (1 - x) towards 1 if positive, x + push * x towards 0 if negative."""
    return x + push * ((1.0 - x) if push > 0.0 else x)


@rule
def cohesion(now: float, joint_work: float, growth: float, decay: float) -> float:
    """Return the cohesion of a dyad: now + growth * joint work * (1 - now) - decay * (1 - joint work) * now."""
    return now + growth * joint_work * (1.0 - now) - decay * (1.0 - joint_work) * now


@rule
def safety_level(respect: float, trust_leader: float, climate: float, by_respect: float, by_trust: float) -> float:
    """Return the level that psychological safety moves to.

    by_respect * respect + by_trust * trust_leader + (1 - by_respect - by_trust) * climate, held within [0, 1].

    Parameters
    ----------
    respect : float
        The leader's conduct that shows benevolence.
    trust_leader : float
        The person's trust in the leader.
    climate : float
        Mean psychological safety of the unit.

    References
    ----------
    E8 : leader relations are among the strongest antecedents.
    """
    return share(by_respect * respect + by_trust * trust_leader + (1.0 - by_respect - by_trust) * climate)


@rule
def recognized(valued: float, recognition: float, routine: float, habituation: float, gain: float) -> float:
    """Return feeling valued after a week of recognition.

    valued + gain * recognition * (1 - routine) * (1 - habituation) * (1 - valued).
    """
    return valued + gain * recognition * (1.0 - routine) * (1.0 - habituation) * (1.0 - valued)


@rule
def habituation(habituation: float, recognition: float, routine: float, rate: float) -> float:
    """Return how used a unit is to recognition: a step of `rate` towards recognition * (0.25 + 0.75 * routine)."""
    return habituation + rate * (recognition * (0.25 + 0.75 * routine) - habituation)


@rule
def burned_out(exhaustion: float, cynicism: float) -> float:
    """Return 1 if burned out, else 0: MBI emotional exhaustion >= 27 of 54 or depersonalization >= 10 of 30 (B7)."""
    by_cynicism = 1.0 if 30.0 * cynicism >= 10.0 else 0.0
    return 1.0 if 54.0 * exhaustion >= 27.0 else by_cynicism


@rule
def satisfaction(
    exhaustion: float, autonomy: float, valued: float, trust_leader: float, trust_organization: float
) -> float:
    """Return job satisfaction, 0 to 1: squash of what is good over what is bad.

    s / (1 + s), s = (autonomy + valued + trust in leader + trust in organization) / (4 * (0.1 + exhaustion)).

    References
    ----------
    C1 : leaders' scores and satisfaction. D3 : trust in leaders and satisfaction.
    """
    return squash((autonomy + valued + trust_leader + trust_organization) / (4.0 * (0.1 + exhaustion)))
