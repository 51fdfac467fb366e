"""Figures of what an analysis found: `matplotlib.figure.Figure` objects, never pyplot, so nothing global is touched.

Colors are of Okabe and Ito's palette, which people with color-blindness can tell apart; what a color says, a marker
or a line style says too.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from trustsim.analysis.convergence import Convergence
from trustsim.analysis.dose_response import DoseResponse
from trustsim.analysis.effects import PairedEffects
from trustsim.analysis.intervals import Estimate
from trustsim.analysis.morris import ElementaryEffects
from trustsim.analysis.sobol import SobolIndices
from trustsim.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["convergence", "dose_response", "indices", "save", "tornado"]

BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREY: Final = "#767676"
_COLORS: Final = (BLUE, ORANGE, "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
_STYLES: Final = ("-", "--", "-.", ":")
_LABEL: Final = 45
"""Letters of a line of a bar's label."""


def tornado(finding: PairedEffects | ElementaryEffects, *, outcome: str) -> Figure:
    """Draw effects as bars around zero, the largest on top, with intervals; grey where zero is within.

    Parameters
    ----------
    finding : PairedEffects or ElementaryEffects
        Differences from the baseline, one a point; or mean elementary effects, one a factor (groups are left out).
    outcome : str
        What the axis measures, with its unit.

    Raises
    ------
    InputError
        If there is no bar to draw.
    """
    estimate = finding.difference if isinstance(finding, PairedEffects) else finding.mu
    labels = finding.labels() if isinstance(finding, PairedEffects) else finding.factors
    names = [textwrap.fill(label, _LABEL) for label in labels]
    shown = np.flatnonzero(np.isfinite(estimate.value))
    if len(shown) == 0:
        raise InputError("groups have no mean effect, so there is nothing to draw")
    order = shown[np.argsort(np.abs(estimate.value[shown]))]
    lines = 1 + max(name.count("\n") for name in names)
    figure, axes = _figure(height=1.2 + (0.14 + 0.18 * lines) * len(order))
    clear = (estimate.low > 0.0) | (estimate.high < 0.0)
    colors = np.where(clear, np.where(estimate.value > 0.0, BLUE, ORANGE), GREY)
    place = np.arange(len(order))
    axes.barh(place, estimate.value[order], color=colors[order].tolist(), height=0.7)
    axes.hlines(place, estimate.low[order], estimate.high[order], color="black", linewidth=1.2)
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_yticks(place, [names[number] for number in order])
    axes.set_xlabel(f"change in {outcome} ({finding.confidence:.0%} interval; grey: zero is within)")
    return figure


def indices(finding: SobolIndices, *, outcome: str) -> Figure:
    """Draw first and total indices with intervals, the largest on top, and the noise floor of a dummy.

    Parameters
    ----------
    finding : SobolIndices
    outcome : str
        Whose variance it is.
    """
    order = np.argsort(finding.total.value)
    figure, axes = _figure(height=1.4 + 0.4 * len(order))
    place = np.arange(len(order))
    for name, shift, color, marker in (("total", 0.14, BLUE, "o"), ("first", -0.14, ORANGE, "s")):
        estimate: Estimate = getattr(finding, name)
        clear = finding.is_distinguishable(name)[order]
        axes.hlines(place + shift, estimate.low[order], estimate.high[order], color=color, linewidth=1.5)
        for known, filled in ((clear, color), (~clear, "white")):
            axes.plot(
                estimate.value[order][known], (place + shift)[known], marker, color=color, markerfacecolor=filled,
                label=f"{name} order" if filled != "white" else None,
            )  # fmt: skip
    if finding.has_dummy:
        axes.axvline(finding.floor(), color=GREY, linestyle="--", linewidth=1.0, label="noise floor (dummy)")
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_yticks(place, [finding.factors[number] for number in order])
    axes.set_xlabel(
        f"share of the variance of {outcome} ({finding.confidence:.0%} interval)\nhollow: not distinguishable from zero"
    )
    axes.legend(frameon=False, loc="lower right")
    return figure


def convergence(finding: Convergence, *, outcome: str, most: int = 6) -> Figure:
    """Draw total indices against base rows, with bands of their intervals.

    Parameters
    ----------
    finding : Convergence
    outcome : str
        Whose variance it is.
    most : int
        Factors drawn: those of the largest index at the end.
    """
    figure, axes = _figure(height=3.6)
    last = finding.indices[-1]
    for line, place in enumerate(np.argsort(-last.total.value)[:most]):
        color, style = _COLORS[line % len(_COLORS)], _STYLES[line % len(_STYLES)]
        value, low, high = (
            [getattr(one.total, part)[place] for one in finding.indices] for part in ("value", "low", "high")
        )
        axes.plot(finding.sizes, value, style, color=color, marker="o", markersize=3, label=last.factors[place])
        axes.fill_between(finding.sizes, low, high, color=color, alpha=0.15, linewidth=0)
    axes.set_xscale("log", base=2)
    axes.set(xlabel="base rows", ylabel=f"total index\n({outcome})")
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def dose_response(finding: DoseResponse, *, outcome: str) -> Figure:
    """Draw the mean outcome along a factor, with a band of its interval and the dose at which it breaks even.

    Parameters
    ----------
    finding : DoseResponse
    outcome : str
        What the axis measures, with its unit.
    """
    figure, axes = _figure(height=3.4)
    response = finding.response
    if finding.levels:
        axes.vlines(finding.dose, response.low, response.high, color=BLUE, linewidth=1.5)
        axes.set_xticks(finding.dose, finding.levels)
    else:
        axes.fill_between(finding.dose, response.low, response.high, color=BLUE, alpha=0.2, linewidth=0)
    axes.plot(finding.dose, response.value, "" if finding.levels else "-", color=BLUE, marker="o", markersize=4)
    axes.axhline(0.0, color="black", linewidth=0.8)
    if finding.break_even is not None:
        at, low, high = finding.break_even
        axes.axvspan(low, high, color=ORANGE, alpha=0.2, linewidth=0)
        axes.axvline(at, color=ORANGE, linestyle="--", label=f"break-even at {at:.3g} ({low:.3g} to {high:.3g})")
        axes.legend(frameon=False)
    axes.set(xlabel=finding.factor, ylabel=f"{outcome}\n({finding.confidence:.0%} interval)")
    return figure


def save(figure: Figure, path: str | Path) -> tuple[Path, Path]:
    """Write a figure as SVG and as PNG beside each other; the same finding, drawn again, gives the same bytes.

    Parameters
    ----------
    figure : Figure
    path : path-like
        The folder must exist; an ending ``.svg`` or ``.png`` is replaced.

    Returns
    -------
    tuple of Path
        The SVG and the PNG.
    """
    from matplotlib import rc_context

    path = Path(path)
    stem = path.with_suffix("") if path.suffix in {".svg", ".png"} else path
    svg, png = (stem.with_name(f"{stem.name}{ending}") for ending in (".svg", ".png"))
    with rc_context({"svg.hashsalt": "trustsim", "svg.fonttype": "none"}):
        figure.savefig(svg, metadata={"Date": None, "Creator": None})
        figure.savefig(png, dpi=150, metadata={"Software": None})
    return svg, png


def _figure(height: float) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.0, height), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes
