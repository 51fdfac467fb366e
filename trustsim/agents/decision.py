"""A decision: who makes it, with whose say, how well explained, and how well it fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trustsim.rules.decision import custom, effective_say, fit, fit_seen, joint_custom, speed

if TYPE_CHECKING:
    from trustsim.agents.unit import Unit

__all__ = ["Decision", "decide_by_custom"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that reaches a unit.

    Attributes
    ----------
    deciders : tuple of str
        Silos that make it: one, or both if a dyad does.
    say : mapping of str to float
        How far each silo is included, 0 to 1.
    explanation, urgency, fit : float
        0 to 1.
    """

    deciders: tuple[str, ...]
    say: Mapping[str, float]
    explanation: float
    urgency: float
    fit: float

    def felt_say(self, silo: str, legitimacy: float) -> float:
        """Return how included people of a silo feel."""
        return effective_say(self.say[silo], self.urgency, legitimacy)

    def seen_fit(self, silo: str, gap: float, alignment: float) -> float:
        """Return how well it fits in the eyes of a person of a silo."""
        return fit_seen(self.fit, gap, alignment, 0.0 if silo in self.deciders else 1.0)


def decide_by_custom(unit: Unit, deciders: tuple[str, ...]) -> Decision:
    """Make a decision the way this hospital does, with this week's levers.

    Parameters
    ----------
    unit : Unit
    deciders : tuple of str
        ``("administrative",)``, ``("clinical",)`` or, for a dyad, both.
    """
    p, levers = unit.hospital.parameters, unit.levers
    of_clinicians = custom(p["decision.inclusion"], levers["decision.inclusion_clinicians"])
    of_administrators = custom(p["decision.inclusion"], levers["decision.inclusion_administrators"])
    if len(deciders) > 1:
        of_clinicians = joint_custom(of_clinicians, unit.cohesion)
        of_administrators = joint_custom(of_administrators, unit.cohesion)
        say = {"clinical": of_clinicians, "administrative": of_administrators}
        inclusion = (of_clinicians + of_administrators) / 2.0
    elif "administrative" in deciders:
        say, inclusion = {"clinical": of_clinicians, "administrative": 1.0}, of_clinicians
    else:
        say, inclusion = {"clinical": 1.0, "administrative": of_administrators}, of_administrators
    urgency = levers["decision.urgency"]
    fast = speed(custom(p["decision.speed"], levers["decision.speed"]), inclusion, p["decision.inclusion_drag"])
    fits = fit(
        p["decision.fit"],
        unit.insight,
        inclusion,
        urgency,
        1.0 - fast,
        p["decision.fit_insight"],
        p["decision.fit_inclusion"],
        p["decision.delay_harm"],
        unit.mean("role_understanding"),
    )
    explanation = custom(p["decision.explanation"], levers["decision.explanation"])
    return Decision(deciders, say, explanation, urgency, fits)
