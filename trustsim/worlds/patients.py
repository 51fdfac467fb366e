"""Patients: their trust and access follow what the unit goes through, and safety events happen or do not."""

from __future__ import annotations

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.parameters import row
from trustsim.rules.arithmetic import triangular
from trustsim.rules.feeling import burned_out, move
from trustsim.rules.patients import adherence, arrivals, event_chance, outcome, report_chance, seen, trust_level
from trustsim.worlds.feel import (
    DEMAND,
    FEELING_REFERENCE,
    MEETING_SHARE,
    MEETINGS,
    WEEK_HOURS,
    means,
)
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.prepare import REFERENCE as EXHAUSTION_REFERENCE
from trustsim.worlds.prepare import Desk
from trustsim.worlds.record import ADHERENCE, EVENTS, LOST, OBJECTIVE, REPORTED, SELF_RATED, Counts
from trustsim.worlds.state import PATIENT_TRUST, Field, State

__all__ = ["care"]

TRUST_RATE, PRACTICE = row("patients.trust_rate"), row("patients.practice")
BY_EXHAUSTION, BY_CONTINUITY, BY_WAITING = (
    row("patients.exhaustion"),
    row("patients.continuity"),
    row("patients.waiting"),
)
ADHERENCE_USUAL, ADHERENCE_SLOPE = row("patients.adherence"), row("patients.adherence_slope")
OUTCOME, OUTCOME_SLOPE, NOISE = row("patients.outcome"), row("patients.outcome_slope"), row("patients.outcome_noise")
CAPACITY, BALKING = row("patients.capacity"), row("patients.balking")
EVENT, EVENT_BURNOUT = row("patients.event.physician"), row("patients.event_burnout")
EVENT_WORKLOAD, EVENT_SAFETY = row("patients.event_workload"), row("patients.event_safety")
EVENT_INSIGHT = row("patients.event_insight")
REPORT, REPORT_SAFETY = row("patients.report"), row("patients.report_safety")
PRACTICES, BRIDGED, MORE_CAPACITY = (lever(f"patients.{name}") for name in ("practice", "continuity", "capacity"))


@part
def care(
    state: State,
    hospital: Hospital,
    values: Field,
    levers: Field,
    desk: Desk,
    safety: Field,
    rated: Field,
    counts: Counts,
) -> None:
    """Move the patients' side of every unit, and count safety events.

    Parameters
    ----------
    safety : (n, 2) float64
        Uniform: whether a clinician takes part in an event, and whether it is reported.
    rated : (u, 2) float64
        Uniform: noise of self-rated and objective outcomes.
    """
    means(state, hospital, desk)
    for u in range(hospital.chief.shape[0]):
        luck = (triangular(rated[u, 0]), triangular(rated[u, 1]))
        for w in range(values.shape[1]):
            _serve(state, hospital, values, levers, desk, luck, counts, u, w)
    for i in range(state.people.staffed.shape[0]):
        if hospital.clinical[i] == 1.0:
            _risk(state, hospital, values, safety[i], counts, i)


@part
def _serve(
    state: State,
    hospital: Hospital,
    values: Field,
    levers: Field,
    desk: Desk,
    luck: tuple[float, float],
    counts: Counts,
    u: int,
    w: int,
) -> None:
    units = state.units
    meetings = values[MEETING_SHARE, w] * levers[MEETINGS, u, w] / values[WEEK_HOURS, w]
    hands = desk.hours[u, w] / max(hospital.positions[u], 1.0)
    capacity = max((values[CAPACITY, w] + levers[MORE_CAPACITY, u, w]) * hands * (1.0 - meetings), 0.0)
    demand = 1.0 + levers[DEMAND, u, w]
    arrived = arrivals(demand, units.waiting[u, w], values[BALKING, w])
    level = trust_level(
        values[PATIENT_TRUST, w],
        values[PRACTICE, w] * levers[PRACTICES, u, w],
        values[BY_EXHAUSTION, w] * (desk.mean_exhaustion[u, w] - values[EXHAUSTION_REFERENCE, w]),
        values[BY_CONTINUITY, w] * units.recent_exits[u, w] * (1.0 - levers[BRIDGED, u, w]),
        values[BY_WAITING, w] * units.waiting[u, w],
    )
    units.waiting[u, w] = units.waiting[u, w] + arrived - seen(units.waiting[u, w], arrived, capacity)
    units.patient_trust[u, w] = move(units.patient_trust[u, w], level, values[TRUST_RATE, w])
    trust, usual = units.patient_trust[u, w], values[PATIENT_TRUST, w]
    counts.panel[ADHERENCE, u, w] = adherence(values[ADHERENCE_USUAL, w], values[ADHERENCE_SLOPE, w], trust, usual)
    effect = values[OUTCOME_SLOPE, w] * (trust - usual)
    counts.panel[SELF_RATED, u, w] = outcome(values[OUTCOME, w], effect, values[NOISE, w] * luck[0])
    counts.panel[OBJECTIVE, u, w] = outcome(values[OUTCOME, w], 0.0, values[NOISE, w] * luck[1])
    counts.panel[LOST, u, w] = demand - arrived


@part
def _risk(state: State, hospital: Hospital, values: Field, luck: Field, counts: Counts, i: int) -> None:
    people, u, role = state.people, hospital.unit[i], hospital.role[i]
    reference, load = values[FEELING_REFERENCE], state.units.workload[u]
    for w in range(values.shape[1]):
        burned = burned_out(people.exhaustion[i, w], people.cynicism[i, w])
        ratio = values[EVENT_BURNOUT, w] if burned > 0.0 else 1.0
        overload = values[EVENT_WORKLOAD, w] * max(load[w] - 1.0, 0.0)
        voiced = values[EVENT_SAFETY, w] * (people.safety[i, w] - reference[w])
        voiced = voiced + values[EVENT_INSIGHT, w] * state.units.insight[u, w]
        happens = luck[0] < event_chance(values[EVENT + role, w], ratio, overload, voiced) * people.staffed[i, w]
        if happens:
            counts.events[EVENTS, u, w] += 1.0
            if luck[1] < report_chance(values[REPORT, w], values[REPORT_SAFETY, w], people.safety[i, w], reference[w]):
                counts.events[REPORTED, u, w] += 1.0
