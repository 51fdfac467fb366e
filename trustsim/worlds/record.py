"""Record: the sums and counts of a week, in an order that never changes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trustsim._jit import part
from trustsim.levers import row as lever
from trustsim.measures import COUNTED, PANEL_FIELDS, PERSON_FIELDS, TIE_FIELDS, Tally
from trustsim.organization.roles import CLINICAL, ROLES
from trustsim.rules.feeling import burned_out, satisfaction
from trustsim.worlds.communicate import trusted
from trustsim.worlds.hospital import Hospital
from trustsim.worlds.state import Field, State

__all__ = ["Counts", "counts", "record", "tally"]

RAISED, RESOLVED, EVENTS, REPORTED = (
    COUNTED.index(name) for name in ("raised", "resolved", "safety_events", "reported_events")
)
PATIENT_TRUST, WAITING, WORKLOAD = (PANEL_FIELDS.index(name) for name in ("trust_patients", "waiting_list", "workload"))
ADHERENCE, SELF_RATED, OBJECTIVE, LOST = (
    PANEL_FIELDS.index(name) for name in ("adherence", "self_rated_outcome", "objective_outcome", "lost_demand")
)
LEADER = TIE_FIELDS.index("leader")
LEADER_HOURS, STAFF_HOURS, COST = lever("hours.leaders"), lever("hours.staff"), lever("cost")
N_ROLES, N_CLINICAL = len(ROLES), len(CLINICAL)


class Counts(NamedTuple):
    """What the stages count as they go, W worlds last: events and panel by unit, exits by role and unit."""

    events: Field
    exits: Field
    panel: Field


def counts(places: int, worlds: int) -> Counts:
    """Return counters for `places` units (the floor counted)."""
    shapes = (len(COUNTED), places, worlds), (N_ROLES, places, worlds), (len(PANEL_FIELDS), places, worlds)
    return Counts(*(np.zeros(shape) for shape in shapes))


def tally(weeks: int, people_cells: int, cells: int, worlds: int) -> Tally:
    """Return an empty tally."""
    return Tally(
        people=np.zeros((weeks, len(PERSON_FIELDS), people_cells, worlds)),
        exits=np.zeros((weeks, 1, people_cells, worlds)),
        trust=np.zeros((weeks, len(TIE_FIELDS), cells, worlds)),
        ties=np.zeros((weeks, len(TIE_FIELDS), cells, worlds)),
        counted=np.zeros((weeks, len(COUNTED), cells, worlds)),
        panel=np.zeros((weeks, len(PANEL_FIELDS), cells, worlds)),
    )


@part
def record(
    state: State,
    hospital: Hospital,
    values: Field,
    levers: Field,
    counts: Counts,
    scratch: Field,
    week: int,
    of_hospital: Tally,
    of_units: Tally,
    spent: Field,
) -> None:
    """Write the tally of one week.

    Parameters
    ----------
    scratch : (W,) float64
    week : int
        Row of the tallies.
    of_hospital, of_units : Tally
        `of_units` has no weeks if units are not asked for.
    spent : (weeks, 3, W) float64
        `trustsim.measures.HOSPITAL_FIELDS`.
    """
    by_unit, n_units = of_units.people.shape[0] > 0, hospital.chief.shape[0]
    for i in range(state.people.staffed.shape[0]):
        _add_person(state, i, of_hospital.people[week, :, hospital.role[i]], scratch)
        if by_unit and hospital.clinical[i] == 1.0:
            _add_person(state, i, of_units.people[week, :, hospital.unit[i]], scratch)
    for t in range(state.ties.scar.shape[0]):
        i, j, group = hospital.truster[t], hospital.trustee[t], hospital.group[t]
        is_leader = t == hospital.line_tie[i] and hospital.clinical[i] == 1.0
        trusted(state.ties.belief[t], state.people.propensity[i], values, scratch)
        here, there = state.people.staffed[i], state.people.staffed[j]
        _add_tie(scratch, here, there, of_hospital.trust[week, group, 0], of_hospital.ties[week, group, 0])
        if is_leader:
            _add_tie(scratch, here, there, of_hospital.trust[week, LEADER, 0], of_hospital.ties[week, LEADER, 0])
        u = hospital.tie_unit[t]
        if by_unit and u < n_units:
            _add_tie(scratch, here, there, of_units.trust[week, group, u], of_units.ties[week, group, u])
            if is_leader:
                _add_tie(scratch, here, there, of_units.trust[week, LEADER, u], of_units.ties[week, LEADER, u])
    for u in range(n_units):
        for w in range(values.shape[1]):
            counts.panel[PATIENT_TRUST, u, w] = state.units.patient_trust[u, w]
            counts.panel[WAITING, u, w] = state.units.waiting[u, w]
            counts.panel[WORKLOAD, u, w] = state.units.workload[u, w]
    for u in range(n_units + 1):
        for w in range(values.shape[1]):
            for field in range(counts.events.shape[0]):
                of_hospital.counted[week, field, 0, w] += counts.events[field, u, w]
            for role in range(counts.exits.shape[0]):
                of_hospital.exits[week, 0, role, w] += counts.exits[role, u, w]
            spent[week, 0, w] += levers[LEADER_HOURS, u, w]
            spent[week, 1, w] += levers[STAFF_HOURS, u, w]
            spent[week, 2, w] += levers[COST, u, w]
            if u < n_units:
                for field in range(counts.panel.shape[0]):
                    of_hospital.panel[week, field, 0, w] += counts.panel[field, u, w]
                if by_unit:
                    _copy_unit(counts, week, of_units, u, w)
    counts.events[:] = 0.0
    counts.exits[:] = 0.0


@part
def _add_person(state: State, i: int, sums: Field, scratch: Field) -> None:
    people = state.people
    staffed, count = people.staffed[i], sums[0]
    for w in range(scratch.shape[0]):
        count[w] += staffed[w]
    _add(staffed, people.safety[i], sums[1])
    _add(staffed, people.autonomy[i], sums[2])
    _add(staffed, people.alignment[i], sums[3])
    _add(staffed, people.understanding[i], sums[4])
    _add(staffed, people.valued[i], sums[5])
    _add(staffed, people.concerns[i], sums[6])
    _add(staffed, people.exhaustion[i], sums[7])
    _add(staffed, people.cynicism[i], sums[8])
    exhaustion, cynicism = people.exhaustion[i], people.cynicism[i]
    for w in range(scratch.shape[0]):
        scratch[w] = burned_out(exhaustion[w], cynicism[w])
    _add(staffed, scratch, sums[9])
    autonomy, valued, trusting = people.autonomy[i], people.valued[i], people.trust_organization[i]
    of_leader = people.felt_leader[i]
    for w in range(scratch.shape[0]):
        scratch[w] = satisfaction(exhaustion[w], autonomy[w], valued[w], of_leader[w], trusting[w])
    _add(staffed, scratch, sums[10])
    _add(staffed, people.intent[i], sums[11])
    _add(staffed, people.trust_organization[i], sums[12])
    hours = people.hours[i]
    for w in range(scratch.shape[0]):
        scratch[w] = 1.0 if hours[w] < 1.0 else 0.0
    _add(staffed, scratch, sums[13])


@part
def _add(staffed: Field, values: Field, total: Field) -> None:
    for w in range(total.shape[0]):
        total[w] += staffed[w] * values[w]


@part
def _add_tie(trust: Field, here: Field, there: Field, total: Field, number: Field) -> None:
    for w in range(total.shape[0]):
        both = here[w] * there[w]
        total[w] += both * trust[w]
        number[w] += both


@part
def _copy_unit(counts: Counts, week: int, of_units: Tally, u: int, w: int) -> None:
    for field in range(counts.events.shape[0]):
        of_units.counted[week, field, u, w] = counts.events[field, u, w]
    for field in range(counts.panel.shape[0]):
        of_units.panel[week, field, u, w] = counts.panel[field, u, w]
    for role in range(N_CLINICAL):
        of_units.exits[week, 0, u, w] += counts.exits[role, u, w]
