"""Repair of trust after it was broken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.occasions import channel
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["TrustRepair"]


class TrustRepair(Intervention):
    """Leaders acknowledge what was done, explain it, ask for advice, make up for it, perhaps promise to do better."""

    title: ClassVar = "Trust repair"
    sources: ClassVar = ("1.9",)
    evidence: ClassVar = ("D9",)
    cooldown: ClassVar = 0
    backfires: ClassVar = "It comes too late to count, or the promise is not kept and is a second breach."

    # How the parts of a repair add up to a full one (assumption; D9 gives directions only).
    PARTS: ClassVar = {"acknowledgement": 0.4, "explanation": 0.25, "restitution": 0.35}
    # Weeks of silence after which a repair is worth half: what was not said at once looks wrung out (assumption).
    HALF_WORTH: ClassVar = 8.0
    # How often a clinician is asked how to go on, in a week of the repair (assumption).
    ASKED: ClassVar = 0.10
    # Weeks until a promise falls due, and what breaking a full one takes, as a share of a full breach (assumptions).
    DUE: ClassVar = 26
    BROKEN: ClassVar = 0.5
    # Hours of executives, and of the leaders of a unit, in a week of full repair (assumptions).
    HOURS_EXECUTIVES: ClassVar = 6.0
    HOURS_LEADERS: ClassVar = 0.5
    # Thousand dollars a week and unit of full restitution (assumption).
    RESTITUTION: ClassVar = 0.5

    kind: Literal["trust_repair"] = "trust_repair"
    delay: int = parameter(1, "weeks", "Weeks of silence before leaders act; the start is the breach.", low=0, high=52)
    acknowledgement: float = parameter(0.9, "0 to 1", "How fully leaders own what was done.", low=0, high=1)
    explanation: float = parameter(0.8, "0 to 1", "How fully they say why.", low=0, high=1)
    restitution: float = parameter(0.7, "0 to 1", "How far they make up for it.", low=0, high=1)
    promise: float = parameter(0.0, "0 to 1", "How firmly they promise to do better.", low=0, high=1)
    kept: float = parameter(1.0, "0 to 1", "How far that promise is kept when it falls due.", low=0, high=1)

    @override
    def phase(self, week: int) -> Literal["silence", "promised", "due", "after"]:
        """Return where in the repair a week is."""
        since = week - self.delay
        if since < 0:
            return "silence"
        return "promised" if since < self.DUE else "due" if since == self.DUE else "after"

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return repair, the promise while it is open, its breach when it falls due, and a channel for advice."""
        phase = self.phase(week)
        if phase == "silence":
            return ()
        repaired = {
            "acknowledgement": self.acknowledgement,
            "explanation": self.explanation,
            "restitution": self.restitution,
        }
        strength = 0.0
        for part, weight in self.PARTS.items():
            strength += weight * repaired[part]
        broken = self.BROKEN * self.promise * (1.0 - self.kept) if phase == "due" else 0.0
        return (
            Contribution("repair", strength / (1.0 + self.delay / self.HALF_WORTH)),
            Contribution("promise", self.promise if phase == "promised" else 0.0),
            Contribution("breach.deception", broken),
            *channel(self.ASKED, resolved=self.restitution, explained=self.explanation, top=1.0),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to meet those who were harmed."""
        if self.phase(week) == "silence":
            return Hours()
        return Hours(executives=self.HOURS_EXECUTIVES * self.acknowledgement, leaders=self.HOURS_LEADERS * units)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the price of restitution."""
        return 0.0 if self.phase(week) == "silence" else self.RESTITUTION * self.restitution * units
