"""What a study's outcomes mean: for every measure the analysis that fits its design, as tables, figures and words."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis import Finding, convergence, dose_response, effects, figures, morris, sobol, summary
from trustsim.errors import InputError, TrustsimError, WorkError
from trustsim.measures import lookup
from trustsim.sampling.sobol import base_rows
from trustsim.studies.crate import write_crate
from trustsim.studies.durable import write_json, write_parquet, write_text
from trustsim.studies.results import Results
from trustsim.studies.store import MISSING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Analysis", "OfMeasure", "analyze_study", "write_analysis"]

_RESPONSES: Final = 3
"""Factors of a sample of which a dose-response is drawn: those along which the outcome changes most."""
_BINS: Final = 10
"""Of a factor's range in a response; the points of a grid have a bin for each level."""
_WIDTH: Final = 100
_PAGE: Final = 72
"""Lines of a page."""


@dataclass(frozen=True)
class OfMeasure:
    """What was found about one measure.

    Attributes
    ----------
    name, unit, outcome : str
        Outcome says in words what was analyzed.
    mean : float
        Of the outcome over all rows and replicates.
    findings : dict of str to Finding
        By what they are called in file names: ``sobol``, ``dose_response.trust.negativity``.
    problem : str
        Why there is no finding; "" if there is.
    """

    name: str
    unit: str
    outcome: str
    mean: float
    findings: dict[str, Finding]
    problem: str = ""


@dataclass(frozen=True)
class Analysis:
    """What was found in a study.

    Attributes
    ----------
    results : Results
    replicates : tuple of int
        That are complete and were analyzed.
    measures : tuple of OfMeasure
    """

    results: Results
    replicates: tuple[int, ...]
    measures: tuple[OfMeasure, ...]

    def text(self) -> str:
        """Return a page of plain words. If it does not fit, the last measures are told of more briefly."""
        head, tail = self._head(), ["", *textwrap.wrap(self._made_with(), _WIDTH)]
        told = [_told(of, 0) for of in self.measures]
        for shorter in (1, 2):
            for place in reversed(range(len(told))):
                if len(head) + sum(map(len, told)) + len(tail) > _PAGE:
                    told[place] = _told(self.measures[place], shorter)
        return "\n".join([*head, *(line for lines in told for line in lines), *tail]) + "\n"

    def _head(self) -> list[str]:
        study = self.results.study
        against = "levels" if study.baseline is None else f"differences from {study.baseline.name}, same luck"
        what = (
            f"{study.name}: {study.scenario.title or study.scenario.name}; {against}; means of weeks "
            f"{study.window[0]} to {study.window[1] - 1}; {len(self.results.X)} rows of a {study.design.method} "
            f"design, {len(self.replicates)} of {study.replicates} replicates."
        )
        lines = [*textwrap.wrap(study.question, _WIDTH), ""] if study.question else []
        lines += [*textwrap.wrap(f"Expected: {study.expect}", _WIDTH), ""] if study.expect else []
        return lines + textwrap.wrap(what, _WIDTH)

    def _made_with(self) -> str:
        manifest = self.results.manifest
        commit = (manifest["environment"]["commit"] or {}).get("id", "")[:12]
        version = f"trustsim {manifest['environment']['trustsim']}" + (f", commit {commit}" if commit else "")
        return f"Run with {version}, model {manifest['model']}, from seed {self.results.study.seed}."

    def document(self) -> dict[str, Any]:
        """Return everything as plain data, for ``analyze --json``."""
        study = self.results.study
        return {
            "study": study.name,
            "question": study.question,
            "expect": study.expect,
            "scenario": study.scenario.name,
            "baseline": None if study.baseline is None else study.baseline.name,
            "method": study.design.method,
            "window": list(study.window),
            "rows": len(self.results.X),
            "points": len(study.points),
            "replicates": len(self.replicates),
            "runs": self.results.counts,
            "measures": [
                {
                    "name": of.name,
                    "unit": of.unit,
                    "outcome": of.outcome,
                    "mean": of.mean,
                    "problem": of.problem or None,
                    "findings": {key: _records(finding) for key, finding in of.findings.items()},
                }
                for of in self.measures
            ],
        }


def analyze_study(results: Results) -> Analysis:
    """Analyze a study, or the replicates of it that are complete.

    Raises
    ------
    InputError
        If no replicate is complete.
    """
    missing = (results.state == MISSING).any(axis=0)
    replicates = np.flatnonzero(~missing)
    if len(replicates) == 0:
        counts = results.counts
        done = counts["done"] + counts["failed"]
        raise InputError(
            f"has {done} of {counts['planned']} runs, and no replicate is complete; run the study on first",
            path=results.folder,
        )
    measures = tuple(_of_measure(results, name, replicates) for name in results.study.measures)
    return Analysis(results, tuple(replicates.tolist()), measures)


