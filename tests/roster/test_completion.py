"""Ties that a roster does not say: they are made as the generator makes them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.organization import generate
from trustsim.organization.roles import TIE_KINDS, tie_code
from trustsim.roster.completion import People, complete

SIZES = st.fixed_dictionaries(
    {},
    optional={
        "units": st.integers(1, 7),
        "physicians": st.integers(0, 5),
        "nurses": st.integers(0, 9),
        "apps": st.integers(0, 3),
        "allied": st.integers(0, 3),
        "units_per_director": st.integers(1, 5),
        "executives": st.integers(1, 8),
    },
)
KINDS = TIE_KINDS[1:]


def forgetful(hospital) -> People:
    """A hospital of which only people and lines are known."""
    offices = [label if label in {"CEO", "CMO", "CNO", "COO", "CFO"} else "" for label in hospital.labels]
    unit, leader = hospital.unit.astype(np.int64), hospital.leader.astype(np.int64)
    return People(hospital.role, unit, leader, offices, hospital.n_units)


def both_ways(pairs) -> set[tuple[int, int]]:
    ends = {(int(a), int(b)) for one, other in pairs for a, b in zip(one.ravel(), other.ravel(), strict=True)}
    return ends | {(b, a) for a, b in ends}


def ties(hospital, kind: str) -> set[tuple[int, int]]:
    chosen = hospital.kind == tie_code(kind)
    return set(zip(hospital.truster[chosen].tolist(), hospital.trustee[chosen].tolist(), strict=True))


@given(SIZES, st.integers(0, 2**64 - 1))
def test_the_ties_of_a_generated_hospital_that_were_forgotten_come_back(sizes, seed):
    hospital = generate(sizes, seed=seed)
    made = complete(forgetful(hospital), KINDS, seed=seed)
    assert {kind: both_ways(pairs) for kind, pairs in made.items()} == {kind: ties(hospital, kind) for kind in KINDS}


def test_only_the_kinds_that_are_asked_for_are_made():
    hospital = generate({"units": 2})
    assert list(complete(forgetful(hospital), ("dyad", "peer"))) == ["dyad", "peer"]


@pytest.mark.parametrize("kind", ["operations", "dyad", "liaison"])
def test_a_unit_without_a_manager_or_chief_has_no_ties_to_one(kind):
    hospital = generate({"units": 2})
    people = forgetful(hospital)
    people.manager[:] = people.chief[:] = -1
    assert both_ways(complete(people, (kind,))[kind]) == set()
