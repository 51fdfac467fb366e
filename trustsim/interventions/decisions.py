"""Interventions on who decides, who is asked and who is told why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["AutocraticDecisions", "SharedGovernance"]


class AutocraticDecisions(Intervention):
    """One side, by default administration, decides fast and alone, asks few and explains little."""

    title: ClassVar = "Autocratic decisions"
    sources: ClassVar = ("5.3", "5.14")
    evidence: ClassVar = ("C8", "D6")
    cooldown: ClassVar = 0
    backfires: ClassVar = (
        "Those who are not asked lose autonomy and trust; only in a crisis is speed worth more than that."
    )

    # Changes at full severity (assumptions). Inclusion and explanation fall from their custom (decision.inclusion
    # .35, decision.explanation .45) to about nothing, speed rises to about everything (decision.speed .6), and the
    # side decides nearly all that there is to decide, or in the case of clinicians, who start less, more than half
    # (decision.by_administration .75).
    INCLUSION: ClassVar = -0.35
    EXPLANATION: ClassVar = -0.40
    SPEED: ClassVar = 0.35
    BY_ADMINISTRATION: ClassVar = {"administration": 0.25, "clinicians": -0.40}
    LEFT_OUT: ClassVar = {"administration": "clinicians", "clinicians": "administrators"}

    kind: Literal["autocratic_decisions"] = "autocratic_decisions"
    side: Literal["administration", "clinicians"] = parameter("administration", "who", "Who decides alone.")
    severity: float = parameter(
        1.0, "0 to 1", "How autocratic: 1 asks nobody and explains next to nothing.", low=0, high=1
    )

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return less say of the others and less explanation, more speed, and more decisions of the side."""
        return (
            Contribution(f"decision.inclusion_{self.LEFT_OUT[self.side]}", self.INCLUSION * self.severity),
            Contribution("decision.explanation", self.EXPLANATION * self.severity),
            Contribution("decision.speed", self.SPEED * self.severity),
            Contribution("decision.by_administration", self.BY_ADMINISTRATION[self.side] * self.severity),
        )


class SharedGovernance(Intervention):
    """Councils in which clinicians have a say in administration's decisions, administrators in clinicians', or both."""

    title: ClassVar = "Shared governance"
    sources: ClassVar = ("5.13",)
    evidence: ClassVar = ("E10", "C8")
    cooldown: ClassVar = 0
    backfires: ClassVar = (
        "It takes time: in a crisis decisions come late, and councils load leaders and staff with meetings."
    )

    # What a full say adds (assumptions): inclusion from .35 to nearly all, and reasons that are heard in the council.
    INCLUSION: ClassVar = 0.60
    EXPLANATION: ClassVar = 0.25
    # Hours a week of each unit's chief and manager, and of a clinician (one seat for eight, an hour a week), for a
    # full say (assumptions).
    HOURS_LEADERS: ClassVar = 2.0
    HOURS_STAFF: ClassVar = 0.12

    kind: Literal["shared_governance"] = "shared_governance"
    side: Literal["clinicians", "administrators", "both"] = parameter(
        "clinicians", "who", "Who gets a say in the other side's decisions."
    )
    say: float = parameter(0.7, "0 to 1", "How much of a say: 1 decides nothing without the other side.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the say of the side or sides, and better explained decisions."""
        sides = ("clinicians", "administrators") if self.side == "both" else (self.side,)
        return (
            *(Contribution(f"decision.inclusion_{side}", self.INCLUSION * self.say) for side in sides),
            Contribution("decision.explanation", self.EXPLANATION * self.say),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time that councils take."""
        return Hours(leaders=self.HOURS_LEADERS * self.say * units, staff=self.HOURS_STAFF * self.say)
