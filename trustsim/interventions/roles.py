"""Learning one another's work by being there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.occasions import contacts
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["RoleShadowing"]


class RoleShadowing(Intervention):
    """Administrators walk with clinicians through a shift, and join their huddles and team meetings."""

    title: ClassVar = "Role shadowing"
    sources: ClassVar = ("5.7",)
    evidence: ClassVar = ("D10", "assumption")
    cooldown: ClassVar = 8
    backfires: ClassVar = "It takes half days from leaders; a tour for show teaches neither side anything."

    # Of what is not yet understood of the other's work, half a day explains so much to those who took part, and they
    # tell others: share of the unit that one half day reaches (assumptions).
    UNDERSTANDING: ClassVar = 0.30
    REACHED: ClassVar = 0.15
    # Those who are shadowed have a talk with an administrator who "listens first" (assumption).
    BENEVOLENCE: ClassVar = 0.15
    ABILITY: ClassVar = 0.05
    # Hours of the one who shadows for half a day, and of each clinician who is slowed down by it (assumptions).
    HOURS_HALF_DAY: ClassVar = 4.0
    HOURS_HOST: ClassVar = 0.5
    WEEKS_PER_QUARTER: ClassVar = 13.0

    kind: Literal["role_shadowing"] = "role_shadowing"
    half_days_per_quarter: float = parameter(
        6.0, "half days per unit and quarter", "Half days on which somebody is shadowed.", low=0, high=26
    )
    attention: float = parameter(0.8, "0 to 1", "How far it is for learning rather than for show.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return understanding of the other's role, and contact across the silos."""
        reached = self.REACHED * self.half_days_per_quarter / self.WEEKS_PER_QUARTER
        return (
            Contribution("understanding", self.UNDERSTANDING * self.attention * reached),
            *contacts(
                {"operations": reached, "liaison": reached},
                ability=self.ABILITY * self.attention,
                benevolence=self.BENEVOLENCE * self.attention,
            ),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the half days, and the time of those who are shadowed."""
        weekly = self.half_days_per_quarter / self.WEEKS_PER_QUARTER
        return Hours(leaders=self.HOURS_HALF_DAY * weekly * units, staff=self.HOURS_HOST * self.REACHED * weekly)
