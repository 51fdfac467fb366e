"""Interventions on what all are there for: shared values, and teams that learn from one another how trust is built."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import balance, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution
from trustsim.rules.conduct import BELIEFS

__all__ = ["SharedValues", "TrustChallenge"]


class SharedValues(Intervention):
    """Clinicians and administrators work out core values, mission and vision together, and leaders act by them."""

    title: ClassVar = "Shared core values"
    sources: ClassVar = ("5.8",)
    evidence: ClassVar = ("C5", "B6")
    cooldown: ClassVar = 26
    backfires: ClassVar = "Values on the wall that leaders do not live by cost more integrity than no values."

    # Of what is not yet shared of the purpose, a workshop gives those who took part so much, and the unit that hears
    # of it half (assumptions; C5 has leadership as the strongest lever on values alignment, without a number for a
    # workshop).
    ALIGNMENT: ClassVar = 0.10
    # How far leaders who live by the values are seen to, and those who do not (assumption): "keep commitments".
    INTEGRITY: ClassVar = 0.03
    # Hours of a unit's leaders and of each clinician for a workshop.
    HOURS_LEADERS: ClassVar = 2.0
    HOURS_STAFF: ClassVar = 0.5

    kind: Literal["shared_values"] = "shared_values"
    workshops_per_month: float = parameter(1.0, "workshops per unit and month", "How often.", low=0, high=4)
    lived: float = parameter(0.75, "0 to 1", "How far leaders act by them; below 0.5 it shows.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return shared purpose, and leaders who are seen to keep to it or not."""
        weekly = self.workshops_per_month / WEEKS_PER_MONTH
        return (
            Contribution("alignment", self.ALIGNMENT * self.lived * weekly),
            Contribution("shift.integrity", self.INTEGRITY * balance(self.lived) * min(self.workshops_per_month, 1.0)),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the workshops."""
        weekly = self.workshops_per_month / WEEKS_PER_MONTH
        return Hours(leaders=self.HOURS_LEADERS * weekly * units, staff=self.HOURS_STAFF * weekly)


class TrustChallenge(Intervention):
    """Teams show one another what builds trust within the team, with other teams and with patients, and try it."""

    title: ClassVar = "Trust challenge"
    sources: ClassVar = ("5.10",)
    evidence: ClassVar = ("C7", "assumption")
    cooldown: ClassVar = 13
    backfires: ClassVar = "As a contest it is one more thing to win; practices are shown and not kept."

    # At full adoption (assumptions; C7 has peer workshops raise fulfillment by .35 SD). Leaders take over a little of
    # what the best do; teams meet other teams; patients get the practices meant for them.
    BEHAVIORS: ClassVar = 0.04
    TEAMS_MEET: ClassVar = 0.08
    PRACTICE: ClassVar = 0.08
    # A good practice seen by others is a small win that is noticed.
    RECOGNITION: ClassVar = 0.05
    # Hours a week of a unit's leaders and of each clinician.
    HOURS_LEADERS: ClassVar = 0.6
    HOURS_STAFF: ClassVar = 0.1

    kind: Literal["trust_challenge"] = "trust_challenge"
    adoption: float = parameter(0.6, "share", "Practices shown that others take over.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return better conduct, contact between teams, practices for patients and wins that are seen."""
        recognition = self.RECOGNITION * self.adoption
        return (
            *(Contribution(f"shift.{belief}", self.BEHAVIORS * self.adoption) for belief in BELIEFS),
            *contacts({"consult": self.TEAMS_MEET, "peer": self.TEAMS_MEET}, benevolence=self.BEHAVIORS),
            Contribution("patients.practice", self.PRACTICE * self.adoption),
            Contribution("recognition", recognition),
            Contribution("routine", 1.0 - self.adoption, recognition),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to show, to see and to try."""
        return Hours(leaders=self.HOURS_LEADERS * units, staff=self.HOURS_STAFF)
