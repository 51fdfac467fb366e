"""Calibration without one of its targets: where it would have ended if that target had not been published.

For each target, all trials of the calibration are judged again without it, and a shorter search without it adds some,
with the same luck. Two vectors stand for what comes of it:

- the *nearest* to the other targets, which would be the reference;
- the *furthest* from the target left out, of those of the calibration's trials that the others leave plausible: what
  the target alone rules out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from trustsim.errors import InputError
from trustsim.evidence.calibration.goal import CUT_OFF, Aim, aims, implausibility, objective
from trustsim.evidence.calibration.plan import Plan
from trustsim.evidence.calibration.search import Trials, search
from trustsim.evidence.calibration.space import as_parameters, at_start, space
from trustsim.studies.durable import read_json

GENERATIONS = 6
"""Of each search, 64 vectors each: it starts where the calibration did, and its trials are not alone."""


def without_each_target(folder: Path, generations: int = GENERATIONS) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield a name and the values of parameters: the nearest and the furthest vector without each target.

    Parameters
    ----------
    folder : Path
        Of the calibration. The searches without a target are kept in it, and continued.
    generations : int
        Of each search; 0 for none, which leaves the trials of the calibration.

    Raises
    ------
    InputError
        If the folder holds no calibration, or one on other targets or parameters.
    """
    aimed_at, dimensions, plan = aims(), space(), _plan(folder)
    start = at_start(dimensions)
    kept = _all(Trials.read(path) for path in sorted(folder.glob("generation-*.json")))
    of_target = np.array([aim.name.partition(".")[0] for aim in aimed_at])
    for target in dict.fromkeys(of_target.tolist()):
        is_left_out = of_target == target
        others = [aim for aim, left_out in zip(aimed_at, is_left_out, strict=True) if not left_out]
        judged_again = Trials(kept.places, kept.values[:, ~is_left_out], kept.se[:, ~is_left_out])
        tried = _all([judged_again, *_searched(folder / f"without_{target}", others, plan, generations)])
        costs = objective(implausibility(tried.values, tried.se, others), tried.places, start)
        yield f"without {target} (nearest)", as_parameters(dimensions, tried.places[costs.argmin()])
        distances = implausibility(kept.values, kept.se, aimed_at)
        is_plausible = distances[:, ~is_left_out].max(axis=1) <= CUT_OFF
        if is_plausible.any():
            off = np.where(is_plausible, distances[:, is_left_out].max(axis=1), -1.0)
            yield f"without {target} (furthest)", as_parameters(dimensions, kept.places[off.argmax()])


def _searched(folder: Path, aimed_at: Sequence[Aim], plan: Plan, generations: int) -> list[Trials]:
    """Return the trials of a search with the luck of the calibration; of none, nothing."""
    if not generations:
        return []
    folder.mkdir(exist_ok=True)
    found = search(
        folder, space(), aimed_at, generations=generations, seeds=plan.search_seeds,
        seed=plan.seed + 1,  # else it would begin with the vectors that the calibration began with
        workers=None, after=lambda _: None,
    )  # fmt: skip
    return [found]


def _plan(folder: Path) -> Plan:
    """Return the plan of a calibration, if it was one on today's targets and parameters."""
    path = folder / "calibration.json"
    if not path.exists():
        raise InputError("holds no calibration; name the folder that trustsim calibrate --out wrote", path=folder)
    then = read_json(path)
    now = {"targets": {aim.name: [aim.low, aim.high] for aim in aims()}, "space": {each.name for each in space()}}
    if then["targets"] != now["targets"] or set(then["space"]) != now["space"]:
        raise InputError("was calibrated on other targets or parameters than there are now", path=folder)
    return Plan(**{each.name: then[each.name] for each in fields(Plan)})


def _all(parts: Iterable[Trials]) -> Trials:
    return Trials(*(np.concatenate(each) for each in zip(*parts, strict=True)))
