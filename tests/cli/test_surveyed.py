"""A hospital with a survey: ``org check`` tells what was read, ``run --org`` begins with it and shows later waves."""

import json

import pytest

from trustsim.roster import read_organization

PEOPLE = "Employee ID,Manager ID,Department,Job Title\nE,,Administration,CEO\nD,E,Administration,Director of Nursing\n"
PEOPLE += "".join(
    f"C{unit},E,Ward {unit},Chief of Medicine\nM{unit},D,Ward {unit},Nurse Manager\n"
    + "".join(f"P{unit}{person},C{unit},Ward {unit},Hospitalist\n" for person in range(6))
    + "".join(f"N{unit}{person},M{unit},Ward {unit},RN\n" for person in range(9))
    for unit in "AB"
)
MEASURES = """\
unit_id,role,instrument,construct,value,stat,n,wave_date
Ward A,nurse,MBI,emotional exhaustion,36.5,mean,8,2026-03-01
Ward B,nurse,MBI,emotional exhaustion,18.0,mean,7,2026-03-01
,,SOPS,communication openness,88,pct_favourable,25,2026-03-01
Ward A,nurse,MBI,emotional exhaustion,31.0,mean,8,2026-08-30
Ward A,nurse,MBI,emotional exhaustion,31.0,mean,8,2028-08-30
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "hospital").mkdir()
    (tmp_path / "hospital" / "people.csv").write_text(PEOPLE)
    (tmp_path / "hospital" / "measures.csv").write_text(MEASURES)
    return tmp_path / "hospital"


@pytest.fixture
def at_home(trustsim, tmp_path):
    """The console of somebody with a configuration of their own."""
    return lambda *arguments: trustsim(*arguments, XDG_CONFIG_HOME=str(tmp_path / "config"))


def test_check_tells_what_surveys_were_read(at_home, folder):
    done = at_home("org", "check", "hospital")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "mbi emotional_exhaustion (mean)" in said
    assert "from 2026-03-01 on (3 scores); 2 later scores" in said


def test_check_refuses_a_small_cell_with_its_line(at_home, folder):
    (folder / "measures.csv").write_text(MEASURES.replace(",7,", ",4,"))
    done = at_home("org", "check", "hospital", "--json")
    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["usable"] is False
    (problem,) = (problem for problem in document["problems"] if problem["severity"] == "error")
    assert problem["path"].endswith("measures.csv")
    assert problem["line"] == 3
    assert "fewer than 5" in problem["what"] + problem["fix"]


def test_a_run_begins_as_the_survey_found_people(at_home, folder):
    run = ("run", "baseline", f"--org={folder}", "--replicates", "2", "--weeks", "30")
    done = at_home(*run, "--json", "--out", "kept")
    assert done.returncode == 0, done.stderr
    assert "3 of 3 scores are reproduced" in done.stderr
    document = json.loads(done.stdout)["survey"]
    for one in document["reproduced"]:
        assert abs(one["model"] - one["survey"]) < one["standard_error"]
    (wave,) = document["waves"]
    assert (wave["week"], wave["observed"], wave["unit"]) == (26, 31.0, "Ward A")
    assert wave["baseline"] == wave["scenario"]
    # The run folder holds all that the hospital is, so that it can be run again, and nothing of the survey itself.
    kept = read_organization(folder.parent / "kept" / "organization")
    assert kept.climate.any()
    manifest = json.loads((folder.parent / "kept" / "manifest.json").read_text())
    assert manifest["organization"] == kept.digest
    assert manifest["command"][3] == "--org=hospital"  # not where it lies
    assert not list((folder.parent / "kept").rglob("measures.csv"))


def test_the_survey_may_be_left_out_and_waves_are_shown(at_home, folder):
    run = ("run", "baseline", "--org", "hospital", "--replicates", "2", "--weeks", "30")
    without, with_it = at_home(*run, "--no-survey"), at_home(*run)
    assert without.returncode == with_it.returncode == 0
    assert "fitting" not in without.stderr
    assert "Later waves" not in without.stdout
    said = " ".join(with_it.stdout.split())
    assert "Later waves of the survey" in said
    assert "1 more are of after the end of the run" in said
