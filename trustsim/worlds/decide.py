"""Decide: a decision reaches a unit, by administrators, clinicians or a dyad, and each side takes it in its own way."""

from __future__ import annotations

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.parameters import row
from trustsim.rules.arithmetic import either
from trustsim.rules.decision import (
    custom,
    decides_jointly,
    effective_say,
    excused_say,
    fairness,
    fit,
    fit_seen,
    joint_custom,
    missing_fit,
    read_silence,
    speed,
    takes_part,
)
from trustsim.rules.feeling import move
from trustsim.rules.trust import believe
from trustsim.rules.voice import new_concern
from trustsim.worlds.communicate import hold
from trustsim.worlds.feel import means
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import GATE, NEGATIVITY, TO_ADMINISTRATION, Desk
from trustsim.worlds.state import Field, State
from trustsim.worlds.voice import DENIAL, MOST

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
INCLUDE_CLINICIANS, INCLUDE_ADMINISTRATORS = (
    lever("decision.inclusion_clinicians"),
    lever("decision.inclusion_administrators"),
)
EXPLAIN, HURRY, URGENCY = lever("decision.explanation"), lever("decision.speed"), lever("decision.urgency")


@part
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
    means(state, hospital, desk)
    for u in range(hospital.chief.shape[0]):
        _rework(state.units.rework[u], values[REWORK_DECAY])
        if _arrives(values[RATE], levers[MORE, u], arrival[u, 0], desk.decided[u]):
            for w in range(values.shape[1]):
                if desk.decided[u, w] > 0.0:
                    _make(state, values, levers, desk, arrival[u, 1], u, w)
            for number in range(hospital.first_member[u], hospital.first_member[u + 1]):
                _judge(state, hospital, values, desk, participation, u, hospital.members[number])
            for number in range(hospital.first_decider[u], hospital.first_decider[u + 1]):
                _credit_or_blame(state, hospital, values, desk, u, hospital.deciders[number])


@part
def _rework(rework: Field, decay: Field) -> None:
    for w in range(rework.shape[0]):
        rework[w] = rework[w] * (1.0 - decay[w])


@part
def _arrives(rate: Field, more: Field, luck: float, decided: Field) -> bool:
    somewhere = 0
    for w in range(decided.shape[0]):
        arrives = luck < either(rate[w], more[w])
        decided[w] = 1.0 if arrives else 0.0
        somewhere += 1 if arrives else 0
    return somewhere > 0


@part
def _make(state: State, values: Field, levers: Field, desk: Desk, luck: float, u: int, w: int) -> None:
    cohesion = state.units.cohesion[u, w]
    of_clinicians = custom(values[INCLUSION, w], levers[INCLUDE_CLINICIANS, u, w])
    of_administration = custom(values[INCLUSION, w], levers[INCLUDE_ADMINISTRATORS, u, w])
    jointly = decides_jointly(values[BY_DYAD, w], cohesion)
    alone = (1.0 - jointly) * custom(values[BY_ADMINISTRATION, w], levers[CENTRAL, u, w])
    by_dyad, by_administration = luck < jointly, luck < jointly + alone
    if by_dyad:
        of_clinicians, of_administration = (
            joint_custom(of_clinicians, cohesion),
            joint_custom(of_administration, cohesion),
        )
        inclusion = (of_clinicians + of_administration) / 2.0
    else:
        inclusion = of_clinicians if by_administration else of_administration
    desk.by_administration[u, w] = 1.0 if by_administration else 0.0
    desk.by_clinicians[u, w] = 1.0 if by_dyad or not by_administration else 0.0
    desk.say_clinicians[u, w] = of_clinicians if by_administration else 1.0
    desk.say_administration[u, w] = of_administration if by_dyad or not by_administration else 1.0
    urgency = levers[URGENCY, u, w]
    desk.felt_clinicians[u, w] = effective_say(desk.say_clinicians[u, w], urgency, values[LEGITIMACY, w])
    desk.felt_administration[u, w] = effective_say(desk.say_administration[u, w], urgency, values[LEGITIMACY, w])
    desk.explanation[u, w] = custom(values[EXPLANATION, w], levers[EXPLAIN, u, w])
    fast = speed(custom(values[SPEED, w], levers[HURRY, u, w]), inclusion, values[DRAG, w])
    desk.fit[u, w] = fit(
        values[FIT, w],
        state.units.insight[u, w],
        inclusion,
        urgency,
        1.0 - fast,
        values[FIT_INSIGHT, w],
        values[FIT_INCLUSION, w],
        values[DELAY_HARM, w],
        desk.mean_understanding[u, w],
    )
    state.units.rework[u, w] += values[MISFIT_WORK, w] * missing_fit(desk.fit[u, w], values[NEED, w])


