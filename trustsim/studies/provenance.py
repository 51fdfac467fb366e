"""Where a number comes from: the code, the machine and the scenario that made it, as data for a manifest."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import trustsim
from trustsim._jit import kernel_digest
from trustsim.scenario import Scenario

__all__ = ["PACKAGES", "commit", "describe", "environment", "fingerprint", "model_digest", "package_versions"]

PACKAGES: Final = ("mesa", "networkx", "numba", "numpy", "pandas", "pyarrow", "pydantic", "SALib", "scipy")
"""Packages whose release can have a part in a result."""
_CHECKOUT: Final = Path(__file__).parents[2]
_MODEL: Final = (
    "draws", "interventions", "levers", "measures", "organization", "parameters", "rules", "scenario", "simulation",
    "worlds",
)  # fmt: skip
"""All that decides what a run gives: two versions of the model with the same of it give the same numbers."""


def environment() -> dict[str, Any]:
    """Return what made the numbers: trustsim, its commit and kernels, Python, packages and platform."""
    return {
        "trustsim": trustsim.__version__,
        "commit": commit(),
        "kernel_digest": kernel_digest(),
        "python": platform.python_version(),
        "packages": package_versions(),
        "platform": platform.platform(),
        "machine": platform.machine(),
    }


@cache
def model_digest() -> str:
    """Return the hash of the model's own code and register, whatever compiles it: 16 hexadecimal digits."""
    package, digest = Path(trustsim.__file__).parent, hashlib.sha256()
    for name in _MODEL:
        room = package / name
        files = sorted(path for path in room.rglob("*") if path.suffix in {".py", ".toml"})
        for file in files or [room.with_suffix(".py")]:
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def package_versions() -> dict[str, str | None]:
    """Return the installed release of each of `PACKAGES`, None for one that is not installed."""
    return {name: _version(name) for name in PACKAGES}


def commit() -> dict[str, Any] | None:
    """Return the commit that trustsim runs from and whether files differ from it; None if it is no checkout."""
    if not (_CHECKOUT / ".git").exists() or shutil.which("git") is None:
        return None
    found, changed = _git("rev-parse", "HEAD"), _git("status", "--porcelain", "--", "trustsim", "scenarios")
    if found is None or changed is None:
        return None
    return {"id": found, "dirty": bool(changed)}


def describe(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario in full: what it says of itself, what decides its runs, and the hash of that."""
    return {
        "name": scenario.name,
        "title": scenario.title,
        "sources": list(scenario.sources),
        "digest": scenario.digest,
        "resolved": scenario.canonical(),
    }


def fingerprint(content: Any) -> str:
    """Return the hash of plain data, whatever the order of its keys: 64 hexadecimal digits."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _git(*arguments: str) -> str | None:
    """Return what git says of the checkout, or None if it refuses."""
    command = [str(shutil.which("git")), "-C", str(_CHECKOUT), *arguments]
    try:
        # Nothing of what the user writes gets into the command.
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
