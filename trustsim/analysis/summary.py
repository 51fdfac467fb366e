"""A page of plain words about what an analysis found, for people who do not read tables."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import singledispatch
from typing import Final

import numpy as np

from trustsim.analysis.convergence import Convergence
from trustsim.analysis.dose_response import DoseResponse
from trustsim.analysis.effects import PairedEffects
from trustsim.analysis.intervals import Estimate
from trustsim.analysis.morris import ElementaryEffects
from trustsim.analysis.sobol import SobolIndices
from trustsim.errors import InputError

__all__ = ["Finding", "summary"]

Finding = SobolIndices | ElementaryEffects | PairedEffects | Convergence | DoseResponse

_MOST: Final = 8
"""Factors told about one by one; a page holds no more."""
_WIDTH: Final = 100
_RANGES: Final = "Ranges are {:.0%} intervals."


def summary(findings: Sequence[Finding], *, outcome: str, question: str = "") -> str:
    """Return what was found, in plain words.

    An index or effect that cannot be told from zero is never given as a number of its own: only how large it could be.

    Parameters
    ----------
    findings : sequence of results of `trustsim.analysis`
    outcome : str
        What was measured: "trust of clinicians in administrators".
    question : str
        What the study asked; stands at the top.

    Raises
    ------
    InputError
        If there is nothing to tell.
    """
    if not findings:
        raise InputError("a summary needs at least one finding")
    lines = [question, ""] if question else []
    for finding in findings:
        heading, *rest = _sentences(finding, outcome)
        rest += [f"Note: {notice}." for notice in finding.notices]
        lines += textwrap.wrap(heading, _WIDTH)
        for sentence in rest:
            lines += textwrap.wrap(sentence, _WIDTH, initial_indent="- ", subsequent_indent="  ")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


@singledispatch
def _sentences(finding: object, outcome: str) -> list[str]:
    raise InputError(f"found {type(finding).__name__} about {outcome}, which is no finding of trustsim.analysis")


@_sentences.register
def _(finding: SobolIndices, outcome: str) -> list[str]:
    said = [
        f"What decides {outcome}, from {finding.rows} base rows and {_count(finding.replicates, 'replicate')}.",
        f"{_RANGES.format(finding.confidence)} Shares overlap where factors act through each other.",
    ]
    clear, alone = finding.is_distinguishable("total"), finding.is_distinguishable("first")
    known = [place for place in np.argsort(-finding.total.value) if clear[place]]
    for place in known[:_MOST]:
        by_itself = f"{_share(finding.first, place)} by itself" if alone[place] else "by itself nothing that is clear"
        said.append(f"{finding.factors[place]}: {_share(finding.total, place)} of the variance, {by_itself}.")
    said += _more(len(known))
    if not known:
        said.append("No factor's effect is distinguishable from zero.")
    said += _unclear(
        [
            f"{name} (at most {_clip(finding.total.high[place]):.1%})"
            for place, name in enumerate(finding.factors[: len(finding.factors) - finding.has_dummy])
            if not clear[place]
        ]
    )
    if finding.second is not None:
        together = finding.is_distinguishable("second")
        strongest = [place for place in np.argsort(-finding.second.value) if together[place]][:3]
        said += [
            f"{' and '.join(finding.pairs[place])} act on each other: {_share(finding.second, place)} of the variance."
            for place in strongest
        ]
    if finding.seed_share is None:
        said.append("With one replicate, luck cannot be told from the factors; run more.")
    else:
        said.append(f"Luck, a run's seed, accounts for {_share(finding.seed_share, 0)} of a single run's variance.")
    if finding.has_dummy:
        said.append(f"A dummy factor that changes nothing gets at most {_clip(finding.floor()):.1%}: the noise floor.")
    return said


@_sentences.register
def _(finding: ElementaryEffects, outcome: str) -> list[str]:
    said = [
        f"What moves {outcome}, from {finding.trajectories} trajectories, {_count(finding.replicates, 'replicate')}.",
        _RANGES.format(finding.confidence),
    ]
    clear = finding.is_distinguishable()
    known = [place for place in np.argsort(-finding.mu_star.value) if clear[place]]
    for place in known[:_MOST]:
        direction = ""
        if finding.mu.low[place] > 0.0 or finding.mu.high[place] < 0.0:
            direction = ", mostly upward" if finding.mu.low[place] > 0.0 else ", mostly downward"
        size = f"{finding.mu_star.low[place]:.3g} to {finding.mu_star.high[place]:.3g}"
        said.append(f"{finding.factors[place]}, over its whole range, moves it by {size} on average{direction}.")
    said += _more(len(known))
    names = finding.factors[: len(finding.factors) - finding.has_dummy]
    return said + _unclear([name for place, name in enumerate(names) if not clear[place]])


@_sentences.register
def _(finding: PairedEffects, outcome: str) -> list[str]:
    said = [f"How far {outcome} lies from the baseline, same luck.", _RANGES.format(finding.confidence)]
    clear = finding.is_distinguishable()
    known = [place for place in np.argsort(-np.abs(finding.difference.value)) if clear[place]]
    said += [
        f"Point {finding.points[place]}: {finding.difference.value[place]:+.3g} "
        f"({finding.difference.low[place]:.3g} to {finding.difference.high[place]:.3g}), "
        f"d = {finding.d.value[place]:.2g}."
        for place in known[:_MOST]
    ]
    said += _more(len(known))
    return said + _unclear([f"point {point}" for place, point in enumerate(finding.points) if not clear[place]])


@_sentences.register
def _(finding: Convergence, outcome: str) -> list[str]:
    widths = ", ".join(
        f"{width:.2f} at n = {size}" for size, width in zip(finding.sizes, finding.widest(), strict=True)
    )
    return [
        f"How well {outcome} is known as base rows are added.",
        f"Widest interval of a total index: {widths}.",
    ]


@_sentences.register
def _(finding: DoseResponse, outcome: str) -> list[str]:
    first, last = finding.response.value[[0, -1]]
    said = [
        f"How {outcome} responds to {finding.factor}.",
        _RANGES.format(finding.confidence),
        f"It goes from {first:.3g} at {finding.dose[0]:.3g} to {last:.3g} at {finding.dose[-1]:.3g}.",
    ]
    if finding.break_even is None:
        said.append("It does not cross zero in this range.")
    else:
        at, low, high = finding.break_even
        doubt = "" if finding.crossing > 0.99 else f", in {finding.crossing:.0%} of resamples; it may not cross at all"
        said.append(f"It first crosses zero at {finding.factor} = {at:.3g} ({low:.3g} to {high:.3g}){doubt}.")
    return said


def _clip(share: float) -> float:
    """Return a share as one can be; an estimate may lie a little outside."""
    return min(max(float(share), 0.0), 1.0)


def _share(estimate: Estimate, place: int) -> str:
    low, high = _clip(estimate.low[place]), _clip(estimate.high[place])
    return f"{low:.0%} to {high:.0%}" if high >= 0.1 else f"{low:.1%} to {high:.1%}"


def _more(known: int) -> list[str]:
    return [f"{known - _MOST} more are distinguishable from zero; the table has them."] if known > _MOST else []


def _unclear(names: list[str]) -> list[str]:
    if not names:
        return []
    rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return [f"Not distinguishable from zero: {', '.join(names[:_MOST])}{rest}."]


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
