"""Help, lists, descriptions, the doctor and the schema."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

import trustsim as ts
from trustsim.cli import app
from trustsim.cli.catalog import KINDS
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.parameters import REGISTER

COMMANDS = ("demo", "run", "check", "list", "show", "doctor", "schema")
HEAVY = ("matplotlib", "mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "rich", "SALib", "scipy")

every_kind = pytest.mark.parametrize("kind", KINDS)


def in_process(*arguments: str, columns: int = 80) -> str:
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": str(columns)}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_help_names_every_command(trustsim):
    done = trustsim("--help")
    assert done.returncode == 0
    assert all(f"\n  {command} " in done.stdout for command in COMMANDS)
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_that_fits_80_columns(command):
    assert max(map(len, in_process(command, "--help").splitlines())) <= 80


def test_the_console_script_and_the_module_are_the_same_program(trustsim):
    script = Path(sys.executable).with_name("trustsim")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == trustsim("--version").stdout == f"trustsim {ts.__version__}\n"


def test_help_loads_nothing_that_takes_long():
    code = f"import sys; from trustsim.cli import app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_help_takes_well_under_a_second(trustsim):
    def seconds() -> float:
        before = time.perf_counter()
        trustsim("--help")
        return time.perf_counter() - before

    assert min(seconds() for _ in range(3)) < 0.8  # 0.2 on an idle machine; this one may be busy


@every_kind
def test_each_list_fits_80_columns_and_begins_with_names(kind):
    lines = in_process("list", kind).splitlines()
    assert max(map(len, lines)) <= 80
    first_column = {line.split(" ")[0] for line in lines}
    assert set(KINDS[kind].names()) <= first_column


def test_lists_keep_to_a_narrow_terminal():
    assert max(map(len, in_process("list", "measures", columns=60).splitlines())) <= 60


@every_kind
def test_whatever_is_listed_can_be_shown_and_fits_80_columns(kind):
    for name in KINDS[kind].names():
        lines = in_process("show", name).splitlines()
        assert f"{KINDS[kind].singular.capitalize()} {name}" in lines
        assert max(map(len, lines)) <= 80, name


@every_kind
def test_lists_and_descriptions_agree_in_json(kind):
    listed = json.loads(in_process("list", kind, "--json"))
    assert [entry["name"] for entry in listed] == list(KINDS[kind].names())
    last = listed[-1]
    assert json.loads(in_process("show", last["name"], "--json"))[KINDS[kind].singular] == last


def test_a_name_of_two_things_shows_both():
    assert list(json.loads(in_process("show", "listening_tour", "--json"))) == ["scenario", "intervention"]


def test_a_scenario_is_shown_with_what_it_changes_and_what_it_inherits():
    shown = json.loads(in_process("show", "inclusive_in_crisis", "--json"))["scenario"]
    assert [shock["kind"] for shock in shown["shocks"]] == ["crisis"]
    assert len(shown["differs_from_baseline"]) == 1
    assert shown["differs_from_baseline"][0].startswith("+ shared_governance")


def test_a_scenario_file_is_shown_by_its_path(trustsim, tmp_path):
    (tmp_path / "mine.yaml").write_text("title: Mine\nextends: recognition\n")
    done = trustsim("show", "mine.yaml")
    assert done.returncode == 0, done.stderr
    assert "Mine" in done.stdout
    assert "recognition" in done.stdout


@pytest.mark.parametrize("kind", [*INTERVENTIONS, *SHOCKS])
def test_an_intervention_is_shown_with_all_that_can_be_set_and_its_evidence(kind):
    shown = json.loads(in_process("show", kind, "--json"))["intervention"]
    declared = {**INTERVENTIONS, **SHOCKS}[kind]
    assert [setting["name"] for setting in shown["settings"]] == [setting.name for setting in declared.settings()]
    assert shown["evidence"] == list(declared.evidence)
    assert bool(shown.get("backfires")) == (kind in INTERVENTIONS)


def test_a_parameter_is_shown_with_range_unit_and_source():
    text = in_process("show", "trust.negativity")
    known = REGISTER["trust.negativity"]
    assert all(str(part) in text for part in (f"{known.low:g}", f"{known.high:g}", known.unit, *known.source))


def test_the_doctor_finds_this_machine_well(trustsim):
    done = trustsim("doctor", "--json")
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)["findings"]}
    assert done.returncode == 0, done.stdout
    assert {"trustsim", "python", "numba", "mesa", "kernels", "scenarios", "cores"} <= set(findings)


def test_the_doctor_says_what_to_do_about_a_cache_that_cannot_be_written(trustsim, tmp_path):
    (tmp_path / "file").touch()
    done = trustsim("doctor", TRUSTSIM_CACHE=str(tmp_path / "file" / "cache"))
    assert done.returncode == 1
    broken = " ".join(done.stdout.split("BROKEN")[1].split())
    assert "TRUSTSIM_CACHE" in broken


def test_the_schema_goes_to_stdout_or_to_a_file(trustsim, tmp_path):
    done = trustsim("schema")
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")
    assert trustsim("schema", "--out", "scenario.json").stdout == ""
    assert (tmp_path / "scenario.json").read_text(encoding="utf-8") == done.stdout
