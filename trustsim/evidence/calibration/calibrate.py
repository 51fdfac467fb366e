"""Calibration: find the vectors of parameters that the CAL targets leave plausible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.evidence.calibration.goal import aims
from trustsim.evidence.calibration.plan import Plan, claimed
from trustsim.evidence.calibration.result import Outcome, candidates, outcome_of
from trustsim.evidence.calibration.search import BLOCK, Trials, look, search
from trustsim.evidence.calibration.space import as_parameters, space
from trustsim.studies.durable import write_text

__all__ = ["PARAMETERS", "calibrate"]

PARAMETERS: Final = "parameters.yaml"
"""The file of a calibration's folder that scenarios use."""
_AGAIN: Final = "again.json"


def calibrate(
    folder: str | Path,
    plan: Plan | None = None,
    *,
    workers: int | None = None,
    after: Callable[[int], None] | None = None,
) -> Outcome:
    """Calibrate the model on the CAL targets in a folder, or continue to.

    Parameters
    ----------
    folder : str or Path
        Free, or of the same calibration, which is then continued. Its file ``parameters.yaml`` will hold the set.
    plan : Plan, optional
    workers : int, optional
        Threads; one for each core unless given. They decide nothing.
    after : callable, optional
        Called with the number of runs done, of `Plan.runs` or somewhat less.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        If the folder holds something else, or another calibration; if the extra calibration is not installed.
    WorkError
        If the folder cannot be written, or no vector is within all tolerances. What was done is kept.
    KeyboardInterrupt
        After Ctrl-C, with all finished generations kept; the same call continues.
    """
    plan, folder = plan or Plan(), Path(folder)
    dimensions, aimed_at = space(), aims()
    tell = after or _silent
    with claimed(folder, plan):
        tried = search(
            folder,
            dimensions,
            aimed_at,
            generations=plan.generations,
            seeds=plan.search_seeds,
            seed=plan.seed,
            workers=workers,
            after=lambda generations: tell(generations * BLOCK * plan.seeds),
        )
        places, not_implausible = candidates(tried, aimed_at)
        again = _kept(folder / _AGAIN, places)
        if again is None:
            again = look(
                places,
                [{}, *(as_parameters(dimensions, each) for each in places[1:])],
                aimed_at,
                seeds=plan.fresh_seeds,
                workers=workers,
                progress=lambda seeds, _: tell(plan.generations * BLOCK * plan.seeds + seeds * len(places)),
            )
            again.write(folder / _AGAIN)
        outcome = outcome_of(plan, len(tried.places), not_implausible, again, aimed_at, folder / PARAMETERS)
        write_text(outcome.path, outcome.parameter_set.as_yaml(PARAMETERS))
    return outcome


def _silent(_: int) -> None:
    """Say nothing."""


def _kept(path: Path, places: NDArray[np.float64]) -> Trials | None:
    """Return what was tried again before, unless it was other vectors: of fewer trials."""
    if not path.exists():
        return None
    kept = Trials.read(path)
    return kept if np.array_equal(kept.places, places) else None
