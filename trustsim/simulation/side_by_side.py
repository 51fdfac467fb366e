"""Worlds side by side: scenarios in one hospital with one luck, on either engine."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean
from trustsim.interventions.base import LONGEST
from trustsim.organization import Organization
from trustsim.scenario import Scenario, load_scenario
from trustsim.simulation.hospital import Hospital, hospital_of, open_hospital
from trustsim.worlds.engine import Result, Snapshot, advance

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BLOCK", "ENGINES", "Engine", "check_engine", "check_weeks", "load_all", "run_worlds", "simulate"]

Engine = Literal["worlds", "mesa"]
ENGINES: Final = ("worlds", "mesa")
BLOCK: Final = 64
"""Worlds that run side by side: so many that vector instructions pay, so few that their state stays in cache."""


def run_worlds(
    scenarios: Sequence[Scenario],
    hospital: Hospital,
    *,
    weeks: int | None = None,
    engine: Engine = "worlds",
    by_unit: bool = False,
    snapshots: Collection[int] = (),
    start_from: Snapshot | None = None,
    after_week: Callable[[int], None] | None = None,
) -> Result:
    """Run scenarios side by side in one hospital with one luck.

    Parameters
    ----------
    scenarios : sequence of Scenario
        One world each.
    hospital : Hospital
        From `open_hospital`.
    weeks : int, optional
        Horizon after burn-in; the first scenario's if not given.
    engine : {"worlds", "mesa"}
        The compiled engine, or the Mesa model, which gives the same numbers to the bit.
    by_unit : bool
        Whether to record each unit.
    snapshots : collection of int
        Weeks, burn-in counted, after which to keep the full state.
    start_from : Snapshot, optional
        A state to continue from, in place of the first day: of as many worlds, or of one world, from which all branch.
    after_week : callable, optional
        Called with the number of each week done.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        No scenario, a wrong number of weeks, scenarios that do not share burn-in, an unknown engine, or a state that is
        not of this hospital or of other worlds.
    """
    check_engine(engine)
    if not scenarios:
        raise InputError("there is no scenario to run")
    weeks = scenarios[0].weeks if weeks is None else check_weeks(weeks)
    burn_in = scenarios[0].burn_in
    if any(scenario.burn_in != burn_in for scenario in scenarios):
        raise InputError("scenarios that run side by side need the same burn_in")
    columns = [scenario.values() for scenario in scenarios]
    plans = [
        scenario.plan(hospital.organization, column, weeks=weeks)
        for scenario, column in zip(scenarios, columns, strict=True)
    ]
    options: dict[str, Any] = {"weeks": weeks, "burn_in": burn_in, "by_unit": by_unit, "after_week": after_week}
    values: NDArray[np.float64] = np.stack(columns, axis=1)
    if engine == "mesa":
        if start_from is not None or snapshots:
            raise InputError("the Mesa engine keeps no states; pickle a HospitalModel, or use engine='worlds'")
        from trustsim.model import advance_agents

        return advance_agents(
            hospital.organization, plans, values, seed=hospital.seed, hospital_seed=hospital.hospital_seed, **options
        )
    return advance(
        hospital.organization, plans, values, hospital.luck, snapshots=snapshots, start=start_from, **options
    )


def simulate(
    scenarios: Sequence[Scenario | str] | Scenario | str,
    *,
    weeks: int | None = None,
    seed: int = 0,
    hospital_seed: int | None = None,
    organization: Organization | None = None,
    engine: Engine = "worlds",
    start_from: Snapshot | None = None,
) -> pd.DataFrame:
    """Run scenarios with the same luck and return a tidy table.

    Parameters
    ----------
    scenarios : scenario, name or path, or a sequence of them
        Those that ask for the same organization share a hospital.
    weeks : int, optional
        Horizon after burn-in; each scenario's own if not given.
    seed, hospital_seed, organization, engine, start_from
        As in `open_hospital` and `run_worlds`; `start_from` is of one world, or of one for each scenario.

    Returns
    -------
    DataFrame
        A row for each world and week: ``world`` (position in `scenarios`), ``scenario``, ``week`` (from 0 after
        burn-in), then the measures of `trustsim.measures.NAMES`.
    """
    import pandas as pd

    loaded = load_all(scenarios)
    if not loaded:
        raise InputError("there is no scenario to run")
    frames: dict[int, pd.DataFrame] = {}
    for members in _sharing_a_hospital(loaded, weeks, organization):
        hospital = open_hospital(loaded[members[0]], seed, organization=organization, hospital_seed=hospital_seed)
        for start in range(0, len(members), BLOCK):
            block = members[start : start + BLOCK]
            of_block = None if start_from is None else start_from.of_worlds(block, len(loaded))
            result = run_worlds(
                [loaded[world] for world in block], hospital, weeks=weeks, engine=engine, start_from=of_block
            )
            for column, world in enumerate(block):
                series = {name: values[:, column] for name, values in result.hospital.items()}
                weeks_done = np.arange(len(next(iter(series.values()))))
                frames[world] = pd.DataFrame(
                    {"world": world, "scenario": loaded[world].name, "week": weeks_done, **series}
                )
    return pd.concat([frames[world] for world in range(len(loaded))], ignore_index=True)


def check_engine(name: str) -> Engine:
    """Return the name of an engine.

    Raises
    ------
    InputError
        If there is none of this name.
    """
    if name not in ENGINES:
        raise InputError(f"unknown engine {name!r}, not {' or '.join(ENGINES)}{did_you_mean(name, ENGINES)}")
    return cast(Engine, name)


def check_weeks(weeks: object) -> int:
    """Return a horizon after burn-in.

    Raises
    ------
    InputError
        If it is not a whole number of weeks from 1 to ten years.
    """
    if isinstance(weeks, bool) or not isinstance(weeks, (int, np.integer)) or not 1 <= weeks <= LONGEST:
        raise InputError(f"a horizon is a whole number of weeks from 1 to {LONGEST}, not {weeks!r}")
    return int(weeks)


def load_all(scenarios: Sequence[Scenario | str] | Scenario | str) -> list[Scenario]:
    """Return scenarios given as objects, names or paths, one or several."""
    listed = [scenarios] if isinstance(scenarios, (Scenario, str)) else list(scenarios)
    return [scenario if isinstance(scenario, Scenario) else load_scenario(scenario) for scenario in listed]


def _sharing_a_hospital(
    scenarios: Sequence[Scenario], weeks: int | None, organization: Organization | None
) -> list[list[int]]:
    """Return the positions of scenarios that can run side by side, group by group."""
    groups: dict[Hashable, list[int]] = {}
    for number, scenario in enumerate(scenarios):
        key = (hospital_of(scenario, organization), scenario.burn_in, scenario.weeks if weeks is None else weeks)
        groups.setdefault(key, []).append(number)
    return list(groups.values())
