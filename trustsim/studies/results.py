"""What a study found: its design, and the outcomes of every row and replicate, read from its folder."""
# ruff: noqa: N802 - a design is X in this field

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean
from trustsim.sampling import Problem
from trustsim.studies.identity import read_manifest
from trustsim.studies.load import load_study
from trustsim.studies.parts import BASELINE, OK, Parts
from trustsim.studies.store import DONE, FAILED, MISSING, parts_of
from trustsim.studies.study import Study

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Results", "read_results"]


@dataclass(frozen=True)
class Results:
    """The folder of a study, complete or under way.

    Attributes
    ----------
    folder : Path
    study : Study
    manifest : dict
    notices : tuple of str
        What was found amiss while it was written.
    """

    folder: Path
    study: Study
    manifest: dict[str, Any]
    notices: tuple[str, ...] = ()

    @property
    def problem(self) -> Problem:
        """The factors."""
        return self.study.problem

    @property
    def X(self) -> NDArray[np.float64]:
        """The design, ``(rows, columns) float64``."""
        return self.study.points.X

    @cached_property
    def state(self) -> NDArray[np.int8]:
        """Whether each run is missing (0), failed (1) or done (2): ``(points, replicates) int8``."""
        shape = (len(self.study.points), self.study.replicates)
        state = np.full(shape, MISSING, dtype=np.int8)
        for frame in self._parts.frames(["point_id", "replicate", "status"]):
            places, replicates, known = self._places(frame)
            kept = np.where(frame["status"] == OK, DONE, FAILED).astype(np.int8)[known]
            np.maximum.at(state, (places, replicates), kept)
        return state

    @property
    def counts(self) -> dict[str, int]:
        """How many runs are planned, done and failed."""
        done, failed = (int(np.count_nonzero(self.state == each)) for each in (DONE, FAILED))
        return {"planned": self.state.size, "done": done, "failed": failed}

    def outcomes(self, measure: str) -> NDArray[np.float64]:
        """Return the outcomes of a measure: scenario minus baseline with the same luck, or levels without a baseline.

        Parameters
        ----------
        measure : str
            One of ``study.measures``.

        Returns
        -------
        (rows, replicates) float64 array
            In the order of the design; nan where a run is missing or failed.
        """
        scenario, baseline = self.levels(measure)
        return scenario if baseline is None else scenario - baseline

    def levels(self, measure: str) -> tuple[NDArray[np.float64], NDArray[np.float64] | None]:
        """Return the levels of a measure in the scenario and in its baseline, as `outcomes` does.

        Raises
        ------
        InputError
            If the study did not record the measure.
        """
        if measure not in self.study.measures:
            hint = did_you_mean(measure, self.study.measures)
            raise InputError(f"the study did not record {measure!r}{hint}; it has {', '.join(self.study.measures)}")
        names = [measure] if self.study.baseline is None else [measure, f"{BASELINE}{measure}"]
        levels = np.full((len(names), *self.state.shape), np.nan)
        for frame in self._parts.frames(["point_id", "replicate", *names]):
            places, replicates, known = self._places(frame)
            for number, name in enumerate(names):
                found = frame[name].to_numpy(dtype=np.float64)[known]
                here = ~np.isnan(found)  # a run that failed in one part may be done in another
                levels[number, places[here], replicates[here]] = found[here]
        of_rows = levels[:, self.study.points.of_row]
        return of_rows[0], of_rows[1] if len(names) > 1 else None

    def runs(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return all runs that are kept: point_id, replicate, seed, measures, status and error."""
        import pandas as pd

        frames = list(self._parts.frames(columns))
        if not frames:
            raise InputError("has no runs yet", path=self.folder)
        return pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)

    def design(self) -> pd.DataFrame:
        """Return the design: row, point_id and the value of every factor."""
        from trustsim.studies.tables import design_table

        frame: pd.DataFrame = design_table(self.study).to_pandas()
        return frame

    @cached_property
    def _parts(self) -> Parts:
        return parts_of(self.study, self.folder, self.manifest["identity"])

    def _places(self, frame: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
        """Return the point and replicate of the runs that the study asks for, and which those are."""
        import pandas as pd

        places = pd.Index(self.study.points.ids).get_indexer(pd.Index(frame["point_id"]))
        replicates = frame["replicate"].to_numpy()
        known = (places >= 0) & (replicates < self.study.replicates)
        return places[known], replicates[known].astype(np.int64), known


def read_results(folder: str | Path, *, study: Study | None = None, notices: tuple[str, ...] = ()) -> Results:
    """Read the folder of a study.

    Raises
    ------
    InputError
        If it is none, or its files contradict its manifest.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    study = load_study(folder) if study is None else study
    if manifest["design"]["digest"] != study.points.digest():
        raise InputError("does not say the study of this folder any more", path=folder / "study.yaml")
    return Results(folder, study, manifest, notices)
