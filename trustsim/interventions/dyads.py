"""Interventions that make a clinical and an administrative leader one team."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import WEEKS_PER_MONTH, Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution

__all__ = ["DyadLeadership"]


class DyadLeadership(Intervention):
    """Chief and manager of a unit lead it as a pair: they meet, decide jointly and speak for both sides."""

    title: ClassVar = "Dyad leadership"
    sources: ClassVar = ("5.6", "5.16")
    evidence: ClassVar = ("E11", "C6")
    cooldown: ClassVar = 26
    backfires: ClassVar = (
        "A dyad in name only takes leaders' hours and changes nothing: without joint work no cohesion grows."
    )

    # At full joint work (assumptions; E11 found no controlled study of dyads). The pair sees one another every week,
    # the liaison ties between chief, manager and director carry more, each translates for the own side, and what is
    # escalated goes up both chains.
    LIAISON: ClassVar = 0.30
    CLARITY: ClassVar = 0.30
    FIDELITY: ClassVar = 0.40
    # What a joint meeting takes of each of the two.
    HOURS_MEETING: ClassVar = 1.0

    kind: Literal["dyad_leadership"] = "dyad_leadership"
    meetings_per_month: float = parameter(
        4.0, "meetings per month", "Working meetings of the pair; four or more are full joint work.", low=0, high=8
    )

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return joint work, contact within the pair and towards the directors, translation and a second way up."""
        joint = min(self.meetings_per_month / 4.0, 1.0)
        return (
            Contribution("dyad", joint),
            Contribution("contact.dyad", joint),
            Contribution("contact.liaison", self.LIAISON * joint),
            Contribution("clarity", self.CLARITY * joint),
            Contribution("voice.fidelity", self.FIDELITY * joint),
        )

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the time of the pair's meetings."""
        return Hours(leaders=2.0 * self.HOURS_MEETING * self.meetings_per_month / WEEKS_PER_MONTH * units)
