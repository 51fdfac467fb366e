"""Later waves of a survey over what the model makes of the hospital: where it went as simulated, and where not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from trustsim.draws import replicate_seed
from trustsim.organization import Organization
from trustsim.scenario import Scenario
from trustsim.simulation import open_hospital, run_worlds
from trustsim.survey.measured import Measured, Survey, score

__all__ = ["Laid", "lay_over"]

_NORMAL: Final = 1.96
_BAND: Final = (2.5, 50.0, 97.5)


@dataclass(frozen=True, slots=True)
class Laid:
    """A row of a later wave, and the model in its place.

    Attributes
    ----------
    row : Measured
    week : int
        After the first wave.
    low, high : float
        95 % interval of the row by its own sampling error, within the scale.
    margin : float
        Half-width of the same with the sampling error of the first wave of the cell, from which the model began.
    baseline, scenario : tuple of 3 float
        Low end, middle and high end of the band in which 95 % of the runs of either world are.
    """

    row: Measured
    week: int
    low: float
    high: float
    margin: float
    baseline: tuple[float, float, float]
    scenario: tuple[float, float, float]

    @property
    def agrees(self) -> dict[str, bool]:
        """Whether the row, give or take its margin, meets the band of either world."""
        low, high = self.row.value - self.margin, self.row.value + self.margin
        worlds = {"baseline": self.baseline, "scenario": self.scenario}
        return {name: low <= band[2] and band[0] <= high for name, band in worlds.items()}

    def as_document(self) -> dict[str, Any]:
        """Return it as plain data, enough to draw it."""
        return {
            "unit": self.row.cell.unit, "role": self.row.cell.role, "instrument": self.row.item.instrument,
            "construct": self.row.item.construct, "stat": self.row.item.stat, "n": self.row.n,
            "wave_date": self.row.wave.isoformat(), "week": self.week,
            "observed": self.row.value, "low": self.low, "high": self.high, "margin": self.margin,
            "baseline": list(self.baseline), "scenario": list(self.scenario), "agrees": self.agrees,
        }  # fmt: skip


def lay_over(
    organization: Organization,
    survey: Survey,
    baseline: Scenario,
    scenario: Scenario,
    *,
    seed: int = 1,
    hospital_seed: int | None = None,
    runs: int = 20,
) -> list[Laid]:
    """Return the later waves within the scenario's weeks, each over the band of the simulated runs.

    Parameters
    ----------
    organization : Organization
        With the climate of the first wave (`trustsim.survey.fit_climate`).
    survey : Survey
    baseline, scenario : Scenario
    seed, hospital_seed : int
        As in `trustsim.simulation.compare`.
    runs : int
        Seeds of which the bands are made.
    """
    rows = [row for row in survey.later if 1 <= survey.week(row) <= scenario.weeks]
    if not rows:
        return []
    after = sorted({scenario.burn_in + survey.week(row) for row in rows})
    scores = np.empty((runs, len(rows), 2))
    for number in range(runs):
        worlds = baseline.of_replicate(number), scenario.of_replicate(number)
        luck = replicate_seed(seed, number)
        hospital = open_hospital(scenario, luck, organization=organization, hospital_seed=hospital_seed)
        result = run_worlds(worlds, hospital, weeks=max(after) - scenario.burn_in, snapshots=after)
        people = {kept.week: kept.state.people for kept in result.snapshots}
        for place, row in enumerate(rows):
            then = people[scenario.burn_in + survey.week(row)]
            scores[number, place] = [score(organization, then, world, row)[0] for world in (0, 1)]
    bands = np.nanpercentile(scores, _BAND, axis=0)
    return [_laid(row, survey, bands[:, place]) for place, row in enumerate(rows)]


def _laid(row: Measured, survey: Survey, band: np.ndarray) -> Laid:
    begun = next((one for one in survey.first if (one.cell, one.item.name) == (row.cell, row.item.name)), None)
    error, (least, most) = _NORMAL * row.standard_error, row.item.bounds
    margin = math.hypot(error, 0.0 if begun is None else _NORMAL * begun.standard_error)
    low, high = max(row.value - error, least), min(row.value + error, most)
    baseline, scenario = ((float(bottom), float(middle), float(top)) for bottom, middle, top in band.T)
    return Laid(row, survey.week(row), low, high, margin, baseline, scenario)
