"""What `trustsim org` tells of a roster, and `trustsim run --org` in it."""

import json

import pandas as pd
import pytest

from trustsim.roster import read_organization
from trustsim.studies import read_run

PEOPLE = """\
Employee ID,Manager ID,Department,Job Title,Shoe size
E,,Administration,CEO,40
D,E,Administration,Director of Nursing,41
C,E,Ward A,Chief of Medicine,42
M,D,Ward A,Nurse Manager,43
""" + "".join(f"N{k},M,Ward A,RN,44\nP{k},C,Ward A,Hospitalist,45\nB{k},D,Ward B,RN,46\n" for k in range(3))


@pytest.fixture
def roster(tmp_path):
    (tmp_path / "people.csv").write_text(PEOPLE)
    return tmp_path / "people.csv"


@pytest.fixture
def at_home(trustsim, tmp_path):
    """The console of somebody with a configuration of their own."""
    return lambda *arguments: trustsim(*arguments, XDG_CONFIG_HOME=str(tmp_path / "config"))


def test_check_says_what_was_understood_assumed_and_odd(at_home, roster):
    done = at_home("org", "check", "people.csv")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for said in (
        "person_id from 'Employee ID'",
        "People: 13 read, 0 no longer there, 14 in the model",
        "4 levels of leadership, 2 units",
        "position of manager is assumed",
        "column 'Shoe size' is not used",
        "This hospital can be used",
    ):
        assert said in " ".join(done.stdout.split())
    assert not (roster.parent / "config" / "results").exists()


def test_check_tells_programs_the_same(at_home, roster):
    done = at_home("org", "check", "people.csv", "--json")
    account = json.loads(done.stdout)
    assert account["usable"] is True
    assert account["roles"] == {"physician": 3, "nurse": 6, "chief": 1, "manager": 2, "director": 1, "executive": 1}
    assert [unit["manager"] for unit in account["units"]] == ["in the file", "assumed"]
    assert account["problems"][0]["path"] == "people.csv"


def test_check_names_all_mistakes_and_leaves_with_2(at_home, roster):
    roster.write_text(PEOPLE.replace("N1,M", "N1,Z").replace("C,E", "C,P0").replace("B2,", "b1,"))
    done = at_home("org", "check", "people.csv")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for said in (
        "leader 'Z' is nobody",
        "leaders in a circle: C -> P0 -> C",
        "people.csv:11: id 'B1' stands here and in line 14",
    ):
        assert said in done.stderr
    assert "3 to mend before this hospital can be used" in done.stderr
    as_json = at_home("org", "check", "people.csv", "--json")
    assert as_json.returncode == 2
    assert json.loads(as_json.stdout)["usable"] is False


def test_show_draws_a_tree_without_names(at_home, roster):
    done = at_home("org", "show", "people.csv")
    assert done.returncode == 0, done.stderr
    assert "Ward A: 1 chief, 1 manager, 3 physician, 3 nurse" in done.stdout
    assert "executive p-" in done.stdout


@pytest.mark.parametrize("name", ["hospital.svg", "hospital"])
def test_show_writes_what_is_asked_for_once(at_home, roster, name):
    assert at_home("org", "show", "people.csv", "-o", name).returncode == 0
    assert (roster.parent / name).exists()
    again = at_home("org", "show", "people.csv", "-o", name)
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_a_run_happens_in_the_real_hospital_and_keeps_small_units_to_itself(at_home, roster, tmp_path):
    options = ("--replicates", "2", "--weeks", "30", "--engine", "mesa", "--by-unit", "--out", "kept")
    done = at_home("run", "listening_tour", "--org", str(roster), *options)
    assert done.returncode == 0, done.stderr
    run = read_run(tmp_path / "kept")
    assert run.manifest["command"] == ["trustsim", "run", "listening_tour", "--org", "people.csv", *options]
    assert read_organization(tmp_path / "kept" / "organization").digest == run.manifest["organization"]
    weekly = run.weekly().set_index("unit")["burnout_prevalence"]
    assert weekly.loc["Ward B"].isna().all()  # 3 nurses
    assert weekly.loc["Ward A"].isna().all()  # 7 people, and with the total they would tell of the 3
    assert pd.isna(run.summary().loc["exhaustion.physician", "baseline"])
    assert pd.notna(run.summary().loc["exhaustion", "baseline"])


def test_a_real_hospital_has_the_size_it_has(at_home, roster):
    done = at_home("run", "listening_tour", "--org", "people.csv", "--set", "organization.units=3")
    assert done.returncode == 2
    assert "--set organization.units changes a generated hospital, and --org gives a real one" in done.stderr
