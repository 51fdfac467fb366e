"""Feel: workload, exhaustion, cynicism, safety and the rest move, all from the state at the start of the stage."""

from __future__ import annotations

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.organization.roles import ROLES
from trustsim.parameters import row
from trustsim.rules.arithmetic import share, squash, triangular
from trustsim.rules.feeling import (
    cohesion,
    cynicism_level,
    exhaustion,
    exhaustion_level,
    habituation,
    led_level,
    move,
    pushed,
    recognized,
    safety_level,
    support,
    workload,
)
from trustsim.worlds.communicate import LIFT, trusted
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import CONTACT_BASE, Desk
from trustsim.worlds.prepare import REFERENCE as EXHAUSTION_REFERENCE
from trustsim.worlds.state import SAFE, TRUSTING, Field, People, State

__all__ = ["FEELING_REFERENCE", "feel", "means"]

FEELING_REFERENCE = row("feeling.reference")
MEETING_SHARE, WEEK_HOURS = row("work.meeting_share"), row("work.week_hours")
PER_WORKLOAD, PER_CONCERNS, PER_SUPPORT = (
    row("exhaustion.workload"),
    row("exhaustion.concerns"),
    row("exhaustion.support"),
)
PER_RESILIENCE, CONTAGION, MOOD = row("exhaustion.resilience"), row("exhaustion.contagion"), row("exhaustion.mood")
RISE, RECOVERY = row("exhaustion.rise"), row("exhaustion.recovery")
RECOVERY_SEVERE, SEVERE = row("exhaustion.recovery_severe"), row("exhaustion.severe")
BY_EXHAUSTION, BY_AUTONOMY, BY_LEADER = row("cynicism.exhaustion"), row("cynicism.autonomy"), row("cynicism.leader")
BY_ORGANIZATION, BY_VALUED, CYNICISM_RATE = row("cynicism.organization"), row("cynicism.valued"), row("cynicism.rate")
SAFETY_RATE, BY_RESPECT, BY_TRUST = (
    row("feeling.safety_rate"),
    row("feeling.safety_respect"),
    row("feeling.safety_trust"),
)
SAFETY_MET = row("feeling.safety_met")
AUTONOMY_RETURN, VALUED_RETURN = row("feeling.autonomy_return"), row("feeling.valued_return")
VALUED_LEADER, ALIGNMENT_LEADER = row("feeling.valued_leader"), row("silo.alignment_leader")
ALIGNMENT_RETURN, FORGETTING = row("silo.alignment_return"), row("silo.forgetting")
TRUST_RATE = row("feeling.trust_organization_rate")
RECOGNITION_GAIN, HABITUATION_RATE = row("feeling.recognition_gain"), row("feeling.habituation_rate")
GROWTH, DECAY, TEACHING = row("dyad.growth"), row("dyad.decay"), row("dyad.understanding")
DEMAND, RELIEF, MEETINGS, RESILIENCE = (
    lever(f"work.{name}") for name in ("demand", "relief", "meetings", "resilience")
)
UNDERSTAND, ALIGN, RECOGNITION, ROUTINE = (
    lever("understanding"),
    lever("alignment"),
    lever("recognition"),
    lever("routine"),
)
DYAD = lever("dyad")
CHIEF, MANAGER = ROLES.index("chief"), ROLES.index("manager")


@part
def means(state: State, hospital: Hospital, desk: Desk) -> None:
    """Fill the unit means over the people in place: exhaustion, safety, understanding; and clinicians' hours."""
    people, worlds = state.people, desk.hours.shape[1]
    for u in range(desk.hours.shape[0]):
        exhausted, safe, understood = desk.mean_exhaustion[u], desk.mean_safety[u], desk.mean_understanding[u]
        present, total = desk.row_a, desk.hours[u]
        is_floor = u == desk.hours.shape[0] - 1
        for w in range(worlds):
            exhausted[w] = safe[w] = understood[w] = present[w] = total[w] = 0.0
        for number in range(hospital.first_member[u], hospital.first_member[u + 1]):
            i = hospital.members[number]
            staffed, hours, clinical = people.staffed[i], people.hours[i], 1.0 if is_floor else hospital.clinical[i]
            exhaustion_i, safety_i, understanding_i = people.exhaustion[i], people.safety[i], people.understanding[i]
            for w in range(worlds):
                present[w] += staffed[w]
                total[w] += staffed[w] * hours[w] * clinical
            for w in range(worlds):
                exhausted[w] += staffed[w] * exhaustion_i[w]
                safe[w] += staffed[w] * safety_i[w]
                understood[w] += staffed[w] * understanding_i[w]
        for w in range(worlds):
            heads = max(present[w], 1.0)
            exhausted[w] = exhausted[w] / heads
            safe[w] = safe[w] / heads
            understood[w] = understood[w] / heads


