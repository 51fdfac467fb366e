"""The real console, in a process of its own, on a small hospital."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Console = Callable[..., "subprocess.CompletedProcess[str]"]


def environment(**variables: str) -> dict[str, str]:
    """Return the variables of a console that no wish of whoever runs the tests has changed."""
    wishes = {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"}
    return {name: value for name, value in os.environ.items() if name not in wishes} | variables


def call(*arguments: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Call ``trustsim`` in a folder, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "trustsim", *arguments],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="session")
def small() -> tuple[str, ...]:
    """Options of a comparison that takes no time to speak of."""
    return ("--replicates", "2", "--weeks", "30", "--set", "organization.units=1")


@pytest.fixture
def trustsim(tmp_path: Path) -> Console:
    """The console, called in an empty folder."""
    return lambda *arguments, **variables: call(*arguments, folder=tmp_path, **variables)


@pytest.fixture
def console_environment() -> dict[str, str]:
    """Return the environment for a console that a test starts by itself."""
    return environment()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The demo, run once."""
    folder = tmp_path_factory.mktemp("demo")
    done = call("demo", folder=folder)
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(folder=folder, text=done.stdout)


@pytest.fixture
def document(trustsim: Console) -> Callable[..., Any]:
    """What a command writes with ``--json``, after making sure that it writes nothing else."""

    def call_for_json(*arguments: str) -> Any:
        done = trustsim(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return call_for_json


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory, small: tuple[str, ...]) -> SimpleNamespace:
    """A listening tour that was run once, told to people, and kept."""
    folder = tmp_path_factory.mktemp("listening")
    done = call("run", "listening_tour", *small, "--by-unit", "--out", "kept", folder=folder)
    return SimpleNamespace(done=done, lines=done.stdout.splitlines(), kept=folder / "kept")
