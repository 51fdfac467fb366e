"""Decisions: who decides, with whose say, how fast, how well it fits, and how each side takes it."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import share

__all__ = [
    "custom", "decides_jointly", "effective_say", "excused_say", "fairness",
    "fit", "fit_seen", "joint_custom", "missing_fit",
    "read_silence", "speed", "takes_part",
]  # fmt: skip


@rule
def custom(base: float, change: float) -> float:
    """Return inclusion, explanation, speed or the share of a side: base + change, custom plus lever, in [0, 1]."""
    return share(base + change)


@rule
def decides_jointly(by_dyad: float, cohesion: float) -> float:
    """Return the chance that a unit's dyad makes the decision: by_dyad * cohesion."""
    return by_dyad * cohesion


@rule
def joint_custom(inclusion: float, cohesion: float) -> float:
    """Return the say of each silo in a decision that a dyad makes: inclusion + (1 - inclusion) * cohesion."""
    return inclusion + (1.0 - inclusion) * cohesion


@rule
def speed(speed: float, inclusion: float, drag: float) -> float:
    """Return the speed of a decision: speed * (1 - drag * inclusion). Asking takes time."""
    return speed * (1.0 - drag * inclusion)


@rule
def fit(
    base: float, insight: float, inclusion: float, urgency: float, slowness: float,
    per_insight: float, per_inclusion: float, delay_harm: float, understanding: float,
) -> float:  # fmt: skip
    """Return how well a decision fits the unit's work, 0 to 1.

    base + per_insight * insight + per_inclusion * inclusion * understanding * (1 - urgency) - delay_harm * urgency *
    slowness: knowing the unit and asking people who understand one another help; in a crisis there is no time for
    asking to help, and delay harms.
    """
    return share(
        base
        + per_insight * insight
        + per_inclusion * inclusion * understanding * (1.0 - urgency)
        - delay_harm * urgency * slowness
    )


@rule
def fit_seen(fit: float, gap: float, alignment: float, other: float) -> float:
    """Return the fit in the eyes of a person: fit - other * gap * (1 - alignment), held within [0, 1].

    `other` is 1 if the other silo decided, whose priorities differ (the patient in front, or the system), else 0.
    """
    return share(fit - other * gap * (1.0 - alignment))


@rule
def effective_say(inclusion: float, urgency: float, legitimacy: float) -> float:
    """Return how included a person feels: inclusion + (1 - inclusion) * urgency * legitimacy.

    A crisis excuses haste.
    """
    return inclusion + (1.0 - inclusion) * urgency * legitimacy


@rule
def excused_say(say: float, felt: float, autonomy: float) -> float:
    """Return the say to which autonomy moves: min(felt, max(autonomy, say)).

    A crisis excuses a loss of control; it gives nobody more control than before.
    """
    most = autonomy if autonomy > say else say
    return most if felt > most else felt


@rule
def fairness(say: float, explanation: float, fit: float) -> float:
    """Return how fair a decision seems: (say + explanation + fit) / 3, the fit in the person's eyes (D6)."""
    return (say + explanation + fit) / 3.0


@rule
def missing_fit(fit: float, need: float) -> float:
    """Return the fit that is missing: max(need - fit, 0)."""
    gap = need - fit
    return gap if gap > 0.0 else 0.0


@rule
def takes_part(safety: float, workload: float) -> float:
    """Return the chance that an invited clinician takes part: safety * min(max(2 - workload, 0), 1).

    There is time at normal workload, and none at twice that.
    """
    return safety * share(2.0 - workload)


@rule
def read_silence(belief: float, understanding: float) -> float:
    """Return the benevolence that an administrator reads into silence: belief * understanding.

    Who knows how clinicians work takes silence for lack of time and believes on; who does not takes it for disinterest.
    """
    return belief * understanding
