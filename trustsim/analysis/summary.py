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

_MOST: Final = 6
"""Factors or points told about one by one; a page holds no more."""
_PAIRS: Final = 2
_WIDTH: Final = 100


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
    for number, finding in enumerate(findings):
        heading, *rest = _sentences(finding, outcome)
        # What adds to the finding before it stands below that one, under the same heading.
        if number == 0 or not isinstance(finding, Convergence | DoseResponse):
            lines += [""] if number else []
            lines += textwrap.wrap(f"{heading} ({finding.confidence:.0%} intervals):", _WIDTH)
        for sentence in [*rest, *(f"Note: {notice}." for notice in finding.notices)]:
            lines += textwrap.wrap(sentence, _WIDTH, initial_indent="- ", subsequent_indent="  ")
    return "\n".join(lines) + "\n"


@singledispatch
def _sentences(finding: object, outcome: str) -> list[str]:
    raise InputError(f"found {type(finding).__name__} about {outcome}, which is no finding of trustsim.analysis")


@_sentences.register
def _(finding: SobolIndices, outcome: str) -> list[str]:
    sample = f"{finding.rows} base rows and {_count(finding.replicates, 'replicate')}"
    said = [f"What decides {outcome}, from {sample}"]
    clear, alone = finding.is_distinguishable("total"), finding.is_distinguishable("first")
    known = [place for place in np.argsort(-finding.total.value) if clear[place]]
    for place in known[:_MOST]:
        by_itself = f"{_share(finding.first, place)} by itself" if alone[place] else "by itself nothing that is clear"
        said.append(f"{finding.factors[place]}: {_share(finding.total, place)} of the variance, {by_itself}.")
    said += _more(len(known)) if known else ["No factor's effect is distinguishable from zero."]
    said += _unclear(
        [
            f"{name} (at most {_clip(finding.total.high[place]):.1%})"
            for place, name in enumerate(finding.factors[: len(finding.factors) - finding.has_dummy])
            if not clear[place]
        ]
    )
    return [*said, *_pairs(finding), *_luck(finding), *_dummy(finding)]


def _pairs(finding: SobolIndices) -> list[str]:
    """Tell which factors act on each other most; shares of factors that do overlap."""
    if finding.second is None:
        return []
    together = finding.is_distinguishable("second")
    strongest = [place for place in np.argsort(-finding.second.value) if together[place]][:_PAIRS]
    told = [f"{' with '.join(finding.pairs[place])} ({_share(finding.second, place)})" for place in strongest]
    return [f"Acting on each other: {', '.join(told)}."] if told else ["No two factors clearly act on each other."]


def _luck(finding: SobolIndices) -> list[str]:
    if finding.seed_share is None:
        return ["With one replicate, luck cannot be told from the factors; run more."]
    return [f"Luck, a run's seed, accounts for {_share(finding.seed_share, 0)} of a single run's variance."]


def _dummy(finding: SobolIndices) -> list[str]:
    """Tell whether the factor that changes nothing is seen to change nothing."""
    if not finding.has_dummy:
        return []
    what = "The dummy factor"
    if finding.total.low[-1] > 0.0:
        share = _share(finding.total, -1)
        return [
            f"{what} changes nothing and seems to decide {share}: trust no index below {_clip(finding.floor()):.1%}."
        ]
    if finding.total.high[-1] > 0.0:
        return [f"{what} is not distinguishable from zero (at most {_clip(finding.floor()):.1%}): the noise floor."]
    return [f"{what} is not distinguishable from zero: exactly 0, since its runs share their luck."]


