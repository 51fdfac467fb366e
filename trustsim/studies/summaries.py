"""Summaries of the ready studies: what of each is small enough to stand beside its file, in ``experiments/summaries``.

A folder for each study: ``summary.txt``, a page; ``effects.csv``, its numbers; ``manifest.json``, which study file and
which model they are of. A changed study file makes its summary stale. A changed model does not: the summary says of
which model it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import trustsim
from trustsim.scenario.document import read_document
from trustsim.studies.analyze import Analysis, OfMeasure
from trustsim.studies.durable import read_json, write_json, write_text
from trustsim.studies.provenance import fingerprint

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FOLDER", "Summary", "file_digest", "read_summaries", "write_summary"]

FOLDER: Final = Path(trustsim.__file__).parents[1] / "experiments" / "summaries"
"""Of a checkout; an installed trustsim has none."""
_MANIFEST: Final = "manifest.json"
_EFFECTS: Final = "effects.csv"
_MAIN: Final = ("sobol", "morris", "effects")
"""Findings whose numbers are kept; responses and convergence are figures."""


@dataclass(frozen=True)
class Summary:
    """What is kept of a study.

    Attributes
    ----------
    name : str
        Of the study.
    folder : Path
    manifest : dict
        study, question, expect, method, study_sha256, scenario, baseline, window, measures, seed, points, replicates,
        runs, model, environment, finished.
    """

    name: str
    folder: Path
    manifest: dict[str, Any]

    def effects(self) -> pd.DataFrame:
        """Return the numbers of all measures; columns are those of the finding's own table, after ``measure``."""
        import pandas as pd

        return pd.read_csv(self.folder / _EFFECTS, keep_default_na=False, na_values=["nan"])

    def is_of(self, study_file: Path) -> bool:
        """Tell whether a study file still says what was run."""
        return bool(self.manifest["study_sha256"] == file_digest(study_file))


def file_digest(study_file: Path) -> str:
    """Return the hash of what a study file says, comments and layout aside: 64 hexadecimal digits.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    return fingerprint(read_document(study_file).data)


def read_summaries(folder: Path = FOLDER) -> tuple[Summary, ...]:
    """Return the summaries that there are, by name; none where there is no such folder."""
    return tuple(
        Summary(path.parent.name, path.parent, read_json(path)) for path in sorted(folder.glob(f"*/{_MANIFEST}"))
    )


def write_summary(analysis: Analysis, study_file: Path, folder: Path) -> Path:
    """Write the summary of a study into a folder of its name, and return that folder.

    Parameters
    ----------
    analysis : Analysis
    study_file : Path
        That was run.
    folder : Path
        Of all summaries.

    Raises
    ------
    WorkError
        If it cannot be written.
    """
    results = analysis.results
    study, manifest = results.study, results.manifest
    own = folder / study.name
    own.mkdir(parents=True, exist_ok=True)
    write_text(own / "summary.txt", analysis.text())
    write_text(own / _EFFECTS, _effects(analysis).to_csv(index=False, float_format="%.4g", na_rep="nan"))
    kept = {
        "study": study.name,
        "question": study.question,
        "expect": study.expect,
        "method": study.design.method,
        "study_sha256": file_digest(study_file),
        "scenario": study.scenario.name,
        "baseline": None if study.baseline is None else study.baseline.name,
        "window": list(study.window),
        "measures": list(study.measures),
        "seed": study.seed,
        "points": len(study.points),
        "replicates": len(analysis.replicates),
        "runs": results.counts,
        "model": manifest["model"],
        "environment": manifest["environment"],
        "finished": manifest["sessions"][-1]["finished"],
    }
    write_json(own / _MANIFEST, kept)
    return own


def _effects(analysis: Analysis) -> pd.DataFrame:
    import pandas as pd

    tables = [table for of in analysis.measures for table in _tables(of)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=["measure"])


def _tables(of: OfMeasure) -> list[pd.DataFrame]:
    tables = []
    for key in _MAIN:
        if key in of.findings:
            table = of.findings[key].table()
            if "metric" in table:  # of a screen, sizes and directions are enough
                table = table[table["metric"] != "sigma"]
            table.insert(0, "measure", of.name)
            tables.append(table)
    return tables