@part
def _see(fit: Field, gap: Field, alignment: Field, mine: Field, result: Field) -> None:
    for w in range(result.shape[0]):
        result[w] = fit_seen(fit[w], gap[w], alignment[w], 1.0 - mine[w])


@part
def _judge(state: State, hospital: Hospital, values: Field, desk: Desk, participation: Field, u: int, i: int) -> None:
    people, decided, seen = state.people, desk.decided[u], desk.row_a
    clinical = hospital.clinical[i] == 1.0
    felt = desk.felt_clinicians[u] if clinical else desk.felt_administration[u]
    say = desk.say_clinicians[u] if clinical else desk.say_administration[u]
    mine = desk.by_clinicians[u] if clinical else desk.by_administration[u]
    _see(desk.fit[u], values[PRIORITY_GAP], people.alignment[i], mine, seen)
    autonomy, gain = people.autonomy[i], values[AUTONOMY_GAIN]
    for w in range(decided.shape[0]):
        moved = move(autonomy[w], excused_say(say[w], felt[w], autonomy[w]), gain[w])
        autonomy[w] = moved if decided[w] > 0.0 else autonomy[w]
    fair, explanation = desk.row_b, desk.explanation[u]
    for w in range(decided.shape[0]):
        fair[w] = fairness(felt[w], explanation[w], seen[w])
    _believe_if(decided, people.trust_organization[i], fair, values)
    if clinical:
        concerns, staffed, worry = people.concerns[i], people.staffed[i], values[MISFIT_CONCERN]
        need, most = values[NEED], values[MOST]
        for w in range(decided.shape[0]):
            new = new_concern(concerns[w], worry[w] * missing_fit(seen[w], need[w]) * staffed[w], most[w])
            concerns[w] = new if decided[w] > 0.0 else concerns[w]
        silent, say, safety, workload = (
            desk.silent[i],
            desk.say_clinicians[u],
            people.safety[i],
            state.units.workload[u],
        )
        invited, takes = participation[i, 0], participation[i, 1]
        for w in range(decided.shape[0]):
            asked = decided[w] * (1.0 - mine[w]) * staffed[w] if invited < say[w] else 0.0
            silent[w] = 0.0 if takes < takes_part(safety[w], workload[w]) else asked


@part
def _believe_if(happened: Field, belief: Field, perceived: Field, values: Field) -> None:
    gain, negativity, gate = values[GAIN], values[NEGATIVITY], values[GATE]
    for w in range(belief.shape[0]):
        moved = believe(belief[w], perceived[w], gain[w], gain[w] * negativity[w], gate[w])
        belief[w] = moved if happened[w] > 0.0 else belief[w]


@part
def _credit_or_blame(state: State, hospital: Hospital, values: Field, desk: Desk, u: int, t: int) -> None:
    people, ties, decided, seen, happened = state.people, state.ties, desk.decided[u], desk.row_a, desk.row_b
    i, upward = hospital.truster[t], hospital.group[t] == TO_ADMINISTRATION
    theirs = desk.by_administration[u] if upward else desk.by_clinicians[u]
    mine = desk.by_clinicians[u] if upward else desk.by_administration[u]
    for w in range(decided.shape[0]):
        happened[w] = decided[w] * theirs[w]
    _see(desk.fit[u], values[PRIORITY_GAP], people.alignment[i], mine, seen)
    _believe_if(happened, ties.belief[t, 0], seen, values)
    _believe_if(happened, ties.belief[t, 1], desk.felt_clinicians[u] if upward else desk.felt_administration[u], values)
    _believe_if(happened, ties.belief[t, 2], desk.explanation[u], values)
    hold(ties.belief[t, 1], ties.belief[t, 2], ties.scar[t])
    if not upward and hospital.unit[hospital.trustee[t]] == u:  # people of other units were not invited
        _read_silence(state, hospital, values, desk, t)


@part
def _read_silence(state: State, hospital: Hospital, values: Field, desk: Desk, t: int) -> None:
    people, benevolence = state.people, state.ties.belief[t, 1]
    i, j = hospital.truster[t], hospital.trustee[t]
    silent, understanding, read, gain = desk.silent[j], people.understanding[i], desk.row_a, desk.row_b
    silence, denial, no_problem = values[SILENCE], values[DENIAL], people.no_problem[i]
    for w in range(read.shape[0]):
        read[w] = read_silence(benevolence[w], understanding[w])
        gain[w] = silence[w] * (1.0 - denial[w] * no_problem[w]) * silent[w]
    negativity, gate = values[NEGATIVITY], values[GATE]
    for w in range(read.shape[0]):
        benevolence[w] = believe(benevolence[w], read[w], gain[w], gain[w] * negativity[w], gate[w])
