"""What stands in a study's folder beside its runs: the design, the failures, and the files that run it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustsim.sampling import DUMMY
from trustsim.scenario import Scenario
from trustsim.scenario.parameter_set import FROM
from trustsim.studies.durable import write_text
from trustsim.studies.files import as_text
from trustsim.studies.parts import FAILED, Parts
from trustsim.studies.study import Study

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["design_table", "failures_table", "write_inputs"]


def design_table(study: Study) -> pa.Table:
    """Return the design: a row for each of its rows, with point_id and the value of every factor."""
    import pyarrow as pa

    points = study.points
    columns: dict[str, Any] = {"row": range(len(points.X)), "point_id": points.ids[points.of_row]}
    for place, name in enumerate(points.problem.columns(points.X)):
        codes = points.X[:, place]
        if name == DUMMY:
            columns[name] = codes
            continue
        kind = points.problem.kinds[place]
        values = [kind.value(code) for code in codes]
        mixed = len({type(value) for value in values} - {int, float}) > 0
        columns[name] = [str(value) for value in values] if mixed else values
    return pa.table(columns)


def failures_table(parts: Parts) -> pa.Table:
    """Return the runs that failed: why, and the command that runs each again, to be given in the study's folder."""
    import pyarrow as pa

    kinds = {"point_id": pa.string(), "replicate": pa.int64(), "seed": pa.int64(), "error": pa.string()}
    rows: list[dict[Any, Any]] = []
    for frame in parts.frames([*kinds, "status"]):
        rows += frame.loc[frame["status"] == FAILED, list(kinds)].to_dict("records")
    for row in rows:
        row["command"] = f"trustsim reproduce . --point {row['point_id']} --replicate {row['replicate']}"
    return pa.Table.from_pylist(rows, pa.schema({**kinds, "command": pa.string()}))


def write_inputs(study: Study, folder: Path) -> None:
    """Write ``study.yaml`` and the scenarios that it names, with all that they inherit.

    Raises
    ------
    WorkError
        If they cannot be written.
    """
    _write_scenario(study.scenario, folder, "scenario")
    if study.baseline is not None:
        _write_scenario(study.baseline, folder, "baseline")
    write_text(folder / "study.yaml", as_text(study.as_file()))


def _write_scenario(scenario: Scenario, folder: Path, name: str) -> None:
    """Write a scenario that stands for itself, and beside it the set of parameters that it draws from."""
    document = {**scenario.model_dump(mode="json", exclude={"extends"}), "baseline": "baseline"}
    if scenario.parameter_set is not None:
        beside = f"{name}_parameters.yaml"
        write_text(folder / beside, scenario.parameter_set.as_yaml(beside))
        document["parameters"] = {FROM: beside, **document["parameters"]}
    write_text(folder / f"{name}.yaml", as_text(document))
