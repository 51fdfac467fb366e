"""What a notebook types into a terminal: the command as one would type it, and what the program answers."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

__all__ = ["command_of", "terminal"]

WIDTH = "110"
"""Characters in a line of answer; a notebook has room for more than the 80 of a terminal that does not say."""


def command_of(line: str) -> list[str]:
    """Return the program and arguments of a line such as ``trustsim run listening_tour``.

    The program is the one of this notebook's Python, whatever is on the PATH.
    """
    program, *arguments = shlex.split(line)
    if program != "trustsim":
        raise ValueError(f"{program!r} is not trustsim; notebooks type nothing else")
    return [sys.executable, "-m", "trustsim", *arguments]


def terminal(line: str, *, folder: str | Path = ".", exit_code: int = 0) -> None:
    """Run a command of trustsim and print it with its answer.

    Parameters
    ----------
    line : str
        As in a terminal: ``trustsim run listening_tour --replicates 10``.
    folder : str or Path
        Where it is typed.
    exit_code : int
        How it is meant to end: 0 done, 1 the work failed, 2 the input is wrong.

    Raises
    ------
    RuntimeError
        If it ends otherwise.
    """
    done = subprocess.run(
        command_of(line),
        cwd=folder,
        env={**os.environ, "COLUMNS": WIDTH},
        check=False,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    print(f"$ {line}\n{done.stdout}")
    if done.returncode != exit_code:
        raise RuntimeError(f"{line!r} ended with {done.returncode}, not {exit_code}")
