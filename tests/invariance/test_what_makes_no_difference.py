"""What must not change a hospital, to the last bit: a dose of nothing, other names, what is asked of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.scenario import Scenario, with_settings
from trustsim.simulation import Hospital, open_hospital, run_worlds
from trustsim.worlds.engine import Result, WeeksOfLuck

SMALL = Scenario(name="small", weeks=30, burn_in=8, organization={"units": 3})


def same(one: Result, world: int, other: Result, other_world: int) -> bool:
    """Whether two worlds are equal in every measure and every week."""
    return all(
        np.array_equal(series[:, world], other.hospital[name][:, other_world], equal_nan=True)
        for name, series in one.hospital.items()
    )


@pytest.fixture(scope="module")
def hospital() -> Hospital:
    return open_hospital(SMALL, 3)


@pytest.fixture(scope="module")
def doses(hospital: Hospital) -> Result:
    """The baseline, then every kind at dose zero, then every kind at its usual dose, side by side."""
    worlds = [SMALL]
    for dose in (0.0, 1.0):
        for kinds, key in ((INTERVENTIONS, "interventions"), (SHOCKS, "shocks")):
            for kind in kinds.values():
                episode = kind(start=2, weeks=28, dose=dose, units="all")
                worlds.append(SMALL.model_copy(update={key: (episode,)}))
    return run_worlds(worlds, hospital)


@pytest.mark.parametrize("kind", [*INTERVENTIONS, *SHOCKS])
def test_a_dose_of_zero_is_the_baseline(kind: str, doses: Result) -> None:
    kinds = [*INTERVENTIONS, *SHOCKS]
    assert same(doses, 1 + kinds.index(kind), doses, 0)


@pytest.mark.parametrize("kind", [*INTERVENTIONS, *SHOCKS])
def test_a_usual_dose_is_not(kind: str, doses: Result) -> None:
    kinds = [*INTERVENTIONS, *SHOCKS]
    assert not same(doses, 1 + len(kinds) + kinds.index(kind), doses, 0)


def test_names_of_people_and_units_mean_nothing(hospital: Hospital) -> None:
    organization = replace(
        hospital.organization,
        labels=tuple(f"somebody {number}" for number in range(hospital.organization.n)),
        unit_names=("c", "b", "a"),
    )
    luck = WeeksOfLuck(hospital.seed, hospital.hospital_seed, organization)
    renamed = Hospital(organization, luck, hospital.seed, hospital.hospital_seed)
    assert same(run_worlds([SMALL], hospital), 0, run_worlds([SMALL], renamed), 0)


def test_recording_units_or_states_changes_nothing(hospital: Hospital) -> None:
    plain = run_worlds([SMALL], hospital)
    watched = run_worlds([SMALL], hospital, by_unit=True, snapshots=range(1, 38))
    assert same(plain, 0, watched, 0)


def test_a_longer_horizon_begins_with_the_shorter_one(hospital: Hospital) -> None:
    short, long = (run_worlds([SMALL], hospital, weeks=weeks) for weeks in (20, 30))
    assert all(
        np.array_equal(series, long.hospital[name][:20], equal_nan=True) for name, series in short.hospital.items()
    )


@pytest.mark.parametrize("seed", [0, 1, 2**64 - 1])
def test_the_same_seed_gives_the_same_bytes(seed: int) -> None:
    one, other = (run_worlds([SMALL], open_hospital(SMALL, seed)) for _ in range(2))
    assert {name: series.tobytes() for name, series in one.hospital.items()} == {
        name: series.tobytes() for name, series in other.hospital.items()
    }


def test_other_seeds_give_other_people_or_other_events() -> None:
    runs = {
        (seed, hospital_seed): run_worlds([SMALL], open_hospital(SMALL, seed, hospital_seed=hospital_seed))
        for seed in (0, 1)
        for hospital_seed in (0, 1)
    }
    assert len({run.hospital["exhaustion"].tobytes() for run in runs.values()}) == len(runs)


def test_events_do_not_decide_who_is_there() -> None:
    runs = [run_worlds([SMALL], open_hospital(SMALL, seed, hospital_seed=5), weeks=1) for seed in (0, 1)]
    one, other = (run.snapshots[-1].state.people for run in runs)
    stayed = (one.occupant == 0.0) & (other.occupant == 0.0)
    assert np.array_equal(one.own_exhaustion[stayed], other.own_exhaustion[stayed])
    assert not np.array_equal(one.exhaustion[stayed], other.exhaustion[stayed])


def test_a_parameter_that_nothing_reads_yet_changes_nothing(hospital: Hospital) -> None:
    # How much people value a promise matters only once somebody makes one.
    promised = with_settings(SMALL, {"trust.promise": 2.5})
    result = run_worlds([SMALL, promised], hospital)
    assert same(result, 0, result, 1)
