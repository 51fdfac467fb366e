"""A standard way to settle conflicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.occasions import channel
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["ConflictResolution"]


class ConflictResolution(Intervention):
    """Steps known to all: open a dialogue, mediate, settle in a way that both sides accept."""

    title: ClassVar = "Conflict resolution"
    sources: ClassVar = ("1.6",)
    evidence: ClassVar = ("assumption",)
    cooldown: ClassVar = 0
    backfires: ClassVar = "A protocol that opens conflicts and settles few leaves people more exposed than before."

    # One case a month in a unit of 18 reaches about one in eight of its strained ties; settled, both ends come up to
    # the level at which they can work together again (assumption).
    STRAINED_TIES: ClassVar = 0.12
    # Who is part of a case is asked for what is behind it (assumption): two of 18.
    PARTIES: ClassVar = 0.11
    # Hours of leaders for a case, and of each clinician of the unit (assumptions).
    HOURS_CASE: ClassVar = 3.0
    HOURS_PARTIES: ClassVar = 0.2

    kind: Literal["conflict_resolution"] = "conflict_resolution"
    cases_per_month: float = parameter(1.0, "cases per unit and month", "Conflicts that are taken up.", low=0, high=4)
    settled: float = parameter(0.65, "share", "Cases that end in a settlement.", low=0, high=1)
    heard: float = parameter(0.8, "share", "Other cases in which both sides are told why not.", low=0, high=1)

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return mediation of strained ties, and a channel for what is behind the conflict."""
        weekly = self.cases_per_month / WEEKS_PER_MONTH
        return (
            Contribution("mediation", self.STRAINED_TIES * self.settled * weekly),
            *channel(self.PARTIES * weekly, resolved=self.settled, explained=self.heard),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time to mediate."""
        weekly = self.cases_per_month / WEEKS_PER_MONTH
        return Hours(leaders=self.HOURS_CASE * weekly * units, staff=self.HOURS_PARTIES * weekly)
