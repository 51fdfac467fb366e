"""What is private stays in the file: names, e-mails, ids; and numbers of few people are not told."""

import stat
from dataclasses import replace

import numpy as np

from trustsim.organization import generate
from trustsim.organization.roles import CLINICAL, role_code
from trustsim.roster import read_organization, write_organization
from trustsim.roster.privacy import pseudonyms, salt_file
from trustsim.roster.small_cells import small_roles, small_units
from trustsim.scenario import load_scenario, with_settings
from trustsim.studies import Recipe


def test_no_name_e_mail_or_id_is_in_anything_that_is_written(of_organimi, tmp_path):
    hospital = of_organimi.roster.organization
    for name in ("out", "out.graphml", "out.svg"):
        path = write_organization(hospital, tmp_path / name)
        text = "".join(file.read_text() for file in ([path] if path.is_file() else path.iterdir()))
        assert len(text) > 1000
        for person in of_organimi.people:
            assert person.email.casefold() not in text.casefold()
            assert person.last not in text


def test_a_pseudonym_is_the_same_next_time_however_the_id_is_written(of_organimi):
    assert read_organization(of_organimi.path) == of_organimi.roster.organization
    assert pseudonyms(["A.B@h.example"]) == pseudonyms(["a.b@H.example"])


def test_another_salt_gives_other_pseudonyms_of_the_same_hospital(of_organimi, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    other = read_organization(of_organimi.path)
    assert not set(other.labels) & set(of_organimi.roster.organization.labels)
    assert np.array_equal(np.bincount(other.unit), np.bincount(of_organimi.roster.organization.unit))


def test_the_salt_is_for_the_user_alone(of_organimi):
    assert stat.S_IMODE(salt_file().stat().st_mode) == 0o600
    assert len(salt_file().read_bytes()) == 32


def small_hospital():
    """Two executives; units of 1 chief, 1 physician and 2 nurses."""
    return generate({"units": 3, "executives": 2, "physicians": 1, "apps": 0, "nurses": 2})


def test_numbers_of_fewer_than_five_people_are_not_told():
    scenario = with_settings(load_scenario("baseline"), {"weeks": 4, "burn_in": 0})
    recipe = Recipe(scenario, scenario, replicates=2, engine="mesa", by_unit=True, organization=small_hospital())
    weekly = recipe.run().weekly()
    of_units, hospital = weekly[weekly["unit"] != ""], weekly[weekly["unit"] == ""]
    assert of_units["burnout_prevalence"].isna().all()
    assert hospital["intent_to_leave.executive"].isna().all()
    assert hospital["exhaustion.nurse"].notna().all()
    assert hospital["burnout_prevalence"].notna().all()


def test_a_small_cell_cannot_be_worked_out_from_the_total_and_the_others():
    two_chiefs = generate({"units": 2, "physicians": 3, "nurses": 5, "apps": 0, "allied": 0})
    assert set(small_roles(two_chiefs)) >= {"chief", "physician"}  # 2 chiefs are known from 6 physicians and the total
    assert "nurse" not in small_roles(two_chiefs)
    many = generate({"allied": 1})
    assert small_roles(many) == ("director", "executive")  # 4 directors are known from 5 executives and the total
    assert not small_units(many).any()


def test_a_small_unit_takes_the_next_one_with_it():
    hospital = generate({"units": 3, "physicians": 2, "nurses": 5})
    unit = hospital.unit.copy()
    clinicians = np.flatnonzero(np.isin(hospital.role, [role_code(role) for role in CLINICAL]))
    of_first = [person for person in clinicians if unit[person] == 0]
    unit[of_first[3:]] = 1  # three are left in the first
    assert small_units(replace(hospital, unit=unit)).tolist() == [True, False, True]
