"""A person: what everybody in the hospital believes and does, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trustsim.agents.channel import Channel
from trustsim.agents.decision import Decision, decide_by_custom
from trustsim.agents.feelings import Feelings
from trustsim.errors import InputError
from trustsim.organization.roles import LEADERS
from trustsim.rules.arithmetic import share, triangular
from trustsim.rules.conduct import deviation, leader_conduct, shown, signal
from trustsim.rules.decision import excused_say, fairness, read_silence
from trustsim.rules.feeling import move
from trustsim.rules.leaving import exit_chance, intent
from trustsim.rules.people import rapport, trait
from trustsim.rules.trust import believe, clarity, doubt, learn, perceive
from trustsim.rules.voice import escalated, explained, local_resolution, resolved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustsim.agents.hospital import Hospital
    from trustsim.agents.position import Position
    from trustsim.agents.tie import Tie
    from trustsim.agents.unit import Unit

__all__ = ["Conduct", "Person"]


class Conduct(NamedTuple):
    """How a person behaves, as far as it bears on each of the three beliefs."""

    ability: float
    benevolence: float
    integrity: float


class Person(Feelings):
    """Somebody in a position, until they leave; `Clinician` and `Administrator` are the two kinds.

    Parameters
    ----------
    model : Hospital
    position : Position
        Whose next occupant this is.

    Raises
    ------
    InputError
        If somebody is in that position.

    Attributes
    ----------
    tenure : float
        Weeks in the position.
    leads : float
        1 for leaders (chiefs, managers, directors, executives), else 0.
    conduct : Conduct
        As those who deal with the person see it when the person is rested, 0 to 1.
    shown : Conduct
        What the person is able to show this week.
    noise : float
        Half-width of what chance adds to each of this week's communications.
    clear, doubt : float
        How clear messages of the other silo are to the person, and how much worse the unclear rest is read.
    denial : float
        How much the person leaves undone and unnoticed for seeing no problem, 0 to 1.
    reached_administration : float
        How much of this week's concern, if there was one, reached administration.
    """

    denial = 0.0

    def __init__(self, model: Hospital, position: Position) -> None:
        if position.person is not None:
            raise InputError(f"{position.label} is taken by {position.person!r}; people come into empty chairs")
        birth = model.birth(position)
        super().__init__(model, position, birth)
        p, role = model.parameters, position.role
        own_climate = position.climate["conduct"] if position.occupant == 0 else 0.0  # a successor is somebody else
        level, spread, common = (
            p[f"conduct.level.{role}"] + own_climate,
            p[f"conduct.spread.{role}"],
            p["conduct.common"],
        )
        shared, *own = birth.conduct
        self.conduct = Conduct(*[trait(level, spread, deviation(common, shared, one)) for one in own])
        self.leads = 1.0 if role in LEADERS else 0.0
        self.tenure = 0.0
        self.shown, self.noise, self.clear, self.doubt = self.conduct, 0.0, 1.0, 0.0
        self.reached_administration = 0.0
        position.person, position.vacancy = self, 0.0
        model.seat(position)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.position.label}, {self.tenure:.0f} weeks>"

    # ---------------------------------------------------------------- 1 levers

    def prepare(self) -> None:
        """Enter the week: as rested or exhausted as one is, as trained as this week's levers have it."""
        p, levers = self.model.parameters, self.levers
        fatigue, reference = p["conduct.fatigue"], p["exhaustion.reference"]
        shifts = levers["shift.ability"], levers["shift.benevolence"], levers["shift.integrity"]
        able = [leader_conduct(own, shift, self.leads) for own, shift in zip(self.conduct, shifts, strict=True)]
        self.shown = Conduct(*[shown(conduct, fatigue, self.exhaustion, reference) for conduct in able])
        self.noise = p["conduct.noise"] + levers["inconsistency"] * self.leads
        self.clear = clarity(1.0, p["silo.jargon"], self.role_understanding, levers["clarity"])
        self.doubt = doubt(p["silo.suspicion"], self.alignment)
        self.reached_administration, self.met_executive = 0.0, None

    def be_betrayed(self, breach: float) -> None:
        """Learn of a breach of trust by administration. It costs clinicians' trust; administrators knew."""

    # ---------------------------------------------------------------- 2 communicate

    def communicate(self) -> None:
        """Hear from some of those one is tied to; beliefs about them move, and contacts across silos teach."""
        p, positions, messages = self.model.parameters, self.model.positions, self.model.luck["message"]
        drift, floor = p["trust.drift"], p["trust.mediation_floor"]
        lessons = 0.0
        for tie in self.position.ties:
            sender = positions[tie.trustee].person
            if sender is None:
                continue  # nobody to believe in; whoever comes next starts anew
            message = messages[tie.number]
            if message[0] < tie.unit.contact[tie.kind]:
                self.hear(tie, sender, message)
                lessons += 1.0 if tie.crosses else 0.0
            else:
                tie.erode(self.propensity, drift)
            mediation = tie.unit.levers["mediation"]
            if mediation > 0.0:
                tie.mediate(floor, mediation)
        self.role_understanding = learn(self.role_understanding, lessons, p["silo.learning"])

    def hear(self, tie: Tie, sender: Person, message: Sequence[float]) -> None:
        """Take in one communication.

        Parameters
        ----------
        tie : Tie
        sender : Person
        message : 4 floats
            Uniform draws: the first decided that there is contact, the others are the noise of three signals.
        """
        p, levers = self.model.parameters, tie.unit.levers
        # Contacts that would have happened anyway carry no lift: only those that an intervention makes do.
        lifted = 0.0 if message[0] < p[f"contact.base.{tie.kind}"] else 1.0
        conduct, noise = sender.shown, sender.noise
        by_chance = [triangular(draw) * noise + tie.rapport for draw in message[1:]]
        ability = signal(conduct.ability, lifted * levers["lift.ability"], by_chance[0])
        benevolence = signal(conduct.benevolence, lifted * levers["lift.benevolence"], by_chance[1])
        integrity = signal(conduct.integrity, lifted * levers["lift.integrity"], by_chance[2])
        if tie.crosses:
            clear, expected = self.clear, self.trust(tie) - self.doubt
            ability = perceive(clear, ability, expected)
            benevolence = perceive(clear, benevolence, expected)
            integrity = perceive(clear, integrity, expected)
        gain = tie.unit.gain_under_repair if tie.to_administration else p["trust.gain"]
        loss = p["trust.gain"] * p["trust.negativity"]
        tie.believe(ability, benevolence, integrity, gain, loss, p["trust.gate"])
        if tie is self.position.executive_tie and tie is not self.position.line_tie:
            self.met_executive = share(conduct.benevolence + lifted * levers["lift.benevolence"])

    # ---------------------------------------------------------------- 3 voice

    def chance_to_settle(self, unit: Unit) -> float:
        """Return the chance that the person, as a leader, settles a concern from `unit`."""
        p, change = self.model.parameters, unit.levers["voice.resolve"]
        able = local_resolution(
            p["voice.resolve"], change, p["voice.leader_burden"], self.exhaustion, self.conduct.ability
        )
        return able * (1.0 - self.denial)

    def take_up(self, clinician: Person) -> Channel:
        """Return what a clinician with a concern can expect of the person as a leader: settle it, or escalate it."""
        p, levers = self.model.parameters, clinician.levers
        reach = escalated(p["voice.fidelity"], levers["voice.fidelity"], clinician.position.hops)
        resolution = resolved(self.chance_to_settle(clinician.unit), reach, p["voice.top_resolve"])
        reason = explained(resolution, share(p["voice.explain"] + levers["voice.explain"]))
        return Channel(resolution, reason, delivered=reach if self.silo == "clinical" else 1.0)

    # ---------------------------------------------------------------- 4 decide

    def decide(self, unit: Unit) -> Decision:
        """Make a decision for a unit, alone for one's silo."""
        return decide_by_custom(unit, (self.silo,))

    def judge(self, decision: Decision) -> None:
        """Take a decision that reaches the own unit: how much say, how good a reason, how good a fit."""
        p = self.model.parameters
        felt, seen = self._sees(decision)
        gain = p["decision.gain"]
        say = excused_say(decision.say[self.silo], felt, self.autonomy)
        self.autonomy = move(self.autonomy, say, p["decision.autonomy_gain"])
        fair = fairness(felt, decision.explanation, seen)
        self.trust_organization = believe(
            self.trust_organization, fair, gain, gain * p["trust.negativity"], p["trust.gate"]
        )

    def stays_silent(self, decision: Decision) -> bool:  # noqa: ARG002 - only clinicians are asked and may stay away
        """Return whether the person was invited to a decision and did not take part."""
        return False

    def credit_or_blame(self, tie: Tie, decider: Person, decision: Decision) -> None:
        """Judge somebody of the other silo by a decision that this silo made."""
        if decider.silo not in decision.deciders:
            return
        p = self.model.parameters
        felt, seen = self._sees(decision)
        gain = p["decision.gain"]
        tie.believe(seen, felt, decision.explanation, gain, gain * p["trust.negativity"], p["trust.gate"])

    def notice_silence(self, tie: Tie) -> None:
        """Read something into the silence of a clinician who was invited."""
        p = self.model.parameters
        gain = p["silo.silence"] * (1.0 - self.denial)
        read = read_silence(tie.benevolence, self.role_understanding)
        tie.benevolence = believe(tie.benevolence, read, gain, gain * p["trust.negativity"], p["trust.gate"])

    def _sees(self, decision: Decision) -> tuple[float, float]:
        p = self.model.parameters
        felt = decision.felt_say(self.silo, p["decision.legitimacy"])
        return felt, decision.seen_fit(self.silo, p["silo.priority_gap"], self.alignment)

    # ---------------------------------------------------------------- 6 leave and join

    def stay_or_leave(self) -> None:
        """Think about leaving, and perhaps go."""
        p, role = self.model.parameters, self.role
        reference = p["feeling.reference"]
        bond = p["leaving.trust"] * (self.trust_organization - reference)
        bond = bond + p["leaving.leader"] * (self.felt_leader - reference)
        bond = bond + p["leaving.valued"] * (self.valued - reference)
        ratio = p[f"leaving.burnout.{role}"] if self.burned_out else 1.0
        contagion = p["leaving.contagion"] * self.unit.recent_exits
        self.intent_to_leave = intent(p[f"leaving.intent.{role}"], ratio, bond, contagion)
        pushed = self.levers["leaving.leaders"] * self.leads
        hazard, first_year = p[f"leaving.hazard.{role}"], p["leaving.first_year"]
        going = exit_chance(self.intent_to_leave, hazard, self.tenure, first_year, pushed)
        self.tenure += 1.0
        if self.model.luck["exit"][self.position.number][0] < going:
            self.unit.exits[role] += 1
            self.remove()

    def remove(self) -> None:
        """Leave the hospital; the chair stands empty until somebody is found."""
        position = self.position
        position.person, position.vacancy = None, self.model.parameters[f"leaving.fill_weeks.{self.role}"]
        self.model.seat(position)
        super().remove()

    def meet_everybody(self) -> None:
        """Arrive: know the others, and be known to them, by the hospital's reputation alone."""
        reputation, position = self.model.reputation, self.position
        spread, positions = self.model.parameters["trust.rapport"], self.model.positions
        for tie in (*position.ties, *(self.model.ties[number] for number in position.ties_in)):
            tie.start(reputation, reputation, reputation)
            met = positions[tie.truster].occupant + positions[tie.trustee].occupant
            tie.rapport = rapport(spread, tie.luck, float(met))
