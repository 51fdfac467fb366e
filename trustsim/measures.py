"""What is recorded of a week, in which unit, and what it means.

An engine keeps a *tally* of each week: sums and counts over people, ties and units, no ratios. `finish` turns tallies
of either engine into measures, so that there is one place where a mean is a mean. A measure of people, without a role
in its name, is over the clinicians in place; ``burnout_prevalence.nurse`` is over nurses, ``intent_to_leave.manager``
over managers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim import parameters
from trustsim.errors import InputError, did_you_mean
from trustsim.organization.roles import CLINICAL, ROLES

__all__ = [
    "COUNTED", "HEADLINE", "HOSPITAL_FIELDS", "MEASURES", "NAMES", "PANEL_FIELDS", "PERSON_FIELDS", "TIE_FIELDS",
    "Measure", "Tally", "finish", "finish_units", "lookup",
]  # fmt: skip

# What a tally sums, in order. The engines and `finish` draw on these names alone.
PERSON_FIELDS: Final = (
    "staffed", "psychological_safety", "autonomy", "alignment", "role_understanding", "valued", "open_concerns",
    "exhaustion", "cynicism", "burned_out", "satisfaction", "intent_to_leave", "trust_organization", "reduced_hours",
)  # fmt: skip
TIE_FIELDS: Final = ("clinician_admin", "admin_clinician", "peers", "other", "leader")
COUNTED: Final = ("raised", "resolved", "safety_events", "reported_events")
PANEL_FIELDS: Final = (
    "trust_patients", "waiting_list", "workload", "adherence", "self_rated_outcome", "objective_outcome", "lost_demand",
)  # fmt: skip
HOSPITAL_FIELDS: Final = ("leader_hours", "staff_hours", "spent")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name, unit, meaning : str
    better : {"up", "down", ""}
        Which way is good for people and patients; "" for a means that is neither.
    by_role : bool
        Whether ``name.role`` exists.
    """

    name: str
    unit: str
    better: Literal["up", "down", ""]
    meaning: str
    by_role: bool = False


_TABLE: Final = (
    Measure("trust_clinician_admin", "0 to 1", "up", "Clinicians' trust in administrators, over their ties."),
    Measure("trust_admin_clinician", "0 to 1", "up", "Administrators' trust in clinicians, over their ties."),
    Measure("trust_peers", "0 to 1", "up", "Trust between colleagues of a unit."),
    Measure("trust_leader", "0 to 1", "up", "Clinicians' trust in their own leader."),
    Measure("trust_organization", "0 to 1", "up", "Trust in the organization.", by_role=True),
    Measure("trust_patients", "0 to 1", "up", "Patients' trust in the units."),
    Measure("silo_gap", "difference", "down", "Trust within a silo minus trust across."),
    Measure("psychological_safety", "0 to 1", "up", "How safe it feels to speak up.", by_role=True),
    Measure("autonomy", "0 to 1", "up", "Control over one's work.", by_role=True),
    Measure("alignment", "0 to 1", "up", "Alignment with the shared purpose.", by_role=True),
    Measure("role_understanding", "0 to 1", "up", "Understanding of the other silo's work.", by_role=True),
    Measure("valued", "0 to 1", "up", "Feeling valued.", by_role=True),
    Measure("open_concerns", "per clinician", "down", "Concerns not yet raised or answered.", by_role=True),
    Measure("voice_rate", "per clinician and week", "up", "Concerns raised."),
    Measure("resolution_rate", "share", "up", "Raised concerns that were resolved; missing in weeks without any."),
    Measure("exhaustion", "0 to 1", "down", "Exhaustion.", by_role=True),
    Measure("cynicism", "0 to 1", "down", "Cynicism.", by_role=True),
    Measure("mbi_ee", "0 to 54", "down", "MBI emotional exhaustion: 54 x exhaustion.", by_role=True),
    Measure("mbi_dp", "0 to 30", "down", "MBI depersonalization: 30 x cynicism.", by_role=True),
    Measure("burnout_prevalence", "share", "down", "Burned out: EE of 27 or more, or DP of 10 or more.", by_role=True),
    Measure("satisfaction", "0 to 1", "up", "Job satisfaction.", by_role=True),
    Measure("intent_to_leave", "probability", "down", "Intent to leave within two years.", by_role=True),
    Measure("exits", "people per week", "down", "People who left.", by_role=True),
    Measure("turnover_annual", "share per year", "down", "Exits, times 52, over the people in place.", by_role=True),
    Measure("vacancy_rate", "share", "down", "Positions without anybody.", by_role=True),
    Measure("reduced_hours", "share", "down", "Clinicians in place who have cut their hours.", by_role=True),
    Measure("workload", "1 is normal", "down", "Workload of the units."),
    Measure("safety_events", "per week", "down", "True safety events."),
    Measure("reported_events", "per week", "", "Safety events that were reported."),
    Measure("adherence", "share", "up", "Patients' adherence to treatment."),
    Measure("self_rated_outcome", "0 to 1", "up", "Outcome as patients rate it."),
    Measure("objective_outcome", "0 to 1", "up", "Outcome as measured; patients' trust does not move it."),
    Measure("waiting_list", "weeks of demand", "down", "Patients waiting."),
    Measure("leader_hours", "hours per week", "", "Leaders' time that interventions take."),
    Measure("staff_hours", "hours per week", "", "Staff time that interventions take."),
    Measure(
        "cost",
        "thousand dollars per week",
        "down",
        "Turnover, events, lost demand, and the interventions' money and time.",
    ),
)
MEASURES: Final[dict[str, Measure]] = {measure.name: measure for measure in _TABLE}
NAMES: Final[tuple[str, ...]] = tuple(
    name
    for measure in _TABLE
    for name in (measure.name, *(f"{measure.name}.{role}" for role in ROLES if measure.by_role))
)
HEADLINE: Final = (
    "trust_clinician_admin", "trust_admin_clinician", "silo_gap", "trust_organization", "psychological_safety",
    "autonomy", "open_concerns", "burnout_prevalence", "intent_to_leave", "turnover_annual", "vacancy_rate",
    "safety_events", "trust_patients", "leader_hours", "cost",
)  # fmt: skip


