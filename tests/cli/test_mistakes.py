"""What the console says when the input is wrong: where, what, and the nearest that would have been right."""

import json
from pathlib import Path

import pytest

MISTAKES = {
    "a misspelled scenario": (["run", "listening_tor"], "did you mean 'listening_tour'?"),
    "a scenario file that is not there": (["run", "nowhere.yaml"], "nowhere.yaml: no such file"),
    "a folder for a scenario": (["run", "./"], "is a folder"),
    "a misspelled baseline": (["run", "listening_tour", "--baseline", "basline"], "did you mean 'baseline'?"),
    "a misspelled parameter": (["run", "crisis", "--set", "trust.negativty=2"], "did you mean 'trust.negativity'?"),
    "a misspelled setting": (
        ["run", "listening_tour", "--set", "listening_tour.folow_through=1"], "did you mean 'follow_through'?",
    ),
    "a parameter out of range": (["run", "crisis", "--set", "trust.negativity=99"], "is outside 1 to 5"),
    "a setting without a value": (["run", "crisis", "--set", "weeks"], "--set weeks: write NAME=VALUE"),
    "a setting that is set twice": (
        ["run", "crisis", "--set", "weeks=60", "--set", "weeks=61"], "weeks is set twice",
    ),
    "a value that is no YAML": (["run", "crisis", "--set", "weeks=[1"], "--set weeks=[1: not valid YAML"),
    "a unit that is not there": (
        ["run", "listening_tour", "--set", "listening_tour.units=[Emergncy]"], "did you mean 'Emergency'?",
    ),
    "an intervention after the end": (["run", "listening_tour", "--weeks", "20"], "after the last of 20 weeks"),
    "no weeks": (["run", "listening_tour", "--weeks", "0"], "a whole number from 1 to 520"),
    "a negative seed": (["run", "crisis", "--seed", "-1"], "not -1"),
    "a seed that is no number": (["run", "crisis", "--seed", "x"], "valid integer"),
    "too few replicates": (["run", "crisis", "--replicates", "1"], "2 replicates or more, a whole number, not 1"),
    "a misspelled engine": (["run", "crisis", "--engine", "mes"], "did you mean 'mesa'?"),
    "a misspelled option": (["run", "crisis", "--replicate", "3"], "--replicates"),
    "a misspelled command": (["rnu", "crisis"], "'run'"),
    "a misspelled list": (["list", "parametrs"], "did you mean 'parameters'?"),
    "a misspelled name": (["show", "burnout_prevalance"], "did you mean 'burnout_prevalence'?"),
    "a folder with something else in it": (["run", "crisis", "--out", "."], "holds no run"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "taught"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_explained_in_a_line_with_exit_code_2(trustsim, tmp_path, arguments, taught):
    (tmp_path / "something").touch()
    done = trustsim(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert taught in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def wrong_file(tmp_path: Path) -> Path:
    path = tmp_path / "tour.yaml"
    path.write_text("extends: baseline\nwekes: 3\ninterventions:\n  - kind: listening_tour\n    dose: 5\n")
    return path


def test_check_names_every_problem_of_a_file_with_its_place(trustsim, wrong_file):
    done = trustsim("check", "tour.yaml", "listening_tour")
    assert done.returncode == 2
    assert done.stdout == "listening_tour: ok\n"
    first, second = done.stderr.splitlines()
    assert first == "tour.yaml:2:1: unknown key wekes; did you mean 'weeks'?"
    assert second.startswith("tour.yaml:5:11: dose = 5")


def test_run_refuses_a_wrong_file_in_the_same_words(trustsim, wrong_file):
    assert trustsim("run", "tour.yaml").stderr == trustsim("check", "tour.yaml").stderr


def test_check_looks_at_the_hospital_too(trustsim, tmp_path):
    (tmp_path / "tour.yaml").write_text("interventions: [{kind: listening_tour, units: [Emergncy]}]\n")
    done = trustsim("check", "tour.yaml")
    assert done.returncode == 2
    assert "tour.yaml:1:48: listening_tour: no unit 'Emergncy'; did you mean 'Emergency'?" in done.stderr


def test_all_scenarios_that_ship_are_ok(trustsim):
    names = [entry["name"] for entry in json.loads(trustsim("list", "scenarios", "--json").stdout)]
    done = trustsim("check", *names)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{name}: ok" for name in names]


def test_check_knows_a_study_from_a_scenario(trustsim, tmp_path):
    ready = Path(__file__).parents[2] / "experiments" / "timing_cliff.yaml"
    assert trustsim("check", str(ready)).stdout == f"{ready}: ok\n"
    text = "scenario: listening_tour\ndesign: {method: grid}\nfactors: {trust.negativty: full}\n"
    (tmp_path / "mine.yaml").write_text(text)
    done = trustsim("check", "mine.yaml")
    assert done.returncode == 2
    assert "mine.yaml:3:11: no setting 'trust.negativty'" in done.stderr
    assert "did you mean 'trust.negativity'?" in done.stderr