def write_analysis(analysis: Analysis) -> Path:
    """Write tables, figures, summary and the whole as JSON into the folder ``analysis`` of a study, and return it.

    Raises
    ------
    WorkError
        If it cannot be written.
    """
    import pyarrow as pa

    folder = analysis.results.folder / "analysis"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise WorkError(f"{folder} cannot be made: {error.strerror}") from error
    for of in analysis.measures:
        for key, finding in of.findings.items():
            table = pa.Table.from_pandas(finding.table(), preserve_index=False).replace_schema_metadata(None)
            write_parquet(folder / f"{of.name}.{key}.parquet", table)
            figure = _figure(finding, of.outcome)
            if figure is not None:
                # A name such as burnout_prevalence.nurse has a dot, which is no file ending.
                figures.save(figure, folder / f"{of.name}.{key}.svg")
    write_text(folder / "summary.txt", analysis.text())
    write_json(folder / "analysis.json", _without_nan(analysis.document()))
    write_crate(analysis.results.folder)
    return folder


def _told(of: OfMeasure, shorter: int) -> list[str]:
    """Return what is told of a measure, after an empty line: all (0), without responses (1), in a sentence (2)."""
    average = f"{of.outcome[0].upper()}{of.outcome[1:]} is {of.mean:.3g} on average over all points"
    if of.problem:
        return ["", *textwrap.wrap(f"{of.outcome}: not analyzed. {of.problem}", _WIDTH)]
    main = [finding for finding in of.findings.values() if not isinstance(finding, dose_response.DoseResponse)]
    findings = list(of.findings.values()) if shorter == 0 else main
    if shorter == 2 or not findings:
        return ["", *textwrap.wrap(f"{average}; the tables have more.", _WIDTH)]
    heading, _, rest = summary(findings, outcome="it").partition(":\n")
    return ["", *textwrap.wrap(f"{average}. {heading}:", _WIDTH), *rest.splitlines()]


def _of_measure(results: Results, name: str, replicates: NDArray[np.int64]) -> OfMeasure:
    unit = lookup(name).unit
    words = name.replace("_", " ").replace(".", " of ")
    outcome = f"{words} ({unit})" if results.study.baseline is None else f"the effect on {words} ({unit})"
    outcomes = results.outcomes(name)[:, replicates]
    present = outcomes[np.isfinite(outcomes)]
    mean = float(present.mean()) if present.size else float("nan")
    try:
        return OfMeasure(name, unit, outcome, mean, dict(_findings(results, outcomes)))
    except TrustsimError as error:
        return OfMeasure(name, unit, outcome, mean, {}, str(error))


def _findings(results: Results, outcomes: NDArray[np.float64]) -> Iterator[tuple[str, Finding]]:
    study, problem, design = results.study, results.problem, results.X
    method, seed = study.design.method, study.seed
    if method == "sobol":
        indices = sobol.analyze(problem, design, outcomes, seed=seed)
        yield "sobol", indices
        yield "convergence", convergence.analyze(problem, design, outcomes, seed=seed)
        rows = base_rows(study.design.model_dump()["n"])
        clear = {name for name, known in zip(indices.factors, indices.is_distinguishable(), strict=True) if known}
        yield from _responses(results, outcomes, clear, block=len(design) // rows)
    elif method == "morris":
        levels = study.design.model_dump()["levels"]
        yield "morris", morris.analyze(problem, design, outcomes, seed=seed, levels=levels)
    elif method == "lhs":
        yield from _responses(results, outcomes, set(problem.names))
    else:
        baseline = 0 if study.baseline is None else None
        yield "effects", effects.analyze(problem, design, outcomes, seed=seed, baseline=baseline)
        yield from _responses(results, outcomes, set(problem.names), sampled=False)


def _responses(
    results: Results, outcomes: NDArray[np.float64], among: Collection[str], *, block: int = 1, sampled: bool = True
) -> Iterator[tuple[str, Finding]]:
    """Yield the dose-responses along the factors that change the outcome most."""
    problem = results.problem
    found = []
    for place, name in enumerate(problem.names):
        levels = len(np.unique(results.X[:, place]))
        if problem.groups[place] not in among or levels < 2:
            continue
        response = dose_response.analyze(
            problem, results.X, outcomes, seed=results.study.seed, factor=name, block=block, sampled=sampled,
            bins=_BINS if sampled else levels,
        )  # fmt: skip
        found.append((float(np.ptp(response.response.value)), name, response))
    found.sort(key=lambda one: -one[0])
    for _, name, response in found[:_RESPONSES] if sampled else found:
        yield f"dose_response.{name}", response


def _figure(finding: Finding, outcome: str) -> Figure | None:
    if isinstance(finding, sobol.SobolIndices):
        return figures.indices(finding, outcome=outcome)
    if isinstance(finding, convergence.Convergence):
        return figures.convergence(finding, outcome=outcome) if len(finding.sizes) > 1 else None
    if isinstance(finding, dose_response.DoseResponse):
        return figures.dose_response(finding, outcome=outcome)
    return figures.tornado(finding, outcome=outcome)


def _records(finding: Finding) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(finding.table().to_json(orient="records", double_precision=15))
    return records


def _without_nan(value: Any) -> Any:
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _without_nan(each) for key, each in value.items()}
    return [_without_nan(each) for each in value] if isinstance(value, list) else value
