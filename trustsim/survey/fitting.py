"""Find the climate of a hospital: what each unit and role adds, so that after burn-in people answer as they did.

The first weeks move what people start with, feelings act on one another, and leaders act on all, so the climate is not
what was measured but what leads to it. It is found step by step: run the burn-in with several seeds, look at what each
cell would have answered, move the cell's climate by what is missing, and do it again with the same luck.

The survey is taken at its word, its sampling error included: a unit where eight people answered begins as those eight
say. A climate is of the place, so it stays when people go; a leader's conduct goes with the leader.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import replicate_seed
from trustsim.organization import Organization
from trustsim.organization.roles import CLIMATE
from trustsim.scenario import Scenario
from trustsim.simulation import Hospital, cores, open_hospital, run_worlds
from trustsim.survey.crosswalk import FEELINGS
from trustsim.survey.measured import Cell, Measured, Survey, members, score
from trustsim.worlds.state import People

__all__ = ["Fit", "Residual", "fit_climate"]

REACH: Final = 0.5
"""Largest climate either way. Beyond it the model is asked for what it was never compared with."""

_CLOSE: Final = 0.05
"""Standard errors that may be missing before the search ends."""

_Climate = NDArray[np.float64]
_Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Residual:
    """A row of the first wave, and what the model has in its place: the mean over seeds at the end of burn-in."""

    row: Measured
    modeled: float

    @property
    def in_errors(self) -> float:
        """How far the model is above the survey, in the survey's own sampling errors."""
        return (self.modeled - self.row.value) / self.row.standard_error

    @property
    def is_reproduced(self) -> bool:
        """Whether it is within one sampling error."""
        return abs(self.in_errors) <= 1.0


@dataclass(frozen=True)
class Fit:
    """A hospital that answers as the surveyed one did.

    Attributes
    ----------
    organization : Organization
        With its climate.
    residuals : sequence of Residual
        One for each row of the first wave that somebody can answer.
    missed : sequence of str
        What is not reproduced and why, each a sentence.
    steps : int
        How often burn-in was run with all seeds.
    """

    organization: Organization
    residuals: Sequence[Residual]
    missed: Sequence[str]
    steps: int


def fit_climate(
    organization: Organization,
    survey: Survey,
    scenario: Scenario,
    *,
    seed: int = 1,
    hospital_seed: int | None = None,
    runs: int = 8,
    steps: int = 10,
    after_step: Callable[[int], None] | None = None,
) -> Fit:
    """Give a hospital the climate that its first survey found.

    Parameters
    ----------
    organization : Organization
    survey : Survey
    scenario : Scenario
        The baseline: its parameters and burn-in.
    seed, hospital_seed : int
        As in `trustsim.simulation.compare`.
    runs : int
        Seeds over which the model's answers are averaged.
    steps : int
        Most often that burn-in is run with all seeds.
    after_step : callable, optional
        Called with the number of steps done.
    """
    rows, burn_ins = survey.first, _BurnIns(organization, scenario, seed, hospital_seed, runs)
    climate: _Climate = np.zeros((len(CLIMATE), organization.n))
    moves = [_Move(organization, feeling, rows) for feeling in FEELINGS]
    for step in range(1, steps + 1):
        answers = burn_ins.answers(climate, rows)
        residuals = [Residual(row, found) for row, (found, _) in zip(rows, answers, strict=True)]
        if after_step is not None:
            after_step(step)
        if step == steps or all(math.isnan(one.modeled) or abs(one.in_errors) <= _CLOSE for one in residuals):
            break
        for move in moves:
            move.apply(climate, rows, answers)
    residuals = [one for one in residuals if not math.isnan(one.modeled)]
    missed = [_why(one, moves, climate) for one in residuals if not one.is_reproduced]
    return Fit(replace(organization, climate=climate), residuals, missed, step)


