"""Recording: a week of the Mesa model as the sums and counts that `trustsim.measures` turns into measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.measures import (
    COUNTED,
    HOSPITAL_FIELDS,
    PANEL_FIELDS,
    PERSON_FIELDS,
    TIE_FIELDS,
    Tally,
    finish,
    finish_units,
)
from trustsim.organization.roles import CLINICAL, ROLES

if TYPE_CHECKING:
    from trustsim.agents import Person, Unit
    from trustsim.model.hospital import HospitalModel

__all__ = ["Records", "hospital_measures", "join", "record", "unit_measures"]

_FEELINGS: Final = PERSON_FIELDS[1:]  # attributes of a person; the first field counts those in place
_ROLE: Final = {role: number for number, role in enumerate(ROLES)}
_GROUP: Final = {name: number for number, name in enumerate(TIE_FIELDS)}
_SPENT: Final = {"leader_hours": "hours.leaders", "staff_hours": "hours.staff", "spent": "cost"}


class Records(NamedTuple):
    """Sums and counts of some weeks of one world.

    Attributes
    ----------
    hospital, units : Tally
    spent : (weeks, 3, 1) float64
        `trustsim.measures.HOSPITAL_FIELDS`.
    """

    hospital: Tally
    units: Tally
    spent: NDArray[np.float64]


def record(model: HospitalModel) -> Records:
    """Return the sums and counts of the week just done, in the order of positions, ties and units."""
    n_units = len(model.units) - 1
    records = Records(_empty(len(ROLES), 1), _empty(n_units, n_units), np.zeros((1, len(HOSPITAL_FIELDS), 1)))
    for position in model.positions:
        if position.person is not None:
            _add_person(position.person, records)
    _add_trust(model, records)
    for unit in model.units:
        _add_counts(unit, records)
        for number, field in enumerate(HOSPITAL_FIELDS):
            records.spent[0, number, 0] += unit.levers[_SPENT[field]]
    return records


def _empty(people_cells: int, cells: int) -> Tally:
    return Tally(
        people=np.zeros((1, len(PERSON_FIELDS), people_cells, 1)),
        exits=np.zeros((1, 1, people_cells, 1)),
        trust=np.zeros((1, len(TIE_FIELDS), cells, 1)),
        ties=np.zeros((1, len(TIE_FIELDS), cells, 1)),
        counted=np.zeros((1, len(COUNTED), cells, 1)),
        panel=np.zeros((1, len(PANEL_FIELDS), cells, 1)),
    )


def _add_person(person: Person, records: Records) -> None:
    feelings = [1.0, *(getattr(person, name) for name in _FEELINGS)]
    records.hospital.people[0, :, _ROLE[person.role], 0] += feelings
    if person.silo == "clinical":
        records.units.people[0, :, person.unit.number, 0] += feelings


def _add_trust(model: HospitalModel, records: Records) -> None:
    # In plain lists, since thousands of single sums a week are quicker there: a row for each unit, for the leadership
    # floor, and last for the hospital.
    trust, ties = ([[0.0] * len(TIE_FIELDS) for _ in range(len(model.units) + 1)] for _ in range(2))
    for position in model.positions:
        person = position.person
        if person is None:
            continue
        for tie in position.ties:
            if model.positions[tie.trustee].person is None:
                continue
            along = person.trust(tie)
            groups = [_GROUP[tie.counts_as]]
            if tie is position.line_tie and person.silo == "clinical":
                groups.append(_GROUP["leader"])
            for row in (tie.unit.number, -1):
                for group in groups:
                    trust[row][group] += along
                    ties[row][group] += 1.0
    records.hospital.trust[0, :, 0, 0], records.hospital.ties[0, :, 0, 0] = trust[-1], ties[-1]
    records.units.trust[0, :, :, 0], records.units.ties[0, :, :, 0] = np.transpose(trust[:-2]), np.transpose(ties[:-2])


def _add_counts(unit: Unit, records: Records) -> None:
    hospital, units = records.hospital, records.units
    counts = (unit.raised, unit.resolved, unit.safety_events, unit.reported_events)
    hospital.counted[0, :, 0, 0] += counts
    hospital.exits[0, 0, :, 0] += [unit.exits[role] for role in ROLES]
    if unit.panel is not None:
        panel = unit.panel
        row = (
            panel.trust,
            panel.waiting,
            unit.workload,
            panel.adherence,
            panel.self_rated_outcome,
            panel.objective_outcome,
            panel.lost_demand,
        )
        hospital.panel[0, :, 0, 0] += row
        units.panel[0, :, unit.number, 0] = row
        units.counted[0, :, unit.number, 0] = counts
        units.exits[0, 0, unit.number, 0] = sum(unit.exits[role] for role in CLINICAL)  # whole numbers


def join(weeks: list[Records]) -> Records:
    """Return the records of several weeks as one."""
    return Records(
        _joined([week.hospital for week in weeks]),
        _joined([week.units for week in weeks]),
        np.concatenate([week.spent for week in weeks]),
    )


def _joined(tallies: list[Tally]) -> Tally:
    return Tally(*(np.concatenate(arrays) for arrays in zip(*tallies, strict=True)))


def hospital_measures(model: HospitalModel, records: Records) -> dict[str, NDArray[np.float64]]:
    """Return the measures of the hospital, each (weeks, 1)."""
    positions = np.bincount(model.organization.role, minlength=len(ROLES)).astype(np.float64)
    return finish(records.hospital, records.spent, positions, len(model.units) - 1, model.values[:, None])


def unit_measures(model: HospitalModel, records: Records) -> dict[str, NDArray[np.float64]]:
    """Return the measures of each unit, each (weeks, units, 1)."""
    return finish_units(records.units, np.array([unit.size for unit in model.units[:-1]]))