def lookup(name: str) -> Measure:
    """Return a measure by name; ``name.role`` gives the measure of which it is a part.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    if name not in NAMES:
        raise InputError(f"unknown measure {name!r}{did_you_mean(name, NAMES)}")
    return MEASURES[name.split(".", 1)[0]]


class Tally(NamedTuple):
    """Sums and counts of some weeks, each (weeks, fields, cells, W) float64.

    Cells are units, or for the hospital as a whole: roles for `people` and `exits`, a single cell for the rest.

    Attributes
    ----------
    people : sums over the people in place (clinicians only, in units), `PERSON_FIELDS`
    exits : people who left, one field
    trust, ties : sums of trust, and numbers of ties with somebody at both ends, `TIE_FIELDS`
    counted : `COUNTED`
    panel : sums over units, `PANEL_FIELDS`
    """

    people: NDArray[np.float64]
    exits: NDArray[np.float64]
    trust: NDArray[np.float64]
    ties: NDArray[np.float64]
    counted: NDArray[np.float64]
    panel: NDArray[np.float64]


_Series = dict[str, NDArray[np.float64]]


def finish(
    tally: Tally, spent: NDArray[np.float64], positions: NDArray[np.float64], n_units: int, values: NDArray[np.float64]
) -> _Series:
    """Return the measures of the hospital as a whole.

    Parameters
    ----------
    tally : Tally
        With roles as cells of people and exits.
    spent : (weeks, 3, W) float64
        `HOSPITAL_FIELDS`.
    positions : (roles,) float64
        Positions of each role.
    n_units : int
    values : (parameters, W) float64

    Returns
    -------
    dict of str to (weeks, W) float64 array
        Keys are `NAMES`. Means over nobody are missing (nan).
    """
    clinical = slice(0, len(CLINICAL))
    series = _of_people(
        _sum(tally.people[:, :, clinical]), _sum(tally.exits[:, :, clinical]), _sum(positions[None, None, clinical])
    )
    for number, role in enumerate(ROLES):
        of_role = _of_people(tally.people[:, :, number], tally.exits[:, :, number], positions[None, None, number])
        series |= {f"{name}.{role}": values_of_role for name, values_of_role in of_role.items()}
    series |= _of_ties(tally.trust[:, :, 0], tally.ties[:, :, 0])
    clinicians = _sum(tally.people[:, :, clinical])[:, PERSON_FIELDS.index("staffed")]
    series |= _of_counts(tally.counted[:, :, 0], clinicians) | _of_panel(tally.panel[:, :, 0], float(n_units))
    series |= {name: spent[:, number] for number, name in enumerate(HOSPITAL_FIELDS)}
    series["cost"] = _cost(tally, series, values)
    return {name: series[name] for name in NAMES}


def finish_units(tally: Tally, positions: NDArray[np.float64]) -> _Series:
    """Return the measures of each unit.

    Parameters
    ----------
    tally : Tally
        With units as cells.
    positions : (units,) float64
        Clinical positions of each unit.

    Returns
    -------
    dict of str to (weeks, units, W) float64 array
        Measures of `MEASURES` without those that only a hospital has (leaders' and staff hours, cost).
    """
    series = _of_people(tally.people, tally.exits, positions[None, None, :, None])
    series |= _of_ties(tally.trust, tally.ties)
    series |= _of_counts(tally.counted, tally.people[:, PERSON_FIELDS.index("staffed")]) | _of_panel(tally.panel, 1.0)
    return {name: series[name] for name in MEASURES if name in series}


def _sum(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    # An explicit loop: numpy may sum in another order on another machine.
    total = cells[:, :, 0].copy()
    for cell in range(1, cells.shape[2]):
        total = total + cells[:, :, cell]
    return total


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64] | float) -> NDArray[np.float64]:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(whole) > 0.0, part / whole, np.nan)


def _of_people(people: NDArray[np.float64], exits: NDArray[np.float64], positions: NDArray[np.float64]) -> _Series:
    staffed = people[:, PERSON_FIELDS.index("staffed")]
    series = {
        name: _ratio(people[:, number], staffed) for number, name in enumerate(PERSON_FIELDS) if name != "staffed"
    }
    series["burnout_prevalence"] = series.pop("burned_out")
    series |= {"mbi_ee": 54.0 * series["exhaustion"], "mbi_dp": 30.0 * series["cynicism"], "exits": exits[:, 0]}
    series["turnover_annual"] = _ratio(52.0 * exits[:, 0], staffed)
    series["vacancy_rate"] = 1.0 - _ratio(staffed, np.broadcast_to(positions[:, 0], staffed.shape))
    return series


def _of_ties(trust: NDArray[np.float64], ties: NDArray[np.float64]) -> _Series:
    clinician_admin, admin_clinician, peers, other, leader = range(len(TIE_FIELDS))
    within = _ratio(trust[:, peers] + trust[:, other], ties[:, peers] + ties[:, other])
    across = _ratio(
        trust[:, clinician_admin] + trust[:, admin_clinician], ties[:, clinician_admin] + ties[:, admin_clinician]
    )
    return {
        "trust_clinician_admin": _ratio(trust[:, clinician_admin], ties[:, clinician_admin]),
        "trust_admin_clinician": _ratio(trust[:, admin_clinician], ties[:, admin_clinician]),
        "trust_peers": _ratio(trust[:, peers], ties[:, peers]),
        "trust_leader": _ratio(trust[:, leader], ties[:, leader]),
        "silo_gap": within - across,
    }


def _of_counts(counted: NDArray[np.float64], clinicians: NDArray[np.float64]) -> _Series:
    raised, resolved, events, reported = (counted[:, number] for number in range(len(COUNTED)))
    return {
        "voice_rate": _ratio(raised, clinicians),
        "resolution_rate": _ratio(resolved, raised),
        "safety_events": events,
        "reported_events": reported,
    }


def _of_panel(panel: NDArray[np.float64], n_units: float) -> _Series:
    return {name: panel[:, number] / n_units for number, name in enumerate(PANEL_FIELDS) if name != "lost_demand"}


def _cost(tally: Tally, series: _Series, values: NDArray[np.float64]) -> NDArray[np.float64]:
    def price(name: str) -> NDArray[np.float64]:
        of_worlds: NDArray[np.float64] = values[parameters.row(name)][None, :]
        return of_worlds

    cost = series["spent"] + series["safety_events"] * price("cost.event")
    cost = cost + tally.panel[:, PANEL_FIELDS.index("lost_demand"), 0] * price("cost.lost_demand")
    cost = cost + series["leader_hours"] * price("cost.leader_hour") + series["staff_hours"] * price("cost.staff_hour")
    for number, role in enumerate(ROLES):
        cost = cost + tally.exits[:, 0, number] * price(f"cost.exit.{role}")
    return cost
