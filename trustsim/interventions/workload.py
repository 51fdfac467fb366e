"""The workplace or the worker: taking work away, or making people bear it better."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["ResilienceTraining", "StaffingRelief"]


class StaffingRelief(Intervention):
    """Work is taken off clinicians: float staff, scribes, fewer forms."""

    title: ClassVar = "Staffing relief"
    sources: ClassVar = ("3.7",)
    evidence: ClassVar = ("W1", "F2", "F3", "E6")
    cooldown: ClassVar = 0
    backfires: ClassVar = "It is expensive, and what is shifted to others comes back as their load."

    # Hours a week of a unit's leaders to find, bring in and lead the added people (assumption).
    HOURS_LEADERS: ClassVar = 0.5
    # Thousand dollars a week of the work of a unit of 18 (assumption): 40 hours at 70 dollars each. Relief costs its
    # share of that.
    PAYROLL: ClassVar = 50.0
    # Share of the relief that lets more patients be seen (assumption).
    CAPACITY: ClassVar = 0.3

    kind: Literal["staffing_relief"] = "staffing_relief"
    relief: float = parameter(0.10, "share of normal workload", "Work that is taken away.", low=0, high=0.4)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return relief, and some more patients who can be seen."""
        return (
            Contribution("work.relief", self.relief),
            Contribution("patients.capacity", self.CAPACITY * self.relief),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to lead those who help."""
        return Hours(leaders=self.HOURS_LEADERS * units)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return what the work costs that others do now."""
        return self.PAYROLL * self.relief * units


class ResilienceTraining(Intervention):
    """Clinicians are trained to bear stress: mindfulness, breathing, apps."""

    title: ClassVar = "Resilience training"
    sources: ClassVar = ("3.7",)
    evidence: ClassVar = ("F2", "F4", "F5")
    cooldown: ClassVar = 13
    backfires: ClassVar = "It tells people that they are the problem, and costs them time; what wears them out stays."

    # Hours a week of one who trains, in the course and at home (assumption).
    HOURS_TRAINING: ClassVar = 0.5
    # Thousand dollars a week and unit, if all train (assumption).
    FEE: ClassVar = 0.6

    kind: Literal["resilience_training"] = "resilience_training"
    uptake: float = parameter(0.4, "share", "Clinicians who train and go on.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the share of people who are trained."""
        return (Contribution("work.resilience", self.uptake),)

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to train."""
        return Hours(staff=self.HOURS_TRAINING * self.uptake)

    @override
    def dollars(self, week: int, units: int) -> float:
        """Return the fee."""
        return self.FEE * self.uptake * units
