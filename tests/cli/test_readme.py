"""What the README says to type works, and what it points to is there."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from trustsim.cli import app
from trustsim.roster.mapping import read_guide

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def typed(program: str) -> list[list[str]]:
    lines = (line for block in blocks("sh") for line in block.splitlines())
    commands = [shlex.split(line, comments=True) for line in lines]
    return [command[1:] for command in commands if command and command[0] == program]


def command_of(arguments: list[str]) -> list[str]:
    return arguments[:2] if arguments[0] == "org" else arguments[:1]


@pytest.mark.parametrize("arguments", typed("trustsim"), ids=" ".join)
def test_each_command_has_the_options_that_the_readme_gives_it(arguments):
    done = CliRunner().invoke(app, [*command_of(arguments), "--help"])
    assert done.exit_code == 0
    assert all(option in done.stdout for option in arguments if option.startswith("-"))


def test_scenarios_that_the_readme_runs_exist(trustsim):
    names = [arguments[1] for arguments in typed("trustsim") if arguments[0] in {"run", "show"}]
    assert names
    assert trustsim("check", *names).returncode == 0


def test_the_make_targets_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [arguments[0] for arguments in typed("make")]
    assert targets == ["demo", "test", "app"]
    assert all(re.search(rf"^{target}:", makefile, flags=re.MULTILINE) for target in targets)


def test_the_python_of_the_readme_runs(capsys):
    scope: dict = {}
    for code in blocks("python"):
        exec(compile(re.sub(r"replicates=\d+", "replicates=2", code), "README.md", "exec"), scope)
    assert "A listening tour with follow-through" in capsys.readouterr().out
    assert {"replicate", "world", "week", "trust_clinician_admin"} <= set(scope["weeks"].columns)


@pytest.mark.parametrize("text", blocks("yaml"), ids=lambda text: text.split()[0])
def test_the_files_of_the_readme_are_ok(text, trustsim, tmp_path):
    if text.startswith("name:"):
        (tmp_path / "scenario.yaml").write_text(text)
        done = trustsim("check", "scenario.yaml")
        assert done.returncode == 0, done.stderr
    else:  # a mapping, of an export of which nothing else is said
        path = tmp_path / "mapping.yaml"
        path.write_text(text)
        assert read_guide(path)


def test_what_the_readme_installs_can_be_installed():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    asked = [word for words in typed("python") for word in words if re.fullmatch(r"\.(\[.*\])?", word)]
    assert asked
    assert {name for word in asked for name in re.findall(r"[a-z]+", word)} <= extras.keys()
    assert all((ROOT / words[words.index("-c") + 1]).is_file() for words in typed("python") if "-c" in words)


def test_the_figure_of_the_readme_is_drawn_by_the_script_that_it_names(tmp_path):
    (figure,) = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    script = Path(figure).with_suffix(".py")
    assert f"]({script})" in README
    drawn_here = tmp_path / script.name
    code = (ROOT / script).read_text(encoding="utf-8")
    drawn_here.write_text(re.sub(r"^REPLICATES = \d+$", "REPLICATES = 2", code, flags=re.MULTILINE), encoding="utf-8")
    subprocess.run([sys.executable, str(drawn_here)], check=True)
    words = [
        set(re.findall(r"<text[^>]*>([^<]+)</text>", path.read_text()))
        for path in (drawn_here.with_suffix(".svg"), ROOT / figure)
    ]
    titles = [{word for word in each if re.search("[a-z]", word)} for each in words]
    assert titles[0] == titles[1] != set()


def test_every_file_and_room_that_the_readme_names_is_there():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    rooms = re.findall(r"`([a-z_/]+(?:/|\.py))`", README)
    assert links
    assert rooms
    missing = [path for path in (*links, *rooms) if not (ROOT / path).exists()]
    assert missing == []
