"""Feelings: how a person fares. The half of a person that feels; the other half, `person`, believes and acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trustsim.agents.hospital import Birth, Hospital, Member
from trustsim.organization.roles import CLINICAL
from trustsim.rules.arithmetic import share, squash, triangular
from trustsim.rules.feeling import (
    burned_out,
    cynicism_level,
    exhaustion,
    exhaustion_level,
    led_level,
    move,
    pushed,
    recognized,
    safety_level,
    satisfaction,
    support,
)
from trustsim.rules.people import trait
from trustsim.rules.trust import trust

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustsim.agents.person import Person
    from trustsim.agents.position import Position
    from trustsim.agents.tie import Tie

__all__ = ["Feelings", "Usual"]


class Usual(NamedTuple):
    """The levels that a person's feelings return to, each 0 to 1: part of who the person is."""

    exhaustion: float
    cynicism: float
    autonomy: float
    role_understanding: float
    alignment: float
    valued: float


class Feelings(Member):
    """Somebody in a position who feels, and trusts along ties.

    Parameters
    ----------
    model : Hospital
    position : Position
    birth : Birth

    Attributes
    ----------
    role, silo : str
    unit : Unit
    propensity : float
        To trust anybody, 0 to 1.
    usual : Usual
    exhaustion, cynicism, psychological_safety, autonomy, role_understanding, alignment, valued : float
        0 to 1, named as in `trustsim.measures`; so are the next three.
    trust_organization : float
        Trust in the organization, 0 to 1.
    felt_leader : float
        Trust in the own leader when this week's feelings moved, 0 to 1: what the person goes by until the next week.
    met_executive : float or None
        Respect and listening that the own executive, if not the own leader, showed when they met this week, 0 to 1;
        None if they did not meet.
    open_concerns : float
        Concerns not yet raised or answered. Administrators have none.
    intent_to_leave : float
        Probability, within two years.
    hours : float
        Share of a full post that the person works.
    """

    def __init__(self, model: Hospital, position: Position, birth: Birth) -> None:
        super().__init__(model)
        p, luck, role, climate = model.parameters, birth.trait, position.role, position.climate
        self.position, self.unit, self.role = position, position.unit, role
        self.silo = "clinical" if role in CLINICAL else "administrative"
        spread = p["feeling.spread"]
        self.propensity = trait(p["trust.propensity"], p["trust.propensity_spread"], luck[0])
        self.usual = Usual(
            exhaustion=trait(p[f"exhaustion.level.{role}"] + climate["exhaustion"], p["exhaustion.spread"], luck[1]),
            cynicism=trait(p[f"cynicism.level.{role}"] + climate["cynicism"], p["cynicism.spread"], luck[2]),
            autonomy=trait(p["feeling.autonomy"], spread, luck[4]),
            role_understanding=trait(p["silo.understanding"], p["silo.understanding_spread"], luck[5]),
            alignment=trait(p["silo.alignment"], p["silo.alignment_spread"], luck[6]),
            valued=trait(p["feeling.valued"] + climate["valued"], spread, luck[7]),
        )
        self.exhaustion, self.cynicism, self.autonomy, self.role_understanding, self.alignment, self.valued = self.usual
        self.psychological_safety = trait(p["feeling.safety"] + climate["safety"], spread, luck[3])
        self.trust_organization = share(model.reputation + climate["trust_organization"])
        self.felt_leader = model.reputation
        self.met_executive: float | None = None
        self.open_concerns = self.intent_to_leave = 0.0
        self.hours = 1.0

    @property
    def levers(self) -> Mapping[str, float]:
        """Levers of this week in the person's unit."""
        return self.unit.levers

    @property
    def leader(self) -> Person | None:
        """The person who leads this one; None if there is none, or the chair is empty."""
        number = self.position.leader
        return None if number is None else self.model.positions[number].person

    # ---------------------------------------------------------------- what follows from feelings and beliefs

    @property
    def burned_out(self) -> float:
        """1 if burned out, else 0."""
        return burned_out(self.exhaustion, self.cynicism)

    @property
    def reduced_hours(self) -> float:
        """1 if the person has cut their hours, else 0."""
        return 1.0 if self.hours < 1.0 else 0.0

    @property
    def satisfaction(self) -> float:
        """Job satisfaction, 0 to 1."""
        return satisfaction(self.exhaustion, self.autonomy, self.valued, self.felt_leader, self.trust_organization)

    def trust(self, tie: Tie) -> float:
        """Return the person's trust along one of their ties, 0 to 1."""
        p = self.model.parameters
        return trust(
            tie.ability,
            tie.benevolence,
            tie.integrity,
            self.propensity,
            p["trust.weight_ability"],
            p["trust.weight_benevolence"],
            p["trust.weight_integrity"],
            p["trust.weight_propensity"],
        )

    @property
    def trust_in_leader(self) -> float:
        """Trust in the own leader, 0 to 1. Who has none, or an empty chair above, goes by the organization."""
        return self._trust_above(self.position.line_tie)

    @property
    def trust_in_executive(self) -> float:
        """Trust in the own executive, 0 to 1, likewise."""
        return self._trust_above(self.position.executive_tie)

    def _trust_above(self, tie: Tie | None) -> float:
        if tie is None or self.model.positions[tie.trustee].person is None:
            return self.trust_organization
        return self.trust(tie)

    # ---------------------------------------------------------------- a week's feelings

    def feel(self) -> None:
        """Let a week of work, leaders and colleagues move all feelings (job demands and resources)."""
        p, levers, unit = self.model.parameters, self.levers, self.unit
        of_leader, of_executive = self.trust_in_leader, self.trust_in_executive
        self.felt_leader = of_leader
        # All of these read how the person felt before this week, so they come before any feeling moves.
        exhaustion_now = self._next_exhaustion(of_leader)
        cynicism_now = self._next_cynicism(of_leader)
        safety_now = self._next_safety(of_leader)
        self.exhaustion, self.cynicism, self.psychological_safety = exhaustion_now, cynicism_now, safety_now
        self.autonomy = move(self.autonomy, self.usual.autonomy, p["feeling.autonomy_return"])
        of_leaders = (of_leader + of_executive) / 2.0 + self.position.climate["trust_organization"]
        self.trust_organization = move(self.trust_organization, of_leaders, p["feeling.trust_organization_rate"])
        usual_valued = led_level(self.usual.valued, p["feeling.valued_leader"], of_leader, p["feeling.reference"])
        valued = move(self.valued, usual_valued, p["feeling.valued_return"])
        self.valued = recognized(
            valued, levers["recognition"], levers["routine"], unit.habituation, p["feeling.recognition_gain"]
        )
        usual_alignment = led_level(self.usual.alignment, p["silo.alignment_leader"], of_leader, p["feeling.reference"])
        alignment = move(self.alignment, usual_alignment, p["silo.alignment_return"])
        self.alignment = pushed(alignment, levers["alignment"])
        understanding = move(self.role_understanding, self.usual.role_understanding, p["silo.forgetting"])
        self.role_understanding = pushed(understanding, levers["understanding"])

    def _next_exhaustion(self, of_leader: float) -> float:
        p, levers, unit = self.model.parameters, self.levers, self.unit
        relief = p["exhaustion.support"] * support(of_leader, self.valued, p["feeling.reference"])
        relief = relief + p["exhaustion.resilience"] * levers["work.resilience"]
        level = exhaustion_level(
            self.usual.exhaustion,
            p["exhaustion.workload"] * (unit.workload * self.hours - 1.0),
            p["exhaustion.concerns"] * squash(self.open_concerns),
            relief,
            p["exhaustion.contagion"],
            unit.mean_exhaustion,
        )
        moved = exhaustion(
            self.exhaustion,
            level,
            p["exhaustion.rise"],
            p["exhaustion.recovery"],
            p["exhaustion.recovery_severe"],
            p["exhaustion.severe"],
        )
        mood = triangular(self.model.luck["mood"][self.position.number][0])
        return share(moved + p["exhaustion.mood"] * mood)

    def _next_cynicism(self, of_leader: float) -> float:
        p = self.model.parameters
        reference = p["feeling.reference"]
        level = cynicism_level(
            self.usual.cynicism,
            p["cynicism.exhaustion"] * (self.exhaustion - p["exhaustion.reference"]),
            p["cynicism.autonomy"] * (reference - self.autonomy),
            p["cynicism.leader"] * (reference - of_leader),
            p["cynicism.organization"] * (reference - self.trust_organization),
            p["cynicism.valued"] * (reference - self.valued),
        )
        return move(self.cynicism, level, p["cynicism.rate"])

    def _next_safety(self, of_leader: float) -> float:
        p, leader = self.model.parameters, self.leader
        respect = p["feeling.reference"] if leader is None else share(leader.shown.benevolence)
        level = safety_level(
            respect, of_leader, self.unit.mean_safety, p["feeling.safety_respect"], p["feeling.safety_trust"]
        )
        safety = move(self.psychological_safety, level + self.position.climate["safety"], p["feeling.safety_rate"])
        return safety if self.met_executive is None else move(safety, self.met_executive, p["feeling.safety_met"])
