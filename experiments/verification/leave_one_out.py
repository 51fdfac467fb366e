"""Calibration without one of its targets: where it would have ended if that target had not been published.

For each target, all trials of the calibration are judged again without it. Two vectors stand for what comes of it:

- the *nearest* to the other targets, which would be the reference. Often it is the reference itself: a target that is
  met in the middle of its tolerance does not pull;
- the *furthest* from the target left out, of those that the others leave plausible: what the target alone rules out.

The search is not repeated. Where that was tried, for V1, V3, V6 and V10, with five or six generations each, it ended
well behind these trials; a search as long as the calibration's own might find what they do not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from trustsim.errors import InputError
from trustsim.evidence.calibration.goal import CUT_OFF, aims, implausibility, objective
from trustsim.evidence.calibration.search import Trials
from trustsim.evidence.calibration.space import as_parameters, at_start, space
from trustsim.studies.durable import read_json


def without_each_target(folder: Path) -> Iterator[tuple[str, Mapping[str, float]]]:
    """Yield a name and the values of parameters: the nearest and the furthest vector without each target.

    Parameters
    ----------
    folder : Path
        Of the calibration.

    Raises
    ------
    InputError
        If the folder holds no calibration, or one on other targets or parameters.
    """
    tried, aimed_at, dimensions = _trials(folder), aims(), space()
    distances, start = implausibility(tried.values, tried.se, aimed_at), at_start(dimensions)
    of_target = np.array([aim.name.partition(".")[0] for aim in aimed_at])
    for target in dict.fromkeys(of_target.tolist()):
        left_out, others = distances[:, of_target == target], distances[:, of_target != target]
        nearest = objective(others, tried.places, start).argmin()
        yield f"without {target} (nearest)", as_parameters(dimensions, tried.places[nearest])
        is_plausible = others.max(axis=1) <= CUT_OFF
        if is_plausible.any():
            furthest = np.where(is_plausible, left_out.max(axis=1), -1.0).argmax()
            yield f"without {target} (furthest)", as_parameters(dimensions, tried.places[furthest])


def _trials(folder: Path) -> Trials:
    """Return all trials of a calibration, if it was one on today's targets and parameters."""
    path = folder / "calibration.json"
    if not path.exists():
        raise InputError("holds no calibration; name the folder that trustsim calibrate --out wrote", path=folder)
    then = read_json(path)
    targets, names = {aim.name: [aim.low, aim.high] for aim in aims()}, {each.name for each in space()}
    if then["targets"] != targets or set(then["space"]) != names:
        raise InputError("was calibrated on other targets or parameters than there are now", path=folder)
    generations = map(Trials.read, sorted(folder.glob("generation-*.json")))
    return Trials(*(np.concatenate(each) for each in zip(*generations, strict=True)))
