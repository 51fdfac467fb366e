"""Studies that whoever started the app laid out for visitors: what an effect hangs on, by Sobol' indices.

Their folders are named at the start and by nobody else. Indices are worked out once, when the first visitor asks, by
the same analysis as `trustsim analyze`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from trustsim.analysis import sobol
from trustsim.analysis.sobol import SobolIndices
from trustsim.app.service.memory import Memory
from trustsim.errors import InputError
from trustsim.report.drivers import factor_label
from trustsim.studies import read_results
from trustsim.studies.results import Results
from trustsim.studies.store import MISSING

__all__ = ["Drivers", "drivers", "laid_out", "lay_out"]


@dataclass(frozen=True)
class Drivers:
    """What an effect hangs on.

    Attributes
    ----------
    indices : SobolIndices
    labels : tuple of str
        What each factor means; the dummy is not among them.
    rows, replicates : int
        Of the design.
    """

    indices: SobolIndices
    labels: tuple[str, ...]
    rows: int
    replicates: int


_laid_out: Final[list[Results]] = []
_known = Memory[Drivers](64)


def lay_out(folders: Sequence[Path]) -> None:
    """Let visitors see studies, in place of those before.

    Raises
    ------
    InputError
        If a folder is none of a study by Sobol' indices, or nothing in it is complete.
    """
    found = [read_results(folder) for folder in folders]
    for results in found:
        if results.study.design.method != "sobol":
            raise InputError(
                f"is a study by {results.study.design.method}; the app shows those by sobol", path=results.folder
            )
        _complete(results)
    _laid_out[:] = found


def laid_out() -> tuple[Results, ...]:
    """Return the studies that visitors may see."""
    return tuple(_laid_out)


def drivers(results: Results, measure: str) -> Drivers:
    """Return what the effect on a measure hangs on.

    Raises
    ------
    TrustsimError
        If the study did not record the measure, or too much of it failed.
    """

    def analyze() -> Drivers:
        study, complete = results.study, _complete(results)
        outcomes = results.outcomes(measure)[:, complete]
        indices = sobol.analyze(study.problem, results.X, outcomes, seed=study.seed)
        factors = indices.factors[: len(indices.factors) - indices.has_dummy]
        labels = tuple(factor_label(study, factor)[0] for factor in factors)
        return Drivers(indices, labels, len(results.X), len(complete))

    return _known.get((results.manifest["identity"], measure), analyze, lambda: None)


def _complete(results: Results) -> list[int]:
    """Return the replicates that are complete, as `trustsim.studies.analyze` takes them."""
    complete = [int(each) for each in np.flatnonzero(~(results.state == MISSING).any(axis=0))]
    if not complete:
        raise InputError("has no complete replicate yet; run the study on first", path=results.folder)
    return complete
