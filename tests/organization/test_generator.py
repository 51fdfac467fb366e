"""What every generated hospital must be, whatever its size."""

from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.errors import InputError
from trustsim.organization import Organization, check, generate
from trustsim.organization.generator import LARGEST
from trustsim.organization.roles import ROLES, TIE_KINDS, role_code, tie_code

SIZES = st.fixed_dictionaries(
    {},
    optional={
        "units": st.integers(1, 9),
        "physicians": st.integers(0, 6),
        "nurses": st.integers(0, 12),
        "apps": st.integers(0, 3),
        "allied": st.integers(0, 3),
        "units_per_director": st.integers(1, 5),
        "executives": st.integers(1, 12),
        "peer_degree": st.integers(0, 20),
        "peer_rewiring": st.floats(0, 1),
        "consult_degree": st.floats(0, 8),
        "bridging": st.floats(0, 1),
        "social_share": st.floats(0, 1),
    },
)
SEEDS = st.integers(0, 2**64 - 1)


def of_role(hospital: Organization, role: str) -> np.ndarray:
    return np.flatnonzero(hospital.role == role_code(role))


def leaders_above(hospital: Organization, position: int) -> list[int]:
    leader = int(hospital.leader[position])
    return [leader, *leaders_above(hospital, leader)] if leader >= 0 else []


def pairs(hospital: Organization, kind: str) -> set[tuple[int, int]]:
    chosen = hospital.kind == tie_code(kind)
    return set(zip(hospital.truster[chosen].tolist(), hospital.trustee[chosen].tolist(), strict=True))


def ties_per_person(hospital: Organization, kind: str) -> np.ndarray:
    return np.bincount(hospital.truster[hospital.kind == tie_code(kind)], minlength=hospital.n)


# ---------------------------------------------------------------- the community hospital


def test_the_community_hospital_has_313_positions():
    hospital = generate()
    counts = {role: len(of_role(hospital, role)) for role in ROLES}
    front_line = {"physician": 64, "nurse": 176, "app": 32, "allied": 0}
    assert hospital.n == 313
    assert counts == front_line | {"chief": 16, "manager": 16, "director": 4, "executive": 5}


def test_the_community_hospital_has_ties_of_all_kinds():
    assert set(generate().kind.tolist()) == set(range(len(TIE_KINDS)))


def test_people_report_to_whom_they_report_in_a_community_hospital():
    hospital = generate()
    leader = {
        label: hospital.labels[row] for label, row in zip(hospital.labels, hospital.leader, strict=True) if row >= 0
    }
    assert "CEO" not in leader
    assert leader["CMO"] == leader["CNO"] == leader["COO"] == leader["CFO"] == "CEO"
    assert leader["director 1"] == "COO"
    assert leader["Emergency/chief"] == "CMO"
    assert leader["Emergency/manager"] == "director 1"
    assert leader["Outpatient clinic/manager"] == "director 4"
    assert leader["Emergency/physician 1"] == leader["Emergency/app 2"] == "Emergency/chief"
    assert leader["Emergency/nurse 11"] == "Emergency/manager"


def test_nurses_look_to_the_nursing_officer_and_everybody_else_to_the_medical_officer():
    hospital = generate({"allied": 1})
    for role, officer in (("nurse", "CNO"), ("physician", "CMO"), ("app", "CMO"), ("allied", "CMO"), ("chief", "CMO")):
        ties = hospital.executive_tie[of_role(hospital, role)]
        assert {hospital.labels[trustee] for trustee in hospital.trustee[ties]} == {officer}


# ---------------------------------------------------------------- every hospital


@given(SIZES, SEEDS)
def test_every_generated_hospital_passes_the_checks(sizes, seed):
    check(generate(sizes, seed=seed))


