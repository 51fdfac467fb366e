"""The figures of a report, each with its alt text and the numbers behind it. What a color says, a shape says too."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import count
from typing import TYPE_CHECKING, Final

import numpy as np

from trustsim.analysis.dose_response import DoseResponse
from trustsim.analysis.intervals import Estimate
from trustsim.comparison import WINDOW, Comparison, Effect, half_width
from trustsim.measures import lookup
from trustsim.report.blocks import Cell, Chart, Number, Table, Tone
from trustsim.report.svg import BETTER, GRID, INK, MUTED, PAPER, WORSE, inline, new_figure
from trustsim.report.words import capital, interval, join, level, name_of, people, signed, tone, verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["curve", "drivers", "forest", "response"]

_COLORS: Final[dict[Tone, str]] = {"better": BETTER, "worse": WORSE, "unclear": MUTED}
_MARKERS: Final[dict[Tone, str]] = {"better": "o", "worse": "s", "unclear": "D"}
_ROW: Final = 0.46  # inches of a row of a forest: a line of words above a line of numbers
_LETTERS: Final = 46  # of a line of words


def forest(effects: Sequence[Effect], numbers: count[int]) -> Chart:
    """Draw the changes of several measures with their intervals, as percent of where the baseline stands.

    Parameters
    ----------
    effects : sequence of Effect
        Those without a level to compare with are left out.
    numbers : itertools.count
        Of the page's figures.
    """
    shown = [effect for effect in effects if abs(effect.baseline) > 0.0 and np.isfinite(effect.low)]
    figure, axes = new_figure(0.75 + _ROW * len(shown))
    for place, effect in enumerate(reversed(shown)):
        per_cent = 100.0 / abs(effect.baseline)
        said = tone(effect)
        color, hollow = _COLORS[said], said == "unclear"
        axes.hlines(place, effect.low * per_cent, effect.high * per_cent, color=color, linewidth=2.2)
        axes.plot(
            effect.difference * per_cent, place, _MARKERS[said], color=color, markersize=6.5,
            markerfacecolor=PAPER if hollow else color,
        )  # fmt: skip
        _words_above(axes, place, capital(name_of(effect.name)))
    axes.axvline(0.0, color=INK, linewidth=0.9)
    _tidy_rows(axes, len(shown))
    axes.set_xlabel("change, % of the level without it")
    rows: list[list[Cell]] = [
        [
            capital(name_of(effect.name)), level(effect.unit, effect.baseline), level(effect.unit, effect.scenario),
            signed(effect), interval(effect), verdict(effect),
        ]
        for effect in effects
    ]  # fmt: skip
    clear = [f"{name_of(effect.name)} {tone(effect)}" for effect in shown if tone(effect) != "unclear"]
    return Chart(
        svg=inline(figure, numbers),
        alt="Changes with their 95 % intervals. Clear of zero: " + (join(clear) if clear else "none") + ".",
        caption=(
            "Filled circles: clearly better. Filled squares: clearly worse. Hollow diamonds: no difference that can be "
            "told from chance, or one that is neither good nor bad. Lines are 95 % intervals."
        ),
        data=Table(
            "Changes of the measures",
            ("Measure", "Without", "With", "Difference", "95 % interval", "What it means"),
            rows,
        ),
    )


def curve(comparison: Comparison, measure: str, numbers: count[int]) -> Chart:
    """Draw a measure week by week: without it in grey, with it in color, and the interval of the paired difference.

    The band is the mean of the baseline plus the interval of the difference, so that it leaves the grey line where the
    difference is clear of zero.
    """
    unit = lookup(measure).unit
    weeks = np.stack([result.hospital[measure] for result in comparison.results])
    weeks = _smooth(weeks)
    difference = weeks[..., 1] - weeks[..., 0]
    known = np.sum(~np.isnan(difference), axis=0)
    without, change = np.nanmean(weeks[..., 0], axis=0), np.nanmean(difference, axis=0)
    half = half_width(np.nanstd(difference, axis=0, ddof=1), known)
    factor, words = people(unit)
    figure, axes = new_figure(2.9)
    time = np.arange(len(without))
    low, high = change - half, change + half
    axes.fill_between(time, factor * (without + low), factor * (without + high), color=BETTER, alpha=0.22, linewidth=0)
    axes.plot(time, factor * without, color=MUTED, linewidth=2.0, linestyle="--", label="without")
    axes.plot(time, factor * (without + change), color=BETTER, linewidth=2.2, label="with")
    axes.set(xlabel="week", ylabel=words.strip(), xlim=(0, len(time) - 1))
    axes.set_title(capital(name_of(measure)), loc="left", color=INK, fontsize=11)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.legend(frameon=False, loc="best", fontsize=9.5, labelcolor=INK)
    effect = comparison.effect(measure)
    rows: list[list[Cell]] = [
        [
            str(week), level(unit, without[week], half[week]), level(unit, without[week] + change[week], half[week]),
            Number(f"{factor * change[week]:+.2f}", float(change[week])),
            f"{factor * low[week]:+.2f} to {factor * high[week]:+.2f}",
        ]
        for week in time
    ]  # fmt: skip
    end = (
        f"{capital(name_of(measure))}, last {WINDOW} weeks: "
        f"{level(effect.unit, effect.baseline, 0.5 * (effect.high - effect.low))} without and "
        f"{level(effect.unit, effect.scenario, 0.5 * (effect.high - effect.low))} with it; {verdict(effect)}."
    )
    return Chart(
        svg=inline(figure, numbers),
        alt=f"Curves over {len(time)} weeks. {end}",
        caption=end,
        data=Table(
            f"{capital(name_of(measure))}, moving means of four weeks",
            ("Week", "Without", "With", f"Difference ({words.strip()})", "95 % interval"),
            rows,
        ),
    )


def drivers(
    labels: Sequence[str],
    estimate: Estimate,
    chosen: Sequence[bool],
    clear: Sequence[bool],
    numbers: count[int],
    *,
    axis: str,
    outcome: str,
    floor: float = 0.0,
    as_share: bool = True,
) -> Chart:
    """Draw how much each factor matters, the largest on top, with intervals.

    Parameters
    ----------
    labels : sequence of str
        Of the factors.
    estimate : Estimate
        One number a factor; shares of a variance if `as_share`, else in people's units.
    chosen : sequence of bool
        Whether leaders choose the factor (circles); else it is what the hospital is like (squares).
    clear : sequence of bool
        Whether it is more than nothing; else its mark is hollow.
    numbers : itertools.count
        Of the page's figures.
    axis, outcome : str
        What the axis says, and what the factors are drivers of.
    floor : float
        Below which a number means nothing.
    """
    factor = 100.0 if as_share else 1.0
    order = np.argsort(estimate.value)
    wrapped = [textwrap.wrap(label, _LETTERS)[:2] for label in labels]
    figure, axes = new_figure(0.85 + 0.6 * len(order))
    for place, number in enumerate(order):
        color, marker = (BETTER, "o") if chosen[number] else (WORSE, "s")
        low, high = (factor * max(float(end[number]), 0.0) for end in (estimate.low, estimate.high))
        axes.hlines(place, low, high, color=color, linewidth=2.2)
        axes.plot(
            max(factor * estimate.value[number], 0.0), place, marker, color=color, markersize=6.5,
            markerfacecolor=color if clear[number] else PAPER,
        )  # fmt: skip
        _words_above(axes, place, "\n".join(wrapped[number]))
    if floor > 0.0:
        axes.axvline(factor * floor, color=MUTED, linestyle="--", linewidth=1.2)
    axes.axvline(0.0, color=INK, linewidth=0.9)
    _tidy_rows(axes, len(order))
    axes.set_xlim(left=0.0)
    axes.set_xlabel(axis)
    unit = " %" if as_share else ""
    rows: list[list[Cell]] = [
        [
            labels[number], "leaders choose it" if chosen[number] else "what the hospital is like",
            Number(f"{max(factor * estimate.value[number], 0.0):.3g}{unit}", float(estimate.value[number])),
            f"{max(factor * estimate.low[number], 0.0):.3g} to {max(factor * estimate.high[number], 0.0):.3g}{unit}",
            "matters" if clear[number] else "cannot be told from nothing",
        ]
        for number in order[::-1]
    ]  # fmt: skip
    top = [labels[number].rstrip(".") for number in order[::-1] if clear[number]][:3]
    return Chart(
        svg=inline(figure, numbers),
        alt=f"What drives {outcome}: " + (f"first {'; then '.join(top)}." if top else "nothing that is clear."),
        caption=(
            "Blue circles: leaders choose it. Orange squares: what the hospital is like. Hollow: cannot be told from "
            "nothing. Lines are 95 % intervals." + (" Dashed: what chance alone would show." if floor > 0.0 else "")
        ),
        data=Table(f"What drives {outcome}", ("Factor", "Kind", "Size", "95 % interval", "Verdict"), rows),
    )


def response(
    finding: DoseResponse,
    measure: str,
    label: str,
    scale: tuple[float, str],
    numbers: count[int],
    *,
    is_difference: bool,
) -> Chart:
    """Draw the mean outcome along a factor, with its interval and the dose at which it breaks even.

    Parameters
    ----------
    finding : DoseResponse
    measure, label : str
        The outcome's, and what the factor is called.
    scale : tuple of float and str
        What makes the factor's numbers ones that people read, and the words after them.
    numbers : itertools.count
        Of the page's figures.
    is_difference : bool
        Whether outcomes are differences from a baseline, so that zero is where it breaks even.
    """
    factor, words = people(lookup(measure).unit, change=is_difference)
    value, low, high = (factor * end for end in (finding.response.value, finding.response.low, finding.response.high))
    dose = scale[0] * finding.dose
    what = f"{'change in ' if is_difference else ''}{name_of(measure)}"
    figure, axes = new_figure(3.0)
    if finding.levels:
        axes.vlines(dose, low, high, color=BETTER, linewidth=2.0)
        axes.set_xticks(dose, finding.levels)
    else:
        axes.fill_between(dose, low, high, color=BETTER, alpha=0.22, linewidth=0)
    axes.plot(dose, value, "" if finding.levels else "-", color=BETTER, marker="o", markersize=4.5, linewidth=2.0)
    said = ""
    if is_difference:
        axes.axhline(0.0, color=INK, linewidth=0.9)
        if finding.break_even is not None:
            at = scale[0] * finding.break_even[0]
            axes.axvline(at, color=WORSE, linestyle="--", linewidth=1.4)
            said = f" Dashed: where it breaks even, at {at:.3g}{scale[1]}."
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_xlabel("\n".join(textwrap.wrap(f"{label},{scale[1]}" if scale[1] else label, _LETTERS)[:2]))
    axes.set_ylabel(f"{'change, ' if is_difference else ''}{words.strip()}")
    axes.set_title(capital(what), loc="left", color=INK, fontsize=11)
    names = finding.levels or [f"{each:.3g}{scale[1]}" for each in dose]
    rows: list[list[Cell]] = [
        [
            names[place],
            Number(f"{value[place]:+.3g}", float(finding.response.value[place])),
            f"{low[place]:+.3g} to {high[place]:+.3g}",
        ]
        for place in range(len(names))
    ]
    return Chart(
        svg=inline(figure, numbers),
        alt=f"{capital(what)} goes from {value[0]:.3g} to {value[-1]:.3g}{words} along: {label}.{said}",
        caption=f"Along: {label}. All other factors vary over their whole ranges.{said}",
        data=Table(f"{capital(what)} along: {label}", (label, f"Mean ({words.strip()})", "95 % interval"), rows),
    )


def _smooth(weeks: np.ndarray, span: int = 4) -> np.ndarray:
    """Return moving means over weeks (the second axis) of those that there are."""
    present = ~np.isnan(weeks)
    values = np.where(present, weeks, 0.0)
    smoothed = np.full_like(weeks, np.nan)
    for week in range(weeks.shape[1]):
        here = slice(max(week - span + 1, 0), week + 1)
        n = present[:, here].sum(axis=1)
        np.divide(values[:, here].sum(axis=1), n, out=smoothed[:, week], where=n > 0)
    return smoothed


def _words_above(axes: Axes, place: int, words: str) -> None:
    axes.annotate(
        words, (0.0, place), xycoords=("axes fraction", "data"), xytext=(3, 8), textcoords="offset points",
        ha="left", va="bottom", color=INK, fontsize=9.5, linespacing=1.25,
    )  # fmt: skip


def _tidy_rows(axes: Axes, rows: int) -> None:
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylim(-0.5, max(rows, 1) - 0.15)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
