"""What the README says to type works, and what it points to is there."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trustsim.cli import app

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def typed(program: str) -> list[list[str]]:
    lines = (line for block in blocks("sh") for line in block.splitlines())
    commands = [shlex.split(line, comments=True) for line in lines]
    return [command[1:] for command in commands if command and command[0] == program]


@pytest.mark.parametrize("arguments", typed("trustsim"), ids=" ".join)
def test_each_command_has_the_options_that_the_readme_gives_it(arguments):
    done = CliRunner().invoke(app, [arguments[0], "--help"])
    assert done.exit_code == 0
    assert all(option in done.stdout for option in arguments[1:] if option.startswith("--"))


def test_scenarios_that_the_readme_runs_exist(trustsim):
    names = [arguments[1] for arguments in typed("trustsim") if arguments[0] in {"run", "show"}]
    assert names
    assert trustsim("check", *names).returncode == 0


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [arguments[0] for arguments in typed("make")]
    assert targets == ["demo", "test"]
    assert all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in targets)


def test_the_python_of_the_readme_runs(capsys):
    (code,) = blocks("python")
    scope: dict = {}
    exec(compile(code.replace("replicates=30", "replicates=2"), "README.md", "exec"), scope)
    assert "A listening tour with follow-through" in capsys.readouterr().out
    assert {"replicate", "world", "week", "trust_clinician_admin"} <= set(scope["weeks"].columns)


def test_the_scenario_of_the_readme_is_ok(trustsim, tmp_path):
    (text,) = blocks("yaml")
    (tmp_path / "careful_tour.yaml").write_text(text)
    done = trustsim("check", "careful_tour.yaml")
    assert done.returncode == 0, done.stderr


def test_every_file_and_room_that_the_readme_names_is_there():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    rooms = re.findall(r"`([a-z_/]+(?:/|\.py))`", README)
    assert links
    assert rooms
    missing = [path for path in (*links, *rooms) if not (ROOT / path).exists()]
    assert missing == []
