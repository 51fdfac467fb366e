"""N3: the identity of vacancies, v = s tau / (1 + s tau), by arithmetic and in simulated hospitals.

In the long run a chair is empty for tau after each exit and filled for 1 / s between them, s exits a year of those in
place. Published turnover, time to fill and vacancy of nurses (T9) contradict it: with 16.4 % a year and 83 days it
gives 3.6 %, published are 9.6 %, for which chairs would stand empty for 236 days. No model meets all three.

The simulated hospitals are those of the worlds engine with a constant intent to leave (no burnout, trust, recognition,
contagion or newcomers in it). Turnover and vacancy are the measures that every run reports; by the identity, one tells
the other within sampling error.

References
----------
1. NSI Nursing Solutions. National Health Care Retention and RN Staffing Report (T9).
"""

from __future__ import annotations

import numpy as np

from trustsim.organization.roles import CLINICAL, ROLES, role_code
from trustsim.scenario import Scenario
from trustsim.simulation import open_hospital, run_worlds

TURNOVER, DAYS_TO_FILL, VACANCY = 0.164, 83.0, 0.096
GIVES, NEEDS_DAYS = 0.036, 236.0
CASES = ((0.0076, 12.0), (0.0076, 34.0), (0.03, 26.0))
"""Weekly chance to leave of those fully intent, and weeks until a vacancy is filled."""
ODDS = 0.8
SEEDS = range(16)
MOST_ERRORS = 4.0
"""Standard errors between identity and simulation: more is a false alarm in 860 cases (Student's t, 15 degrees)."""


def vacancy(turnover: float, years: float) -> float:
    """Return the share of chairs without anybody."""
    return turnover * years / (1.0 + turnover * years)


def years_to_fill(turnover: float, vacant: float) -> float:
    """Return how long chairs stand empty for a share of them to be vacant."""
    return vacant / (turnover * (1.0 - vacant))


def scenario(hazard: float, weeks: float) -> Scenario:
    """Return a hospital in which all leave with the same chance."""
    of_roles = {"leaving.intent": ODDS, "leaving.hazard": hazard, "leaving.burnout": 1.0, "leaving.fill_weeks": weeks}
    settings = {f"{name}.{role}": value for name, value in of_roles.items() for role in ROLES}
    settings |= dict.fromkeys(("leaving.trust", "leaving.valued", "leaving.contagion"), 0.0) | {
        "leaving.first_year": 1.0
    }
    return Scenario(name="vacancies", weeks=260, burn_in=104, parameters=settings)


def simulated() -> list[tuple[float, float, float, float]]:
    """Return for each case turnover, vacancy, what the identity gives, and the distance of the two in standard errors.

    Turnover is exits over the chairs that were filled, both of the whole time: a mean of weekly ratios is another
    number.
    """
    turnover, vacant = np.empty((len(SEEDS), len(CASES))), np.empty((len(SEEDS), len(CASES)))
    worlds = [scenario(*case) for case in CASES]
    for seed in SEEDS:
        hospital = open_hospital(worlds[0], seed)
        found = run_worlds(worlds, hospital).hospital
        clinicians = int(np.isin(hospital.organization.role, [role_code(role) for role in CLINICAL]).sum())
        vacant[seed] = found["vacancy_rate"].mean(axis=0)
        turnover[seed] = 52.0 * found["exits"].mean(axis=0) / (clinicians * (1.0 - vacant[seed]))
    expected = vacancy(turnover, np.array([weeks for _, weeks in CASES]) / 52.0)
    distance = vacant - expected
    error = distance.std(axis=0, ddof=1) / np.sqrt(len(SEEDS))
    columns = (turnover.mean(axis=0), vacant.mean(axis=0), expected.mean(axis=0), distance.mean(axis=0) / error)
    return [tuple(map(float, row)) for row in zip(*columns, strict=True)]


def lines() -> list[str]:
    """Return what is published, what we get, and whether they agree."""
    gives, days = vacancy(TURNOVER, DAYS_TO_FILL / 365.0), 365.0 * years_to_fill(TURNOVER, VACANCY)
    said = [
        f"{abs(gives - GIVES) < 0.0005!s:>5}  turnover 16.4 %, 83 days: vacancy {gives:.2%} (T9: {GIVES:.1%})",
        f"{abs(days - NEEDS_DAYS) < 0.5!s:>5}  turnover 16.4 %, vacancy 9.6 %: {days:.1f} days (T9: {NEEDS_DAYS:.0f})",
    ]
    for (_, weeks), (turnover, vacant, expected, errors) in zip(CASES, simulated(), strict=True):
        said.append(
            f"{abs(errors) < MOST_ERRORS!s:>5}  simulated turnover {turnover:.1%} a year, {weeks:.0f} weeks: vacancy "
            f"{vacant:.3%}, by the identity {expected:.3%} ({errors:+.1f} standard errors)"
        )
    return said
