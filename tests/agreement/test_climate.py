"""A hospital with a climate of its own: both engines agree on it to the last bit, and a climate of nothing is none."""

from dataclasses import replace

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.organization import Organization, generate
from trustsim.organization.roles import CLIMATE, role_code
from trustsim.scenario import load_scenario
from trustsim.simulation import open_hospital, run_worlds

SMALL = {"units": 3, "physicians": 3, "nurses": 4, "apps": 1, "allied": 1}
SEED = 5


def with_climate(organization: Organization, **rows: float) -> Organization:
    climate = np.zeros((len(CLIMATE), organization.n))
    for name, value in rows.items():
        climate[CLIMATE.index(name)] = value
    return replace(organization, climate=climate)


def series(organization: Organization, engine: str = "worlds", weeks: int = 30) -> dict[str, np.ndarray]:
    scenario = load_scenario("listening_tour")
    hospital = open_hospital(scenario, SEED, organization=organization)
    return run_worlds([scenario], hospital, weeks=weeks, engine=engine, by_unit=True).hospital


@pytest.fixture(scope="module")
def plain() -> Organization:
    return generate(SMALL, seed=SEED)


@pytest.mark.parametrize("seed", [0, 1])
def test_both_engines_agree_on_any_climate(plain: Organization, seed: int) -> None:
    random = np.random.default_rng(seed)
    organization = replace(plain, climate=random.uniform(-0.6, 0.6, (len(CLIMATE), plain.n)))
    worlds, mesa = series(organization), series(organization, "mesa")
    for name, values in worlds.items():
        np.testing.assert_array_equal(values, mesa[name], err_msg=name)


def test_a_climate_of_nothing_changes_nothing(plain: Organization) -> None:
    nothing = with_climate(plain)
    assert nothing == plain
    assert nothing.digest == plain.digest
    before, after = series(plain), series(nothing)
    assert all(np.array_equal(before[name], after[name], equal_nan=True) for name in before)


@pytest.mark.parametrize(
    ("row", "measure", "sign"),
    [
        ("exhaustion", "exhaustion", 1),
        ("cynicism", "cynicism", 1),
        ("safety", "psychological_safety", 1),
        ("valued", "valued", 1),
        ("trust_organization", "trust_organization", 1),
        ("conduct", "trust_leader", 1),
        ("exhaustion", "intent_to_leave", 1),
    ],
)
def test_each_part_of_a_climate_is_felt_where_it_should_be(
    plain: Organization, row: str, measure: str, sign: int
) -> None:
    before, after = series(plain), series(with_climate(plain, **{row: 0.15}))
    assert sign * (after[measure][-5:].mean() - before[measure][-5:].mean()) > 0.01


def test_a_place_stays_exhausting_for_those_who_come_later(plain: Organization) -> None:
    # Three years on, many of the first staff have gone; the climate has not.
    before, after = series(plain, weeks=156), series(with_climate(plain, exhaustion=0.15), weeks=156)
    assert (after["exhaustion.nurse"] - before["exhaustion.nurse"])[-10:].mean() > 0.1


def test_a_hospital_with_a_climate_is_another_hospital(plain: Organization) -> None:
    assert with_climate(plain, valued=0.1) != plain


@pytest.mark.parametrize("climate", [np.zeros((len(CLIMATE), 2)), np.zeros(3)])
def test_a_climate_for_other_positions_is_refused(plain: Organization, climate: np.ndarray) -> None:
    with pytest.raises(InputError, match="climate has shape"):
        replace(plain, climate=climate)


@pytest.mark.parametrize("value", [1.5, float("nan")])
def test_a_climate_beyond_all_feelings_is_refused(plain: Organization, value: float) -> None:
    with pytest.raises(InputError, match="beyond -1 to 1"):
        with_climate(plain, safety=value)


def test_only_the_first_leader_has_the_conduct_that_was_measured(plain: Organization) -> None:
    from trustsim.model import HospitalModel

    model = HospitalModel("baseline", rng=SEED, organization=with_climate(plain, conduct=0.3))
    position = next(place for place in model.positions if place.role == "manager")
    first = position.person
    assert first is not None
    first.remove()
    position.occupant += 1
    successor = model.hire(position)
    usual = HospitalModel("baseline", rng=SEED, organization=plain)
    assert first.conduct.integrity > usual.positions[position.number].person.conduct.integrity
    assert role_code(position.role) == plain.role[position.number]
    again = usual.positions[position.number]
    again.person.remove()
    again.occupant += 1
    assert successor.conduct == usual.hire(again).conduct
