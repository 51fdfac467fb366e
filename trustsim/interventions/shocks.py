"""Shocks from outside and from the budget: what happens to the hospital, whatever its leaders choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Shock
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["BudgetCut", "Crisis", "DemandSurge", "HiringFreeze"]


class Crisis(Shock):
    """An emergency: more patients, many decisions, and no time to lose with them."""

    title: ClassVar = "Crisis"
    sources: ClassVar = ("5.3",)
    evidence: ClassVar = ("B1",)

    # Added chance a week that a decision reaches a unit, at full urgency (assumption; by custom decision.rate is
    # .15).
    DECISIONS: ClassVar = 0.30

    kind: Literal["crisis"] = "crisis"
    demand: float = parameter(0.25, "share of normal demand", "Patients on top of the usual.", low=0, high=1)
    urgency: float = parameter(0.9, "0 to 1", "How much a late decision harms.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return demand, urgency and decisions that cannot wait."""
        return (
            Contribution("work.demand", self.demand),
            Contribution("decision.urgency", self.urgency),
            Contribution("decision.rate", self.DECISIONS * self.urgency),
        )


class DemandSurge(Shock):
    """More patients than usual, and nothing else: a bad winter."""

    title: ClassVar = "Demand surge"
    sources: ClassVar = ("3.5",)
    evidence: ClassVar = ("B1", "W1")

    kind: Literal["demand_surge"] = "demand_surge"
    demand: float = parameter(0.15, "share of normal demand", "Patients on top of the usual.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return demand."""
        return (Contribution("work.demand", self.demand),)


class BudgetCut(Shock):
    """Less money: equipment is not bought, posts stay empty, and cuts have to be decided."""

    title: ClassVar = "Budget cut"
    sources: ClassVar = ("1.10",)
    evidence: ClassVar = ("assumption",)

    # At full depth (assumptions): half of the posts that fall vacant stay empty, a tenth of capacity goes, cuts are
    # decided above and often, and each clinician loses two hours a week to what is missing.
    FREEZE: ClassVar = 0.5
    CAPACITY: ClassVar = -0.10
    DECISIONS: ClassVar = 0.30
    BY_ADMINISTRATION: ClassVar = 0.15
    HOURS_MISSING: ClassVar = 2.0

    kind: Literal["budget_cut"] = "budget_cut"
    depth: float = parameter(0.5, "0 to 1", "How deep: 1 is a tenth of the unit's means.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return empty posts, less capacity, and decisions of administration."""
        return (
            Contribution("leaving.freeze", self.FREEZE * self.depth),
            Contribution("patients.capacity", self.CAPACITY * self.depth),
            Contribution("decision.rate", self.DECISIONS * self.depth),
            Contribution("decision.by_administration", self.BY_ADMINISTRATION * self.depth),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time that clinicians lose to what is missing."""
        return Hours(staff=self.HOURS_MISSING * self.depth)


class HiringFreeze(Shock):
    """Vacancies may not be filled."""

    title: ClassVar = "Hiring freeze"
    sources: ClassVar = ("3.5",)
    evidence: ClassVar = ("W1", "T9")

    kind: Literal["hiring_freeze"] = "hiring_freeze"
    share: float = parameter(1.0, "share", "Vacancies that may not be filled.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the freeze."""
        return (Contribution("leaving.freeze", self.share),)
