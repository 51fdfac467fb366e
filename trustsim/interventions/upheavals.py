"""Shocks from within: change, breaches of trust, leaders who go, units that merge, neglect that nobody decided."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Share, Shock, Units
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution
from trustsim.rules.conduct import BELIEFS

__all__ = ["BreachOfTrust", "LeaderDeparture", "Merger", "Neglect", "OrganizationalChange"]


class OrganizationalChange(Shock):
    """Structures and rules change from above, and with them who may decide what."""

    title: ClassVar = "Organizational change"
    sources: ClassVar = ("5.12",)
    evidence: ClassVar = ("C8", "D6")

    # At full threat (assumptions): many decisions, more of them above, in which clinicians are asked less; what the
    # other side is for now becomes unclear.
    DECISIONS: ClassVar = 0.30
    BY_ADMINISTRATION: ClassVar = 0.20
    INCLUSION: ClassVar = -0.25
    UNDERSTANDING: ClassVar = -0.01
    # Hours a week of each clinician for what has to be learned anew.
    HOURS_STAFF: ClassVar = 0.5

    kind: Literal["organizational_change"] = "organizational_change"
    threat: float = parameter(0.7, "0 to 1", "How much it takes from professional autonomy.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return decisions from above in which clinicians have less say."""
        return (
            Contribution("decision.rate", self.DECISIONS * self.threat),
            Contribution("decision.by_administration", self.BY_ADMINISTRATION * self.threat),
            Contribution("decision.inclusion_clinicians", self.INCLUSION * self.threat),
            Contribution("understanding", self.UNDERSTANDING * self.threat),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to learn what is new."""
        return Hours(staff=self.HOURS_STAFF * self.threat)


class BreachOfTrust(Shock):
    """One event: administration failed at something, or deceived and is found out, as in a covered-up data breach."""

    title: ClassVar = "Breach of trust"
    sources: ClassVar = ("1.9",)
    evidence: ClassVar = ("D9",)

    kind: Literal["breach_of_trust"] = "breach_of_trust"
    of: Literal["competence", "deception"] = parameter(
        "competence", "which", "A failure, or a deception that comes out, which leaves a scar."
    )
    severity: float = parameter(0.7, "0 to 1", "How bad; trust.breach says what a full breach takes.", low=0, high=1)

    @override
    def phase(self, week: int) -> bool:
        """Return whether it comes out in this week."""
        return week == 0

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the breach in its first week; what it does to people lasts by itself."""
        return (Contribution(f"breach.{self.of}", self.severity),) if self.phase(week) else ()


class LeaderDeparture(Shock):
    """Chiefs and managers go, and those whom they led have to begin again with others."""

    title: ClassVar = "Departure of leaders"
    sources: ClassVar = ("5.12",)
    evidence: ClassVar = ("K2", "D11")

    kind: Literal["leader_departure"] = "leader_departure"
    chance: float = parameter(1.0, "probability", "Chance of each leader of the units to go.", low=0, high=1)

    @override
    def phase(self, week: int) -> bool:
        """Return whether leaders go in this week."""
        return week == 0

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the departure in its first week."""
        return (Contribution("leaving.leaders", self.chance),) if self.phase(week) else ()


class Merger(Shock):
    """Two units become one: half of the leaders go, and two ways to work have to become one.

    People stay in the positions that they have; that colleagues of the other unit are strangers at first is not in it.
    """

    title: ClassVar = "Merger of two units"
    sources: ClassVar = ("5.12",)
    evidence: ClassVar = ("C8", "assumption")

    # Two sets of leaders for one unit.
    LEADERS_GO: ClassVar = 0.5
    # While it is going on (assumptions): much is decided above and little explained, what is usual depends on whom
    # one asks, and purpose and roles have to be found again.
    DECISIONS: ClassVar = 0.25
    BY_ADMINISTRATION: ClassVar = 0.15
    INCLUSION: ClassVar = -0.15
    INCONSISTENCY: ClassVar = 0.10
    UNDERSTANDING: ClassVar = -0.01
    ALIGNMENT: ClassVar = -0.01
    # Hours a week of each clinician for what has to be learned anew.
    HOURS_STAFF: ClassVar = 1.0

    kind: Literal["merger"] = "merger"
    units: Units = Share(share=0.125)
    integration: int = parameter(26, "weeks", "Weeks until the two work as one.", low=1, high=104)

    @override
    def phase(self, week: int) -> Literal["first week", "integration", "after"]:
        """Return how far the merger is."""
        return "first week" if week == 0 else "integration" if week < self.integration else "after"

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the departure of leaders, then the disorder until the units are one."""
        phase = self.phase(week)
        if phase == "after":
            return ()
        return (
            Contribution("leaving.leaders", self.LEADERS_GO if phase == "first week" else 0.0),
            Contribution("decision.rate", self.DECISIONS),
            Contribution("decision.by_administration", self.BY_ADMINISTRATION),
            Contribution("decision.inclusion_clinicians", self.INCLUSION),
            Contribution("inconsistency", self.INCONSISTENCY),
            Contribution("understanding", self.UNDERSTANDING),
            Contribution("alignment", self.ALIGNMENT),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to learn how the others work."""
        return Hours() if self.phase(week) == "after" else Hours(staff=self.HOURS_STAFF)


class Neglect(Shock):
    """Quarter by quarter leaders explain, settle and care a little less. Nothing happens that one could name."""

    title: ClassVar = "Neglect"
    sources: ClassVar = ("1.8",)
    evidence: ClassVar = ("assumption",)

    QUARTER: ClassVar = 13
    # What a quarter of neglect takes at full pace, and after how many quarters it gets no worse (assumptions).
    RESOLVE: ClassVar = -0.03
    EXPLAIN: ClassVar = -0.05
    CONDUCT: ClassVar = -0.015
    MOST_QUARTERS: ClassVar = 8

    kind: Literal["neglect"] = "neglect"
    pace: float = parameter(1.0, "0 to 1", "How fast it gets worse.", low=0, high=1)

    @override
    def phase(self, week: int) -> int:
        """Return the quarter, from 1, up to the last in which it gets worse."""
        return min(week // self.QUARTER + 1, self.MOST_QUARTERS)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return a little less of all that leaders do for trust."""
        so_far = self.pace * self.phase(week)
        return (
            Contribution("voice.resolve", self.RESOLVE * so_far),
            Contribution("voice.explain", self.EXPLAIN * so_far),
            Contribution("decision.explanation", self.EXPLAIN * so_far / 2.0),
            *(Contribution(f"shift.{belief}", self.CONDUCT * so_far) for belief in BELIEFS),
        )
