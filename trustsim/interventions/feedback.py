"""Regular ways in which clinicians are asked how things are: huddles, anonymous surveys, pulse checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.occasions import channel, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["AnonymousSurvey", "Huddles", "PulseChecks"]


class Huddles(Intervention):
    """The unit stands together for ten minutes: what is new from above, what is in the way here."""

    title: ClassVar = "Departmental huddles"
    sources: ClassVar = ("1.3",)
    evidence: ClassVar = ("E4", "E6")
    cooldown: ClassVar = 4
    backfires: ClassVar = "A huddle from which nothing comes back is a daily meeting more, and teaches silence."

    # Weekly chance that a person hears something from the leader in huddles that bears on trust, and is asked for
    # what is in the way, when five a week are held as they should be (assumptions).
    HEARS: ClassVar = 0.30
    ASKED: ClassVar = 0.30
    FULL_WEEK: ClassVar = 5.0
    # Updates passed on are "create transparency" (assumption).
    INTEGRITY: ClassVar = 0.10
    # Ten minutes of each clinician, and the leader's ten and five more for what was raised.
    HOURS_STAFF: ClassVar = 1.0 / 6.0
    HOURS_LEADER: ClassVar = 0.25

    kind: Literal["huddles"] = "huddles"
    per_week: float = parameter(5.0, "huddles per week", "How often the unit huddles.", low=0, high=7)
    fidelity: float = parameter(0.55, "share", "How many are held as planned (E4: 4.9 of 9).", low=0, high=1)
    follow_through: float = parameter(0.6, "share", "Raised issues that are resolved.", low=0, high=1)
    explanation: float = parameter(0.8, "share", "Other issues that get an honest answer.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contact in the line, and a channel held by the unit's leader."""
        held = min(self.per_week / self.FULL_WEEK, 1.0) * self.fidelity
        return (
            *contacts({"line": self.HEARS * held}, integrity=self.INTEGRITY),
            *channel(self.ASKED * held, resolved=self.follow_through, explained=self.explanation),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the huddles that are held."""
        held = self.per_week * self.fidelity
        return Hours(leaders=self.HOURS_LEADER * held * units, staff=self.HOURS_STAFF * held)


class AnonymousSurvey(Intervention):
    """Every few months clinicians are asked in writing, without names; some of what they write leads to action."""

    title: ClassVar = "Anonymous survey"
    sources: ClassVar = ("1.4",)
    evidence: ClassVar = ("E6", "E12", "E3")
    cooldown: ClassVar = 8
    backfires: ClassVar = (
        "A survey without action asks people to speak and ignores them; telling the results helps little."
    )

    # Leaders' hours in a unit to read, discuss and report a survey, and to act on all of it (assumptions).
    HOURS_READING: ClassVar = 3.0
    HOURS_ACTING: ClassVar = 8.0
    # Hours of one who answers.
    HOURS_ANSWERING: ClassVar = 0.25
    # Thousand dollars of a vendor for a unit's survey (assumption).
    VENDOR: ClassVar = 0.4

    kind: Literal["anonymous_survey"] = "anonymous_survey"
    interval: int = parameter(13, "weeks", "Weeks from one survey to the next.", low=4, high=52)
    response: float = parameter(0.5, "share", "Clinicians who answer.", low=0, high=1)
    action: float = parameter(0.6, "share", "Issues raised that are acted upon.", low=0, high=1)
    reporting: float = parameter(0.8, "share", "Other issues on which results and reasons are told.", low=0, high=1)

    @override
    def phase(self, week: int) -> bool:
        """Return whether there is a survey in this week."""
        return week % self.interval == 0

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return a channel without names that ends at the top."""
        if not self.phase(week):
            return ()
        return channel(self.response, resolved=self.action, explained=self.reporting, top=1.0, anonymity=1.0)

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to answer, to read and to act."""
        if not self.phase(week):
            return Hours()
        # Acting takes the weeks until the next survey; so does the time for it.
        return Hours(
            leaders=(self.HOURS_READING + self.HOURS_ACTING * self.action) * units / self.interval,
            staff=self.HOURS_ANSWERING * self.response,
        )

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the price of the survey."""
        return self.VENDOR * units if self.phase(week) else 0.0


class PulseChecks(Intervention):
    """A few short questions every other week, so that what simmers is seen before it erupts."""

    title: ClassVar = "Pulse checks"
    sources: ClassVar = ("1.7",)
    evidence: ClassVar = ("C10", "E3")
    cooldown: ClassVar = 4
    backfires: ClassVar = "Asked often and answered seldom, people learn that asking is for show."

    # A pulse is short and has no names, but a small unit knows who writes what (assumption).
    ANONYMITY: ClassVar = 0.5
    # Leaders' hours in a unit to read a pulse, and to settle all that it shows while it is small (assumptions).
    HOURS_READING: ClassVar = 0.5
    HOURS_SETTLING: ClassVar = 1.5
    HOURS_ANSWERING: ClassVar = 0.05

    kind: Literal["pulse_checks"] = "pulse_checks"
    interval: int = parameter(2, "weeks", "Weeks from one pulse to the next.", low=1, high=13)
    response: float = parameter(0.35, "share", "Clinicians who answer.", low=0, high=1)
    action: float = parameter(0.65, "share", "Issues raised that are settled at once.", low=0, high=1)
    explanation: float = parameter(0.8, "share", "Other issues that get an honest answer.", low=0, high=1)

    @override
    def phase(self, week: int) -> bool:
        """Return whether there is a pulse in this week."""
        return week % self.interval == 0

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return a channel held by the unit's leader."""
        if not self.phase(week):
            return ()
        return channel(self.response, resolved=self.action, explained=self.explanation, anonymity=self.ANONYMITY)

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to ask, to answer and to settle."""
        if not self.phase(week):
            return Hours()
        settling = self.HOURS_READING + self.HOURS_SETTLING * self.action
        return Hours(leaders=settling * units, staff=self.HOURS_ANSWERING)
