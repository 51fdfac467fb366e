"""Interventions that make people better at what they do: clinicians at their work, leaders at leading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution
from trustsim.rules.conduct import BELIEFS

__all__ = ["LeadershipTraining", "ProfessionalDevelopment"]


class ProfessionalDevelopment(Intervention):
    """Leaders support the growth of each clinician, and both hold one another to what was agreed."""

    title: ClassVar = "Professional development"
    sources: ClassVar = ("1.13",)
    evidence: ClassVar = ("T5", "T6", "assumption")
    cooldown: ClassVar = 13
    backfires: ClassVar = "Hours in courses are missing on the unit, and a plan that nobody asks about is soon a form."

    # Two hours a month of one's own growth say as much as this intensity of recognition (assumption).
    VALUED: ClassVar = 0.10
    HOURS_USUAL: ClassVar = 2.0
    # A talk about one's development once a quarter (assumption), in which the leader "clarifies expectations" and
    # "practices accountability" as far as it is mutual.
    TALKS: ClassVar = 1.0 / 13.0
    ABILITY: ClassVar = 0.12
    BENEVOLENCE: ClassVar = 0.12
    # People who learned more settle more themselves (assumption).
    RESOLVE: ClassVar = 0.06
    # A leader's hours for one talk, for 18 people of a unit; thousand dollars of an hour of teaching.
    HOURS_TALK: ClassVar = 0.5
    PEOPLE: ClassVar = 18.0
    TEACHING: ClassVar = 0.05

    kind: Literal["professional_development"] = "professional_development"
    hours_per_month: float = parameter(2.0, "hours per clinician and month", "Time for learning.", low=0, high=8)
    accountability: float = parameter(0.7, "0 to 1", "How far leaders are held to their side of it.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the appreciation that lies in it, talks with the leader, and more that is settled on the unit."""
        effort = min(self.hours_per_month / self.HOURS_USUAL, 1.0)
        return (
            Contribution("recognition", self.VALUED * effort),
            Contribution("routine", 1.0 - self.accountability, self.VALUED * effort),
            *contacts(
                {"line": self.TALKS * effort},
                ability=self.ABILITY * self.accountability,
                benevolence=self.BENEVOLENCE * self.accountability,
            ),
            Contribution("voice.resolve", self.RESOLVE * effort),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to talk and to learn."""
        effort = min(self.hours_per_month / self.HOURS_USUAL, 1.0)
        return Hours(
            leaders=self.HOURS_TALK * self.PEOPLE * self.TALKS * effort * units,
            staff=self.hours_per_month / WEEKS_PER_MONTH,
        )

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the price of teaching."""
        return self.TEACHING * self.PEOPLE * self.hours_per_month / WEEKS_PER_MONTH * units


class LeadershipTraining(Intervention):
    """Leaders practice the trust behaviors; it shows in all that they do, and fades without refreshers."""

    title: ClassVar = "Leadership training"
    sources: ClassVar = ("5.1",)
    evidence: ClassVar = ("C9", "C3")
    cooldown: ClassVar = 26
    backfires: ClassVar = "It takes leaders' time at once and pays later; without refreshers half is lost in a year."

    # Standard deviation of leaders' conduct: half-width .36 of a triangular distribution over sqrt 6.
    STANDARD_DEVIATION: ClassVar = 0.147
    # Weeks of the course; the gain grows with it (assumption).
    COURSE: ClassVar = 12
    # A level is kept for so many weeks before it is looked at again, so that a plan has few different weeks.
    STEP: ClassVar = 4
    # Hours a week of each of a unit's two leaders while the course lasts, and of one who refreshes.
    HOURS_COURSE: ClassVar = 1.5
    HOURS_REFRESHER: ClassVar = 0.25
    # Thousand dollars of the course a week and unit.
    FEE: ClassVar = 0.3

    kind: Literal["leadership_training"] = "leadership_training"
    gain: float = parameter(
        0.5, "standard deviations", "What it adds to conduct; .8 is the most that was seen.", low=0, high=0.8
    )
    retention: int = parameter(52, "weeks", "Weeks after the course until half of the gain is lost.", low=4, high=260)
    refreshers: float = parameter(0.5, "share", "Share of the loss that refreshers prevent.", low=0, high=1)

    @override
    def phase(self, week: int) -> int:
        """Return the step of the gain: it grows during the course and fades afterwards."""
        return week // self.STEP

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the same shift of all behaviors, so of what bears on each belief."""
        step = float(self.phase(week) * self.STEP)
        learned = min((step + self.STEP) / self.COURSE, 1.0)
        lost = (1.0 - self.refreshers) * max(step - self.COURSE, 0.0) / self.retention
        shift = self.gain * self.STANDARD_DEVIATION * learned / (1.0 + lost)
        return tuple(Contribution(f"shift.{belief}", shift) for belief in BELIEFS)

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the course, then of the refreshers."""
        each = self.HOURS_COURSE if self._in_course(week) else self.HOURS_REFRESHER * self.refreshers
        return Hours(leaders=2.0 * each * units)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the fee of the course."""
        return self.FEE * units if self._in_course(week) else 0.0

    def _in_course(self, week: int) -> bool:
        return week < self.COURSE
