"""Care management: five things that care managers do for their clients, each to be switched on its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from typing_extensions import override

from trustsim.interventions.base import Hours, Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution
from trustsim.rules.arithmetic import squash

__all__ = ["CareManagement"]


class CareManagement(Intervention):
    """Prompt call-backs, communication made for one person, openness, relief of pain, a little more than promised."""

    title: ClassVar = "Care management"
    sources: ClassVar = ("2.1", "2.2", "2.3", "2.4", "2.5", "2.6")
    evidence: ClassVar = ("D5", "assumption")
    cooldown: ClassVar = 0
    backfires: ClassVar = "Effort saved up for one big gesture is forgotten before the next."

    # What each practice adds to patients' trust at usual effort, as a share of all that practices can do
    # (assumptions: no study compares them).
    SHARES: ClassVar = {"call_backs": 0.12, "targeted": 0.12, "openness": 0.12, "relief": 0.16, "extras": 0.08}
    # Hours a week of each clinician at usual effort in all five ("none takes a significant amount of time").
    HOURS_STAFF: ClassVar = 0.25

    kind: Literal["care_management"] = "care_management"
    call_backs: float = parameter(1.0, "0 to 1", "Calls returned and appointment times kept.", low=0, high=1)
    targeted: float = parameter(1.0, "0 to 1", "Communication and plans made for one person.", low=0, high=1)
    openness: float = parameter(1.0, "0 to 1", "Sharing what one knows, also when it is uncomfortable.", low=0, high=1)
    relief: float = parameter(1.0, "0 to 1", "Listening for what hurts, and relieving it.", low=0, high=1)
    extras: float = parameter(1.0, "0 to 1", "A little more than promised: calls that nobody expected.", low=0, high=1)
    every: int = parameter(1, "weeks", "1: a little each week; 26: all of half a year at once.", low=1, high=52)

    @override
    def phase(self, week: int) -> bool:
        """Return whether something is done in this week."""
        return week % self.every == 0

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the practices, at the effort of all the weeks for which it was saved up."""
        if not self.phase(week):
            return ()
        # Effort has diminishing returns: with twice the calls in a week a client is not twice as grateful. Usual
        # effort (1) has half of what no end of effort would have, so the factor is 2 * e / (1 + e) (assumption).
        practice = 2.0 * squash(float(self.every)) * self._share()
        return (Contribution("patients.practice", min(practice, 1.0)),)

    @override
    def hours(self, week: int, units: int) -> Hours:
        """Return the same hours over the year, however they are spread."""
        return Hours(staff=self.HOURS_STAFF * self._done() * self.every) if self.phase(week) else Hours()

    def _levels(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in self.SHARES}

    def _share(self) -> float:
        share = 0.0
        for name, level in self._levels().items():
            share += self.SHARES[name] * level
        return share

    def _done(self) -> float:
        """Return how much of all five is done, 0 to 1."""
        done = 0.0
        for level in self._levels().values():
            done += level
        return done / len(self.SHARES)
