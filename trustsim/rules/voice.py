"""Voice: new concerns, whether they are raised, what leaders do with them, and what that does to people."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import either, share

__all__ = [
    "answer_gain", "answer_value", "at_ease", "concern_chance", "escalated", "explained", "insight", "local_resolution",
    "new_concern", "one_less", "resolved", "speaks_up", "taken",
]  # fmt: skip


@rule
def concern_chance(rate: float, workload_effect: float, workload: float) -> float:
    """Return the chance of a new concern this week: rate * (1 + workload_effect * max(workload - 1, 0)), at most 1."""
    excess = workload - 1.0
    return share(rate * (1.0 + workload_effect * (excess if excess > 0.0 else 0.0)))


@rule
def new_concern(concerns: float, added: float, most: float) -> float:
    """Return open concerns after `added` new ones: min(concerns + added, most)."""
    total = concerns + added
    return most if total > most else total


@rule
def one_less(concerns: float, answered: float) -> float:
    """Return open concerns after `answered` (1 or 0) of them got a remedy or a reason: max(concerns - answered, 0)."""
    rest = concerns - answered
    return rest if rest > 0.0 else 0.0


@rule
def at_ease(safety: float, anonymity: float) -> float:
    """Return how safe speaking up feels: safety + (1 - safety) * anonymity of the channel."""
    return safety + (1.0 - safety) * anonymity


@rule
def speaks_up(safety: float, silent: float, safe: float, concerns: float) -> float:
    """Return the chance to raise a concern, given an occasion.

    (silent + (safe - silent) * safety) * min(concerns, 1): between ``voice.silent`` without any psychological safety
    and ``voice.safe`` with all of it; a person with less than one concern raises it less often.

    References
    ----------
    E8 : Frazier et al. 2017, psychological safety and voice.
    """
    return share(silent + (safe - silent) * safety) * (1.0 if concerns > 1.0 else concerns)


@rule
def local_resolution(resolve: float, change: float, burden: float, exhaustion: float, ability: float) -> float:
    """Return the chance that the unit's leader settles a concern.

    (resolve + change) * (1 - burden * exhaustion) * (0.5 + ability), held within [0, 1]: able and rested leaders settle
    more.
    """
    return share((resolve + change) * (1.0 - burden * exhaustion) * (0.5 + ability))


@rule
def escalated(fidelity: float, kept: float, hops: float) -> float:
    """Return the share of a concern that survives the formal chain: (fidelity + (1 - fidelity) * kept)**hops.

    Written as a product of at most three steps, the longest chain of leaders from a unit to the executives; further
    steps lose no more. `kept` is the lever ``voice.fidelity``.
    """
    step = either(fidelity, kept)
    left = step if hops > 0.5 else 1.0
    left = left * step if hops > 1.5 else left
    return left * step if hops > 2.5 else left


@rule
def resolved(local: float, reach: float, top: float) -> float:
    """Return the chance that a concern raised in the line is resolved: local + (1 - local) * reach * top."""
    return local + (1.0 - local) * reach * top


@rule
def explained(resolution: float, explanation: float) -> float:
    """Return the upper end of "resolved or explained" for one draw: resolution + (1 - resolution) * explanation."""
    return resolution + (1.0 - resolution) * explanation


@rule
def answer_value(draw: float, resolution: float, resolution_or_reason: float, reason_value: float) -> float:
    """Return how the answer reads as a signal.

    1 if resolved (draw < resolution), `reason_value` if only explained (draw < resolution_or_reason), 0 if ignored.
    """
    value = reason_value if draw < resolution_or_reason else 0.0
    return 1.0 if draw < resolution else value


@rule
def taken(value: float, now: float) -> float:
    """Return how an answer reads to somebody whose belief or feeling is `now`.

    max(value, now) if value > 0 else 0: a remedy reads as 1, being ignored as 0, a reason as `value` but never worse
    than `now`, since an honest explanation takes nothing from anybody.
    """
    reason = value if value > now else now
    return reason if value > 0.0 else 0.0


@rule
def answer_gain(gain: float, value: float, penalty: float, invitation: float, invited: float) -> float:
    """Return how far an answer moves beliefs and feelings.

    gain for an answer; gain * penalty * (1 + invitation * invited) for being ignored (value 0): asking raises
    expectations.

    References
    ----------
    E3 : Tucker & Singer 2015, rounds without resolution lower performance.
    """
    return gain if value > 0.0 else gain * penalty * (1.0 + invitation * invited)


@rule
def insight(insight: float, reached: float, gain: float, loss: float) -> float:
    """Return what administration knows of a unit after a week.

    k + x / (1 + x) * (1 - k) - loss * k, x = gain * concerns that reached administration per clinician.
    """
    lesson = gain * reached
    return share(insight + lesson / (1.0 + lesson) * (1.0 - insight) - loss * insight)
