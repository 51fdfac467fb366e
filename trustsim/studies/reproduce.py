"""Run some of a study again and compare every number with what was kept, to the last bit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustsim.draws import replicate_seed
from trustsim.errors import InputError, did_you_mean
from trustsim.studies.parts import BASELINE
from trustsim.studies.points import Task
from trustsim.studies.provenance import environment, model_digest
from trustsim.studies.results import Results, read_results

if TYPE_CHECKING:
    import pandas as pd

    from trustsim.studies.worker import Outcome

__all__ = ["Check", "Difference", "reproduce"]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first number that is not what it was.

    Attributes
    ----------
    point_id : str
    replicate : int
    measure : str
        Or ``"status"``.
    kept, now : object
    """

    point_id: str
    replicate: int
    measure: str
    kept: object
    now: object

    def __str__(self) -> str:
        where = f"point {self.point_id}, replicate {self.replicate}"
        return f"{where}: {self.measure} was {self.kept!r}, is {self.now!r}"


@dataclass(frozen=True)
class Check:
    """What was found.

    Attributes
    ----------
    runs : int
        That were run again.
    errors : tuple of str
        Why those failed that failed before, each reason once.
    difference : Difference or None
        The first one, in the order of replicates and points; None if all are identical.
    changed : tuple of str
        What is another model, machine or package than it was then.
    """

    runs: int
    errors: tuple[str, ...]
    difference: Difference | None
    changed: tuple[str, ...]

    @property
    def is_identical(self) -> bool:
        """Whether every number is what it was."""
        return self.difference is None


def reproduce(
    folder: str | Path,
    *,
    sample: int | None = 20,
    seed: int = 0,
    point: str | None = None,
    replicate: int | None = None,
) -> Check:
    """Run some of a study's runs again.

    Parameters
    ----------
    folder : str or Path
    sample : int, optional
        How many, chosen at random; all if None.
    seed : int
        Of that choice.
    point : str, optional
        Id of the only point to run.
    replicate : int, optional
        The only replicate to run.

    Raises
    ------
    InputError
        If the folder is not of a study, or has no such run.
    """
    results = read_results(folder)
    runs = _chosen(results, sample, seed, point, replicate)
    first = None
    for number, group in runs.groupby("replicate", sort=True):
        first = _first_difference(results, int(str(number)), group)
        if first is not None:
            break
    errors = tuple(dict.fromkeys(error for error in runs["error"] if error))
    return Check(len(runs), errors, first, tuple(_changed(results.manifest)))


def _chosen(results: Results, sample: int | None, seed: int, point: str | None, replicate: int | None) -> pd.DataFrame:
    runs = results.runs()
    if point is not None:
        if point not in set(runs["point_id"]):
            raise InputError(f"no point {point!r}{did_you_mean(point, runs['point_id'].unique())}", path=results.folder)
        runs = runs[runs["point_id"] == point]
    if replicate is not None:
        runs = runs[runs["replicate"] == replicate]
    if runs.empty:
        raise InputError(f"has no run of replicate {replicate}", path=results.folder)
    if sample is not None and sample < len(runs) and point is None:
        runs = runs.sample(sample, random_state=seed)
    return runs.sort_values(["replicate", "point_id"], kind="stable")


def _first_difference(results: Results, replicate: int, runs: pd.DataFrame) -> Difference | None:
    study = results.study
    place = {name: number for number, name in enumerate(study.points.ids.tolist())}
    numbers = [place[name] for name in runs["point_id"]]
    work = study.work
    for number, (_, kept) in zip(numbers, runs.iterrows(), strict=True):
        settings = tuple(study.points.settings([number]))
        outcome = work(Task(replicate, replicate_seed(study.seed, replicate), (number,), settings))
        found = _compare(results, kept, outcome)
        if found is not None:
            return found
    return None


def _compare(results: Results, kept: pd.Series[Any], outcome: Outcome) -> Difference | None:
    study = results.study
    if kept["error"] != outcome.errors[0]:
        return Difference(kept["point_id"], outcome.replicate, "error", kept["error"], outcome.errors[0])
    levels = [*zip(study.measures, outcome.scenario[0].tolist(), strict=True)]
    if study.baseline is not None:
        names = [f"{BASELINE}{name}" for name in study.measures]
        levels += zip(names, outcome.baseline[0].tolist(), strict=True)
    for name, level in levels:
        then = float(kept[name])
        if then != level and not (math.isnan(then) and math.isnan(level)):
            return Difference(kept["point_id"], outcome.replicate, name, then, level)
    return None


def _changed(manifest: dict[str, Any]) -> list[str]:
    then, now = manifest["environment"], environment()
    changed = [] if manifest["model"] == model_digest() else ["the model's code is another"]
    pairs = {name: (then[name], now[name]) for name in ("trustsim", "python", "platform", "machine")}
    pairs |= {name: (then["packages"].get(name), release) for name, release in now["packages"].items()}
    return changed + [f"{name} was {old}, is {new}" for name, (old, new) in pairs.items() if old != new]