@_sentences.register
def _(finding: ElementaryEffects, outcome: str) -> list[str]:
    sample = f"{finding.trajectories} trajectories and {_count(finding.replicates, 'replicate')}"
    said = [f"What moves {outcome}, each over its whole range, on average, from {sample}"]
    clear = finding.is_distinguishable()
    known = [place for place in np.argsort(-finding.mu_star.value) if clear[place]]
    for place in known[:_MOST]:
        direction = ""
        if finding.mu.low[place] > 0.0 or finding.mu.high[place] < 0.0:
            direction = ", mostly upward" if finding.mu.low[place] > 0.0 else ", mostly downward"
        size = f"{finding.mu_star.low[place]:.3g} to {finding.mu_star.high[place]:.3g}"
        said.append(f"{finding.factors[place]} by {size}{direction}.")
    said += _more(len(known)) if known else ["No factor's effect is distinguishable from zero."]
    names = finding.factors[: len(finding.factors) - finding.has_dummy]
    return said + _unclear([name for place, name in enumerate(names) if not clear[place]])


@_sentences.register
def _(finding: PairedEffects, outcome: str) -> list[str]:
    said = [f"How far {outcome} lies from the baseline, same luck"]
    clear, labels = finding.is_distinguishable(), finding.labels()
    order = np.argsort(finding.difference.value, kind="stable")
    if len(order) <= _MOST:
        said += [f"{_difference(finding, place)} at {labels[place]}." for place in order if clear[place]]
        return said + _unclear([f"({label})" for place, label in enumerate(labels) if not clear[place]])
    ends = [(which, place) for which, place in (("Lowest", order[0]), ("Highest", order[-1])) if clear[place]]
    said += [f"{which}: {_difference(finding, place)} at {labels[place]}." for which, place in ends]
    return [*said, f"Not distinguishable from zero: {np.count_nonzero(~clear)} of {len(order)} points."]


@_sentences.register
def _(finding: Convergence, outcome: str) -> list[str]:
    widths = [f"{width:.2f} with {size}" for size, width in zip(finding.sizes, finding.widest(), strict=True)]
    last, *before = reversed(widths)
    told = ", ".join([f"{last} base rows", *before[:2]])
    return [f"How well {outcome} is known", f"Width of the widest interval of a total index: {told}."]


@_sentences.register
def _(finding: DoseResponse, outcome: str) -> list[str]:
    heading, mean = f"How {outcome} responds", finding.response
    if finding.levels:
        of_level = [f"{name} {_ends(mean, place)}" for place, name in enumerate(finding.levels)]
        return [heading, f"By {finding.factor}: {', '.join(of_level)}."]
    last = len(finding.dose) - 1
    lowest, highest = int(np.argmin(mean.value)), int(np.argmax(mean.value))
    places = {0: "", (last + 1) // 2: "", last: ""}
    if mean.high[lowest] < min(mean.low[0], mean.low[last]):
        places[lowest] = ", its lowest"
    if mean.low[highest] > max(mean.high[0], mean.high[last]):
        places[highest] = ", its highest"
    told = [f"{_ends(mean, place)} at {finding.dose[place]:.3g}{note}" for place, note in sorted(places.items())]
    said = f"Along {finding.factor}: {'; '.join(told)}"
    if finding.break_even is not None:
        at, low, high = finding.break_even
        doubt = "" if finding.crossing > 0.99 else f", but not in {1.0 - finding.crossing:.0%} of resamples"
        said += f"; it first crosses zero at {at:.3g} ({low:.3g} to {high:.3g}){doubt}"
    return [heading, f"{said}."]


def _difference(finding: PairedEffects, place: int) -> str:
    value, low, high = (getattr(finding.difference, end)[place] for end in ("value", "low", "high"))
    if not np.isfinite(finding.d.value[place]):
        return f"{value:+.3g} in every replicate,"
    return f"{value:+.3g} ({low:.3g} to {high:.3g}), d = {finding.d.value[place]:.3g},"


def _ends(estimate: Estimate, place: int) -> str:
    """Return a mean with its interval."""
    value, low, high = (getattr(estimate, end)[place] for end in ("value", "low", "high"))
    return f"{value:.3g}" if np.isclose(low, high, rtol=1e-9, atol=0.0) else f"{value:.3g} ({low:.3g} to {high:.3g})"


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
