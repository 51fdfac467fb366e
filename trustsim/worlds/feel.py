"""Feel: workload, exhaustion, cynicism, safety and the other feelings move, all from the state at the start of the stage."""

from __future__ import annotations

from trustsim._jit import kernel
from trustsim.levers import row as lever
from trustsim.organization.roles import ROLES
from trustsim.parameters import row
from trustsim.rules.arithmetic import share, squash, triangular
from trustsim.rules.feeling import (
    cohesion, cynicism_level, exhaustion, exhaustion_level, habituation, move, pushed, recognized, safety_level, support,
    workload,
)  # fmt: skip
from trustsim.worlds.communicate import trusted
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import REFERENCE as EXHAUSTION_REFERENCE
from trustsim.worlds.prepare import Desk
from trustsim.worlds.state import Field, State

__all__ = ["FEELING_REFERENCE", "feel", "means"]

FEELING_REFERENCE = row("feeling.reference")
MEETING_SHARE, WEEK_HOURS = row("work.meeting_share"), row("work.week_hours")
PER_WORKLOAD, PER_CONCERNS, PER_SUPPORT = row("exhaustion.workload"), row("exhaustion.concerns"), row("exhaustion.support")
PER_RESILIENCE, CONTAGION, MOOD = row("exhaustion.resilience"), row("exhaustion.contagion"), row("exhaustion.mood")
RISE, RECOVERY = row("exhaustion.rise"), row("exhaustion.recovery")
RECOVERY_SEVERE, SEVERE = row("exhaustion.recovery_severe"), row("exhaustion.severe")
BY_EXHAUSTION, BY_AUTONOMY, BY_LEADER = row("cynicism.exhaustion"), row("cynicism.autonomy"), row("cynicism.leader")
BY_ORGANIZATION, BY_VALUED, CYNICISM_RATE = row("cynicism.organization"), row("cynicism.valued"), row("cynicism.rate")
SAFETY_RATE, BY_RESPECT, BY_TRUST = row("feeling.safety_rate"), row("feeling.safety_respect"), row("feeling.safety_trust")
AUTONOMY_RETURN, VALUED_RETURN = row("feeling.autonomy_return"), row("feeling.valued_return")
ALIGNMENT_RETURN, FORGETTING = row("silo.alignment_return"), row("silo.forgetting")
TRUST_RATE = row("feeling.trust_organization_rate")
RECOGNITION_GAIN, HABITUATION_RATE = row("feeling.recognition_gain"), row("feeling.habituation_rate")
GROWTH, DECAY, TEACHING = row("dyad.growth"), row("dyad.decay"), row("dyad.understanding")
DEMAND, RELIEF, MEETINGS, RESILIENCE = (lever(f"work.{name}") for name in ("demand", "relief", "meetings", "resilience"))
UNDERSTAND, ALIGN, RECOGNITION, ROUTINE = lever("understanding"), lever("alignment"), lever("recognition"), lever("routine")
DYAD = lever("dyad")
CHIEF, MANAGER = ROLES.index("chief"), ROLES.index("manager")


@kernel
def means(state: State, hospital: Hospital, desk: Desk) -> None:
    """Fill the unit means over the people in place: exhaustion, safety, understanding; and count the clinicians."""
    people, worlds = state.people, desk.staffed.shape[1]
    for u in range(desk.staffed.shape[0]):
        exhausted, safe, understood = desk.mean_exhaustion[u], desk.mean_safety[u], desk.mean_understanding[u]
        present, counted = desk.row_a, desk.staffed[u]
        is_floor = u == desk.staffed.shape[0] - 1
        for w in range(worlds):
            exhausted[w] = safe[w] = understood[w] = present[w] = counted[w] = 0.0
        for number in range(hospital.first_member[u], hospital.first_member[u + 1]):
            i = hospital.members[number]
            staffed, clinical = people.staffed[i], 1.0 if is_floor else hospital.clinical[i]
            exhaustion_i, safety_i, understanding_i = people.exhaustion[i], people.safety[i], people.understanding[i]
            for w in range(worlds):
                present[w] += staffed[w]
                counted[w] += staffed[w] * clinical
            for w in range(worlds):
                exhausted[w] += staffed[w] * exhaustion_i[w]
                safe[w] += staffed[w] * safety_i[w]
                understood[w] += staffed[w] * understanding_i[w]
        for w in range(worlds):
            heads = max(present[w], 1.0)
            exhausted[w] = exhausted[w] / heads
            safe[w] = safe[w] / heads
            understood[w] = understood[w] / heads


@kernel
def feel(state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, mood: Field) -> None:
    """Move everybody's feelings.

    Parameters
    ----------
    mood : (n, 1) float64
        Uniform: the week's ups and downs.
    """
    people, units, worlds = state.people, state.units, values.shape[1]
    means(state, hospital, desk)
    for u in range(units.workload.shape[0]):
        for w in range(worlds):
            meetings = values[MEETING_SHARE, w] * levers[MEETINGS, u, w] / values[WEEK_HOURS, w]
            units.workload[u, w] = workload(
                1.0 + levers[DEMAND, u, w], hospital.positions[u], desk.staffed[u, w], meetings, units.rework[u, w],
                levers[RELIEF, u, w],
            )  # fmt: skip
    for i in range(people.staffed.shape[0]):
        _feel_one(state, hospital, values, levers, desk, triangular(mood[i, 0]), i)
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


