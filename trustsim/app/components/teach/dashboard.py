"""What a seat sees of the hospital: its measures now, what changed, and how they came here."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any, Final

import solara

from trustsim.app.components.teach.seats import SEAT_NAMES, other
from trustsim.app.widgets.teach import DashboardW
from trustsim.game import Played, Reading, said
from trustsim.game.readings import mark

__all__ = ["Dashboard"]

_TONES: Final = {"better": "ts-good", "worse": "ts-bad"}
_WIDE, _HIGH, _EDGE = 120.0, 40.0, 3.0


@solara.component
def Dashboard(played: Played, seat: str) -> None:
    """Show a seat's measures after the quarters so far."""
    DashboardW.element(content=solara.use_memo(lambda: json.dumps(_content(played, seat)), [played, seat]))


def _content(played: Played, seat: str) -> dict[str, Any]:
    quarters = range(-1, played.game.quarter)
    return {
        "title": f"The hospital as seen from {SEAT_NAMES[seat]}",
        "note": f"Only you see these. {SEAT_NAMES[other(seat)].capitalize()} sees other numbers of the same hospital.",
        "quarters": ["start", *(str(quarter + 1) for quarter in quarters if quarter >= 0)],
        "readings": [
            _reading(reading, [played.value(reading.measure, quarter) for quarter in quarters])
            for reading in played.dashboard(seat)
        ],
    }


def _reading(reading: Reading, values: Sequence[float]) -> dict[str, Any]:
    texts = [said(reading.measure, value) for value in values]
    is_first = len(values) == 1
    return {
        "measure": reading.measure,
        "name": reading.name,
        "value": reading.text,
        "change": "as you found it" if is_first else f"{reading.change_text} since the quarter before",
        "tone": _TONES.get(mark(reading.measure, reading.change), "ts-muted"),
        "line": "" if is_first else _line(values),
        "curve": f"{reading.name}, start and quarters so far: {', '.join(texts)}",
        "values": texts,
    }


def _line(values: Sequence[float]) -> str:
    """Return the path of a small curve; what is missing leaves a gap."""
    known = [value for value in values if not math.isnan(value)]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    span = (high - low) or 1.0
    path, pen = [], "M"
    for number, value in enumerate(values):
        if math.isnan(value):
            pen = "M"
            continue
        x = _EDGE + (_WIDE - 2.0 * _EDGE) * number / (len(values) - 1)
        y = _HIGH - _EDGE - (_HIGH - 2.0 * _EDGE) * (0.5 if high == low else (value - low) / span)
        path.append(f"{pen}{x:.1f} {y:.1f}")
        pen = "L"
    return " ".join(path)
