"""What holds in every hospital, whatever its parameters and whatever comes over it."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from trustsim import levers, parameters
from trustsim.interventions import LeverPlan
from trustsim.measures import MEASURES
from trustsim.organization import generate
from trustsim.worlds.engine import Result, WeeksOfLuck, advance

WORLDS, WEEKS = 4, 40
ORGANIZATION = generate({"units": 3, "allied": 1}, seed=1)
SEGMENTS = 4


def any_world(random: np.random.Generator) -> tuple[list[LeverPlan], np.ndarray]:
    """Draw parameters over their whole ranges, and every lever over its range."""
    values = np.stack([parameters.resolve({}) for _ in range(WORLDS)], axis=1)
    for number, name in enumerate(parameters.NAMES):
        known = parameters.REGISTER[name]
        if known.group != "organization" and not name.startswith("trust.weight_"):
            values[number] = random.uniform(known.low, known.high, WORLDS)
    plans = []
    for _ in range(WORLDS):
        table = np.zeros((SEGMENTS, len(levers.NAMES), ORGANIZATION.n_units + 1))
        for number, lever in enumerate(levers.LEVERS.values()):
            pulled = random.random(table[1:, number].shape) < 0.3
            table[1:, number] = np.where(pulled, random.uniform(lever.low, lever.high, pulled.shape), 0.0)
        plans.append(LeverPlan(table, random.integers(0, SEGMENTS, WEEKS).astype(np.int32)))
    return plans, values


def run(seed: int, chaos: int) -> Result:
    plans, values = any_world(np.random.default_rng(chaos))
    luck = WeeksOfLuck(seed, seed, ORGANIZATION)
    return advance(ORGANIZATION, plans, values, luck, weeks=WEEKS, burn_in=0, by_unit=True, snapshots=range(1, WEEKS))


@given(seed=st.integers(0, 2**32), chaos=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_beliefs_feelings_and_chances_stay_between_nothing_and_everything(seed: int, chaos: int) -> None:
    result = run(seed, chaos)
    for snapshot in result.snapshots:
        people, ties = snapshot.state.people, snapshot.state.ties
        for field in ("exhaustion", "cynicism", "safety", "autonomy", "understanding", "alignment", "valued", "intent"):
            values = getattr(people, field)
            assert np.all((values >= 0.0) & (values <= 1.0)), field
        assert np.all((ties.belief >= 0.0) & (ties.belief <= 1.0))
        assert np.all(ties.belief[:, 1:] <= ties.scar[:, None])
        assert np.all((people.hours > 0.0) & (people.hours <= 1.0))
        assert np.all((people.concerns >= 0.0) & np.isfinite(people.concerns))
    for name, measure in MEASURES.items():
        if measure.unit in ("0 to 1", "share", "probability"):
            known = result.hospital[name][~np.isnan(result.hospital[name])]
            assert np.all((known >= 0.0) & (known <= 1.0)), name


@given(seed=st.integers(0, 2**32), chaos=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_positions_stay_while_people_come_and_go(seed: int, chaos: int) -> None:
    result = run(seed, chaos)
    before = None
    for number, snapshot in enumerate(result.snapshots):
        people = snapshot.state.people
        assert np.all((people.staffed == 0.0) | (people.staffed == 1.0))
        assert np.all((people.vacancy > 0.0) == (people.staffed == 0.0))
        if before is not None:
            left = np.sum((before.staffed == 1.0) & (people.staffed == 0.0), axis=0)
            np.testing.assert_array_equal(left, sum_over_roles(result, number))
        before = people


def sum_over_roles(result: Result, week: int) -> np.ndarray:
    roles = ("physician", "nurse", "app", "allied", "chief", "manager", "director", "executive")
    return np.sum([result.hospital[f"exits.{role}"][week] for role in roles], axis=0)


@given(seed=st.integers(0, 2**32), chaos=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_units_add_up_to_the_hospital(seed: int, chaos: int) -> None:
    result = run(seed, chaos)
    for name in ("safety_events", "reported_events"):
        np.testing.assert_array_equal(result.units[name].sum(axis=1), result.hospital[name])
    clinicians = np.array([np.sum((ORGANIZATION.silo == 0) & (ORGANIZATION.unit == u)) for u in range(3)])
    vacant = (result.units["vacancy_rate"] * clinicians[None, :, None]).sum(axis=1) / clinicians.sum()
    np.testing.assert_allclose(vacant, result.hospital["vacancy_rate"], atol=1e-12)
