"""Decide: a decision reaches a unit, by administrators, clinicians or a dyad, and each side takes it in its own way."""

from __future__ import annotations

from trustsim._jit import kernel
from trustsim.levers import row as lever
from trustsim.parameters import row
from trustsim.rules.arithmetic import either
from trustsim.rules.decision import (
    custom, decides_jointly, effective_say, fairness, fit, fit_seen, joint_custom, missing_fit, read_silence, speed,
    takes_part,
)  # fmt: skip
from trustsim.rules.feeling import move
from trustsim.rules.trust import believe
from trustsim.rules.voice import new_concern
from trustsim.worlds.communicate import GATE
from trustsim.worlds.feel import means
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import TO_ADMINISTRATION, Desk
from trustsim.worlds.state import Field, State
from trustsim.worlds.voice import DENIAL, MOST, NEGATIVITY

__all__ = ["decide"]

RATE, BY_ADMINISTRATION, BY_DYAD = row("decision.rate"), row("decision.by_administration"), row("decision.by_dyad")
INCLUSION, EXPLANATION, SPEED = row("decision.inclusion"), row("decision.explanation"), row("decision.speed")
DRAG, FIT, FIT_INSIGHT = row("decision.inclusion_drag"), row("decision.fit"), row("decision.fit_insight")
FIT_INCLUSION, DELAY_HARM = row("decision.fit_inclusion"), row("decision.delay_harm")
LEGITIMACY, NEED = row("decision.legitimacy"), row("decision.need")
MISFIT_CONCERN, MISFIT_WORK = row("decision.misfit_concern"), row("decision.misfit_work")
REWORK_DECAY, GAIN, AUTONOMY_GAIN = row("decision.rework_decay"), row("decision.gain"), row("decision.autonomy_gain")
PRIORITY_GAP, SILENCE = row("silo.priority_gap"), row("silo.silence")
MORE, CENTRAL = lever("decision.rate"), lever("decision.by_administration")
INCLUDE_CLINICIANS, INCLUDE_ADMINISTRATORS = lever("decision.inclusion_clinicians"), lever("decision.inclusion_administrators")
EXPLAIN, HURRY, URGENCY = lever("decision.explanation"), lever("decision.speed"), lever("decision.urgency")


@kernel
def decide(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, arrival: Field, participation: Field
) -> None:
    """Let decisions reach units, and people judge them.

    Parameters
    ----------
    arrival : (u, 2) float64
        Uniform: whether a decision reaches the unit, and who makes it.
    participation : (n, 2) float64
        Uniform: whether a clinician is invited, and takes part.
    """
    worlds = values.shape[1]
    means(state, hospital, desk)
    for u in range(hospital.chief.shape[0]):
        most = 0.0
        for w in range(worlds):
            state.units.rework[u, w] = state.units.rework[u, w] * (1.0 - values[REWORK_DECAY, w])
            chance = either(values[RATE, w], levers[MORE, u, w])
            most = chance if chance > most else most
            desk.decided[u, w] = 1.0 if arrival[u, 0] < chance else 0.0
        if arrival[u, 0] >= most:
            continue
        for w in range(worlds):
            if desk.decided[u, w] > 0.0:
                _make(state, values, levers, desk, arrival[u, 1], u, w)
        for number in range(hospital.first_member[u], hospital.first_member[u + 1]):
            i = hospital.members[number]
            for w in range(worlds):
                desk.silent[i, w] = 0.0
                if desk.decided[u, w] > 0.0:
                    _judge(state, hospital, values, desk, participation[i], u, i, w)
        for number in range(hospital.first_decider[u], hospital.first_decider[u + 1]):
            t = hospital.deciders[number]
            for w in range(worlds):
                if desk.decided[u, w] > 0.0:
                    _blame_or_credit(state, hospital, values, desk, u, t, w)


