"""Leave and join: people cut hours or leave, chairs stand empty, newcomers arrive with its reputation in mind."""

from __future__ import annotations

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.parameters import row
from trustsim.rules.arithmetic import approach
from trustsim.rules.feeling import burned_out
from trustsim.rules.leaving import cut_chance, exit_chance, intent, memory, vacancy_weeks
from trustsim.rules.people import rapport
from trustsim.worlds.feel import FEELING_REFERENCE
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import REFERENCE as EXHAUSTION_REFERENCE
from trustsim.worlds.prepare import Desk
from trustsim.worlds.record import Counts
from trustsim.worlds.state import RAPPORT, Field, Persons, State, arrive

__all__ = ["leave"]

INTENT, BURNOUT, HAZARD = (
    row("leaving.intent.physician"),
    row("leaving.burnout.physician"),
    row("leaving.hazard.physician"),
)
FILL_WEEKS, FIRST_YEAR = row("leaving.fill_weeks.physician"), row("leaving.first_year")
BY_TRUST, BY_LEADER, BY_VALUED = row("leaving.trust"), row("leaving.leader"), row("leaving.valued")
CONTAGION, MEMORY = row("leaving.contagion"), row("leaving.memory")
REPUTATION_RATE = row("trust.reputation_rate")
CUT, PER_EXHAUSTION, REDUCED = row("hours.cut"), row("hours.exhaustion"), row("hours.reduced")
FREEZE, PUSHED = lever("leaving.freeze"), lever("leaving.leaders")


@part
def leave(
    state: State,
    hospital: Hospital,
    persons: Persons,
    values: Field,
    levers: Field,
    desk: Desk,
    going: Field,
    cutting: Field,
    pairs: Field,
    counts: Counts,
) -> float:
    """Let people cut their hours or leave, and newcomers arrive.

    Parameters
    ----------
    going, cutting : (n, 1) float64
        Uniform: whether a person leaves, whether a clinician cuts hours.
    pairs : (m, 1) float64
        Uniform draws of the stream ``rapport``.

    Returns
    -------
    float
        The largest number of an occupant in any world, so that the next ones can be drawn in time.
    """
    people, units, worlds = state.people, state.units, values.shape[1]
    desk.exits[:] = 0.0
    desk.row_a[:] = 0.0
    desk.row_b[:] = 0.0
    for i in range(people.staffed.shape[0]):
        for w in range(worlds):
            desk.row_a[w] += people.staffed[i, w] * people.trust_organization[i, w]
            desk.row_b[w] += people.staffed[i, w]
    latest = 0.0
    for i in range(people.staffed.shape[0]):
        if hospital.clinical[i] > hospital.leads[i]:
            _cut_hours(people.hours[i], people.exhaustion[i], values, cutting[i, 0])
        u, role = hospital.unit[i], hospital.role[i]
        _intend(state, values, u, role, i)
        for w in range(worlds):
            if people.staffed[i, w] > 0.0:
                pushed = levers[PUSHED, u, w] * hospital.leads[i]
                chance = exit_chance(
                    people.intent[i, w], values[HAZARD + role, w], people.tenure[i, w], values[FIRST_YEAR, w], pushed
                )
                people.tenure[i, w] += 1.0
                if going[i, 0] < chance:
                    people.staffed[i, w] = 0.0
                    people.vacancy[i, w] = values[FILL_WEEKS + role, w]
                    desk.exits[u, w] += 1.0
                    counts.exits[role, u, w] += 1.0
            else:
                people.vacancy[i, w] = vacancy_weeks(people.vacancy[i, w], levers[FREEZE, u, w])
                if people.vacancy[i, w] <= 0.0:
                    people.occupant[i, w] += 1.0
                    arrive(people, hospital, persons, values, state.reputation, i, w)
                    _meet(state, hospital, values[RAPPORT, w], pairs, i, w)
            latest = people.occupant[i, w] if people.occupant[i, w] > latest else latest
    for u in range(units.recent_exits.shape[0]):
        for w in range(worlds):
            units.recent_exits[u, w] = memory(
                units.recent_exits[u, w], desk.exits[u, w], hospital.positions[u], values[MEMORY, w]
            )
    for w in range(worlds):
        mean = desk.row_a[w] / max(desk.row_b[w], 1.0)
        state.reputation[0, w] = approach(state.reputation[0, w], mean, values[REPUTATION_RATE, w])
    return latest


@part
def _cut_hours(hours: Field, exhaustion: Field, values: Field, luck: float) -> None:
    usual, slope, reference, reduced = (
        values[CUT],
        values[PER_EXHAUSTION],
        values[EXHAUSTION_REFERENCE],
        values[REDUCED],
    )
    for w in range(hours.shape[0]):
        hours[w] = reduced[w] if luck < cut_chance(usual[w], slope[w], exhaustion[w], reference[w]) else hours[w]


@part
def _intend(state: State, values: Field, u: int, role: int, i: int) -> None:
    people = state.people
    reference, recent = values[FEELING_REFERENCE], state.units.recent_exits[u]
    for w in range(values.shape[1]):
        burned = burned_out(people.exhaustion[i, w], people.cynicism[i, w])
        ratio = values[BURNOUT + role, w] if burned > 0.0 else 1.0
        bond = values[BY_TRUST, w] * (people.trust_organization[i, w] - reference[w])
        bond = bond + values[BY_LEADER, w] * (people.felt_leader[i, w] - reference[w])
        bond = bond + values[BY_VALUED, w] * (people.valued[i, w] - reference[w])
        people.intent[i, w] = intent(values[INTENT + role, w], ratio, bond, values[CONTAGION, w] * recent[w])


@part
def _meet(state: State, hospital: Hospital, spread: float, pairs: Field, i: int, w: int) -> None:
    # The newcomer knows the others, and they know the newcomer, by the hospital's reputation alone.
    for t in range(hospital.first_out[i], hospital.first_out[i + 1]):
        _start_over(state, hospital, spread, pairs, t, w)
    for number in range(hospital.first_in[i], hospital.first_in[i + 1]):
        t = hospital.in_order[number]
        _start_over(state, hospital, spread, pairs, t, w)


@part
def _start_over(state: State, hospital: Hospital, spread: float, pairs: Field, t: int, w: int) -> None:
    ties, occupant = state.ties, state.people.occupant
    for k in range(3):
        ties.belief[t, k, w] = state.reputation[0, w]
    ties.scar[t, w] = 1.0
    met = occupant[hospital.truster[t], w] + occupant[hospital.trustee[t], w]
    ties.rapport[t, w] = rapport(spread, pairs[t, 0], met)
