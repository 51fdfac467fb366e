"""X6: what burnout costs for each physician and year, against the decision model of Han et al.

Published (T12): turnover and reduced hours that burnout causes cost 7,600 dollars for each employed physician and year,
4.6 billion in the nation; the interval 2.6 to 6.3 billion is 4,300 to 10,400 dollars a physician. The inputs of that
model are in a supplement that we have not seen, so its arithmetic is redone from numbers that we have: the share burned
out and the exits of those who are and are not (T1), at the price of an exit that the register has.

The rule of trustsim is then asked the same: two worlds with the same luck, one in which burnout makes no physician
likelier to leave. What differs in the measure ``cost`` has to be the exits that differ, each at its price, to the cent;
for each physician who is burned out it must lie where T1 has it: what burnout adds to exits, with the interval of its
risk ratio, at their price. For each physician of all it is more than published, since more are burned out in trustsim,
whose share is that of national surveys (B1), than in T1. Hours that are cut have no price here: it is turnover alone.

References
----------
1. Han, S., et al. (2019). Estimating the attributable cost of physician burnout in the United States. Annals of
   Internal Medicine 170(11). doi:10.7326/M18-1422
2. Hamidi, M. S., et al. (2018). Estimating institutional physician turnover attributable to self-reported burnout.
   BMC Health Services Research. doi:10.1186/s12913-018-3663-z
"""

from __future__ import annotations

import numpy as np

from trustsim.organization.roles import ROLES, role_code
from trustsim.parameters import lookup
from trustsim.scenario import load_scenario, with_settings
from trustsim.simulation import open_hospital, run_worlds

PUBLISHED, NATION, NATION_LOW, NATION_HIGH = 7600.0, 4.6e9, 2.6e9, 6.3e9
LOW, HIGH = PUBLISHED * NATION_LOW / NATION, PUBLISHED * NATION_HIGH / NATION
BURNED_OUT, LEAVE_BURNED_OUT, LEAVE_OTHERS = 0.26, 0.112, 0.052
"""T1: share burned out, and exits a year of those who are and of the others."""
RATIO_LOW, RATIO_HIGH = 1.3, 3.3
"""T1: 95 % interval of the risk ratio of exits."""
SEEDS = range(40)


def price(role: str) -> float:
    """Return what an exit costs, in dollars."""
    return 1000.0 * lookup(f"cost.exit.{role}").default


def by_hand() -> float:
    """Return dollars for each physician and year from the numbers of T1."""
    return BURNED_OUT * (LEAVE_BURNED_OUT - LEAVE_OTHERS) * price("physician")


def burned_out_by_hand() -> tuple[float, float, float]:
    """Return dollars for each burned-out physician and year from the numbers of T1, with their interval."""
    added = (LEAVE_BURNED_OUT - LEAVE_OTHERS, *((ratio - 1.0) * LEAVE_OTHERS for ratio in (RATIO_LOW, RATIO_HIGH)))
    found, low, high = (exits * price("physician") for exits in added)
    return found, low, high


def simulated() -> tuple[float, float, float, float]:
    """Return dollars for each physician and year, their error, the share burned out, and how cost and exits differ.

    The error is the standard error over seeds; the last is a share.
    """
    given = with_settings(load_scenario("baseline"), {"weeks": 208})
    unmoved = with_settings(given, {"leaving.burnout.physician": 1.0})
    # What else a lost physician costs (events, demand that goes elsewhere) is no part of the published number.
    free = {"cost.event": 0.0, "cost.lost_demand": 0.0}
    per_physician, burned_out, exits_cost, cost = [], [], 0.0, 0.0
    for seed in SEEDS:
        worlds = [with_settings(world, free) for world in (given, unmoved)]
        hospital = open_hospital(given, seed)
        found = run_worlds(worlds, hospital).hospital
        physicians = int(np.count_nonzero(hospital.organization.role == role_code("physician")))
        years = given.weeks / 52.0
        differ = {role: float(np.diff(found[f"exits.{role}"].sum(axis=0))[0]) for role in ROLES}
        exits_cost -= sum(differ[role] * price(role) for role in ROLES)
        cost -= 1000.0 * float(np.diff(found["cost"].sum(axis=0))[0])
        burned_out.append(float(np.mean(found["burnout_prevalence.physician"][:, 0])))
        per_physician.append(-differ["physician"] * price("physician") / physicians / years)
    error = float(np.std(per_physician, ddof=1) / np.sqrt(len(per_physician)))
    return float(np.mean(per_physician)), error, float(np.mean(burned_out)), abs(cost - exits_cost) / abs(exits_cost)


def lines() -> list[str]:
    """Return what is published, what we get, and whether they agree."""
    hand, (found, error, share, differ) = by_hand(), simulated()
    published = f"published {PUBLISHED:,.0f} ({LOW:,.0f} to {HIGH:,.0f})"
    each, (burned, low, high) = found / share, burned_out_by_hand()
    return [
        f"{LOW <= hand <= HIGH!s:>5}  by hand from T1: {hand:,.0f} dollars for each physician and year ({published})",
        f"       simulated: {found:,.0f} +- {2.0 * error:,.0f}, with {share:.0%} burned out, {BURNED_OUT:.0%} in T1",
        f"{low <= each <= high!s:>5}  for each burned out: {each:,.0f}; T1 {burned:,.0f} ({low:,.0f} to {high:,.0f})",
        f"{differ < 1e-9!s:>5}  cost differs by the price of the exits that differ, but for a share of {differ:.0e}",
    ]