@given(SIZES)
def test_the_hospital_has_the_people_it_was_asked_for(sizes):
    hospital = generate(sizes)
    asked = {"units": 16, "physicians": 4, "nurses": 11, "apps": 2, "allied": 0, "units_per_director": 4} | sizes
    per_unit = {"physician": "physicians", "nurse": "nurses", "app": "apps", "allied": "allied"}
    for role, name in per_unit.items():
        in_units = np.bincount(hospital.unit[of_role(hospital, role)], minlength=asked["units"])
        assert np.all(in_units == asked[name])
    assert len(of_role(hospital, "executive")) == sizes.get("executives", 5)
    assert len(of_role(hospital, "director")) == -(-asked["units"] // asked["units_per_director"])
    assert len(set(hospital.unit_names)) == hospital.n_units == asked["units"]


@given(SIZES)
def test_everybody_has_one_leader_and_the_ceo_none(sizes):
    hospital = generate(sizes)
    assert np.flatnonzero(hospital.leader == -1).tolist() == [0]
    assert hospital.labels[0] == "CEO"
    assert np.all(
        ties_per_person(hospital, "line")
        == (hospital.leader >= 0) + np.bincount(hospital.leader[1:], minlength=hospital.n)
    )


@given(SIZES)
def test_every_unit_has_its_own_chief_and_manager(sizes):
    hospital = generate(sizes)
    for role, positions in (("chief", hospital.chief), ("manager", hospital.manager)):
        assert of_role(hospital, role).tolist() == positions.tolist()
        assert hospital.unit[positions].tolist() == list(range(hospital.n_units))


@given(SIZES)
def test_no_director_spans_more_units_than_allowed(sizes):
    hospital = generate(sizes)
    spans = np.bincount(hospital.leader[hospital.manager], minlength=hospital.n)
    assert spans.max() <= sizes.get("units_per_director", 4)
    assert np.all(spans[of_role(hospital, "director")] > 0)


@given(SIZES, SEEDS)
def test_ties_go_both_ways_once_and_never_to_oneself(sizes, seed):
    hospital = generate(sizes, seed=seed)
    ends = list(zip(hospital.truster.tolist(), hospital.trustee.tolist(), hospital.kind.tolist(), strict=True))
    assert len({tie[:2] for tie in ends}) == len(ends)
    assert {(other, one, kind) for one, other, kind in ends} == set(ends)
    assert all(one != other for one, other, _ in ends)


@given(SIZES, SEEDS)
def test_colleagues_share_a_unit_and_consultants_do_not(sizes, seed):
    hospital = generate(sizes, seed=seed)
    for kind, together in (("peer", True), ("consult", False), ("operations", True), ("dyad", True)):
        for one, other in pairs(hospital, kind):
            assert (hospital.unit[one] == hospital.unit[other]) == together
    doctors = {role_code(role) for role in ("physician", "app", "chief")}
    assert {int(hospital.role[one]) for one, _ in pairs(hospital, "consult")} <= doctors


@given(SIZES, SEEDS)
def test_social_ties_lead_out_of_the_own_line(sizes, seed):
    hospital = generate(sizes, seed=seed)
    for one, other in pairs(hospital, "social"):
        if hospital.silo[one] == 0:
            manager = int(hospital.manager[hospital.unit[one]])
            assert hospital.silo[other] == 1
            assert other not in {manager, *leaders_above(hospital, manager), *leaders_above(hospital, one)}


@given(SIZES, SEEDS)
def test_same_seed_same_bytes(sizes, seed):
    assert generate(sizes, seed=seed).digest == generate(sizes, seed=seed).digest


def test_seed_0_is_a_seed():
    assert generate(seed=0).digest == generate(seed=0).digest != generate(seed=1).digest


@given(SEEDS, SEEDS)
def test_seeds_change_who_is_tied_to_whom_but_not_who_is_there(one, other):
    first, second = generate({"units": 3}, seed=one), generate({"units": 3}, seed=other)
    assert first.labels == second.labels
    assert np.array_equal(first.leader, second.leader)
    assert (first == second) == (one == other)


# ---------------------------------------------------------------- networks


@pytest.mark.parametrize("degree", [0, 1, 2, 3, 4, 7])
def test_people_deal_with_as_many_colleagues_as_the_register_says(degree):
    hospital = generate({"peer_degree": degree, "peer_rewiring": 0, "nurses": 12})  # 18 of staff: an even ring
    assert ties_per_person(hospital, "peer")[of_role(hospital, "nurse")].mean() == pytest.approx(degree, abs=0.1)
    assert len(pairs(hospital, "peer")) == 16 * 18 * degree


@pytest.mark.parametrize("nurses", [1, 2, 3, 4, 5])
def test_everybody_knows_everybody_in_a_small_unit(nurses):
    hospital = generate(
        {"units": 1, "physicians": 0, "apps": 0, "nurses": nurses, "peer_degree": 20, "peer_rewiring": 1}
    )
    assert len(pairs(hospital, "peer")) == nurses * (nurses - 1)


def test_rewiring_moves_its_share_of_peer_ties_and_loses_hardly_any():
    nearest = pairs(generate({"units": 200, "peer_rewiring": 0}), "peer")
    rewired = pairs(generate({"units": 200, "peer_rewiring": 0.1}), "peer")
    # 6,800 pairs, each moved with probability 0.1: the share's standard error is 0.004; 5 of them fail once in 10**6.
    assert len(nearest - rewired) / len(nearest) == pytest.approx(0.1, abs=0.02)
    assert len(rewired) > 0.995 * len(nearest)


@pytest.mark.parametrize("degree", [0.5, 1.5, 4.0])
def test_clinicians_consult_as_many_others_as_the_register_says(degree):
    hospital = generate({"units": 300, "consult_degree": degree})
    doctors = np.concatenate([of_role(hospital, role) for role in ("physician", "app", "chief")])
    # 2,100 clinicians, each tie started by a chance and counted twice: the standard error is at most 1 / sqrt(2,100);
    # 5 of them fail once in 10**6.
    assert ties_per_person(hospital, "consult")[doctors].mean() == pytest.approx(degree, abs=0.109)


def test_more_consultation_keeps_the_partners_there_were():
    few, many = (pairs(generate({"consult_degree": degree}), "consult") for degree in (1.0, 3.5))
    assert few < many


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_bridging_is_the_share_of_doctors_who_deal_with_the_manager(share):
    hospital = generate({"units": 200, "bridging": share})
    doctors = np.concatenate([of_role(hospital, role) for role in ("physician", "app")])
    # 1,200 doctors: the standard error is at most 0.0145; 5 of them fail once in 10**6.
    assert ties_per_person(hospital, "operations")[doctors].mean() == pytest.approx(share, abs=0.073 * (0 < share < 1))


def test_who_deals_with_the_manager_has_nothing_to_do_with_who_consults():
    hospital = generate({"units": 200, "bridging": 0.5, "consult_degree": 1})
    doctors = np.concatenate([of_role(hospital, role) for role in ("physician", "app")])
    ties = [ties_per_person(hospital, kind)[doctors] for kind in ("operations", "consult")]
    # The standard error of a correlation of 1,200 pairs is 0.029; 5 of them fail once in 10**6.
    assert abs(np.corrcoef(*ties)[0, 1]) < 0.145


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_the_social_share_of_the_front_line_knows_an_administrator(share):
    hospital = generate({"units": 100, "social_share": share})
    front_line = np.concatenate([of_role(hospital, role) for role in ("physician", "app", "nurse")])
    # 1,700 people: the standard error is at most 0.0106; 5 of them fail once in 10**6.
    assert ties_per_person(hospital, "social")[front_line].mean() == pytest.approx(share, abs=0.053 * (0 < share < 1))


def test_social_ties_reach_every_administrator_of_a_large_hospital_alike():
    hospital = generate({"units": 40, "social_share": 1})
    known = ties_per_person(hospital, "social")[hospital.manager]
    # Each of 680 people chooses among 50 administrators outside the own line: 39 managers, 9 directors, 2 executives.
    # The standard error of the mean is 2 %; 5 of them fail once in 10**6.
    assert known.min() > 0
    assert known.mean() == pytest.approx(680 * 39 / 50 / 40, rel=0.1)


# ---------------------------------------------------------------- odd hospitals and wrong input


def test_one_executive_holds_all_offices_of_a_small_clinic():
    clinic = generate({"units": 1, "executives": 1})
    assert clinic.labels[:4] == ("CEO", "director 1", "Emergency/chief", "Emergency/manager")
    assert [clinic.labels[row] for row in clinic.leader[1:4]] == ["CEO", "CEO", "director 1"]
    front_line = clinic.executive_tie[4:]
    assert np.all(clinic.trustee[front_line] == 0)
    check(clinic)


@pytest.mark.parametrize(
    "sizes",
    [
        {"units": 1, "physicians": 0, "nurses": 0, "apps": 0, "executives": 1},
        {"units": 1, "physicians": 0, "apps": 0},
        {"nurses": 0},
        {"physicians": 0, "apps": 0},
        {"units": 1, "physicians": 1, "nurses": 0, "apps": 0, "executives": 2},
        {"units": 5, "units_per_director": 40, "executives": 12},
    ],
)
def test_odd_hospitals_work(sizes):
    check(generate(sizes))


def test_units_beyond_the_named_wards_are_numbered():
    assert generate({"units": 18}).unit_names[15:] == ("Outpatient clinic", "Unit 17", "Unit 18")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"unit": 3}, "unknown parameter 'organization.unit'; did you mean 'organization.units'"),
        ({"units": 0}, "organization.units = 0 is outside 1 to 10000"),
        ({"units": 2.5}, "organization.units is a whole number"),
        ({"units": "many"}, "organization.units is a number"),
        ({"units": 10000, "nurses": 150}, f"a hospital of .* positions is too large; the most is {LARGEST:,}"),
    ],
)
def test_wrong_sizes_are_refused_with_what_is_allowed(values, message):
    with pytest.raises(InputError, match=message):
        generate(values)


def test_whole_numbers_may_be_written_as_floats():
    assert generate({"units": 2.0}) == generate({"units": 2})


def test_a_hospital_of_100_000_is_made_and_checked_in_under_10_seconds():
    start = perf_counter()
    hospital = generate({"units": 480, "physicians": 40, "nurses": 150, "apps": 16})
    check(hospital)
    assert hospital.n == 480 * 208 + 120 + 5
    assert perf_counter() - start < 10
