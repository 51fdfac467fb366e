"""Figures as inline SVG: colors are roles that the page's style sheet fills in, for light, dark and paper.

`matplotlib.figure.Figure` objects, never pyplot. Text stays text, so that it takes the page's font and can be
searched; figures are narrow, so that it stays readable on a phone.
"""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["BETTER", "GRID", "INK", "MUTED", "PAPER", "WIDTH", "WORSE", "inline", "new_figure"]

# Each stands in a drawing for a color of the page, and is no color that a drawing would otherwise have.
INK: Final = "#010101"
MUTED: Final = "#010102"
GRID: Final = "#010103"
PAPER: Final = "#010104"
BETTER: Final = "#010105"
WORSE: Final = "#010106"
_ROLES: Final = {
    INK: "ink", MUTED: "muted", GRID: "grid", PAPER: "paper", BETTER: "better", WORSE: "worse",
}  # fmt: skip
WIDTH: Final = 4.7
"""Inches. A phone shows them at about the size they are drawn at."""
_STYLE: Final[dict[Any, Any]] = {  # matplotlib's types want each name spelled out
    "svg.fonttype": "none", "svg.hashsalt": "trustsim", "font.size": 10.0, "text.color": INK,
    "axes.labelcolor": INK, "axes.edgecolor": MUTED, "axes.facecolor": "none", "xtick.color": MUTED,
    "ytick.color": MUTED, "xtick.labelcolor": INK, "ytick.labelcolor": INK, "figure.facecolor": "none",
}  # fmt: skip


_turn: Final = threading.Lock()


@contextmanager
def _styled() -> Iterator[None]:
    """Have matplotlib's settings be ours: they are the whole process's, so one thread has them at a time."""
    from matplotlib import rc_context

    with _turn, rc_context(_STYLE):
        yield


def new_figure(height: float) -> tuple[Figure, Axes]:
    """Return an empty figure of a height in inches, with one pair of axes."""
    from matplotlib.figure import Figure

    with _styled():
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def inline(figure: Figure, numbers: count[int]) -> str:
    """Return a figure as an SVG element that can stand in a page beside others.

    Parameters
    ----------
    figure : Figure
    numbers : itertools.count
        Of the page; each figure takes one, so that no two share an id.
    """
    file = io.StringIO()
    with _styled():
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    text = file.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r' (?:width|height)="[^"]*pt"', "", text, count=2)
    for color, role in _ROLES.items():
        text = text.replace(color, f"var(--{role})")
    text = re.sub(r"font: ([\d.]+)px [^;\"]*", r"font: \1px var(--font)", text)
    own = f"f{next(numbers)}-"
    text = re.sub(r'( id="|xlink:href="#|url\(#)', rf"\g<1>{own}", text)
    # The page says what it shows (alt, caption, table), so its parts are not read out one by one.
    return text.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1).strip()
