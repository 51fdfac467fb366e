"""Run the Mesa model from the first week to the last, in the shape of `trustsim.worlds.engine.advance`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from trustsim.interventions import LeverPlan
from trustsim.model.hospital import HospitalModel
from trustsim.model.recording import hospital_measures, join, record, unit_measures
from trustsim.organization import Organization
from trustsim.worlds.engine import Result

__all__ = ["advance_agents"]


def advance_agents(
    organization: Organization,
    plans: Sequence[LeverPlan],
    values: NDArray[np.float64],
    *,
    seed: int,
    hospital_seed: int,
    weeks: int,
    burn_in: int,
    by_unit: bool = False,
    after_week: Callable[[int], None] | None = None,
) -> Result:
    """Run W worlds, one after another.

    Parameters
    ----------
    organization : Organization
    plans : sequence of W LeverPlan
    values : (parameters, W) float64 array
    seed, hospital_seed : int
        Of the events, and of the people.
    weeks, burn_in : int
        `weeks` rows are recorded after `burn_in` weeks.
    by_unit : bool
        Whether to record each unit.
    after_week : callable, optional
        Called with the number of each week that is done, from 0 again for each world.

    Returns
    -------
    Result
        Without snapshots: agents are no arrays.
    """
    results = []
    for world, plan in enumerate(plans):
        model = HospitalModel(
            rng=seed, organization=organization, hospital_seed=hospital_seed, plan=plan, values=values[:, world]
        )
        recorded = []
        for number in range(burn_in + weeks):
            model.step()
            if number >= burn_in:
                recorded.append(record(model))
            if after_week is not None:
                after_week(number)
        records = join(recorded)
        of_units = unit_measures(model, records) if by_unit else {}
        results.append(Result(hospital_measures(model, records), of_units))
    return Result(_side_by_side([one.hospital for one in results]), _side_by_side([one.units for one in results]))


def _side_by_side(worlds: list[dict[str, NDArray[np.float64]]]) -> dict[str, NDArray[np.float64]]:
    return {name: np.concatenate([world[name] for world in worlds], axis=-1) for name in worlds[0]}
