"""Interventions that bring many people into one room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import balance, channel, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["InformalSocials", "TownHall"]


class TownHall(Intervention):
    """Every few weeks executives speak to all who come, and take questions."""

    title: ClassVar = "Town hall"
    sources: ClassVar = ("5.6",)
    evidence: ClassVar = ("E12", "D2")
    cooldown: ClassVar = 4
    backfires: ClassVar = "A town hall without candor costs trust in front of everybody at once."

    # How executives come across at full candor, and as much worse without any (assumptions; E12 found no effect
    # sizes). "Talk straight" and "create transparency" bear on integrity by .8 and on benevolence by .2.
    INTEGRITY: ClassVar = 0.24
    BENEVOLENCE: ClassVar = 0.06
    # How far one town hall of full candor moves those who come to the shared purpose (assumption).
    ALIGNMENT: ClassVar = 0.10
    # Chance of one who comes to get a question in, if all the time is for questions, and the share of what is asked
    # that is resolved for it (assumptions): a large room is a poor channel.
    ASKS: ClassVar = 0.10
    RESOLVED: ClassVar = 0.20
    # Executive hours for one town hall: five on the stage for an hour and a half, and as much to prepare
    # (assumption).
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
        candor = balance(self.candor)
        asks = self.ASKS * self.questions * self.attendance
        return (
            *contacts(
                {"executive": self.attendance},
                benevolence=self.BENEVOLENCE * candor,
                integrity=self.INTEGRITY * candor,
            ),
            *channel(asks, resolved=self.RESOLVED, explained=self.candor, top=1.0),
            Contribution("alignment", self.ALIGNMENT * self.candor * self.attendance),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the stage and of the room."""
        if not self.phase(week):
            return Hours()
        return Hours(executives=self.HOURS_STAGE, staff=self.HOURS_ROOM * self.attendance)


class InformalSocials(Intervention):
    """Clinicians and administrators who have no business with one another meet without an agenda."""

    title: ClassVar = "Informal social gatherings"
    sources: ClassVar = ("5.6",)
    evidence: ClassVar = ("D11", "assumption")
    cooldown: ClassVar = 4
    backfires: ClassVar = "It reaches those who come, and takes an evening from people who are tired already."

    # Off duty people show more of themselves: "extend trust", "show loyalty" (assumption; D11 has closeness as one of
    # the strongest predictors of trust, without a number for a gathering).
    BENEVOLENCE: ClassVar = 0.20
    INTEGRITY: ClassVar = 0.05
    # Talk at table explains the other side's work a little: of what is not understood, a gathering explains so much
    # to one who comes (assumption).
    UNDERSTANDING: ClassVar = 0.04
    # Hours of one who comes, and of the unit's leaders for a gathering (assumptions).
    HOURS_GUEST: ClassVar = 1.0
    HOURS_HOSTS: ClassVar = 1.0
    # Thousand dollars for a unit's share of a gathering (assumption): food.
    FOOD: ClassVar = 0.25

    kind: Literal["informal_socials"] = "informal_socials"
    per_month: float = parameter(1.0, "gatherings per month", "How often people meet.", low=0, high=4)
    attendance: float = parameter(0.3, "share", "Clinicians and administrators who come.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contact on social ties, with conduct at its most human, and a little understanding."""
        met = self.attendance * self.per_month / WEEKS_PER_MONTH
        return (
            *contacts({"social": met}, benevolence=self.BENEVOLENCE, integrity=self.INTEGRITY),
            Contribution("understanding", self.UNDERSTANDING * met),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of hosts and guests."""
        weekly = self.per_month / WEEKS_PER_MONTH
        return Hours(leaders=self.HOURS_HOSTS * weekly * units, staff=self.HOURS_GUEST * self.attendance * weekly)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the price of food and a room."""
        return self.FOOD * self.per_month / WEEKS_PER_MONTH * units
