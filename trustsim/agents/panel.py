"""A unit's patients: how far they trust it, how they fare, and how long they wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustsim.rules.arithmetic import triangular
from trustsim.rules.feeling import move
from trustsim.rules.patients import adherence, arrivals, outcome, seen, trust_level

if TYPE_CHECKING:
    from trustsim.agents.unit import Unit

__all__ = ["PatientPanel"]


class PatientPanel:
    """The patients of one unit, as a group.

    Attributes
    ----------
    trust : float
        In the unit, 0 to 1.
    waiting : float
        Patients waiting, in weeks of normal demand.
    adherence, self_rated_outcome, objective_outcome : float
        This week's, 0 to 1.
    lost_demand : float
        Patients who went elsewhere this week, in weeks of normal demand.
    """

    def __init__(self, trust: float, adherence: float, outcome: float) -> None:
        self.trust, self.waiting, self.lost_demand = trust, 0.0, 0.0
        self.adherence, self.self_rated_outcome, self.objective_outcome = adherence, outcome, outcome

    def come(self, unit: Unit) -> None:
        """Come, wait or be seen; trust follows practices, the staff's exhaustion, continuity and the wait."""
        p, levers = unit.hospital.parameters, unit.levers
        meetings = unit.meeting_share()
        hands = unit.hours() / max(unit.size, 1.0)
        capacity = max((p["patients.capacity"] + levers["patients.capacity"]) * hands * (1.0 - meetings), 0.0)
        demand = 1.0 + levers["work.demand"]
        arrived = arrivals(demand, self.waiting, p["patients.balking"])
        level = trust_level(
            p["patients.trust"],
            p["patients.practice"] * levers["patients.practice"],
            p["patients.exhaustion"] * (unit.mean("exhaustion") - p["exhaustion.reference"]),
            p["patients.continuity"] * unit.recent_exits * (1.0 - levers["patients.continuity"]),
            p["patients.waiting"] * self.waiting,
        )
        self.waiting = self.waiting + arrived - seen(self.waiting, arrived, capacity)
        self.lost_demand = demand - arrived
        self.trust = move(self.trust, level, p["patients.trust_rate"])
        self._fare(unit)

    def _fare(self, unit: Unit) -> None:
        p, usual = unit.hospital.parameters, unit.hospital.parameters["patients.trust"]
        rated, measured = unit.hospital.luck["outcome"][unit.number]
        noise = p["patients.outcome_noise"]
        self.adherence = adherence(p["patients.adherence"], p["patients.adherence_slope"], self.trust, usual)
        effect = p["patients.outcome_slope"] * (self.trust - usual)
        self.self_rated_outcome = outcome(p["patients.outcome"], effect, noise * triangular(rated))
        self.objective_outcome = outcome(p["patients.outcome"], 0.0, noise * triangular(measured))
