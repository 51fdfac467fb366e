"""A clinician: meets problems, raises some of them, takes part in decisions or stays silent, cares for patients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustsim.agents.channel import Channel
from trustsim.agents.person import Person
from trustsim.rules.arithmetic import either, share
from trustsim.rules.decision import missing_fit, takes_part
from trustsim.rules.feeling import move
from trustsim.rules.leaving import cut_chance
from trustsim.rules.patients import event_chance, report_chance
from trustsim.rules.trust import believe, betrayed
from trustsim.rules.voice import (
    answer_gain,
    answer_value,
    at_ease,
    concern_chance,
    explained,
    new_concern,
    one_less,
    speaks_up,
    taken,
)

if TYPE_CHECKING:
    from trustsim.agents.decision import Decision
    from trustsim.agents.tie import Tie

__all__ = ["Clinician"]


class Clinician(Person):
    """A physician, nurse, advanced practice provider, allied health professional, or chief."""

    # ---------------------------------------------------------------- 1 levers

    def be_betrayed(self, breach: float) -> None:
        """Learn of a breach of trust by administration: it costs trust in the organization."""
        self.trust_organization = betrayed(self.trust_organization, breach, self.model.parameters["trust.breach"])

    # ---------------------------------------------------------------- 3 voice

    def meet_problem(self) -> None:
        """Perhaps meet a new problem worth raising."""
        p = self.model.parameters
        chance = concern_chance(p["voice.concern_rate"], p["voice.concern_workload"], self.unit.workload)
        new = self.model.luck["concern"][self.position.number][0] < chance
        self.open_concerns = new_concern(self.open_concerns, 1.0 if new else 0.0, p["voice.most_concerns"])

    def speak_up(self) -> None:
        """Raise a concern with the leader or through a channel that somebody opened, or keep it."""
        draw, luck = self.model.luck["voice"][self.position.number]
        in_line = self._chance_in_line()
        if draw < either(in_line, self._chance_when_asked()):
            leader = self.leader
            if draw < in_line and leader is not None:
                self.hear_answer(leader.take_up(self), luck)
            else:
                self.hear_answer(self._open_channel(), luck)

    def let_go(self) -> None:
        """Give up a share of what was not raised, a little more cynical for it."""
        p = self.model.parameters
        gave_up = p["voice.fade"] * self.open_concerns
        self.open_concerns = self.open_concerns - gave_up
        self.cynicism = share(self.cynicism + p["voice.bitterness"] * gave_up)

    def hear_answer(self, channel: Channel, luck: float) -> None:
        """Learn what came of a concern, resolved, explained or ignored, and take it to heart.

        Parameters
        ----------
        channel : Channel
            Where it was raised.
        luck : float
            Uniform draw that decides.
        """
        p, unit = self.model.parameters, self.unit
        value = answer_value(luck, channel.resolution, channel.resolution_or_reason, p["voice.explained_value"])
        gain = answer_gain(
            p["voice.gain"], value, p["voice.unresolved_penalty"], p["voice.invitation"], channel.invited
        )
        loss = gain * p["trust.negativity"]
        self.reached_administration = channel.delivered
        unit.raised += 1
        if luck < channel.resolution:
            unit.resolved += 1
        self.open_concerns = one_less(self.open_concerns, 1.0 if value > 0.0 else 0.0)
        self.psychological_safety = move(self.psychological_safety, taken(value, self.psychological_safety), gain)
        self.valued = move(self.valued, taken(value, self.valued), gain)
        trust = self.trust_organization
        self.trust_organization = believe(trust, taken(value, trust), gain, loss, p["trust.gate"])
        below = 1.0 - channel.at_top
        self._take_to_heart(self.position.line_tie, value, gain * below, loss * below)
        self._take_to_heart(self.position.executive_tie, value, gain * channel.at_top, loss * channel.at_top)

    def _take_to_heart(self, tie: Tie | None, value: float, gain: float, loss: float) -> None:
        if tie is not None:
            ability, benevolence, integrity = (
                taken(value, belief) for belief in (tie.ability, tie.benevolence, tie.integrity)
            )
            tie.believe(ability, benevolence, integrity, gain, loss, self.model.parameters["trust.gate"])

    def _willing(self, safety: float) -> float:
        p = self.model.parameters
        return speaks_up(safety, p["voice.silent"], p["voice.safe"], self.open_concerns)

    def _chance_in_line(self) -> float:
        """Return the chance to raise a concern with the leader: there has to be a leader, and contact this week."""
        tie = self.position.line_tie
        if tie is None or self.leader is None:
            return 0.0
        if self.model.luck["message"][tie.number][0] >= tie.unit.contact["line"]:
            return 0.0
        return self._willing(self.psychological_safety)

    def _chance_when_asked(self) -> float:
        """Return the chance to raise a concern through a channel that an intervention opened."""
        ease = at_ease(self.psychological_safety, self.levers["voice.anonymity"])
        return self.levers["voice.access"] * self._willing(ease)

    def _open_channel(self) -> Channel:
        levers = self.levers
        resolution = levers["voice.follow_through"]
        reason = explained(resolution, levers["voice.explanation"])
        return Channel(resolution, reason, delivered=1.0, invited=1.0, at_top=levers["voice.top"])

    # ---------------------------------------------------------------- 4 decide

    def judge(self, decision: Decision) -> None:
        """Take a decision; one that does not fit is a concern."""
        super().judge(decision)
        p = self.model.parameters
        _, seen = self._sees(decision)
        worry = p["decision.misfit_concern"] * missing_fit(seen, p["decision.need"])
        self.open_concerns = new_concern(self.open_concerns, worry, p["voice.most_concerns"])

    def stays_silent(self, decision: Decision) -> bool:
        """Return whether the clinician was invited to administration's decision and did not take part."""
        invitation, luck = self.model.luck["participation"][self.position.number]
        if self.silo in decision.deciders or invitation >= decision.say[self.silo]:
            return False
        return luck >= takes_part(self.psychological_safety, self.unit.workload)

    # ---------------------------------------------------------------- 6 leave and join

    def cut_hours(self) -> None:
        """Perhaps cut one's hours, the sooner the more exhausted one is, for as long as one stays. Chiefs do not."""
        p, luck = self.model.parameters, self.model.luck["hours"][self.position.number][0]
        chance = cut_chance(p["hours.cut"], p["hours.exhaustion"], self.exhaustion, p["exhaustion.reference"])
        if not self.leads and luck < chance:
            self.hours = p["hours.reduced"]

    # ---------------------------------------------------------------- 7 patients

    def care(self) -> None:
        """Care for patients for a week; perhaps take part in a safety event, and perhaps report it."""
        p, unit = self.model.parameters, self.unit
        happens, reports = self.model.luck["safety"][self.position.number]
        reference = p["feeling.reference"]
        ratio = p["patients.event_burnout"] if self.burned_out else 1.0
        overload = p["patients.event_workload"] * max(unit.workload - 1.0, 0.0)
        voiced = p["patients.event_safety"] * (self.psychological_safety - reference)
        voiced = voiced + p["patients.event_insight"] * unit.insight
        if happens < event_chance(p[f"patients.event.{self.role}"], ratio, overload, voiced):
            unit.safety_events += 1
            usual, slope = p["patients.report"], p["patients.report_safety"]
            if reports < report_chance(usual, slope, self.psychological_safety, reference):
                unit.reported_events += 1