@part
def feel(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, message: Field, mood: Field
) -> None:
    """Move everybody's feelings.

    Parameters
    ----------
    message : (m, 4) float64
        This week's draws of the stream ``message``: they tell who met their executive.
    mood : (n, 1) float64
        Uniform: the week's ups and downs.
    """
    people, units, worlds = state.people, state.units, values.shape[1]
    means(state, hospital, desk)
    for u in range(units.workload.shape[0]):
        for w in range(worlds):
            meetings = values[MEETING_SHARE, w] * levers[MEETINGS, u, w] / values[WEEK_HOURS, w]
            units.workload[u, w] = workload(
                units.load[u, w] + levers[DEMAND, u, w],
                hospital.positions[u],
                desk.hours[u, w],
                meetings,
                units.rework[u, w],
                levers[RELIEF, u, w],
            )
    for i in range(people.staffed.shape[0]):
        _feel_one(state, hospital, values, levers, desk, triangular(mood[i, 0]), i)
        t = hospital.executive_tie[i]
        if t >= 0 and t != hospital.line_tie[i]:
            _feel_met(state, hospital, values, levers, desk, message[t, 0], t, i)
    for u in range(units.workload.shape[0]):
        for w in range(worlds):
            units.habituation[u, w] = habituation(
                units.habituation[u, w], levers[RECOGNITION, u, w], levers[ROUTINE, u, w], values[HABITUATION_RATE, w]
            )
    for u in range(hospital.chief.shape[0]):
        chief, manager = hospital.chief[u], hospital.manager[u]
        if chief >= 0 and manager >= 0:
            for w in range(worlds):
                both = people.staffed[chief, w] * people.staffed[manager, w]
                units.cohesion[u, w] = both * cohesion(
                    units.cohesion[u, w], levers[DYAD, u, w], values[GROWTH, w], values[DECAY, w]
                )


@part
def _feel_one(state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, luck: float, i: int) -> None:
    people, units = state.people, state.units
    u, leader = hospital.unit[i], hospital.leader[i]
    of_leader, of_executive = people.felt_leader[i], desk.row_b
    _trust_in(state, hospital, values, hospital.line_tie[i], i, of_leader)
    _trust_in(state, hospital, values, hospital.executive_tie[i], i, of_executive)
    _tire(state, values, levers, desk, luck, u, i)
    there = people.staffed[leader if leader >= 0 else i]
    respect = desk.shown[leader, 1] if leader >= 0 else values[FEELING_REFERENCE]
    _feel_safe(people.safety[i], respect, there, of_leader, desk.mean_safety[u], hospital.climate[SAFE, i], values)
    _rest(people.autonomy[i], people.own_autonomy[i], values[AUTONOMY_RETURN])
    trusting, rate = people.trust_organization[i], values[TRUST_RATE]
    usual = hospital.climate[TRUSTING, i]
    for w in range(rate.shape[0]):
        trusting[w] = move(trusting[w], (of_leader[w] + of_executive[w]) / 2.0 + usual, rate[w])
    valued, recognition, routine = people.valued[i], levers[RECOGNITION, u], levers[ROUTINE, u]
    reference = values[FEELING_REFERENCE]
    _rest_under(valued, people.own_valued[i], values[VALUED_LEADER], of_leader, reference, values[VALUED_RETURN])
    habituated, gain = units.habituation[u], values[RECOGNITION_GAIN]
    for w in range(rate.shape[0]):
        valued[w] = recognized(valued[w], recognition[w], routine[w], habituated[w], gain[w])
    alignment, by_leader = people.alignment[i], values[ALIGNMENT_LEADER]
    _rest_under(alignment, people.own_alignment[i], by_leader, of_leader, reference, values[ALIGNMENT_RETURN])
    _push(alignment, levers[ALIGN, u])
    understanding = people.understanding[i]
    _rest(understanding, people.own_understanding[i], values[FORGETTING])
    _push(understanding, levers[UNDERSTAND, u])
    if u < hospital.chief.shape[0] and (hospital.role[i] == CHIEF or hospital.role[i] == MANAGER):
        teaching, cohesive = values[TEACHING], units.cohesion[u]
        for w in range(rate.shape[0]):
            understanding[w] = pushed(understanding[w], teaching[w] * cohesive[w])


