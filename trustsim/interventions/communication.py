"""How openly leaders tell what is so: regular communication, and stories of people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import balance, contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["Storytelling", "TransparentCommunication"]


class TransparentCommunication(Intervention):
    """Leaders tell regularly what goes well and what does not, in words that all understand, and own their mistakes."""

    title: ClassVar = "Transparent communication"
    sources: ClassVar = ("1.2", "1.10")
    evidence: ClassVar = ("D2", "D6", "E12")
    cooldown: ClassVar = 0
    backfires: ClassVar = "With little candor it is spin: the more of it, the less is believed."

    # Of those for whom a message is meant, so many hear something that bears on trust, from executives and from the
    # unit's manager (assumptions).
    REACH_EXECUTIVES: ClassVar = 0.25
    REACH_MANAGERS: ClassVar = 0.10
    # At full candor (assumptions; E12 found no effect sizes, D2 a direction): "create transparency" and "talk
    # straight" bear on integrity, owning mistakes ("right wrongs") on benevolence too; reasons for decisions are
    # given; jargon is avoided.
    INTEGRITY: ClassVar = 0.25
    BENEVOLENCE: ClassVar = 0.10
    EXPLANATION: ClassVar = 0.25
    CLARITY: ClassVar = 0.35
    # Leaders' hours for one message in all units: executives write and check it, each manager takes it to the unit.
    HOURS_WRITING: ClassVar = 4.0
    HOURS_TELLING: ClassVar = 0.5

    kind: Literal["transparent_communication"] = "transparent_communication"
    candor: float = parameter(0.8, "0 to 1", "How open, also on what hurts; below 0.5 it is spin.", low=0, high=1)
    per_month: float = parameter(4.0, "messages per month", "How regular it is.", low=0, high=8)
    owning_mistakes: float = parameter(0.5, "0 to 1", "How far leaders admit what went wrong.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return contacts in the candor that leaders show, explained decisions and plainer words."""
        regular, candor = min(self.per_month / WEEKS_PER_MONTH, 1.0), balance(self.candor)
        # Owning a mistake openly shows care; behind spin there is none to show.
        care = candor * self.owning_mistakes if candor > 0.0 else candor
        return (
            *contacts(
                {"executive": self.REACH_EXECUTIVES * regular, "operations": self.REACH_MANAGERS * regular},
                benevolence=self.BENEVOLENCE * care,
                integrity=self.INTEGRITY * candor,
            ),
            Contribution("decision.explanation", self.EXPLANATION * candor * regular),
            Contribution("clarity", self.CLARITY * max(candor, 0.0) * regular),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to find the words and to take them to the units."""
        weekly = self.per_month / WEEKS_PER_MONTH
        return Hours(executives=self.HOURS_WRITING * weekly, leaders=self.HOURS_TELLING * weekly * units)


class Storytelling(Intervention):
    """Physicians and nurses tell what they lived through, at forums where administrators listen."""

    title: ClassVar = "Personal stories"
    sources: ClassVar = ("5.9",)
    evidence: ClassVar = ("assumption",)
    cooldown: ClassVar = 4
    backfires: ClassVar = "A story told and followed by business as usual is soon forgotten."

    # What one story does to a person who hears it (assumptions; no effect sizes are known): of what is not shared of
    # purpose, and of what is not understood of the other's work, so much is gained.
    ALIGNMENT: ClassVar = 0.06
    UNDERSTANDING: ClassVar = 0.05
    # Listening to a story shows respect: some talk to an administrator afterwards, who is moved.
    TALKS_AFTER: ClassVar = 0.3
    BENEVOLENCE: ClassVar = 0.15
    # Hours to prepare with the teller, of the unit's leaders, and of one who listens.
    HOURS_PREPARING: ClassVar = 0.5
    HOURS_LISTENING: ClassVar = 0.5

    kind: Literal["storytelling"] = "storytelling"
    per_month: float = parameter(2.0, "stories per month", "How often there is a story.", low=0, high=8)
    audience: float = parameter(0.35, "share", "Clinicians and administrators who hear it.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return shared purpose, understanding, and some talks that would not have been."""
        heard = min(self.per_month / WEEKS_PER_MONTH * self.audience, 1.0)
        return (
            Contribution("alignment", self.ALIGNMENT * heard),
            Contribution("understanding", self.UNDERSTANDING * heard),
            *contacts({"operations": self.TALKS_AFTER * heard}, benevolence=self.BENEVOLENCE),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to prepare and to listen."""
        weekly = self.per_month / WEEKS_PER_MONTH
        return Hours(leaders=self.HOURS_PREPARING * weekly * units, staff=self.HOURS_LISTENING * self.audience * weekly)
