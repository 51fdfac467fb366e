"""An organization that is written and read again is the same: people, lines, units, kinds of ties."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustsim.errors import InputError
from trustsim.organization import Position, Tie, build, generate
from trustsim.roster import inspect_roster, read_organization, write_organization

ARRAYS = ("role", "unit", "leader", "truster", "trustee", "kind")
HOSPITALS = st.builds(
    generate,
    st.fixed_dictionaries(
        {"units": st.integers(1, 5), "executives": st.integers(1, 6), "nurses": st.integers(0, 5),
         "social_share": st.sampled_from([0.0, 0.5])}
    ),
    seed=st.integers(0, 100),
)  # fmt: skip


@pytest.mark.parametrize("name", ["hospital", "hospital.graphml"])
@given(hospital=HOSPITALS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_there_and_back_nothing_is_lost(tmp_path_factory, name, hospital):
    path = write_organization(hospital, tmp_path_factory.mktemp("there") / name)
    back = read_organization(path)
    assert back.unit_names == hospital.unit_names
    for array in ARRAYS:
        assert np.array_equal(getattr(back, array), getattr(hospital, array)), array


@pytest.mark.parametrize("name", ["hospital", "hospital.graphml"])
def test_a_tie_of_one_direction_keeps_it(tmp_path, name):
    places = [Position("E", "executive", None, None), Position("M", "manager", "A", "E")]
    places += [Position(label, "nurse", "A", "M") for label in "NOP"]
    lines = [(place.label, place.leader) for place in places if place.leader]
    ties = [Tie(*ends, "line") for line in lines for ends in (line, line[::-1])]
    hospital = build(places, [*ties, Tie("N", "O", "peer"), Tie("P", "N", "peer")])
    back = read_organization(write_organization(hospital, tmp_path / name))
    assert np.array_equal(back.truster, hospital.truster)
    assert np.array_equal(back.trustee, hospital.trustee)


@pytest.mark.parametrize("name", ["again", "again.graphml"])
def test_a_hospital_that_was_imported_is_the_same_to_its_pseudonyms(of_organimi, tmp_path, name):
    hospital = of_organimi.roster.organization
    assert read_organization(write_organization(hospital, tmp_path / name)) == hospital


def test_a_hospital_that_was_written_asks_for_nothing(tmp_path, of_organimi):
    path = write_organization(of_organimi.roster.organization, tmp_path / "again")
    account = inspect_roster(path).account
    assert account.problems == []
    assert account.assumptions == []
    assert all(sources["generated"] == 0 for sources in account.ties.values())


def test_a_picture_shows_every_unit_and_nobody_of_the_front_line(tmp_path, of_organimi):
    hospital = of_organimi.roster.organization
    svg = write_organization(hospital, tmp_path / "hospital.svg").read_text(encoding="utf-8")
    assert svg.startswith("<?xml")
    assert all(f"{unit} (19)" in svg for unit in hospital.unit_names)
    assert "p-" + hospital.labels[-1][2:] not in svg
    assert svg == write_organization(hospital, tmp_path / "again.svg").read_text(encoding="utf-8")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="is there already; name a new folder"):
        write_organization(generate({"units": 1}), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"is called \.png; write a \.svg picture"):
        write_organization(generate({"units": 1}), tmp_path / "hospital.png")