@part
def _tire(state: State, values: Field, levers: Field, desk: Desk, luck: float, u: int, i: int) -> None:
    """Move exhaustion and cynicism of person i, both from their state before."""
    people, of_leader, level, relief = state.people, state.people.felt_leader[i], desk.row_c, desk.row_d
    valued, concerns, exhausted = people.valued[i], people.concerns[i], people.exhaustion[i]
    reference, per_support, per_resilience = values[FEELING_REFERENCE], values[PER_SUPPORT], values[PER_RESILIENCE]
    resilience = levers[RESILIENCE, u]
    for w in range(level.shape[0]):
        relief[w] = per_support[w] * support(of_leader[w], valued[w], reference[w]) + per_resilience[w] * resilience[w]
    own, workload, mean = people.own_exhaustion[i], state.units.workload[u], desk.mean_exhaustion[u]
    hours = people.hours[i]
    per_workload, per_concerns, contagion = values[PER_WORKLOAD], values[PER_CONCERNS], values[CONTAGION]
    for w in range(level.shape[0]):
        pressure, worry = per_workload[w] * (workload[w] * hours[w] - 1.0), per_concerns[w] * squash(concerns[w])
        level[w] = exhaustion_level(own[w], pressure, worry, relief[w], contagion[w], mean[w])
    _grow_cynical(people, values, of_leader, desk.row_d, i)
    rise, recovery, recovery_severe, severe = values[RISE], values[RECOVERY], values[RECOVERY_SEVERE], values[SEVERE]
    mood = values[MOOD]
    for w in range(level.shape[0]):
        moved = exhaustion(exhausted[w], level[w], rise[w], recovery[w], recovery_severe[w], severe[w])
        exhausted[w] = share(moved + mood[w] * luck)


@part
def _grow_cynical(people: People, values: Field, of_leader: Field, level: Field, i: int) -> None:
    exhausted, reference, tired = people.exhaustion[i], values[FEELING_REFERENCE], values[EXHAUSTION_REFERENCE]
    autonomy, trusting, valued, own = (
        people.autonomy[i],
        people.trust_organization[i],
        people.valued[i],
        people.own_cynicism[i],
    )
    by_exhaustion, by_autonomy, by_leader = values[BY_EXHAUSTION], values[BY_AUTONOMY], values[BY_LEADER]
    by_organization, by_valued, rate, cynical = (
        values[BY_ORGANIZATION],
        values[BY_VALUED],
        values[CYNICISM_RATE],
        people.cynicism[i],
    )
    for w in range(level.shape[0]):
        level[w] = cynicism_level(
            own[w],
            by_exhaustion[w] * (exhausted[w] - tired[w]),
            by_autonomy[w] * (reference[w] - autonomy[w]),
            by_leader[w] * (reference[w] - of_leader[w]),
            by_organization[w] * (reference[w] - trusting[w]),
            by_valued[w] * (reference[w] - valued[w]),
        )
    for w in range(level.shape[0]):
        cynical[w] = move(cynical[w], level[w], rate[w])


@part
def _feel_safe(
    safety: Field, respect: Field, there: Field, of_leader: Field, mean: Field, climate: float, values: Field
) -> None:
    by_respect, by_trust, rate = values[BY_RESPECT], values[BY_TRUST], values[SAFETY_RATE]
    reference = values[FEELING_REFERENCE]
    for w in range(safety.shape[0]):
        shown = respect[w] if there[w] > 0.0 else reference[w]  # an empty chair shows nothing
        level = safety_level(share(shown), of_leader[w], mean[w], by_respect[w], by_trust[w])
        safety[w] = move(safety[w], level + climate, rate[w])


@part
def _feel_met(
    state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, draw: float, t: int, i: int
) -> None:
    j, u, kind = hospital.trustee[t], hospital.tie_unit[t], hospital.kind[t]
    if draw >= desk.most_contact[kind, u]:
        return
    there, chance, base = state.people.staffed[j], desk.contact[kind, u], values[CONTACT_BASE + kind]
    safety, shown, lift, rate = state.people.safety[i], desk.shown[j, 1], levers[LIFT + 1, u], values[SAFETY_MET]
    for w in range(rate.shape[0]):
        lifted = 0.0 if draw < base[w] else 1.0
        felt = move(safety[w], share(shown[w] + lifted * lift[w]), rate[w])
        safety[w] = felt if draw < chance[w] and there[w] > 0.0 else safety[w]


@part
def _rest(feeling: Field, own: Field, rate: Field) -> None:
    for w in range(feeling.shape[0]):
        feeling[w] = move(feeling[w], own[w], rate[w])


@part
def _rest_under(feeling: Field, own: Field, by_leader: Field, of_leader: Field, reference: Field, rate: Field) -> None:
    for w in range(feeling.shape[0]):
        feeling[w] = move(feeling[w], led_level(own[w], by_leader[w], of_leader[w], reference[w]), rate[w])


@part
def _push(feeling: Field, push: Field) -> None:
    for w in range(feeling.shape[0]):
        feeling[w] = pushed(feeling[w], push[w])


@part
def _trust_in(state: State, hospital: Hospital, values: Field, t: int, i: int, result: Field) -> None:
    # Who has no leader, or an empty chair above, goes by the organization.
    people, ties, worlds = state.people, state.ties, values.shape[1]
    if t < 0:
        for w in range(worlds):
            result[w] = people.trust_organization[i, w]
        return
    trusted(ties.belief[t], people.propensity[i], values, result)
    there, organization = people.staffed[hospital.trustee[t]], people.trust_organization[i]
    for w in range(worlds):
        result[w] = result[w] if there[w] > 0.0 else organization[w]
