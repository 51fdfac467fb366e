"""Voice: clinicians meet problems, raise some of them, and leaders resolve, explain or ignore."""

from __future__ import annotations

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.organization.roles import tie_code
from trustsim.parameters import row
from trustsim.rules.arithmetic import either, share
from trustsim.rules.feeling import move
from trustsim.rules.trust import believe
from trustsim.rules.voice import (
    answer_gain,
    answer_value,
    at_ease,
    concern_chance,
    escalated,
    explained,
    insight,
    local_resolution,
    new_concern,
    one_less,
    resolved,
    speaks_up,
    taken,
)
from trustsim.worlds.communicate import hold
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import GATE, NEGATIVITY, Desk
from trustsim.worlds.record import RAISED, RESOLVED, Counts
from trustsim.worlds.state import Field, State

__all__ = ["voice"]

CONCERN_RATE, CONCERN_WORKLOAD, MOST = (
    row("voice.concern_rate"),
    row("voice.concern_workload"),
    row("voice.most_concerns"),
)
SILENT, SAFE, RESOLVE, BURDEN = row("voice.silent"), row("voice.safe"), row("voice.resolve"), row("voice.leader_burden")
FIDELITY, TOP, EXPLAIN = row("voice.fidelity"), row("voice.top_resolve"), row("voice.explain")
REASON_VALUE, GAIN, PENALTY = row("voice.explained_value"), row("voice.gain"), row("voice.unresolved_penalty")
INVITATION, FADE, BITTERNESS = row("voice.invitation"), row("voice.fade"), row("voice.bitterness")
INSIGHT_GAIN, INSIGHT_LOSS = row("voice.insight_gain"), row("voice.insight_loss")
DENIAL = row("silo.denial")
ACCESS, ANONYMITY, FOLLOW_THROUGH = lever("voice.access"), lever("voice.anonymity"), lever("voice.follow_through")
CHANNEL_EXPLAINS, AT_TOP = lever("voice.explanation"), lever("voice.top")
LEADER_RESOLVES, LEADER_EXPLAINS, KEPT = lever("voice.resolve"), lever("voice.explain"), lever("voice.fidelity")
LINE = tie_code("line")


@part
def voice(
    state: State,
    hospital: Hospital,
    values: Field,
    levers: Field,
    desk: Desk,
    message: Field,
    concern: Field,
    speak: Field,
    counts: Counts,
) -> None:
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
    for i in range(people.staffed.shape[0]):
        if hospital.clinical[i] == 0.0:
            continue
        u = hospital.unit[i]
        _meet_problems(people.concerns[i], people.staffed[i], units.workload[u], values, concern[i, 0])
        if _speak(state, hospital, values, levers, desk, message, speak[i, 0], i):
            _answer(state, hospital, values, levers, desk, counts, speak[i, 1], i)
        _give_up(people.concerns[i], people.cynicism[i], values[FADE], values[BITTERNESS])
    for u in range(units.insight.shape[0]):
        heads, known, delivered = max(hospital.positions[u], 1.0), units.insight[u], desk.delivered[u]
        for w in range(worlds):
            known[w] = insight(known[w], delivered[w] / heads, values[INSIGHT_GAIN, w], values[INSIGHT_LOSS, w])


@part
def _meet_problems(concerns: Field, staffed: Field, workload: Field, values: Field, luck: float) -> None:
    rate, effect, most = values[CONCERN_RATE], values[CONCERN_WORKLOAD], values[MOST]
    for w in range(concerns.shape[0]):
        new = staffed[w] if luck < concern_chance(rate[w], effect[w], workload[w]) else 0.0
        concerns[w] = new_concern(concerns[w], new, most[w])


@part
def _speak(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, message: Field, luck: float, i: int
) -> bool:
    """Fill `desk.row_a` with 1.0 where person i speaks in the line, `row_b` where they speak at all; tell if any do."""
    people, worlds, u = state.people, values.shape[1], hospital.unit[i]
    leader, line = hospital.leader[i], hospital.line_tie[i]
    by_line, speaks = desk.row_a, desk.row_b
    concerns, safety, silent, safe = people.concerns[i], people.safety[i], values[SILENT], values[SAFE]
    by_line[:] = 0.0
    if line >= 0:
        contact, there, draw = desk.contact[LINE, hospital.tie_unit[line]], people.staffed[leader], message[line, 0]
        for w in range(worlds):
            occasion = there[w] if draw < contact[w] else 0.0
            by_line[w] = occasion * speaks_up(safety[w], silent[w], safe[w], concerns[w])
    access, anonymity, staffed, someone = levers[ACCESS, u], levers[ANONYMITY, u], people.staffed[i], 0
    for w in range(worlds):
        asked = access[w] * speaks_up(at_ease(safety[w], anonymity[w]), silent[w], safe[w], concerns[w])
        spoke = luck < either(by_line[w], asked) * staffed[w]
        speaks[w] = 1.0 if spoke else 0.0
        by_line[w] = 1.0 if luck < by_line[w] else 0.0
        someone += 1 if spoke else 0
    return someone > 0


