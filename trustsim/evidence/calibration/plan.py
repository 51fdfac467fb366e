"""What decides a calibration, and the folder that holds one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import trustsim
from trustsim.draws import replicate_seed
from trustsim.errors import InputError, WorkError
from trustsim.evidence.calibration.goal import CUT_OFF, PRIOR_SD, aims
from trustsim.evidence.calibration.search import BLOCK
from trustsim.evidence.calibration.space import space
from trustsim.studies.durable import LEFTOVERS, read_json, write_json
from trustsim.studies.provenance import model_digest

__all__ = ["CANDIDATES", "Plan", "claimed"]

CANDIDATES: Final = 192
"""Vectors that are tried again: more than are kept, as some were merely lucky."""
_PLAN: Final = "calibration.json"
_LOCK: Final = ".lock"
_SEED: Final = 7_000_003
"""Root of the seeds of a calibration; validation has another."""
_FRESH: Final = 1_000_000
"""Number of the first fresh seed under that root."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What decides a calibration, besides the model and its targets.

    Attributes
    ----------
    trials : int
        Vectors that are searched, in generations of 64.
    seeds, fresh : int
        Hospitals, with their luck, of each trial; of each vector that is tried again.
    seed : int
        Root of all of them.

    Raises
    ------
    InputError
        If one of them is too small.
    """

    trials: int = 2048
    seeds: int = 12
    fresh: int = 32
    seed: int = _SEED

    def __post_init__(self) -> None:
        for name, least in (("trials", BLOCK), ("seeds", 2), ("fresh", 2)):
            if getattr(self, name) < least:
                raise InputError(f"found {getattr(self, name)} {name}, needed are {least} or more")

    @property
    def generations(self) -> int:
        """Generations of the search."""
        return -(-self.trials // BLOCK)

    @property
    def runs(self) -> int:
        """Runs of the model for a vector and a seed, at most."""
        return self.generations * BLOCK * self.seeds + (CANDIDATES + 1) * self.fresh

    @property
    def search_seeds(self) -> list[int]:
        """Seeds of each trial."""
        return [replicate_seed(self.seed, number) for number in range(self.seeds)]

    @property
    def fresh_seeds(self) -> list[int]:
        """Seeds of each vector that is tried again; no trial has seen one of them."""
        return [replicate_seed(self.seed, _FRESH + number) for number in range(self.fresh)]

    def describe(self) -> dict[str, Any]:
        """Return all that decides the result, the model and its targets too, as data.

        Raises
        ------
        InputError
            If the extra calibration is not installed.
        """
        try:
            cmaes = version("cmaes")
        except PackageNotFoundError:
            raise InputError("a calibration needs the extra calibration: pip install 'trustsim[calibration]'") from None
        return {
            "kind": "calibration",
            **asdict(self),
            "trustsim": trustsim.__version__,
            "model": model_digest(),
            "cmaes": cmaes,
            "targets": {aim.name: [aim.low, aim.high] for aim in aims()},
            "space": {each.name: [each.low, each.start, each.high, *each.parameters] for each in space()},
            "cut_off": CUT_OFF,
            "prior_sd": PRIOR_SD,
        }


@contextmanager
def claimed(folder: Path, plan: Plan) -> Iterator[None]:
    """Hold a folder for a calibration, alone.

    Raises
    ------
    InputError
        If it holds something else, or another calibration; the message says what differs.
    WorkError
        If it cannot be written, or another process is writing it.
    """
    from filelock import FileLock, Timeout

    now = plan.describe()
    _check_free(folder, now)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkError(f"{folder} cannot be made: {error.strerror}; name another folder") from error
    try:
        with FileLock(folder / _LOCK, timeout=0):
            for path in folder.glob(LEFTOVERS):
                path.unlink(missing_ok=True)
            write_json(folder / _PLAN, now)
            yield
    except Timeout:
        raise WorkError(f"{folder}: another process is writing this calibration; wait for it, or stop it") from None


def _check_free(folder: Path, now: dict[str, Any]) -> None:
    if folder.exists() and not folder.is_dir():
        raise InputError("is a file; a calibration needs a folder of its own", path=folder)
    if not (folder / _PLAN).exists():
        if folder.exists() and any(not path.name.startswith(".") for path in folder.iterdir()):
            raise InputError("is not empty and holds no calibration; name another folder", path=folder)
        return
    then = read_json(folder / _PLAN)
    # More trials go on where fewer ended.
    differs = [name for name in now if then.get(name) != now[name] and name != "trials"]
    if differs:
        raise InputError(
            f"holds another calibration; what differs: {', '.join(differs)}. Name another folder, or change it back. "
            "Only trials may grow",
            path=folder,
        )
