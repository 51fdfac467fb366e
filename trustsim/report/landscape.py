"""Where a study's answer turns: along single factors, and over the two factors that matter most."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.dose_response import DoseResponse
from trustsim.measures import lookup
from trustsim.report.blocks import Cell, Mark, Number, Table
from trustsim.report.drivers import Ranking, factor_label
from trustsim.report.factors import range_of, value_of
from trustsim.report.outcomes import Outcome
from trustsim.report.words import capital, direction, name_of, percent
from trustsim.sampling import Choices
from trustsim.studies import Study
from trustsim.studies.analyze import Analysis

__all__ = ["break_evens", "landscape"]

_PARTS: Final = 3
_MOSTLY: Final = 0.5


def landscape(analysis: Analysis, outcome: Outcome, found: Ranking | None) -> Table | None:
    """Return a table of the share of combinations that do harm; None if fewer than two factors can be ranked.

    Columns are parts of the range of the factor that matters most, rows of the second.
    """
    study = analysis.results.study
    if found is None or not lookup(outcome.effect.name).better:
        return None
    ranked = [name for name in found.in_order() if name in study.problem.names]
    if len(ranked) < 2 or len(outcome.points) != len(study.points):
        return None
    first = np.unique(study.points.of_row, return_index=True)[1]
    (across, across_names), (down, down_names) = (_parts(analysis, name, first) for name in ranked[:2])
    bad = outcome.points > 0.0 if lookup(outcome.effect.name).better == "down" else outcome.points < 0.0
    rows: list[list[Cell]] = []
    tones: list[list[Mark]] = []
    for number, name in enumerate(down_names):
        cells: list[Cell] = [name]
        said: list[Mark] = [""]
        for other in range(len(across_names)):
            here = (down == number) & (across == other)
            share = float(bad[here].mean()) if here.any() else float("nan")
            cells.append(Number(f"worse in {percent(share)}", share) if here.any() else "not tried")
            said.append("" if not here.any() else "worse" if share > _MOSTLY else "better")
        rows.append(cells)
        tones.append(said)
    over, under = (capital(factor_label(study, name)[0]) for name in ranked[:2])
    caption = f"Share of the combinations in which {name_of(outcome.effect.name)} got worse"
    return Table(caption, (under, *(f"{over}: {name}" for name in across_names)), rows, tones)


def break_evens(analysis: Analysis) -> list[str]:
    """Return in words at which level of a factor each outcome turns, averaged over all other factors."""
    return [
        _turns(analysis.results.study, of.name, finding, finding.break_even)
        for of in analysis.measures
        for finding in of.findings.values()
        if isinstance(finding, DoseResponse) and finding.break_even is not None
    ]


def _turns(study: Study, measure: str, finding: DoseResponse, break_even: tuple[float, float, float]) -> str:
    at, low, high = break_even
    before = float(finding.response.value[finding.dose < at][-1])
    words = {"better": "for the better", "worse": "for the worse", "unclear": "up" if before > 0.0 else "down"}
    said, ends = (
        value_of(study.scenario, finding.factor, at), range_of(study.scenario, finding.factor, low, high)
    )  # fmt: skip
    sure = "" if finding.crossing > 0.99 else f"; in {percent(1.0 - finding.crossing)} of resamples it never turns"
    return (
        f"{capital(factor_label(study, finding.factor)[0])}: just below {said} (95 % interval {ends}{sure}) "
        f"the effect on {name_of(measure)} is {words[direction(measure, before)]}; just above, the other way around."
    )


def _parts(analysis: Analysis, name: str, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], list[str]]:
    """Return in which part of a factor's range each point lies, and what the parts are called."""
    problem, scenario = analysis.results.problem, analysis.results.study.scenario
    place = problem.names.index(name)
    kind, codes = problem.kinds[place], analysis.results.X[rows, place]
    values, number = np.unique(codes, return_inverse=True)
    if isinstance(kind, Choices) or len(values) <= _PARTS:
        return number.astype(np.int64), [value_of(scenario, name, kind.value(value)) for value in values]
    low, high = kind.bounds
    edges = np.linspace(low, high, _PARTS + 1)
    part = np.searchsorted(edges[1:-1], codes, side="right")
    return part.astype(np.int64), [range_of(scenario, name, *ends) for ends in pairwise(edges.tolist())]
