"""Interventions on the numbers by which clinicians are measured."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import balance, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["MetricWalkthrough", "SharedDashboard"]


class MetricWalkthrough(Intervention):
    """A manager walks through a productivity metric with those whom it measures: data, method, what it misses."""

    title: ClassVar = "Metric walkthrough"
    sources: ClassVar = ("5.4",)
    evidence: ClassVar = ("D6", "assumption")
    cooldown: ClassVar = 4
    backfires: ClassVar = "A metric explained vaguely and in jargon makes people feel misrepresented."

    # At full openness, and as much the other way without any (assumptions): "create transparency" and "clarify
    # expectations" bear on integrity and ability, taking time for it on benevolence. A metric explains or hides why
    # things are decided.
    INTEGRITY: ClassVar = 0.25
    ABILITY: ClassVar = 0.15
    BENEVOLENCE: ClassVar = 0.15
    EXPLANATION: ClassVar = 0.10
    # How much of what is not yet understood of the other's work a full walkthrough explains (assumption).
    UNDERSTANDING: ClassVar = 0.08
    # Hours of the manager for one session of a unit, and of one who comes.
    HOURS_SESSION: ClassVar = 1.5
    HOURS_MEMBER: ClassVar = 0.5

    kind: Literal["metric_walkthrough"] = "metric_walkthrough"
    per_month: float = parameter(1.0, "sessions per unit and month", "How often numbers are discussed.", low=0, high=4)
    reach: float = parameter(0.5, "share", "Clinicians of the unit who are there.", low=0, high=1)
    openness: float = parameter(0.9, "0 to 1", "How openly; below 0.5 it is vague and full of jargon.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contact with the manager, in the openness that there is, and what is learned of the other's work."""
        met = min(self.reach * self.per_month / WEEKS_PER_MONTH, 1.0)
        openness = balance(self.openness)
        return (
            *contacts(
                {"operations": met},
                ability=self.ABILITY * openness,
                benevolence=self.BENEVOLENCE * openness,
                integrity=self.INTEGRITY * openness,
            ),
            Contribution("decision.explanation", self.EXPLANATION * openness * min(self.per_month, 1.0)),
            Contribution("understanding", self.UNDERSTANDING * max(openness, 0.0) * met),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the sessions."""
        weekly = self.per_month / WEEKS_PER_MONTH
        return Hours(leaders=self.HOURS_SESSION * weekly * units, staff=self.HOURS_MEMBER * self.reach * weekly)


class SharedDashboard(Intervention):
    """Everybody sees the same numbers at any time, built from what clinicians said was missing."""

    title: ClassVar = "Shared dashboard"
    sources: ClassVar = ("5.17",)
    evidence: ClassVar = ("D2", "D6", "assumption")
    cooldown: ClassVar = 0
    backfires: ClassVar = "A dashboard that clinicians had no part in is one more eye on them."

    # At full share of clinicians in building it (assumptions): numbers in sight explain decisions and speak plainly
    # to both sides, and who shows all numbers is seen to have nothing to hide. Without it, being watched.
    EXPLANATION: ClassVar = 0.25
    CLARITY: ClassVar = 0.35
    INTEGRITY: ClassVar = 0.04
    UNDERSTANDING: ClassVar = 0.005
    # Hours a week of a unit's leaders to talk it through, and of each clinician to look.
    HOURS_LEADERS: ClassVar = 0.4
    HOURS_STAFF: ClassVar = 0.05
    # Thousand dollars a week and unit.
    UPKEEP: ClassVar = 0.2

    kind: Literal["shared_dashboard"] = "shared_dashboard"
    built_together: float = parameter(
        0.8, "0 to 1", "How far clinicians decided what it shows; below 0.5 it is control.", low=0, high=1
    )

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return explained decisions, plain words, understanding, and integrity that can be seen or is doubted."""
        together = balance(self.built_together)
        return (
            Contribution("decision.explanation", self.EXPLANATION * together),
            Contribution("clarity", self.CLARITY * self.built_together),
            Contribution("shift.integrity", self.INTEGRITY * together),
            Contribution("understanding", self.UNDERSTANDING * self.built_together),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to talk it through and to look."""
        return Hours(leaders=self.HOURS_LEADERS * units, staff=self.HOURS_STAFF)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the price of its upkeep."""
        return self.UPKEEP * units
