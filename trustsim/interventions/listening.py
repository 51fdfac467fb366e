"""Interventions by which leaders go and listen: what is heard counts, and what is done about it counts more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import channel, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["ListeningCampaign", "ListeningTour"]


class ListeningTour(Intervention):
    """Executives visit units, ask open questions and work alongside; some of what is raised gets resolved."""

    title: ClassVar = "Listening tour"
    sources: ClassVar = ("1.1",)
    evidence: ClassVar = ("E1", "E2", "E3")
    cooldown: ClassVar = 8
    backfires: ClassVar = (
        "Asking raises expectations: when little of what is raised gets resolved or answered, trust falls."
    )

    # How visitors come across, above the conduct that they usually show (assumption): they "listen first" and
    # "demonstrate respect", which bear on benevolence and a little on integrity.
    BENEVOLENCE: ClassVar = 0.2
    INTEGRITY: ClassVar = 0.05
    # Executive hours per visit (assumption): an hour on the unit, the rest to prepare, travel and write up; and, if
    # all that is raised is resolved or answered, the time to see to it.
    HOURS_VISIT: ClassVar = 3.0
    HOURS_RESOLVING: ClassVar = 2.0
    HOURS_ANSWERING: ClassVar = 0.5
    # Chief and manager walk along for half an hour each (assumption).
    HOURS_HOSTING: ClassVar = 1.0
    # Hours that a clinician spends who is met on a visit (assumption).
    HOURS_MET: ClassVar = 0.5
    # Thousand dollars of small repairs and equipment per visit if all that is raised is resolved (assumption).
    REMEDIES: ClassVar = 1.0

    kind: Literal["listening_tour"] = "listening_tour"
    visits_per_week: float = parameter(
        4.0,
        "visits per week",
        "Visits in all target units together. Trials had one per unit in four weeks.",
        low=0,
        high=12,
    )
    reach: float = parameter(
        0.33, "share", "Clinicians of the unit whom a visit meets; rounds reached 24 to 33 %.", low=0, high=1
    )
    follow_through: float = parameter(0.6, "share", "Raised issues that are resolved.", low=0, high=1)
    explanation: float = parameter(0.5, "share", "Other issues that get an honest answer.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contacts with executives, how they come across, and a channel for concerns."""
        met = self._met(units)
        return (
            *contacts({"executive": met}, benevolence=self.BENEVOLENCE, integrity=self.INTEGRITY),
            *channel(met, resolved=self.follow_through, explained=self.explanation, top=1.0),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time for visits and for what follows from them."""
        remaining = (1.0 - self.follow_through) * self.explanation
        visit = self.HOURS_VISIT + self.HOURS_RESOLVING * self.follow_through + self.HOURS_ANSWERING * remaining
        return Hours(
            executives=self.visits_per_week * visit,
            leaders=self.visits_per_week * self.HOURS_HOSTING,
            staff=self.HOURS_MET * self._met(units),
        )

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the price of what is put right."""
        return self.REMEDIES * self.visits_per_week * self.follow_through

    def _met(self, units: int) -> float:
        """Return a clinician's chance to be met in a week."""
        return min(self.visits_per_week / units * self.reach, 1.0)


class ListeningCampaign(Intervention):
    """A series of structured sessions in which physician leaders or facilitators listen to groups of clinicians."""

    title: ClassVar = "Listening campaign"
    sources: ClassVar = ("5.6",)
    evidence: ClassVar = ("E3", "E5", "C6")
    cooldown: ClassVar = 13
    backfires: ClassVar = (
        "Each session that ends in minutes and no more is an invitation to speak followed by being ignored."
    )

    # Sessions are small and led by somebody of the own unit, so people are met as people (assumption).
    BENEVOLENCE: ClassVar = 0.15
    # Among eight colleagues one is less alone with what one says (assumption).
    ANONYMITY: ClassVar = 0.2
    # Hours of those who lead a session of an hour and write it up, of those who resolve all of what it raised or
    # answer it, and of one who comes (assumptions).
    HOURS_SESSION: ClassVar = 2.0
    HOURS_RESOLVING: ClassVar = 2.0
    HOURS_ANSWERING: ClassVar = 0.5
    HOURS_GROUP: ClassVar = 1.0

    kind: Literal["listening_campaign"] = "listening_campaign"
    sessions_per_month: float = parameter(2.0, "sessions per unit and month", "How many sessions.", low=0, high=8)
    reach: float = parameter(0.4, "share", "Clinicians of the unit who come to a session.", low=0, high=1)
    follow_through: float = parameter(0.6, "share", "Raised issues that are resolved.", low=0, high=1)
    explanation: float = parameter(0.7, "share", "Other issues that get an honest answer.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contacts with the unit's leaders, how they come across, and a channel that they hold."""
        heard = self._heard()
        return (
            *contacts({"line": heard}, benevolence=self.BENEVOLENCE),
            *channel(heard, resolved=self.follow_through, explained=self.explanation, anonymity=self.ANONYMITY),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the sessions and of what follows from them."""
        answered = (1.0 - self.follow_through) * self.explanation
        session = self.HOURS_SESSION + self.HOURS_RESOLVING * self.follow_through + self.HOURS_ANSWERING * answered
        return Hours(
            leaders=session * self.sessions_per_month / WEEKS_PER_MONTH * units, staff=self.HOURS_GROUP * self._heard()
        )

    def _heard(self) -> float:
        """Return a clinician's chance to be in a session in a week."""
        return min(self.sessions_per_month / WEEKS_PER_MONTH * self.reach, 1.0)
