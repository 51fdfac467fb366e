"""From a run folder back to the comparison that it keeps, so that a report has the numbers of the run."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import ValidationError

from trustsim.comparison import Comparison
from trustsim.errors import InputError
from trustsim.measures import NAMES
from trustsim.scenario import Scenario
from trustsim.scenario.schema import ORGANIZATION
from trustsim.studies import Run
from trustsim.worlds.engine import Result

__all__ = ["comparison_of"]


def comparison_of(run: Run) -> Comparison:
    """Return the comparison that a run folder keeps.

    Raises
    ------
    InputError
        If a file is missing or damaged, or the scenario is unknown to this version of trustsim.
    """
    scenario, baseline = (_scenario(run, world) for world in ("scenario", "baseline"))
    frame = run.weekly()
    frame = frame[frame["unit"] == ""].sort_values(["replicate", "world", "week"], kind="stable")
    replicates, weeks = int(frame["replicate"].max()) + 1, int(frame["week"].max()) + 1
    if len(frame) != replicates * 2 * weeks:
        raise InputError("does not hold every week of both worlds", path=run.folder / "weekly.parquet")
    # What an older version did not record yet is missing.
    frame = frame.reindex(columns=[*frame.columns, *(name for name in NAMES if name not in frame)])
    of_all = {name: frame[name].to_numpy(dtype=np.float64).reshape(replicates, 2, weeks) for name in NAMES}
    results = [
        Result({name: np.ascontiguousarray(values[replicate].T) for name, values in of_all.items()}, {})
        for replicate in range(replicates)
    ]
    return Comparison(scenario, baseline, run.manifest["seeds"], weeks, results)


def _scenario(run: Run, world: str) -> Scenario:
    """Return a scenario from what the manifest says of it."""
    kept: dict[str, Any] = run.manifest[world]
    resolved = dict(kept["resolved"])
    fixed_seed = resolved.pop("organization_seed")
    changed = resolved.pop("parameters")
    sizes = {name.removeprefix(ORGANIZATION): value for name, value in changed.items() if name.startswith(ORGANIZATION)}
    try:
        return Scenario(
            name=kept["name"],
            title=kept["title"],
            sources=kept["sources"],
            parameters={name: value for name, value in changed.items() if not name.startswith(ORGANIZATION)},
            organization=sizes if fixed_seed is None else {**sizes, "seed": fixed_seed},
            **resolved,
        )
    except ValidationError as error:
        then = run.manifest["environment"]["trustsim"]
        raise InputError(
            f"was made by trustsim {then}, whose {world} this version cannot read: {error.errors()[0]['msg']}",
            path=run.folder,
        ) from None
