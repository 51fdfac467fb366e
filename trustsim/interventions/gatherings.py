"""Interventions that bring many people into one room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["TownHall"]


class TownHall(Intervention):
    """Every few weeks executives speak to all who come, and take questions."""

    title: ClassVar = "Town hall"
    sources: ClassVar = ("5.6",)
    evidence: ClassVar = ("E12", "D2")
    cooldown: ClassVar = 4
    backfires: ClassVar = "A town hall without candor costs trust in front of everybody at once."

    # How executives come across at full candor, and as much worse without any (assumptions; E12 found no effect sizes).
    # "Talk straight" and "create transparency" bear on integrity by .8 and on benevolence by .2.
    INTEGRITY: ClassVar = 0.24
    BENEVOLENCE: ClassVar = 0.06
    # Candor at which it neither helps nor harms (assumption).
    NEUTRAL: ClassVar = 0.5
    # How far one town hall of full candor moves those who come to the shared purpose (assumption).
    ALIGNMENT: ClassVar = 0.10
    # Chance of one who comes to get a question in, if all the time is for questions, and the share of what is asked
    # that is resolved for it (assumptions): a large room is a poor channel.
    ASKS: ClassVar = 0.10
    RESOLVED: ClassVar = 0.20
    # Executive hours for one town hall: five on the stage for an hour and a half, and as much to prepare (assumption).
    HOURS_STAGE: ClassVar = 15.0
    # Hours of one who comes.
    HOURS_ROOM: ClassVar = 1.0

    kind: Literal["town_hall"] = "town_hall"
    interval: int = parameter(12, "weeks", "Weeks from one town hall to the next.", low=1, high=26)
    attendance: float = parameter(0.4, "share", "Staff who come.", low=0, high=1)
    candor: float = parameter(
        0.7, "0 to 1", "How openly executives speak, also of what is uncomfortable.", low=0, high=1
    )
    questions: float = parameter(0.4, "share", "Share of the time that is for questions.", low=0, high=1)

    @override
    def phase(self, week: int) -> bool:
        """Return whether there is a town hall in this week."""
        return week % self.interval == 0

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contact with executives in the candor that they show, shared purpose and a few questions."""
        if not self.phase(week):
            return ()
        candor = (self.candor - self.NEUTRAL) / self.NEUTRAL
        asks = self.ASKS * self.questions * self.attendance
        return (
            Contribution("contact.executive", self.attendance),
            Contribution("lift.integrity", self.INTEGRITY * candor, self.attendance),
            Contribution("lift.benevolence", self.BENEVOLENCE * candor, self.attendance),
            Contribution("alignment", self.ALIGNMENT * self.candor * self.attendance),
            Contribution("voice.access", asks),
            Contribution("voice.follow_through", self.RESOLVED, asks),
            Contribution("voice.explanation", self.candor, asks),
            Contribution("voice.top", 1.0, asks),
            Contribution("voice.anonymity", 0.0, asks),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the stage and of the room."""
        if not self.phase(week):
            return Hours()
        return Hours(executives=self.HOURS_STAGE, staff=self.HOURS_ROOM * self.attendance)
