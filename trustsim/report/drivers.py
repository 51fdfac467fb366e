"""Which factors of a study matter, in the order of how much, whatever the method that found out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.analysis.intervals import Estimate
from trustsim.analysis.morris import ElementaryEffects
from trustsim.analysis.sobol import SobolIndices
from trustsim.measures import lookup
from trustsim.report import charts
from trustsim.report.blocks import Chart
from trustsim.report.factors import label_of
from trustsim.report.words import name_of, people
from trustsim.studies import Study
from trustsim.studies.analyze import OfMeasure

__all__ = ["Ranking", "chart_of", "factor_label", "ranking"]

_MOST: Final = 12
"""Factors that a figure shows."""


@dataclass(frozen=True)
class Ranking:
    """How much each factor matters to a measure.

    Attributes
    ----------
    measure : str
    factors : tuple of str
        Or groups of them, without the dummy.
    estimate : Estimate
        Shares of the variance, or mean effects over a factor's whole range in the measure's unit.
    clear : (factors,) bool array
        Whether it is more than nothing.
    floor : float
        Of shares, what chance alone would show.
    is_share : bool
    explained : str
        What the numbers are, for people.
    """

    measure: str
    factors: tuple[str, ...]
    estimate: Estimate
    clear: NDArray[np.bool_]
    floor: float
    is_share: bool
    explained: str

    def in_order(self) -> list[str]:
        """Return the factors, those that matter most first."""
        return [self.factors[place] for place in np.argsort(-self.estimate.value)]


def ranking(of: OfMeasure) -> Ranking | None:
    """Return how much each factor matters to a measure; None if the study's method does not tell."""
    for finding in of.findings.values():
        if isinstance(finding, SobolIndices):
            estimate, clear, floor = finding.total, finding.is_distinguishable(), finding.floor()
            explained = (
                "Combinations differ in what they lead to. A factor's share says how much of that difference goes "
                "through it, alone or together with others, so that shares can add up to more than 100 %."
            )
        elif isinstance(finding, ElementaryEffects):
            estimate, clear, floor = finding.mu_star, finding.is_distinguishable(), 0.0
            explained = (
                "How far the outcome moves on average, up or down, when a factor alone goes over its whole range and "
                "all others stay where they are."
            )
        else:
            continue
        n = len(finding.factors) - finding.has_dummy
        kept = Estimate(estimate.value[:n], estimate.low[:n], estimate.high[:n])
        is_share = isinstance(finding, SobolIndices)
        return Ranking(of.name, finding.factors[:n], kept, clear[:n], floor, is_share, explained)
    return None


def chart_of(study: Study, found: Ranking, numbers: count[int]) -> Chart:
    """Draw a ranking."""
    places = np.argsort(-found.estimate.value)[:_MOST]
    factor, words = (1.0, " %") if found.is_share else people(lookup(found.measure).unit, change=True)
    labels = [factor_label(study, found.factors[place]) for place in places]
    parts = (factor * part[places] for part in (found.estimate.value, found.estimate.low, found.estimate.high))
    what = name_of(found.measure) if study.baseline is None else f"the effect on {name_of(found.measure)}"
    axis = f"share of the differences in\n{what}, %" if found.is_share else f"mean move of\n{what},{words}"
    estimate, chosen = Estimate(*parts), [chosen for _, chosen in labels]
    return charts.drivers(
        [label for label, _ in labels], estimate, chosen, found.clear[places].tolist(),
        numbers, axis=axis, outcome=what, floor=found.floor, as_share=found.is_share,
    )  # fmt: skip


def factor_label(study: Study, factor: str) -> tuple[str, bool]:
    """Return what a factor means in a few words, and whether it is leaders who choose it."""
    members = [name for name, group in zip(study.problem.names, study.problem.groups, strict=True) if group == factor]
    chosen = {intervention.name for intervention in study.scenario.interventions}
    if factor not in study.problem.names:
        return f"{factor.replace('_', ' ')} (a group of {len(members)})", all(
            _owner(name) in chosen for name in members
        )
    return label_of(study.scenario, factor), _owner(factor) in chosen


def _owner(factor: str) -> str:
    return factor.partition(".")[0]
