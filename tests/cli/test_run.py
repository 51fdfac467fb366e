"""What `trustsim run` answers, to people and to programs."""

import json
import math
import os
import subprocess
import sys

import pytest

import trustsim as ts
from trustsim.measures import HEADLINE, NAMES
from trustsim.scenario import load_scenario, with_settings
from trustsim.studies import read_run


def effects(document: dict) -> dict[str, dict]:
    return {effect["name"]: effect for effect in document["measures"]}


def test_the_answer_fits_80_columns_and_is_plain_when_nobody_watches(listening):
    assert listening.done.returncode == 0, listening.done.stderr
    assert max(map(len, listening.lines)) <= 80
    assert listening.done.stdout.isascii()
    assert "\x1b" not in listening.done.stdout + listening.done.stderr


def test_the_answer_has_a_row_for_each_headline_measure_with_its_interval(listening):
    rows = [line.split() for line in listening.lines if line.split(" ")[0] in HEADLINE]
    assert [row[0] for row in rows] == list(HEADLINE)
    assert all(row[-2] == "to" and float(row[-3]) <= float(row[-4].rstrip("*")) <= float(row[-1]) for row in rows)


def test_a_star_marks_what_is_clear_of_zero_and_nothing_else(listening):
    rows = [line.split() for line in listening.lines if line.split(" ")[0] in HEADLINE]
    summary = read_run(listening.kept).summary()
    clear = set(summary.index[(summary.low > 0) | (summary.high < 0)]) & set(HEADLINE)
    assert clear
    assert {row[0] for row in rows if row[-4].endswith("*")} == clear


def test_the_answer_ends_with_a_sentence_the_money_and_the_folder(listening):
    text = " ".join(listening.done.stdout.split())
    assert "A listening tour with follow-through: " in text
    assert "Money: +" in text
    assert text.endswith("Run folder: kept")


def test_without_a_folder_nothing_is_written(trustsim, small, tmp_path):
    done = trustsim("run", "listening_tour", *small)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
    assert "Nothing was saved" in done.stdout


def test_json_is_one_document_with_the_documented_keys(document, small):
    answer = document("run", "listening_tour", *small)
    assert list(answer) == ["scenario", "baseline", "weeks", "replicates", "seed", "measures"]
    assert [answer[key] for key in list(answer)[:5]] == ["listening_tour", "baseline", 30, 2, 1]
    assert [effect["name"] for effect in answer["measures"]] == list(NAMES)
    keys = ["name", "unit", "baseline", "scenario", "difference", "low", "high"]
    assert all(list(effect) == keys for effect in answer["measures"])


def test_what_has_no_value_is_null_in_json(document, small):
    answer = effects(document("run", "listening_tour", *small))
    assert answer["trust_organization.allied"]["difference"] is None  # this hospital employs none


def test_json_stays_pure_when_the_run_is_kept_too(trustsim, small, tmp_path):
    done = trustsim("run", "listening_tour", *small, "--json", "--out", "kept")
    assert json.loads(done.stdout)["seed"] == 1
    assert "Run folder: kept" in done.stderr
    assert (tmp_path / "kept" / "manifest.json").is_file()


def test_console_and_python_give_the_same_numbers(document, small):
    answer = effects(document("run", "listening_tour", *small, "--seed", "0", "--hospital-seed", "5"))
    changes = {"organization.units": 1, "weeks": 30}
    worlds = [with_settings(load_scenario(name), changes) for name in ("listening_tour", "baseline")]
    for effect in ts.compare(*worlds, replicates=2, seed=0, hospital_seed=5).effects(NAMES):
        expected = None if math.isnan(effect.difference) else effect.difference
        assert answer[effect.name]["difference"] == expected


def test_a_setting_of_the_world_changes_both_worlds_and_one_of_leaders_only_theirs(document, small):
    # With dose 0 the two worlds differ in nothing, unless the stronger negativity reached only one of them.
    answer = document("run", "listening_tour", *small, "--set", "listening_tour.dose=0", "--set", "trust.negativity=3")
    assert {effect["difference"] for effect in answer["measures"]} <= {0.0, None}
    plain = document("run", "listening_tour", *small, "--set", "listening_tour.dose=0")
    assert effects(answer)["trust_peers"]["baseline"] < effects(plain)["trust_peers"]["baseline"]


def test_a_setting_of_a_shared_shock_changes_both_worlds(document, small):
    answer = document(
        "run", "autocratic_in_crisis", *small, "--set", "autocratic_decisions.dose=0", "--set", "crisis.demand=1"
    )
    assert answer["baseline"] == "crisis"
    assert {effect["difference"] for effect in answer["measures"]} <= {0.0, None}


def test_the_baseline_can_be_another_scenario(document, small):
    answer = document("run", "listening_tour", *small, "--baseline", "recognition")
    assert answer["baseline"] == "recognition"


def test_a_scenario_against_itself_differs_in_nothing(document, small):
    answer = document("run", "baseline", *small)
    assert answer["baseline"] == "baseline"
    assert {effect["difference"] for effect in answer["measures"]} <= {0.0, None}


@pytest.mark.skipif("NUMBA_DISABLE_JIT" in os.environ, reason="nothing compiles")
def test_a_first_run_says_that_it_compiles(tmp_path, small, console_environment):
    started = subprocess.Popen(
        [sys.executable, "-m", "trustsim", "run", "listening_tour", *small],
        cwd=tmp_path,
        env=console_environment | {"TRUSTSIM_CACHE": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stderr.readline() == "compiling, first run only ...\n"
    finally:
        started.kill()
        started.communicate()
