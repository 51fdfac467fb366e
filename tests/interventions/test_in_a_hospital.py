"""What every intervention and shock does, and does not do, once people live through it."""

import numpy as np
import pytest

from trustsim.interventions import INTERVENTIONS, SHOCKS, Episode
from trustsim.scenario import Scenario
from trustsim.simulation import BLOCK, open_hospital, run_worlds

KINDS = {**INTERVENTIONS, **SHOCKS}
SIZE = {"units": 4, "physicians": 2, "nurses": 4, "apps": 1}
WEEKS = 12
# A tie with somebody who has left is no tie, in other units neither: means over ties are then over others.
LEADERS_GO = ("leader_departure", "merger")
OVER_TIES = ("trust_clinician_admin", "trust_admin_clinician", "trust_peers", "trust_leader", "silo_gap")


def world(name: str, *episodes: Episode) -> Scenario:
    interventions = [each for each in episodes if each.kind in INTERVENTIONS]
    shocks = [each for each in episodes if each.kind in SHOCKS]
    return Scenario(name=name, weeks=WEEKS, burn_in=2, organization=SIZE, interventions=interventions, shocks=shocks)


def run(worlds: list[Scenario], *, by_unit: bool = False):
    """Run all of them in one hospital; measures by name, worlds last."""
    hospital = open_hospital(worlds[0], seed=11)
    blocks = [worlds[start : start + BLOCK] for start in range(0, len(worlds), BLOCK)]
    results = [run_worlds(block, hospital, by_unit=by_unit) for block in blocks]
    series = [result.units if by_unit else result.hospital for result in results]
    return {name: np.concatenate([each[name] for each in series], axis=-1) for name in series[0]}


@pytest.fixture(scope="module")
def at_dose_zero():
    return run([world("baseline"), *(world(name, kind(dose=0.0)) for name, kind in KINDS.items())])


@pytest.fixture(scope="module")
def in_surgery():
    """Each kind from the first week on, in one unit of four."""
    return run(
        [world("baseline"), *(world(name, kind(units=("Surgery",))) for name, kind in KINDS.items())], by_unit=True
    )


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_at_dose_zero_nothing_of_the_hospital_is_another_to_the_bit(at_dose_zero, number):
    for name, values in at_dose_zero.items():
        np.testing.assert_array_equal(values[..., 1 + number], values[..., 0], name)


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_in_its_first_week_other_units_do_not_know_of_it(in_surgery, number):
    units = open_hospital(world("baseline"), seed=11).organization.unit_names
    others = [place for place, name in enumerate(units) if name != "Surgery"]
    for name, values in in_surgery.items():
        if list(KINDS)[number] in LEADERS_GO and name in OVER_TIES:
            continue
        np.testing.assert_array_equal(values[0, others, 1 + number], values[0, others, 0], name)


@pytest.mark.parametrize("number", range(len(KINDS)), ids=KINDS)
def test_in_its_own_unit_it_makes_a_difference(in_surgery, number):
    place = open_hospital(world("baseline"), seed=11).organization.unit_names.index("Surgery")
    assert any((values[:, place, 1 + number] != values[:, place, 0]).any() for values in in_surgery.values())
