"""Voice: clinicians meet problems, raise some of them, and leaders resolve, explain or ignore."""

from __future__ import annotations

from trustsim._jit import kernel
from trustsim.levers import row as lever
from trustsim.organization.roles import tie_code
from trustsim.parameters import row
from trustsim.rules.arithmetic import either, share
from trustsim.rules.feeling import move
from trustsim.rules.trust import believe
from trustsim.rules.voice import (
    answer_gain, answer_value, at_ease, concern_chance, escalated, explained, insight, local_resolution, new_concern, resolved,
    speaks_up,
)  # fmt: skip
from trustsim.worlds.communicate import GATE
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import Desk
from trustsim.worlds.record import RAISED, RESOLVED, Counts
from trustsim.worlds.state import Field, State

__all__ = ["voice"]

CONCERN_RATE, CONCERN_WORKLOAD, MOST = row("voice.concern_rate"), row("voice.concern_workload"), row("voice.most_concerns")
SILENT, SAFE, RESOLVE, BURDEN = row("voice.silent"), row("voice.safe"), row("voice.resolve"), row("voice.leader_burden")
FIDELITY, TOP, EXPLAIN = row("voice.fidelity"), row("voice.top_resolve"), row("voice.explain")
REASON_VALUE, GAIN, PENALTY = row("voice.explained_value"), row("voice.gain"), row("voice.unresolved_penalty")
INVITATION, FADE, BITTERNESS = row("voice.invitation"), row("voice.fade"), row("voice.bitterness")
INSIGHT_GAIN, INSIGHT_LOSS = row("voice.insight_gain"), row("voice.insight_loss")
NEGATIVITY, DENIAL = row("trust.negativity"), row("silo.denial")
ACCESS, ANONYMITY, FOLLOW_THROUGH = lever("voice.access"), lever("voice.anonymity"), lever("voice.follow_through")
CHANNEL_EXPLAINS, AT_TOP = lever("voice.explanation"), lever("voice.top")
LEADER_RESOLVES, LEADER_EXPLAINS, KEPT = lever("voice.resolve"), lever("voice.explain"), lever("voice.fidelity")
LINE = tie_code("line")


@kernel
def voice(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, message: Field, concern: Field, speak: Field,
    counts: Counts,
) -> None:  # fmt: skip
    """Let clinicians raise concerns, and answer them.

    Parameters
    ----------
    message : (m, 4) float64
        Of `communicate`: who has a contact in the line has an occasion to speak.
    concern : (n, 1) float64
        Uniform: whether a new problem turns up.
    speak : (n, 2) float64
        Uniform: whether it is raised, and what comes of it.
    """
    people, units, worlds = state.people, state.units, values.shape[1]
    desk.delivered[:] = 0.0
    by_line, raised = desk.row_a, desk.row_b
    for i in range(people.staffed.shape[0]):
        if hospital.clinical[i] == 0.0:
            continue
        u, leader, line = hospital.unit[i], hospital.leader[i], hospital.line_tie[i]
        concerns, staffed, workload = people.concerns[i], people.staffed[i], units.workload[u]
        for w in range(worlds):
            new = concern[i, 0] < concern_chance(values[CONCERN_RATE, w], values[CONCERN_WORKLOAD, w], workload[w])
            concerns[w] = new_concern(concerns[w], staffed[w] if new else 0.0, values[MOST, w])
        anybody = False
        for w in range(worlds):
            occasion = 0.0
            if line >= 0 and message[line, 0] < desk.contact[LINE, hospital.tie_unit[line], w]:
                occasion = people.staffed[leader, w]
            alone = speaks_up(people.safety[i, w], values[SILENT, w], values[SAFE, w], concerns[w])
            ease = at_ease(people.safety[i, w], levers[ANONYMITY, u, w])
            asked = levers[ACCESS, u, w] * speaks_up(ease, values[SILENT, w], values[SAFE, w], concerns[w])
            by_line[w] = occasion * alone
            raised[w] = either(by_line[w], asked) * staffed[w]
            anybody = anybody or speak[i, 0] < raised[w]
        if anybody:
            for w in range(worlds):
                if speak[i, 0] < raised[w]:
                    _answer(state, hospital, values, levers, desk, counts, speak[i, 1], speak[i, 0] < by_line[w], i, w)
        for w in range(worlds):
            gave_up = values[FADE, w] * concerns[w]
            concerns[w] = concerns[w] - gave_up
            people.cynicism[i, w] = share(people.cynicism[i, w] + values[BITTERNESS, w] * gave_up)
    for u in range(units.insight.shape[0]):
        heads = max(hospital.positions[u], 1.0)
        for w in range(worlds):
            reached = desk.delivered[u, w] / heads
            units.insight[u, w] = insight(units.insight[u, w], reached, values[INSIGHT_GAIN, w], values[INSIGHT_LOSS, w])


@kernel
def _answer(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, counts: Counts, luck: float, in_line: bool,
    i: int, w: int,
) -> None:  # fmt: skip
    people, u = state.people, hospital.unit[i]
    if in_line:
        leader = hospital.leader[i]
        local = local_resolution(
            values[RESOLVE, w], levers[LEADER_RESOLVES, u, w], values[BURDEN, w], people.exhaustion[leader, w],
            people.conduct_ability[leader, w],
        ) * (1.0 - values[DENIAL, w] * people.no_problem[leader, w])  # fmt: skip
        reach = escalated(values[FIDELITY, w], levers[KEPT, u, w], hospital.hops[i])
        resolution = resolved(local, reach, values[TOP, w])
        reason = explained(resolution, share(values[EXPLAIN, w] + levers[LEADER_EXPLAINS, u, w]))
        invited = at_top = 0.0
        delivered = reach if hospital.clinical[leader] == 1.0 else 1.0
    else:
        resolution = levers[FOLLOW_THROUGH, u, w]
        reason = explained(resolution, levers[CHANNEL_EXPLAINS, u, w])
        invited, at_top, delivered = 1.0, levers[AT_TOP, u, w], 1.0
    value = answer_value(luck, resolution, reason, values[REASON_VALUE, w])
    gain = answer_gain(values[GAIN, w], value, values[PENALTY, w], values[INVITATION, w], invited)
    loss = gain * values[NEGATIVITY, w]
    desk.delivered[u, w] += delivered
    counts.events[RAISED, u, w] += 1.0
    if luck < resolution:
        counts.events[RESOLVED, u, w] += 1.0
    if value > 0.0:
        people.concerns[i, w] = max(people.concerns[i, w] - 1.0, 0.0)
    people.safety[i, w] = move(people.safety[i, w], value, gain)
    people.valued[i, w] = move(people.valued[i, w], value, gain)
    people.trust_organization[i, w] = believe(people.trust_organization[i, w], value, gain, loss, values[GATE, w])
    _take_to_heart(state, values, hospital.line_tie[i], value, gain * (1.0 - at_top), loss * (1.0 - at_top), w)
    _take_to_heart(state, values, hospital.executive_tie[i], value, gain * at_top, loss * at_top, w)


@kernel
def _take_to_heart(state: State, values: Field, t: int, value: float, gain: float, loss: float, w: int) -> None:
    if t >= 0:
        ties, gate = state.ties, values[GATE, w]
        ties.ability[t, w] = believe(ties.ability[t, w], value, gain, loss, gate)
        ties.benevolence[t, w] = believe(ties.benevolence[t, w], value, gain, loss, gate)
        integrity = believe(ties.integrity[t, w], value, gain, loss, gate)
        ties.integrity[t, w] = min(integrity, ties.scar[t, w])
