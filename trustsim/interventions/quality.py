"""Work that clinicians and operations plan and improve together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.occasions import channel, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["OperationalExcellence", "PhysicianChampion", "QualityImprovementTeam"]


class QualityImprovementTeam(Intervention):
    """Clinicians and administrators of a unit improve one thing after another, with time and data for it."""

    title: ClassVar = "Interdisciplinary quality improvement"
    sources: ClassVar = ("5.11",)
    evidence: ClassVar = ("E6", "C6")
    cooldown: ClassVar = 13
    backfires: ClassVar = "A team without authority meets, measures and changes nothing, on the unit's time."

    # At full authority (assumptions; E6: quality projects improved burnout with an odds ratio of 4.8). What is raised
    # is worked on where it arises; waste goes; each side has a say; the team meets across the silos.
    RESOLVE: ClassVar = 0.12
    RELIEF: ClassVar = 0.03
    SAY: ClassVar = 0.15
    MEETS: ClassVar = 0.10
    ABILITY: ClassVar = 0.12
    UNDERSTANDING: ClassVar = 0.01
    # Hours of a unit's leaders at full time, and of a clinician: one in six is on the team.
    HOURS_LEADERS: ClassVar = 1.5
    HOURS_STAFF: ClassVar = 0.17

    kind: Literal["quality_improvement_team"] = "quality_improvement_team"
    authority: float = parameter(0.7, "0 to 1", "How far the team may change what it finds.", low=0, high=1)
    time: float = parameter(1.0, "hours per member and week", "Time that members have for it.", low=0, high=4)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return concerns settled, waste removed, say on both sides, and contact that teaches."""
        done = self.authority * min(self.time, 1.0)
        meets = self.MEETS * min(self.time, 1.0)
        return (
            Contribution("voice.resolve", self.RESOLVE * done),
            Contribution("work.relief", self.RELIEF * done),
            Contribution("decision.inclusion_clinicians", self.SAY * done),
            Contribution("decision.inclusion_administrators", self.SAY * done),
            Contribution("understanding", self.UNDERSTANDING * min(self.time, 1.0)),
            *contacts({"operations": meets, "liaison": meets}, ability=self.ABILITY * self.authority),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the team."""
        return Hours(leaders=self.HOURS_LEADERS * self.time * units, staff=self.HOURS_STAFF * self.time)


class OperationalExcellence(Intervention):
    """New services are planned by physicians and operations from the start, with templates, goals and data for both."""

    title: ClassVar = "Operational excellence model"
    sources: ClassVar = ("5.14",)
    evidence: ClassVar = ("E6", "assumption")
    cooldown: ClassVar = 0
    backfires: ClassVar = "As templates from above it is one more rule that does not fit."

    # At full adoption (assumptions): both sides plan, so each has a say in what the other starts; templates and data
    # make plain what is meant; rooms, staff and billing are ready when a service opens, so that less has to be put
    # right.
    SAY: ClassVar = 0.40
    EXPLANATION: ClassVar = 0.20
    CLARITY: ClassVar = 0.30
    RELIEF: ClassVar = 0.04
    CAPACITY: ClassVar = 0.05
    ALIGNMENT: ClassVar = 0.006
    # Hours a week of a unit's leaders and of each clinician.
    HOURS_LEADERS: ClassVar = 1.5
    HOURS_STAFF: ClassVar = 0.1

    kind: Literal["operational_excellence"] = "operational_excellence"
    adoption: float = parameter(0.7, "share", "New work that is planned in this way.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return a say of both sides, plain plans, less to put right and room for patients."""
        return (
            Contribution("decision.inclusion_clinicians", self.SAY * self.adoption),
            Contribution("decision.inclusion_administrators", self.SAY * self.adoption),
            Contribution("decision.explanation", self.EXPLANATION * self.adoption),
            Contribution("clarity", self.CLARITY * self.adoption),
            Contribution("work.relief", self.RELIEF * self.adoption),
            Contribution("patients.capacity", self.CAPACITY * self.adoption),
            Contribution("alignment", self.ALIGNMENT * self.adoption),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to plan together."""
        return Hours(leaders=self.HOURS_LEADERS * self.adoption * units, staff=self.HOURS_STAFF * self.adoption)


class PhysicianChampion(Intervention):
    """A physician whom colleagues trust talks with them one by one, shows data and lets volunteers try it first."""

    title: ClassVar = "Physician champion"
    sources: ClassVar = ("5.15",)
    evidence: ClassVar = ("C7", "assumption")
    cooldown: ClassVar = 8
    backfires: ClassVar = "A champion who only sells what is decided already is soon seen as one of the others."

    # At full freedom to pilot (assumptions). Colleagues hear it from a colleague (in the line to the chief and from
    # peers); who may try has a say; reasons come with data; what the pilots found frees capacity and some work.
    TALKS: ClassVar = 0.15
    BENEVOLENCE: ClassVar = 0.10
    ABILITY: ClassVar = 0.10
    SAY: ClassVar = 0.30
    EXPLANATION: ClassVar = 0.25
    CLARITY: ClassVar = 0.20
    ASKED: ClassVar = 0.10
    CAPACITY: ClassVar = 0.06
    RELIEF: ClassVar = 0.02
    # Hours a week of the champion in a unit, and of each clinician.
    HOURS_CHAMPION: ClassVar = 1.5
    HOURS_STAFF: ClassVar = 0.1

    kind: Literal["physician_champion"] = "physician_champion"
    pilots: float = parameter(0.7, "0 to 1", "How free colleagues are to try, and to say no.", low=0, high=1)
    data: float = parameter(0.7, "0 to 1", "How well data show what the pilots did.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return talks among colleagues, a say, reasons with data, and what the pilots free."""
        return (
            *contacts(
                {"line": self.TALKS, "peer": self.TALKS},
                ability=self.ABILITY * self.data,
                benevolence=self.BENEVOLENCE,
            ),
            Contribution("decision.inclusion_clinicians", self.SAY * self.pilots),
            Contribution("decision.explanation", self.EXPLANATION * self.data),
            Contribution("clarity", self.CLARITY * self.data),
            *channel(self.ASKED, resolved=self.pilots, explained=self.data),
            Contribution("patients.capacity", self.CAPACITY * self.pilots * self.data),
            Contribution("work.relief", self.RELIEF * self.pilots * self.data),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the champion and of those who talk and try."""
        return Hours(leaders=self.HOURS_CHAMPION * units, staff=self.HOURS_STAFF)