@part
def _answer(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, counts: Counts, luck: float, i: int
) -> None:
    people, worlds, u, leader = state.people, values.shape[1], hospital.unit[i], hospital.leader[i]
    in_line, speaks, resolution, reason = desk.row_a, desk.row_b, desk.row_c, desk.row_d
    follow_through, explanation = levers[FOLLOW_THROUGH, u], levers[CHANNEL_EXPLAINS, u]
    delivered = desk.delivered[u]
    for w in range(worlds):
        resolution[w] = follow_through[w]
        reason[w] = explanation[w]
    if leader >= 0:
        _settle_in_line(state, hospital, values, levers, desk, i, leader)
    else:
        for w in range(worlds):
            delivered[w] += speaks[w]
    for w in range(worlds):
        reason[w] = explained(resolution[w], reason[w])
    raised, done = counts.events[RAISED, u], counts.events[RESOLVED, u]
    for w in range(worlds):
        raised[w] += speaks[w]
        done[w] += speaks[w] if luck < resolution[w] else 0.0

    value, gain, loss, at_top = desk.row_c, desk.row_d, desk.row_e, desk.row_f
    reason_value, usual_gain, penalty = values[REASON_VALUE], values[GAIN], values[PENALTY]
    for w in range(worlds):
        value[w] = answer_value(luck, resolution[w], reason[w], reason_value[w])
    invitation, negativity, top = values[INVITATION], values[NEGATIVITY], levers[AT_TOP, u]
    for w in range(worlds):
        # Who did not speak hears no answer: a gain of 0 leaves every belief and feeling as it is, to the bit.
        moved = answer_gain(usual_gain[w], value[w], penalty[w], invitation[w], 1.0 - in_line[w])
        gain[w] = moved * speaks[w]
        loss[w] = gain[w] * negativity[w]
        at_top[w] = (1.0 - in_line[w]) * top[w]
    _take_personally(people.safety[i], people.valued[i], people.concerns[i], value, gain, speaks)
    _believe(people.trust_organization[i], value, gain, loss, values[GATE])
    executive, line = hospital.executive_tie[i], hospital.line_tie[i]
    if line >= 0:
        for w in range(worlds):
            desk.row_a[w] = gain[w] * (1.0 - at_top[w])
            desk.row_b[w] = loss[w] * (1.0 - at_top[w])
        _believe_of(state, line, value, desk.row_a, desk.row_b, values[GATE])
    if executive >= 0:
        for w in range(worlds):
            desk.row_a[w] = gain[w] * at_top[w]
            desk.row_b[w] = loss[w] * at_top[w]
        _believe_of(state, executive, value, desk.row_a, desk.row_b, values[GATE])


@part
def _settle_in_line(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, i: int, leader: int
) -> None:
    """Put the line's chances in place of the channel's where it was raised in the line; count what was delivered."""
    people, worlds, u = state.people, values.shape[1], hospital.unit[i]
    in_line, speaks, resolution, reason = desk.row_a, desk.row_b, desk.row_c, desk.row_d
    local, reach = desk.row_e, desk.row_f
    resolve, change, burden = values[RESOLVE], levers[LEADER_RESOLVES, u], values[BURDEN]
    exhaustion, ability = people.exhaustion[leader], people.conduct[leader, 0]
    for w in range(worlds):
        local[w] = local_resolution(resolve[w], change[w], burden[w], exhaustion[w], ability[w])
    denial, no_problem = values[DENIAL], people.no_problem[leader]
    fidelity, kept, hops = values[FIDELITY], levers[KEPT, u], hospital.hops[i]
    for w in range(worlds):
        local[w] = local[w] * (1.0 - denial[w] * no_problem[w])
        reach[w] = escalated(fidelity[w], kept[w], hops)
    top, explain, more = values[TOP], values[EXPLAIN], levers[LEADER_EXPLAINS, u]
    for w in range(worlds):
        resolution[w] = resolved(local[w], reach[w], top[w]) if in_line[w] > 0.0 else resolution[w]
        reason[w] = share(explain[w] + more[w]) if in_line[w] > 0.0 else reason[w]
    delivered, of_clinician = desk.delivered[u], hospital.clinical[leader] == 1.0
    for w in range(worlds):
        arrived = reach[w] if of_clinician and in_line[w] > 0.0 else 1.0
        delivered[w] += speaks[w] * arrived


@part
def _take_personally(safety: Field, valued: Field, concerns: Field, value: Field, gain: Field, speaks: Field) -> None:
    for w in range(value.shape[0]):
        safety[w] = move(safety[w], taken(value[w], safety[w]), gain[w])
        valued[w] = move(valued[w], taken(value[w], valued[w]), gain[w])
        concerns[w] = one_less(concerns[w], speaks[w] if value[w] > 0.0 else 0.0)


@part
def _believe(belief: Field, value: Field, gain: Field, loss: Field, gate: Field) -> None:
    for w in range(belief.shape[0]):
        belief[w] = believe(belief[w], taken(value[w], belief[w]), gain[w], loss[w], gate[w])


@part
def _believe_of(state: State, t: int, value: Field, gain: Field, loss: Field, gate: Field) -> None:
    for k in range(3):
        _believe(state.ties.belief[t, k], value, gain, loss, gate)
    hold(state.ties.belief[t, 1], state.ties.belief[t, 2], state.ties.scar[t])


@part
def _give_up(concerns: Field, cynicism: Field, fade: Field, bitterness: Field) -> None:
    for w in range(concerns.shape[0]):
        gave_up = fade[w] * concerns[w]
        concerns[w] = concerns[w] - gave_up
        cynicism[w] = share(cynicism[w] + bitterness[w] * gave_up)