@kernel
def _feel_one(state: State, hospital: Hospital, values: Field, levers: Field, desk: Desk, luck: float, i: int) -> None:
    people, units, worlds = state.people, state.units, values.shape[1]
    u, leader = hospital.unit[i], hospital.leader[i]
    of_leader, of_executive = desk.row_a, desk.row_b
    _trust_in(state, hospital, values, hospital.line_tie[i], i, of_leader)
    _trust_in(state, hospital, values, hospital.executive_tie[i], i, of_executive)

    level, reference = desk.row_c, values[FEELING_REFERENCE]
    valued, concerns, exhausted = people.valued[i], people.concerns[i], people.exhaustion[i]
    for w in range(worlds):
        relief = values[PER_SUPPORT, w] * support(of_leader[w], valued[w], reference[w])
        relief = relief + values[PER_RESILIENCE, w] * levers[RESILIENCE, u, w]
        pressure = values[PER_WORKLOAD, w] * (units.workload[u, w] - 1.0)
        level[w] = exhaustion_level(
            people.own_exhaustion[i, w], pressure, values[PER_CONCERNS, w] * squash(concerns[w]), relief,
            values[CONTAGION, w], desk.mean_exhaustion[u, w],
        )  # fmt: skip
    cynical, autonomy, trusting = people.cynicism[i], people.autonomy[i], people.trust_organization[i]
    for w in range(worlds):
        cynical[w] = move(
            cynical[w],
            cynicism_level(
                people.own_cynicism[i, w],
                values[BY_EXHAUSTION, w] * (exhausted[w] - values[EXHAUSTION_REFERENCE, w]),
                values[BY_AUTONOMY, w] * (reference[w] - autonomy[w]),
                values[BY_LEADER, w] * (reference[w] - of_leader[w]),
                values[BY_ORGANIZATION, w] * (reference[w] - trusting[w]),
                values[BY_VALUED, w] * (reference[w] - valued[w]),
            ),
            values[CYNICISM_RATE, w],
        )
    for w in range(worlds):
        moved = exhaustion(
            exhausted[w], level[w], values[RISE, w], values[RECOVERY, w], values[RECOVERY_SEVERE, w], values[SEVERE, w]
        )
        exhausted[w] = share(moved + values[MOOD, w] * luck)
    safety, climate = people.safety[i], desk.mean_safety[u]
    for w in range(worlds):
        respect = reference[w]
        if leader >= 0:
            respect = share(desk.shown_benevolence[leader, w])
        felt = safety_level(respect, of_leader[w], climate[w], values[BY_RESPECT, w], values[BY_TRUST, w])
        safety[w] = move(safety[w], felt, values[SAFETY_RATE, w])
    for w in range(worlds):
        autonomy[w] = move(autonomy[w], people.own_autonomy[i, w], values[AUTONOMY_RETURN, w])
        trusting[w] = move(trusting[w], (of_leader[w] + of_executive[w]) / 2.0, values[TRUST_RATE, w])
    for w in range(worlds):
        rested = move(valued[w], people.own_valued[i, w], values[VALUED_RETURN, w])
        valued[w] = recognized(
            rested, levers[RECOGNITION, u, w], levers[ROUTINE, u, w], units.habituation[u, w], values[RECOGNITION_GAIN, w]
        )
    is_half = 1.0 if u < hospital.chief.shape[0] and (hospital.role[i] == CHIEF or hospital.role[i] == MANAGER) else 0.0
    alignment, understanding = people.alignment[i], people.understanding[i]
    for w in range(worlds):
        aligned = move(alignment[w], people.own_alignment[i, w], values[ALIGNMENT_RETURN, w])
        alignment[w] = pushed(aligned, levers[ALIGN, u, w])
        kept = move(understanding[w], people.own_understanding[i, w], values[FORGETTING, w])
        kept = pushed(kept, levers[UNDERSTAND, u, w])
        understanding[w] = pushed(kept, values[TEACHING, w] * units.cohesion[u, w] * is_half)


@kernel
def _trust_in(state: State, hospital: Hospital, values: Field, t: int, i: int, result: Field) -> None:
    # Who has no leader, or an empty chair above, goes by the organization.
    people, ties, worlds = state.people, state.ties, values.shape[1]
    if t < 0:
        for w in range(worlds):
            result[w] = people.trust_organization[i, w]
        return
    trusted(ties.ability[t], ties.benevolence[t], ties.integrity[t], people.propensity[i], values, result)
    there, organization = people.staffed[hospital.trustee[t]], people.trust_organization[i]
    for w in range(worlds):
        result[w] = result[w] if there[w] > 0.0 else organization[w]
