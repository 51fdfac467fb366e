"""The commands of a study, as people type them."""

import json
import subprocess
import sys

import pytest


def trustsim(*arguments: object, code: int = 0) -> subprocess.CompletedProcess:
    """Run a command of the real console and insist on its exit code."""
    command = [sys.executable, "-m", "trustsim", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done


def test_a_study_from_its_file_to_its_answer(write_study, tmp_path):
    path, out = write_study(), tmp_path / "out"
    plan = trustsim("sweep", path, "--out", out, "--dry-run")
    assert "80 points x 3 replicates = 240 runs" in plan.stderr
    assert not out.exists()
    done = trustsim("sweep", path, "--out", out, "--workers", 1)
    assert done.stdout == f"240 of 240 runs done: {out}. Next: trustsim analyze {out}\n"
    status = json.loads(trustsim("status", out, "--json").stdout)
    assert (status["done"], status["missing"], status["failed"]) == (240, 0, 0)
    assert "240 of 240 runs done" in trustsim("status", out).stdout
    document = json.loads(trustsim("analyze", out, "--json").stdout)
    assert document["measures"][0]["name"] == "trust_clinician_admin"
    assert trustsim("reproduce", out, "--sample", 3).stdout.startswith("identical: 3 runs")


def test_how_many_replicates_are_needed_is_told_for_people_and_for_programs(write_study):
    path = write_study()
    asked = ("--width", "open_concerns=0.05", "--effect", "trust_clinician_admin=0.05", "--pilot", 4, "--workers", 1)
    plan = json.loads(trustsim("plan", path, *asked, "--json").stdout)
    needed = [measure["replicates"] for measure in plan["measures"]]
    assert plan["replicates"] == {"now": 3, "needed": max(needed[0], needed[2])}
    assert needed[1] is None
    assert plan["runs"] == 80 * plan["replicates"]["needed"]
    said = " ".join(trustsim("plan", path, *asked).stdout.split())
    assert f"{plan['replicates']['needed']} replicates of 80 points: {plan['runs']} runs, about " in said
    assert "write a number" in trustsim("plan", path, "--width", "cost=much", code=2).stderr


def test_wrong_input_has_its_place_and_exit_code_two(write_study, tmp_path):
    path = write_study(write_study().read_text().replace("negativity", "negativty"))
    said = trustsim("sweep", path, code=2).stderr
    assert said.startswith(f"{path}:6:3: ")
    assert "Traceback" not in said
    trustsim("status", tmp_path, code=2)
    trustsim("sweep", path, "--executor", "gpu", code=2)


@pytest.fixture
def clashing(write_study, tmp_path):
    head = (tmp_path / "visits.yaml").read_text().partition("interventions")[0]
    tours = (
        "interventions: [{kind: listening_tour, weeks: 2}, {kind: listening_tour, name: again, start: 11, weeks: 1}]"
    )
    (tmp_path / "visits.yaml").write_text(f"{head}{tours}\n")
    factors = "factors: {again.start: [0, 11], town_hall.dose: [0, 1]}"
    return write_study(f"scenario: visits.yaml\n{factors}\ndesign: {{method: lhs, n: 12}}\nreplicates: 2\n")


def test_failures_and_factors_without_effect_are_said_and_the_exit_code_is_one(clashing, tmp_path):
    done = trustsim("sweep", clashing, "--out", tmp_path / "out", code=1)
    assert "without effect here, since the scenario has no such intervention: town_hall.dose" in done.stderr
    assert "runs failed; " in done.stderr
    trustsim("analyze", tmp_path / "out", code=1)
    failed = json.loads(trustsim("status", tmp_path / "out", "--json").stdout)
    assert failed["failed"] > 0
    again = trustsim("reproduce", tmp_path / "out", "--all")
    assert "failed as before" in again.stdout
