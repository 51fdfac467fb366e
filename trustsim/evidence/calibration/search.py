"""The search: generations of vectors that run side by side, each kept on disk when it is done.

CMA-ES (1) draws a generation, learns from how far each of its vectors was from the targets, and draws the next nearer
by. What it draws is decided by its seed and by what it was told, so that a search that was stopped is told again what
was kept and continues to the bit as if nothing had happened. It starts afresh every so often, with other luck: what is
plausible is seldom in one place.

References
----------
1. Hansen, N., Ostermeier, A. (2001). Completely derandomized self-adaptation in evolution strategies. Evolutionary
   Computation 9, 159-195. doi:10.1162/106365601750190398. As in the package cmaes: Nomura, M., Shibata, M. (2024).
   cmaes: a simple yet practical Python library for CMA-ES. arXiv:2402.01373
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import replicate_seed
from trustsim.errors import InputError
from trustsim.evidence.calibration.goal import Aim, implausibility, objective
from trustsim.evidence.calibration.space import Dimension, as_parameters, at_start
from trustsim.evidence.observation import observe
from trustsim.evidence.tables import targets
from trustsim.studies.durable import read_json, write_json

if TYPE_CHECKING:
    from cmaes import CMA

__all__ = ["BLOCK", "Trials", "look", "search"]

BLOCK: Final = 64
"""Vectors of a generation, which run side by side."""
_AFRESH: Final = 16
"""Generations after which the search starts again."""
_STEP: Final = 0.25
"""Standard deviation of the first generation, as a share of each range."""


class Trials(NamedTuple):
    """Vectors that were tried.

    Attributes
    ----------
    places : (trials, dimensions) float64 array
        In [0, 1].
    values, se : (trials, parts) float64 array
        What the model gave, and its standard error over seeds; nan where it gives nothing.
    """

    places: NDArray[np.float64]
    values: NDArray[np.float64]
    se: NDArray[np.float64]

    def write(self, path: Path) -> None:
        """Write them as JSON; errors are those of `trustsim.studies.durable.write_json`."""
        lists = {name: _with_none(array) for name, array in self._asdict().items()}
        write_json(path, lists)

    @classmethod
    def read(cls, path: Path) -> Trials:
        """Read what `write` wrote."""
        document = read_json(path)
        return cls(*(np.array(document[name], dtype=np.float64) for name in cls._fields))


def search(
    folder: Path,
    dimensions: Sequence[Dimension],
    aimed_at: Sequence[Aim],
    *,
    generations: int,
    seeds: Sequence[int],
    seed: int,
    workers: int | None,
    after: Callable[[int], None],
) -> Trials:
    """Return the trials of all generations, after running those that the folder does not hold yet.

    Parameters
    ----------
    folder : Path
        Where each generation is kept.
    dimensions : sequence of Dimension
    aimed_at : sequence of Aim
    generations : int
    seeds : sequence of int
        Hospitals and luck of every trial.
    seed : int
        Of the search.
    workers : int, optional
    after : callable
        Called with the number of generations done: of those that the folder holds, then after each further one.

    Raises
    ------
    InputError
        If the folder holds generations of another search.
    """
    start = at_start(dimensions)
    tried, is_running = [], False
    for number in range(generations):
        if number % _AFRESH == 0:
            optimizer = _optimizer(start, replicate_seed(seed, number))
        drawn = np.array([optimizer.ask() for _ in range(BLOCK)])
        path = folder / f"generation-{number:03d}.json"
        if path.exists():
            trials = Trials.read(path)
            if not np.array_equal(trials.places, drawn):
                raise InputError("is not what this search draws; remove it, or name another folder", path=path)
        else:
            if not is_running:
                after(number)
                is_running = True
            vectors = [as_parameters(dimensions, each) for each in drawn]
            trials = look(drawn, vectors, aimed_at, seeds=seeds, workers=workers)
            trials.write(path)
            after(number + 1)
        costs = objective(implausibility(trials.values, trials.se, aimed_at), trials.places, start)
        optimizer.tell(list(zip(drawn, costs.tolist(), strict=True)))
        tried.append(trials)
    return Trials(*(np.concatenate(arrays) for arrays in zip(*tried, strict=True)))


def look(
    places: NDArray[np.float64],
    vectors: Sequence[Mapping[str, float]],
    aimed_at: Sequence[Aim],
    *,
    seeds: Sequence[int],
    workers: int | None,
    progress: Callable[[int, int], None] | None = None,
) -> Trials:
    """Run some vectors, side by side with the same luck, and return what the model gives for each part aimed at.

    Parameters
    ----------
    places : (vectors, dimensions) float64 array
        In [0, 1].
    vectors : sequence of mapping of str to float
        The parameters at these places.
    aimed_at : sequence of Aim
    seeds, workers, progress
        As `trustsim.evidence.observation.observe`.
    """
    seen = observe(targets("CAL"), vectors, seeds=seeds, workers=workers, progress=progress)
    columns = [seen.names.index(aim.name) for aim in aimed_at]
    return Trials(places, seen.values[:, columns], seen.se[:, columns])


def _optimizer(start: NDArray[np.float64], seed: int) -> CMA:
    from cmaes import CMA

    bounds = np.tile([0.0, 1.0], (len(start), 1))
    return CMA(mean=start, sigma=_STEP, bounds=bounds, population_size=BLOCK, seed=seed % 2**32)


def _with_none(array: NDArray[np.float64]) -> list[list[float | None]]:
    """Return a table as lists in which what is missing is None, as JSON has no nan."""
    return [[None if value != value else value for value in row] for row in array.tolist()]
