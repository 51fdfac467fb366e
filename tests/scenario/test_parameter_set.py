"""Sets of plausible parameters: a single run has the reference vector, replicates take the plausible ones in turn."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from trustsim.errors import InputError
from trustsim.parameters import REGISTER, row
from trustsim.scenario import (
    ParameterSet,
    Scenario,
    difference,
    find_parameter_set,
    json_schema,
    load_baseline,
    load_scenario,
    with_settings,
)
from trustsim.simulation import compare, simulate

SET = """\
format: 1
reference:
  trust.gain: 0.06
  exhaustion.workload: 0.2
plausible:
  - [0.05, 0.2]
  - [0.07, 0.3]
"""
SMALL = "weeks: 6\nburn_in: 2\norganization: {units: 2, nurses: 4, physicians: 2}\nbaseline: calm.yaml\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a scenario beside a set and a baseline."""
    (tmp_path / "set.yaml").write_text(SET)
    (tmp_path / "calm.yaml").write_text(SMALL)

    def write(parameters: str, name: str = "drawn.yaml") -> Path:
        path = tmp_path / name
        path.write_text(f"{SMALL}parameters: {parameters}\n")
        return path

    return write


def value(scenario: Scenario, name: str) -> float:
    return float(scenario.values()[row(name)])


def test_a_single_run_has_the_reference_vector(write):
    scenario = load_scenario(write("{from: set.yaml}"))
    assert value(scenario, "trust.gain") == 0.06
    assert value(scenario, "exhaustion.workload") == 0.2
    assert value(scenario, "trust.negativity") == REGISTER["trust.negativity"].default


def test_replicates_take_the_plausible_vectors_in_turn(write):
    scenario = load_scenario(write("{from: set.yaml}"))
    gains = [value(scenario.of_replicate(replicate), "trust.gain") for replicate in range(5)]
    assert gains == [0.05, 0.07, 0.05, 0.07, 0.05]
    assert (
        scenario.of_replicate(0).digest
        == load_scenario(write("{trust.gain: 0.05, exhaustion.workload: 0.2}", "named.yaml")).digest
    )


def test_what_a_scenario_says_of_a_parameter_beats_the_set(write):
    scenario = load_scenario(write("{from: set.yaml, trust.gain: 0.01}"))
    drawn = [scenario, scenario.of_replicate(0), scenario.of_replicate(1)]
    assert [value(each, "trust.gain") for each in drawn] == [0.01, 0.01, 0.01]
    assert [value(each, "exhaustion.workload") for each in drawn] == [0.2, 0.2, 0.3]


def test_a_scenario_without_a_set_is_the_same_in_all_replicates():
    scenario = load_scenario("listening_tour")
    assert scenario.of_replicate(3) is scenario


def test_the_baseline_lives_in_the_same_world_unless_it_says_otherwise(write, tmp_path):
    scenario = load_scenario(write("{from: set.yaml}"))
    assert load_baseline(scenario).parameter_set == scenario.parameter_set
    (tmp_path / "other.yaml").write_text(SET.replace("0.06", "0.04"))
    write("{from: other.yaml}", "calm.yaml")
    assert value(load_baseline(scenario), "trust.gain") == 0.04


def test_the_replicates_of_a_comparison_differ_by_their_vectors_in_both_worlds(write):
    scenario = load_scenario(write("{from: set.yaml}"))
    drawn = compare(scenario, replicates=3, seed=4)
    for replicate, seed in enumerate(drawn.seeds):
        worlds = [each.of_replicate(replicate) for each in (load_baseline(scenario), scenario)]
        alone = simulate(worlds, seed=seed)
        kept = drawn.weekly().query("replicate == @replicate")
        assert kept["trust_clinician_admin"].tolist() == alone["trust_clinician_admin"].tolist()


def test_other_values_make_another_scenario_and_where_they_stand_does_not(write, tmp_path):
    path = write("{from: set.yaml}")
    before = load_scenario(path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "copy.yaml").write_text(SET + "provenance: {told: later}\n")
    same = load_scenario(write("{from: elsewhere/copy.yaml}", "same.yaml"))
    assert same.digest == before.digest
    (tmp_path / "set.yaml").write_text(SET.replace("0.07", "0.08"))
    os.utime(tmp_path / "set.yaml", ns=(1, 1))
    after = load_scenario(path)
    assert after.digest != before.digest
    assert after != before
    assert any(line.startswith("parameters.from: ") for line in difference(before, after))


