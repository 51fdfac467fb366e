"""A unit of the hospital: its levers, its workload, what is known of it, and the decisions that reach it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trustsim.agents.decision import Decision, decide_by_custom
from trustsim.agents.panel import PatientPanel
from trustsim.organization.roles import CLINICAL, ROLES, TIE_KINDS
from trustsim.rules.arithmetic import either
from trustsim.rules.decision import custom, decides_jointly, missing_fit
from trustsim.rules.feeling import habituation, workload
from trustsim.rules.leaving import memory
from trustsim.rules.trust import recovery_gain
from trustsim.rules.voice import insight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustsim.agents.dyad import DyadLeader
    from trustsim.agents.hospital import Hospital
    from trustsim.agents.person import Person
    from trustsim.agents.position import Position
    from trustsim.agents.tie import Tie

__all__ = ["Unit"]


class Unit:
    """A unit, or the leadership floor: directors and executives, who belong to no unit and have no patients.

    Parameters
    ----------
    hospital : Hospital
    number : int
        Place in the canonical order; the floor is last.
    name : str
    is_floor : bool

    Attributes
    ----------
    positions : list of Position
    chief, manager : Position or None
    deciding_ties : list of Tie
        On which its decisions are judged by the other silo.
    dyad : DyadLeader or None
    panel : PatientPanel or None
    levers : mapping of str to float
        In force this week (`trustsim.levers`).
    gain_under_repair : float
        How far good news moves clinicians' beliefs about administrators this week.
    contact : dict of str to float
        Chance of a communication this week on each kind of tie.
    workload : float
        1 in a full unit at normal demand, for who works full hours.
    mean_exhaustion, mean_safety : float
        Of those in place, as the week's work began: contagion and climate.
    rework : float
        Work that poor decisions left behind, as a share of normal.
    insight : float
        What administration knows of it, 0 to 1.
    load : float
        Its usual demand; 1 is that of a normal unit.
    habituation : float
        How used it is to routine recognition, 0 to 1.
    recent_exits : float
        Fading memory of exits, per position.
    breached : float
        1 once a breach of trust has come out: what repair is for; else 0.
    raised, resolved, safety_events, reported_events : int
        Counts of this week.
    exits : dict of str to int
        Of this week, by role.
    """

    def __init__(self, hospital: Hospital, number: int, name: str, *, is_floor: bool) -> None:
        p = hospital.parameters
        self.hospital, self.number, self.name, self.is_floor = hospital, number, name, is_floor
        self.positions: list[Position] = []
        self.deciding_ties: list[Tie] = []
        self.chief: Position | None = None
        self.manager: Position | None = None
        self.dyad: DyadLeader | None = None
        usual = p["patients.trust"], p["patients.adherence"], p["patients.outcome"]
        self.panel = None if is_floor else PatientPanel(*usual)
        self.load, self.workload, self.rework, self.insight = 1.0, 1.0, 0.0, 0.0
        self.mean_exhaustion = self.mean_safety = self.habituation = self.recent_exits = self.breached = 0.0
        self.levers: Mapping[str, float] = {}
        self.contact: dict[str, float] = {}
        self.gain_under_repair = p["trust.gain"]
        self._forget_counts()

    def __repr__(self) -> str:
        return f"<Unit {self.number} {self.name}: workload {self.workload:.2f}>"

    # ---------------------------------------------------------------- who is there

    def people(self) -> Iterator[Person]:
        """Yield those in place, in the order of positions."""
        for position in self.positions:
            if position.person is not None:
                yield position.person

    @property
    def size(self) -> float:
        """Clinical positions of a unit; all positions of the floor."""
        return float(len([position for position in self.positions if self.is_floor or position.role in CLINICAL]))

    def hours(self) -> float:
        """Return the hours that its clinicians work, in full posts; those of everybody on the floor."""
        total = 0.0
        for person in self.people():
            total += person.hours if self.is_floor or person.role in CLINICAL else 0.0
        return total

    def mean(self, feeling: str) -> float:
        """Return the mean of a feeling over those in place; 0 over nobody."""
        total = heads = 0.0
        for person in self.people():
            total += getattr(person, feeling)
            heads += 1.0
        return total / max(heads, 1.0)

    @property
    def cohesion(self) -> float:
        """Cohesion of the unit's dyad, 0 if there is none."""
        return 0.0 if self.dyad is None else self.dyad.cohesion

    # ---------------------------------------------------------------- levers

    def set_levers(self, levers: Mapping[str, float]) -> None:
        """Put this week's levers in force."""
        p = self.hospital.parameters
        self.levers = levers
        self.contact = {kind: either(p[f"contact.base.{kind}"], levers[f"contact.{kind}"]) for kind in TIE_KINDS}
        self.gain_under_repair = recovery_gain(
            p["trust.gain"], self.breached, levers["repair"], levers["promise"], p["trust.promise"]
        )
        self._forget_counts()

    def _forget_counts(self) -> None:
        self.raised = self.resolved = self.safety_events = self.reported_events = 0
        self.exits = dict.fromkeys(ROLES, 0)

    def suffer_breach(self) -> None:
        """Let a breach of trust by administration come out, if this week's levers have one."""
        p = self.hospital.parameters
        competence, deception = self.levers["breach.competence"], self.levers["breach.deception"]
        breach = max(competence, deception)
        if breach == 0.0:
            return
        self.breached = 1.0
        for tie in self.deciding_ties:
            if tie.to_administration:
                tie.betray(competence, deception, p["trust.breach"], p["trust.scar_depth"])
        for person in self.people():
            person.be_betrayed(breach)

    # ---------------------------------------------------------------- voice

    def inform_administration(self) -> None:
        """Let what reached administration add to what it knows of the unit, and the rest fade."""
        p, reached = self.hospital.parameters, 0.0
        for person in self.people():
            reached += person.reached_administration
        per_head = reached / max(self.size, 1.0)
        self.insight = insight(self.insight, per_head, p["voice.insight_gain"], p["voice.insight_loss"])

    # ---------------------------------------------------------------- decisions

    def receive_decision(self) -> None:
        """Have a decision made, or none; let people judge it."""
        p = self.hospital.parameters
        arrives, luck = self.hospital.luck["decision"][self.number]
        self.rework = self.rework * (1.0 - p["decision.rework_decay"])
        if arrives >= either(p["decision.rate"], self.levers["decision.rate"]):
            return
        decision = self._make_decision(luck)
        self.rework += p["decision.misfit_work"] * missing_fit(decision.fit, p["decision.need"])
        silent = set()
        for person in self.people():
            person.judge(decision)
            if person.stays_silent(decision):
                silent.add(person)
        for tie in self.deciding_ties:
            truster, trustee = (self.hospital.positions[end].person for end in (tie.truster, tie.trustee))
            if truster is not None and trustee is not None:
                truster.credit_or_blame(tie, trustee, decision)
                if trustee in silent:
                    truster.notice_silence(tie)

    def _make_decision(self, luck: float) -> Decision:
        p = self.hospital.parameters
        jointly = decides_jointly(p["decision.by_dyad"], self.cohesion)
        by_administration = custom(p["decision.by_administration"], self.levers["decision.by_administration"])
        alone = (1.0 - jointly) * by_administration
        if luck < jointly and self.dyad is not None:
            return self.dyad.decide(self)
        silo, leader = ("administrative", self.manager) if luck < jointly + alone else ("clinical", self.chief)
        if leader is not None and leader.person is not None:
            return leader.person.decide(self)
        return decide_by_custom(self, (silo,))  # somebody of that silo stands in

    # ---------------------------------------------------------------- work

    def meeting_share(self) -> float:
        """Return this week's meetings of interventions as a share of working time."""
        p = self.hospital.parameters
        return p["work.meeting_share"] * self.levers["work.meetings"] / p["work.week_hours"]

    def work(self) -> None:
        """Set this week's workload, and take stock of how people are before it."""
        demand = self.load + self.levers["work.demand"]
        hours, relief = self.hours(), self.levers["work.relief"]
        self.workload = workload(demand, self.size, hours, self.meeting_share(), self.rework, relief)
        self.mean_exhaustion, self.mean_safety = self.mean("exhaustion"), self.mean("psychological_safety")

    def get_used_to_recognition(self) -> None:
        """Habituate, above all to recognition that is routine."""
        rate = self.hospital.parameters["feeling.habituation_rate"]
        self.habituation = habituation(self.habituation, self.levers["recognition"], self.levers["routine"], rate)

    def remember_exits(self) -> None:
        """Add this week's exits to the fading memory of them."""
        left = float(sum(self.exits.values()))  # whole numbers: any order gives the same sum
        self.recent_exits = memory(self.recent_exits, left, self.size, self.hospital.parameters["leaving.memory"])
