"""Effects of what leaders do and of what happens: shipped scenarios against the baseline, with the same luck."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from trustsim.evidence.observation.estimators import (
    Sample,
    mean,
    odds_ratio_per_unit,
    standardized,
    time_constant,
)
from trustsim.evidence.observation.recipe import HALF, QUARTER, Recipe
from trustsim.evidence.observation.worlds import BASELINE, Need, Seen, World, world

__all__ = ["RECIPES"]

START: Final = 26
"""First week of the interventions of the shipped scenarios."""
YEAR_AFTER: Final = START + 52
MONTH: Final = 4

# Half of them directed at the organization, half at physicians, as among the studies of F1; each by itself.
MIX: Final = tuple(
    world(name) for name in ("fix_the_workplace", "staffing_relief", "listening_campaign", "resilience_training")
)
WORKPLACE, RECOGNITION = world("fix_the_workplace"), world("recognition")

# Patients per nurse at normal demand and full staff: an assumption within the 4 to 8 of W1.
PATIENTS_PER_NURSE: Final = 5.0
DEMANDED: Final = tuple(
    world("demand_surge", {"demand_surge.start": 0, "demand_surge.weeks": 52, "demand_surge.demand": demand})
    for demand in (0.3, 0.6)
)

NOTHING_RESOLVED: Final = world(
    "listening_tour_without_follow_through", {"listening_tour.follow_through": 0.0, "listening_tour.explanation": 0.0}
)
ALL_RESOLVED: Final = world("listening_tour", {"listening_tour.follow_through": 1.0})
# Twelve sessions in half a year, to which everybody comes who is in a group.
GROUPS: Final = world(
    "listening_campaign",
    {
        "listening_campaign.weeks": HALF,
        "listening_campaign.sessions_per_month": 26 / 12,
        "listening_campaign.reach": 1.0,
    },
)
CRISIS: Final = world("crisis", {"crisis.start": 0, "crisis.weeks": 52})
AFTER_CRISIS: Final = 104
"""Weeks over which the excess after a crisis is followed."""


def exhaustion_of_package(seen: Seen) -> Sample:
    """V4. Physicians, the workplace fixed; 6 to 12 months after the start; Maslach inventory, exhaustion (F2, F3)."""
    weeks = (START + HALF, YEAR_AFTER)
    survey = seen.survey(BASELINE, YEAR_AFTER)
    exhaustion = 54.0 * survey.field("exhaustion")[survey.of("physician")]
    return np.array([_difference(seen, WORKPLACE, "mbi_ee.physician", weeks), exhaustion.var(ddof=1)])


def burnout_of_mix(seen: Seen) -> Sample:
    """V5. Physicians, each of four interventions; 12 months after the start; mean of the four (F1).

    Two are directed at the organization (the workplace fixed, work taken away), two at people (groups that are listened
    to, resilience training).
    """
    effects = [_difference(seen, each, "burnout_prevalence.physician", _last_month(YEAR_AFTER)) for each in MIX]
    return np.array(np.mean(effects))


def burnout_of_demand(seen: Seen) -> Sample:
    """V6. Nurses of hospitals at three demands; a year after demand rose; patients per nurse in place, Maslach (W1)."""
    rows = []
    for each, demand in zip((BASELINE, *DEMANDED), (0.0, 0.3, 0.6), strict=True):
        survey = seen.survey(each, 52)
        nurses = survey.of("nurse")
        patients = PATIENTS_PER_NURSE * (1.0 + demand) * survey.per_head("nurse")
        people = float(np.count_nonzero(nurses))
        rows.append((patients * people, float(np.count_nonzero(survey.burned_out & nurses)), people))
    return np.array(rows)


def trust_if_nothing_is_resolved(seen: Seen) -> Sample:
    """V8. Clinicians, visits that resolve and explain nothing; months 15 to 18; trust in administrators (E3)."""
    return np.array(_difference(seen, NOTHING_RESOLVED, "trust_clinician_admin", (104 - QUARTER, 104)))


def trust_if_all_is_resolved(seen: Seen) -> Sample:
    """V8. As `trust_if_nothing_is_resolved`, with all resolved that is raised (E1)."""
    return np.array(_difference(seen, ALL_RESOLVED, "trust_clinician_admin", (104 - QUARTER, 104)))


def burnout_of_groups(seen: Seen) -> Sample:
    """V13. Physicians in groups every two weeks for six months; 12 months after the start; Maslach inventory (E5)."""
    return np.array(_difference(seen, GROUPS, "burnout_prevalence.physician", _last_month(YEAR_AFTER)))


def rise_in_crisis(seen: Seen) -> Sample:
    """V15. Physicians, a crisis of a year; the last month of it; Maslach inventory (B1)."""
    return np.array(_difference(seen, CRISIS, "burnout_prevalence.physician", _last_month(52)))


def excess_after_crisis(seen: Seen) -> Sample:
    """V15. Physicians; the excess at the end of the crisis, then in each week of two years after it (B1)."""
    name = "burnout_prevalence.physician"
    excess = (seen.series(CRISIS, name) - seen.series(BASELINE, name)[: 52 + AFTER_CRISIS])[: 52 + AFTER_CRISIS]
    return np.array([excess[slice(*_last_month(52))].mean(), *excess[52:]])


def recovery_years(samples: Sequence[Sample]) -> float:
    """Return the time constant in years of `excess_after_crisis`."""
    return time_constant(samples) * AFTER_CRISIS / 52.0


def turnover_of_contact(seen: Seen) -> Sample:
    """V25. Nurses, each recognized once a month; the 12 months after the start; exits by payroll (C10)."""
    return np.array(_difference(seen, RECOGNITION, "turnover_annual.nurse", (START, YEAR_AFTER)))


def _difference(seen: Seen, of: World, measure: str, weeks: tuple[int, int]) -> float:
    return seen.mean(of, measure, weeks) - seen.mean(BASELINE, measure, weeks)


def _last_month(end: int) -> tuple[int, int]:
    return (end - MONTH, end)


def _against_baseline(weeks: int, *worlds: World) -> tuple[Need, ...]:
    return tuple(Need(each, weeks) for each in (BASELINE, *worlds))


_DEMAND = tuple(Need(each, 52, (52,)) for each in (BASELINE, *DEMANDED))
_CRISIS = _against_baseline(52 + AFTER_CRISIS, CRISIS)

RECIPES: Final = {
    "V4.difference": Recipe(
        (Need(BASELINE, YEAR_AFTER, (YEAR_AFTER,)), Need(WORKPLACE, YEAR_AFTER)), exhaustion_of_package, standardized
    ),
    "V5.difference": Recipe(_against_baseline(YEAR_AFTER, *MIX), burnout_of_mix, mean),
    "V6.ratio": Recipe(_DEMAND, burnout_of_demand, odds_ratio_per_unit),
    "V8.ignored": Recipe(_against_baseline(104, NOTHING_RESOLVED), trust_if_nothing_is_resolved, mean),
    "V8.resolved": Recipe(_against_baseline(104, ALL_RESOLVED), trust_if_all_is_resolved, mean),
    "V13.difference": Recipe(_against_baseline(YEAR_AFTER, GROUPS), burnout_of_groups, mean),
    "V15.rise": Recipe(_against_baseline(52, CRISIS), rise_in_crisis, mean),
    "V15.recovery": Recipe(_CRISIS, excess_after_crisis, recovery_years),
    "V25.difference": Recipe(_against_baseline(YEAR_AFTER, RECOGNITION), turnover_of_contact, mean),
}