@kernel
def _make(state: State, values: Field, levers: Field, desk: Desk, luck: float, u: int, w: int) -> None:
    cohesion = state.units.cohesion[u, w]
    of_clinicians = custom(values[INCLUSION, w], levers[INCLUDE_CLINICIANS, u, w])
    of_administration = custom(values[INCLUSION, w], levers[INCLUDE_ADMINISTRATORS, u, w])
    jointly = decides_jointly(values[BY_DYAD, w], cohesion)
    alone = (1.0 - jointly) * custom(values[BY_ADMINISTRATION, w], levers[CENTRAL, u, w])
    by_dyad, by_administration = luck < jointly, luck < jointly + alone
    if by_dyad:
        of_clinicians, of_administration = joint_custom(of_clinicians, cohesion), joint_custom(of_administration, cohesion)
        inclusion = (of_clinicians + of_administration) / 2.0
    else:
        inclusion = of_clinicians if by_administration else of_administration
    desk.by_administration[u, w] = 1.0 if by_administration else 0.0
    desk.by_clinicians[u, w] = 1.0 if by_dyad or not by_administration else 0.0
    desk.say_clinicians[u, w] = of_clinicians if by_administration else 1.0
    desk.say_administration[u, w] = of_administration if by_dyad or not by_administration else 1.0
    desk.explanation[u, w] = custom(values[EXPLANATION, w], levers[EXPLAIN, u, w])
    desk.urgency[u, w] = levers[URGENCY, u, w]
    fast = speed(custom(values[SPEED, w], levers[HURRY, u, w]), inclusion, values[DRAG, w])
    desk.fit[u, w] = fit(
        values[FIT, w], state.units.insight[u, w], inclusion, desk.urgency[u, w], 1.0 - fast,
        values[FIT_INSIGHT, w], values[FIT_INCLUSION, w], values[DELAY_HARM, w], desk.mean_understanding[u, w],
    )  # fmt: skip
    state.units.rework[u, w] += values[MISFIT_WORK, w] * missing_fit(desk.fit[u, w], values[NEED, w])


@kernel
def _judge(
    state: State, hospital: Hospital, values: Field, desk: Desk, luck: Field, u: int, i: int, w: int
) -> None:
    people = state.people
    clinical = hospital.clinical[i] == 1.0
    say = desk.say_clinicians[u, w] if clinical else desk.say_administration[u, w]
    felt = effective_say(say, desk.urgency[u, w], values[LEGITIMACY, w])
    mine = desk.by_clinicians[u, w] if clinical else desk.by_administration[u, w]
    seen = fit_seen(desk.fit[u, w], values[PRIORITY_GAP, w], people.alignment[i, w], 1.0 - mine)
    fair = fairness(felt, desk.explanation[u, w], seen)
    gain = values[GAIN, w]
    people.autonomy[i, w] = move(people.autonomy[i, w], felt, values[AUTONOMY_GAIN, w])
    people.trust_organization[i, w] = believe(
        people.trust_organization[i, w], fair, gain, gain * values[NEGATIVITY, w], values[GATE, w]
    )
    if clinical:
        worry = values[MISFIT_CONCERN, w] * missing_fit(seen, values[NEED, w]) * people.staffed[i, w]
        people.concerns[i, w] = new_concern(people.concerns[i, w], worry, values[MOST, w])
        if mine == 0.0 and luck[0] < desk.say_clinicians[u, w]:
            takes = luck[1] < takes_part(people.safety[i, w], state.units.workload[u, w])
            desk.silent[i, w] = 0.0 if takes else people.staffed[i, w]


@kernel
def _blame_or_credit(state: State, hospital: Hospital, values: Field, desk: Desk, u: int, t: int, w: int) -> None:
    people, ties = state.people, state.ties
    i, j = hospital.truster[t], hospital.trustee[t]
    upward = hospital.group[t] == TO_ADMINISTRATION
    decided = desk.by_administration[u, w] if upward else desk.by_clinicians[u, w]
    gate, negativity = values[GATE, w], values[NEGATIVITY, w]
    if decided > 0.0:
        say = desk.say_clinicians[u, w] if upward else desk.say_administration[u, w]
        felt = effective_say(say, desk.urgency[u, w], values[LEGITIMACY, w])
        mine = desk.by_clinicians[u, w] if upward else desk.by_administration[u, w]
        seen = fit_seen(desk.fit[u, w], values[PRIORITY_GAP, w], people.alignment[i, w], 1.0 - mine)
        gain = values[GAIN, w]
        loss = gain * negativity
        ties.ability[t, w] = believe(ties.ability[t, w], seen, gain, loss, gate)
        ties.benevolence[t, w] = believe(ties.benevolence[t, w], felt, gain, loss, gate)
        integrity = believe(ties.integrity[t, w], desk.explanation[u, w], gain, loss, gate)
        ties.integrity[t, w] = min(integrity, ties.scar[t, w])
    if not upward and desk.silent[j, w] > 0.0:
        gain = values[SILENCE, w] * (1.0 - values[DENIAL, w] * people.no_problem[i, w])
        read = read_silence(ties.benevolence[t, w], people.understanding[i, w])
        ties.benevolence[t, w] = believe(ties.benevolence[t, w], read, gain, gain * negativity, gate)
