"""How far a class spreads: a dot for each team and quarter, the median, and the hospital in which nobody decided."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from statistics import median
from typing import Any, Final

import solara

from trustsim.app.components.facilitate.teams import Outcomes
from trustsim.app.rooms import RoomView
from trustsim.app.widgets.facilitate import DotsW
from trustsim.game import CARD, PREDICTED, Played, said
from trustsim.measures import lookup
from trustsim.report.words import capital, name_of, people

__all__ = ["MEASURES_SHOWN", "Spread", "measures", "spread"]

MEASURES_SHOWN: Final = (
    *(measure for _, some in CARD.values() for measure in some),
    *(measure for measure in PREDICTED if not any(measure in some for _, some in CARD.values())),
)
_WIDTH: Final = 0.5
"""Of a quarter's place, over which the dots of the teams are spread."""


@solara.component
def Spread(view: RoomView, outcomes: Outcomes, measure: str) -> None:
    """Show where the teams are on a measure, quarter by quarter."""
    content, description = solara.use_memo(lambda: spread(view, outcomes, measure), [view, outcomes, measure])
    DotsW.element(
        title=capital(name_of(measure)),
        description=description,
        caption=f"{lookup(measure).meaning} A dot for each team at the end of each quarter; all have the same luck.",
        content=content,
    )


def measures() -> str:
    """Return what can be chosen, as `ChoiceW` takes it."""
    options = [{"value": measure, "text": capital(name_of(measure))} for measure in MEASURES_SHOWN]
    return json.dumps([{"name": "", "options": options}])


def spread(view: RoomView, outcomes: Outcomes, measure: str) -> tuple[str, str]:
    """Return the picture as JSON, and what it shows in words.

    Parameters
    ----------
    view : RoomView
    outcomes : Outcomes
    measure : str
    """
    teams = [(team.name, outcomes[team.number]) for team in view.teams if team.number in outcomes]
    last = max((outcome.game.quarter for _, outcome in teams), default=0)
    quarters = range(-1, last)
    values = [[_value(outcome, measure, quarter) for quarter in quarters] for _, outcome in teams]
    middle = [_median([row[column] for row in values]) for column in range(len(quarters))]
    longest = next((outcome for _, outcome in teams if outcome.game.quarter == last), None)
    nobody = [longest.value(measure, quarter, untouched=True) for quarter in quarters] if longest else []
    factor, unit = people(lookup(measure).unit)
    names = ["start", *(str(quarter + 1) for quarter in range(last))]
    dots = [
        [column + _place(row, len(values)), factor * value, f"{name}, {_when(column)}: {said(measure, value)}"]
        for row, ((name, _), line) in enumerate(zip(teams, values, strict=True))
        for column, value in enumerate(line)
        if not math.isnan(value)
    ]
    content = {
        "unit": unit.strip(),
        "file": f"trustsim_class_{measure}",
        "categories": names if last else [],
        "series": [
            {**_line("nobody decided anything", "baseline", nobody, factor), "dashed": True},
            _line("median of the teams", "difference", middle, factor),
            {"name": "a team", "kind": "dots", "color": "scenario", "points": dots},
        ],
        "head": ["team", *(f"quarter {name}" if name != "start" else name for name in names)],
        "rows": [
            [name, *("" if math.isnan(value) else said(measure, value) for value in line)]
            for name, line in [
                *((name, line) for (name, _), line in zip(teams, values, strict=True)),
                ("median", middle),
                ("nobody decided anything", nobody),
            ]
        ],
    }  # fmt: skip
    return json.dumps(content, allow_nan=False), _described(measure, values, middle, nobody)


def _value(outcome: Played, measure: str, quarter: int) -> float:
    return outcome.value(measure, quarter) if quarter < outcome.game.quarter else math.nan


def _median(column: Sequence[float]) -> float:
    known = [value for value in column if not math.isnan(value)]
    return median(known) if known else math.nan


def _line(name: str, color: str, values: Sequence[float], factor: float) -> dict[str, Any]:
    points = [[column, factor * value, ""] for column, value in enumerate(values) if not math.isnan(value)]
    return {"name": name, "kind": "line", "color": color, "points": points}


def _place(row: int, rows: int) -> float:
    return _WIDTH * (row / (rows - 1) - 0.5) if rows > 1 else 0.0


def _when(column: int) -> str:
    return f"quarter {column}" if column else "start"


def _described(
    measure: str, values: Sequence[Sequence[float]], middle: Sequence[float], nobody: Sequence[float]
) -> str:
    column = len(middle) - 1
    known = [line[column] for line in values if not math.isnan(line[column])]
    if not known or not column:
        return f"{capital(name_of(measure))} of each team; no quarter is played yet."
    return (
        f"{capital(name_of(measure))} at the end of quarter {column}: {len(known)} of {len(values)} teams, from "
        f"{said(measure, min(known))} to {said(measure, max(known))}, median {said(measure, middle[-1])}; if nobody "
        f"had decided anything {said(measure, nobody[-1])}."
    )
