"""Interventions that let people know that their work is seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["Recognition"]


class Recognition(Intervention):
    """Leaders thank people for what they did, by name and for small wins too."""

    title: ClassVar = "Recognition and appreciation"
    sources: ClassVar = ("1.5",)
    evidence: ClassVar = ("C7", "C10", "T5")
    cooldown: ClassVar = 4
    backfires: ClassVar = "Routine or insincere recognition wears off as people get used to it."

    # Sincere thanks bear on the belief in the leader's benevolence ("demonstrate respect", "show loyalty");
    # assumption.
    BENEVOLENCE: ClassVar = 0.15
    # If it is sincere, half of it is said in person on a line contact that would not have been (assumption), the rest
    # on one that is. A form letter is no contact.
    IN_PERSON: ClassVar = 0.5
    # Leaders' hours a week in a unit for one recognition per clinician and month (assumption): five minutes each for
    # the 18 people of a unit.
    HOURS_UNIT: ClassVar = 0.35

    kind: Literal["recognition"] = "recognition"
    rate: float = parameter(1.0, "per clinician and month", "How often a person is recognized.", low=0, high=4)
    sincerity: float = parameter(0.8, "0 to 1", "How personal and honest it is; 0 is a form letter.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return recognition, how routine it is, and the contacts on which it is given."""
        weekly = min(self.rate / WEEKS_PER_MONTH, 1.0)
        in_person = self.IN_PERSON * self.sincerity * weekly
        return (
            Contribution("recognition", weekly),
            Contribution("routine", 1.0 - self.sincerity, weekly),
            Contribution("contact.line", in_person),
            Contribution("lift.benevolence", self.BENEVOLENCE * self.sincerity, in_person),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to notice and to thank."""
        return Hours(leaders=self.HOURS_UNIT * self.rate * units)