def test_a_child_draws_from_the_set_of_the_file_that_it_extends(write, tmp_path):
    write("{from: set.yaml}")
    (tmp_path / "below").mkdir()
    child = tmp_path / "below" / "child.yaml"
    child.write_text("extends: ../drawn.yaml\nparameters: {trust.gain: 0.02}\n")
    scenario = load_scenario(child)
    assert value(scenario, "exhaustion.workload") == 0.2
    assert value(scenario, "trust.gain") == 0.02


def test_a_set_can_be_chosen_as_a_setting(write, tmp_path):
    chosen = with_settings(load_scenario("baseline"), {"parameters.from": str(write("{}").with_name("set.yaml"))})
    assert value(chosen, "trust.gain") == 0.06
    assert with_settings(chosen, {"trust.gain": 0.09}).parameter_set == chosen.parameter_set


def test_editors_know_the_key():
    properties = json_schema()["properties"]
    assert properties["parameters"]["properties"]["from"]["type"] == "string"
    assert "parameter_set" not in properties


def test_what_is_written_is_read_back(tmp_path):
    made = ParameterSet(
        reference={"trust.gain": 0.05, "trust.drift": 1e-05},
        plausible=((0.1, 0.0), (0.07, 0.004)),
        provenance={"trustsim": "0.1.0", "seeds": [1, 2], "targets": {"V1.level": {"low": 0.05, "after": 0.07}}},
    )
    (tmp_path / "made.yaml").write_text(made.as_yaml("made.yaml"))
    read = find_parameter_set("made.yaml", tmp_path)
    assert read == made
    assert read.digest == made.digest


WRONG = [
    ("{from: calibratoin}", "drawn.yaml:5:20", ["from = 'calibratoin'", "it should be calibration"]),
    ("{from: 3}", "drawn.yaml:5:20", ["from = 3"]),
    ("{from: nowhere.yaml}", "drawn.yaml:5:20", ["no file", "nowhere.yaml"]),
    ("{from: set.yaml, trust.gian: 1}", "drawn.yaml:5:30", ["trust.gian", "did you mean 'trust.gain'?"]),
]


@pytest.mark.parametrize(("parameters", "place", "fragments"), WRONG)
def test_a_set_that_is_none_is_refused_with_its_place(write, parameters, place, fragments):
    with pytest.raises(InputError) as caught:
        load_scenario(write(parameters))
    assert place in str(caught.value)
    assert all(fragment in str(caught.value) for fragment in fragments)


WRONG_SETS = [
    ("0.06", "6.0", "set.yaml:3:15", ["trust.gain = 6.0 is outside 0.005 to 0.1"]),
    ("trust.gain", "trust.gian", "set.yaml:3:15", ["unknown parameter 'trust.gian'; did you mean 'trust.gain'?"]),
    ("trust.gain", "organization.units", "set.yaml:3:23", ["organization.units"]),
    ("0.07, 0.3", "0.07, 3", "set.yaml:7:12", ["exhaustion.workload = 3.0 is outside"]),
    ("0.07, 0.3", "0.07", "set.yaml:7:5", ["1 numbers, needed are 2"]),
    ("format: 1", "format: 2", "set.yaml:1:9", ["format = 2"]),
    ("plausible", "plausibel", "set.yaml:5:1", ["did you mean 'plausible'?"]),
]


@pytest.mark.parametrize(("old", "new", "place", "fragments"), WRONG_SETS)
def test_what_is_wrong_in_a_set_is_said_with_its_place_in_the_set(write, tmp_path, old, new, place, fragments):
    path = write("{from: set.yaml}")
    (tmp_path / "set.yaml").write_text(SET.replace(old, new))
    os.utime(tmp_path / "set.yaml", ns=(2, hash(new) % 10**9))
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert place in str(caught.value)
    assert all(fragment in str(caught.value) for fragment in fragments)
