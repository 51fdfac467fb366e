"""The patient side: practices by which a unit earns its patients' trust.

Each adds its share to ``patients.practice``. How far patients' trust moves adherence and the outcome that they rate
themselves, and that it does not move objective outcomes (D5), is for the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = [
    "ContinuityOfCare",
    "CulturalAwareness",
    "PatientTrustTraining",
    "PlainLanguage",
    "Practice",
    "SharedDecisionMaking",
    "WelcomingEnvironment",
]


class Practice(Intervention):
    """A practice that a unit takes up to some extent: its share of all there is, its hours and its money.

    Attributes
    ----------
    PRACTICE : float
        Share of all that practices can do for patients' trust, if it is taken up fully. D5 has patients' trust and
        outcomes correlated and no practice's share of it; all shares are assumptions.
    HOURS_STAFF : float
        Hours a week of each clinician.
    HOURS_LEADERS : float
        Hours a week of a unit's leaders.
    DOLLARS : float
        Thousand dollars a week and unit.
    """

    cooldown: ClassVar = 0
    PRACTICE: ClassVar[float]
    HOURS_STAFF: ClassVar[float] = 0.0
    HOURS_LEADERS: ClassVar[float] = 0.1
    DOLLARS: ClassVar[float] = 0.0

    uptake: float = parameter(0.7, "share", "How much of it becomes usual in the unit.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the practice."""
        return (Contribution("patients.practice", self.PRACTICE * self.uptake),)

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time that it takes."""
        return Hours(leaders=self.HOURS_LEADERS * self.uptake * units, staff=self.HOURS_STAFF * self.uptake)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return what it costs."""
        return self.DOLLARS * self.uptake * units


class PlainLanguage(Practice):
    """Clinicians say it without jargon, ask open questions, sum up what they heard and take worries seriously."""

    title: ClassVar = "Clarity and empathy"
    sources: ClassVar = ("4.1",)
    evidence: ClassVar = ("D2", "D5")
    backfires: ClassVar = "A script in place of listening; and every minute of it is one that the next patient waits."
    PRACTICE: ClassVar = 0.25
    HOURS_STAFF: ClassVar = 0.2

    kind: Literal["plain_language"] = "plain_language"


class WelcomingEnvironment(Practice):
    """Signs, access and greetings that tell all patients that they are expected."""

    title: ClassVar = "Welcoming environment"
    sources: ClassVar = ("4.2",)
    evidence: ClassVar = ("D5", "assumption")
    backfires: ClassVar = "A friendly lobby in front of a long wait is money for nothing."
    PRACTICE: ClassVar = 0.12
    HOURS_STAFF: ClassVar = 0.02
    DOLLARS: ClassVar = 0.5

    kind: Literal["welcoming_environment"] = "welcoming_environment"


class CulturalAwareness(Practice):
    """Staff learn what patients from elsewhere believe and need; interpreters and families are part of care."""

    title: ClassVar = "Cultural awareness"
    sources: ClassVar = ("4.3",)
    evidence: ClassVar = ("D5", "assumption")
    backfires: ClassVar = "As a course to be ticked off it fixes stereotypes in place of questions."
    PRACTICE: ClassVar = 0.15
    HOURS_STAFF: ClassVar = 0.1
    DOLLARS: ClassVar = 0.4

    kind: Literal["cultural_awareness"] = "cultural_awareness"


class SharedDecisionMaking(Practice):
    """Patients hear all options with their risks, and choose with their clinician what suits their life."""

    title: ClassVar = "Shared decision-making"
    sources: ClassVar = ("4.4",)
    evidence: ClassVar = ("D5", "assumption")
    backfires: ClassVar = "It takes time in every visit, so that fewer patients are seen."
    PRACTICE: ClassVar = 0.25
    HOURS_STAFF: ClassVar = 0.2
    # Longer visits (assumption).
    CAPACITY: ClassVar = -0.01

    kind: Literal["shared_decision_making"] = "shared_decision_making"

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the practice, and the patients for whom there is no time."""
        return (*super().contributions(week, units), Contribution("patients.capacity", self.CAPACITY * self.uptake))


class ContinuityOfCare(Practice):
    """Patients are followed up and handed over, not handed on, also when their clinician leaves."""

    title: ClassVar = "Continuity of care"
    sources: ClassVar = ("4.5",)
    evidence: ClassVar = ("P4", "D5")
    backfires: ClassVar = "Calls and handovers are work for those who stay when others leave."
    PRACTICE: ClassVar = 0.15
    HOURS_STAFF: ClassVar = 0.15
    DOLLARS: ClassVar = 0.2
    # Share of what an exit breaks that handover and follow-up bridge, if taken up fully (assumption; P4 has the
    # loss).
    BRIDGED: ClassVar = 0.6

    kind: Literal["continuity_of_care"] = "continuity_of_care"

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the practice, and the continuity that it keeps when people leave."""
        return (*super().contributions(week, units), Contribution("patients.continuity", self.BRIDGED * self.uptake))


class PatientTrustTraining(Practice):
    """Everybody, from the front desk to the physicians, practices what earns patients' trust."""

    title: ClassVar = "Training in patients' trust"
    sources: ClassVar = ("4.6",)
    evidence: ClassVar = ("D5", "C9", "assumption")
    backfires: ClassVar = "What is not refreshed is lost; what is trained on tired people is not learned."
    PRACTICE: ClassVar = 0.20
    HOURS_STAFF: ClassVar = 0.12
    DOLLARS: ClassVar = 0.3
    # Weeks between looks at what is left, so that a plan has few different weeks.
    STEP: ClassVar = 13

    kind: Literal["patient_trust_training"] = "patient_trust_training"
    retention: int = parameter(104, "weeks", "Weeks until half of it is lost.", low=13, high=260)

    @override
    def phase(self, week: int) -> int:
        """Return the step at which what is left is looked at."""
        return week // self.STEP

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the practice that is left of what was trained."""
        kept = 1.0 / (1.0 + self.phase(week) * self.STEP / self.retention)
        return (Contribution("patients.practice", self.PRACTICE * self.uptake * kept),)
