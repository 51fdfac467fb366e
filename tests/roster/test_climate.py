"""``climate.csv``: what was fitted to a survey comes back with the hospital, to the last bit."""

from dataclasses import replace

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.organization import generate
from trustsim.organization.roles import CLIMATE
from trustsim.roster import inspect_roster, read_organization, write_organization


@pytest.fixture
def written(tmp_path):
    plain = generate({"units": 2}, seed=1)
    climate = np.zeros((len(CLIMATE), plain.n))
    climate[:, 3:9] = np.random.default_rng(1).normal(0.0, 0.1, (len(CLIMATE), 6))
    hospital = replace(plain, climate=climate)
    return hospital, write_organization(hospital, tmp_path / "hospital")


def test_there_and_back_nothing_is_lost(written):
    hospital, folder = written
    back = read_organization(folder)
    assert np.array_equal(back.climate, hospital.climate)
    assert inspect_roster(folder).account.problems == []


def test_without_any_there_is_no_file(tmp_path):
    assert not (write_organization(generate({"units": 1}), tmp_path / "plain") / "climate.csv").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("number", "person"), "climate.csv:1: has the columns person"),
        (("\n", "\nCEO,0,0,0,0,0,0\n"), "climate.csv:2: there is nobody of number 'CEO'"),
        (("\n", "\n900,0,0,0,0,0,0\n"), "climate.csv:2: there is nobody of number '900'"),
        (("\n", "\n5,0,x,0,0,0,0\n"), "climate.csv:2: is not 6 numbers"),
        (("\n", "\n5,0,0\n"), "climate.csv:2: is not 6 numbers, one for each of"),
        (("\n", "\n5,0.3\n"), "climate.csv:2: is not 6 numbers"),
        (("\n", "\n5,0,nan,0,0,0,0\n"), "climate.csv:2: is not 6 numbers"),
        (("\n", "\n\n900\n"), "climate.csv:3: there is nobody of number '900' in people.csv; numbers go from 0"),
    ],
)
def test_a_broken_file_is_refused(written, change, said):
    _, folder = written
    path = folder / "climate.csv"
    old, new = change
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(InputError, match=said):
        inspect_roster(folder)


def test_a_blank_line_means_nothing(written):
    hospital, folder = written
    path = folder / "climate.csv"
    path.write_text(path.read_text().replace("\n", "\n\n"))
    assert np.array_equal(read_organization(folder).climate, hospital.climate)


def test_beside_people_without_numbers_it_is_refused(written):
    _, folder = written
    people = folder / "people.csv"
    people.write_text(people.read_text().replace("number", "shoe size", 1))
    with pytest.raises(InputError, match=r"climate.csv: is read only beside a people.csv that trustsim wrote"):
        inspect_roster(folder)