class _BurnIns:
    """The burn-in of one hospital with several seeds, again and again with another climate and the same luck."""

    def __init__(
        self, organization: Organization, scenario: Scenario, seed: int, hospital_seed: int | None, runs: int
    ) -> None:
        self._hospitals: list[tuple[Scenario, Hospital]] = []
        for number in range(runs):
            drawn, luck = scenario.of_replicate(number), replicate_seed(seed, number)
            hospital = open_hospital(drawn, luck, organization=organization, hospital_seed=hospital_seed)
            self._hospitals.append((drawn, hospital))

    def answers(self, climate: _Climate, rows: Sequence[Measured]) -> list[tuple[float, float]]:
        """Return the mean score of each row's cell and its slope, over seeds."""

        def of_one(pair: tuple[Scenario, Hospital]) -> _Values:
            scenario, hospital = pair
            organization = replace(hospital.organization, climate=climate)
            people = end_of_burn_in(scenario, replace(hospital, organization=organization))
            return np.array([score(organization, people, 0, row) for row in rows])

        first = of_one(self._hospitals[0])  # alone: it may have to compile
        with ThreadPoolExecutor(max_workers=cores()) as pool:
            found = np.stack([first, *pool.map(of_one, self._hospitals[1:])])
        return [(float(value), float(slope)) for value, slope in found.mean(axis=0)]


def end_of_burn_in(scenario: Scenario, hospital: Hospital) -> People:
    """Return everybody in the week before what is recorded begins."""
    result = run_worlds([scenario], hospital, weeks=1, snapshots=(scenario.burn_in or 1,))
    return result.snapshots[0].state.people


class _Move:
    """How the climate of one feeling follows what its cells lack."""

    def __init__(self, organization: Organization, feeling: str, rows: Sequence[Measured]) -> None:
        self.feeling, self._organization = feeling, organization
        self.row = CLIMATE.index("conduct" if feeling == "trust_leader" else feeling)
        self.cells = sorted({row.cell for row in rows if row.item.feeling == feeling}, key=lambda cell: cell.is_finer)
        self.of_person = np.full(organization.n, -1)  # the finest cell of everybody
        for number, cell in enumerate(self.cells):
            self.of_person[members(organization, cell)] = number

    def apply(self, climate: _Climate, rows: Sequence[Measured], answers: Sequence[tuple[float, float]]) -> None:
        """Move the climate by what is missing in each cell, in place."""
        if not self.cells:
            return
        lacking = np.array([self._lacking(cell, rows, answers) for cell in self.cells])
        change = np.where(self.of_person >= 0, lacking[self.of_person], 0.0)
        if self.feeling == "trust_leader":
            change = self._of_leaders(change)
        climate[self.row] = np.clip(climate[self.row] + change, -REACH, REACH)

    def _lacking(self, cell: Cell, rows: Sequence[Measured], answers: Sequence[tuple[float, float]]) -> float:
        """Return how much of the feeling a cell lacks, by all that was asked, each as sure as it is."""
        total, weights = 0.0, 0.0
        for row, (found, slope) in zip(rows, answers, strict=True):
            if row.cell == cell and row.item.feeling == self.feeling and slope != 0.0 and not math.isnan(slope):
                error = row.standard_error / slope
                weight = 1.0 / (error * error + row.item.uncertainty**2)
                total, weights = total + weight * (row.value - found) / slope, weights + weight
        return total / weights if weights > 0.0 else 0.0

    def _of_leaders(self, change: _Values) -> _Values:
        """Return by how much the conduct of leaders has to move for those whom they lead, on average."""
        led = (self._organization.leader >= 0) & (self.of_person >= 0)
        leader, n = self._organization.leader[led], self._organization.n
        people = np.bincount(leader, minlength=n)
        return np.bincount(leader, weights=change[led], minlength=n) / np.maximum(people, 1)

    def share(self, cell: Cell) -> float:
        """Return for how many of a cell's people no finer cell was asked, as a share."""
        here = members(self._organization, cell)
        return float((self.of_person[here] == self.cells.index(cell)).mean())

    def is_at_its_end(self, cell: Cell, climate: _Climate) -> bool:
        """Return whether the climate of a cell is as strong as it may be."""
        here = members(self._organization, cell)
        if self.feeling == "trust_leader":
            here = np.isin(np.arange(len(here)), self._organization.leader[here])
        return bool((np.abs(climate[self.row, here]) >= REACH).any())


def _why(residual: Residual, moves: Sequence[_Move], climate: _Climate) -> str:
    row = residual.row
    move = next(move for move in moves if move.feeling == row.item.feeling)
    if move.is_at_its_end(row.cell, climate):
        why = "it is beyond the reach of the model"
    elif move.share(row.cell) < 1.0:
        why = "finer cells were asked the same and say otherwise"
    elif row.item.feeling == "trust_leader":
        why = "its leaders have one conduct for all whom they lead, and others rate them otherwise"
    else:
        why = "other instruments ask for the same and say otherwise, or it is not settled after burn-in"
    return f"{row.item.name} of {row.cell}: survey {row.value:g}, model {residual.modeled:.3g}; {why}"
