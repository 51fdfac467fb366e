"""Shocks: what happens to the hospital, whatever its leaders choose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Shock
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["Crisis", "DemandSurge"]


class Crisis(Shock):
    """An emergency: more patients, many decisions, and no time to lose with them."""

    title: ClassVar = "Crisis"
    sources: ClassVar = ("5.3",)
    evidence: ClassVar = ("B1",)

    # Added chance a week that a decision reaches a unit, at full urgency (assumption; by custom decision.rate is .15).
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
