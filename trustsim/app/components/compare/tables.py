"""Tables and curves of a comparison as plain data: levels, paired differences with intervals, good or bad."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

from trustsim.app.components.compare.sides import Side, baselines_of
from trustsim.app.components.curves import CARDS, number, series_of, short_unit, spoken
from trustsim.app.service import Answer
from trustsim.app.service.answer import between
from trustsim.app.state import RunSpec, write_link
from trustsim.app.state.compare import Alternative
from trustsim.comparison import Effect
from trustsim.measures import NAMES, lookup
from trustsim.report.words import TURNOVER_COST, tone, verdict

__all__ = ["board", "csv_of", "curves", "described", "tray"]

_AFTER: Final = "turnover_annual"
BOARD: Final = tuple(each for name in CARDS for each in ((name, TURNOVER_COST) if name == _AFTER else (name,)))
TRAY: Final = ("trust_clinician_admin", "silo_gap", "burnout_prevalence", "turnover_annual", "cost")
_TONES: Final = {"better": "ts-good", "worse": "ts-bad"}
_NOT_YET: Final = {"change": "…", "tone": ""}
_ABOUT: Final = (
    "Each cell: the level, how far it is from the baseline in the same hospitals with the same luck, and the 95 % "
    "interval of that; ≈ 0 is what cannot be told from chance. Of many such intervals one in twenty leaves out zero by "
    "chance alone."
)


def board(sides: Sequence[Side], measure: str) -> str:
    """Return the table of headline measures as JSON, and the differences between alternatives in one of them."""
    bases, first = baselines_of(sides), next((side.answer for side in sides if side.answer), None)
    when = f"Mean of weeks {first.window[0]} to {first.window[1] - 1}" if first else "Mean of the last weeks"
    return json.dumps(
        {
            "when": when,
            "about": _ABOUT,
            "baselines": [base.name for base in bases],
            "alternatives": [
                {"letter": side.letter, "title": side.alternative.title, "color": side.color} for side in sides
            ],
            "rows": [
                {
                    "measure": name,
                    "name": "cost of turnover" if name == TURNOVER_COST else spoken(name),
                    "unit": short_unit(_unit(name)),
                    "charted": name in NAMES,
                    "baselines": [_level(base.side.answer, name) for base in bases],
                    "cells": [_cell(side.answer, name) for side in sides],
                }
                for name in BOARD
            ],
            "measure": spoken(measure),
            "pairs": [
                _pair(one, one.answer, other, other.answer, measure)
                for one, other in combinations(sides, 2)
                if one.answer and other.answer
            ],
        }
    )


def tray(
    pinned: Sequence[tuple[str, Alternative | None, Answer | None]], letters: dict[RunSpec, str], *, full: bool
) -> str:
    """Return the table of what is pinned as JSON.

    Parameters
    ----------
    pinned : sequence of (str, Alternative or None, Answer or None)
        As the browser keeps it, what that is (None if it does not fit), and what came out so far.
    letters : dict of RunSpec to str
        Of those that are compared.
    full : bool
        Whether no more can be compared.
    """
    rows = [
        {
            "kept": kept,
            "title": alternative.title if alternative else "does not fit into this world",
            "letter": letters.get(alternative.spec, "") if alternative else "",
            "explore": f"/explore?{write_link(alternative.spec)}" if alternative else "",
            "cells": [_moved(answer.effects[name]) if answer else _NOT_YET for name in TRAY],
        }
        for kept, alternative, answer in pinned
    ]
    return json.dumps({"measures": [spoken(name) for name in TRAY], "rows": rows, "full": full})


def curves(sides: Sequence[Side], measure: str, *, difference: bool) -> str | None:
    """Return the curves of a measure as JSON, all worlds or all differences; None before there is an answer."""
    drawn: list[dict[str, Any]] = []
    if not difference:
        for place, base in enumerate(baselines_of(sides)):
            if (answer := base.side.answer) is not None:
                dashes: str | list[int] = "dashed" if place == 0 else [3, 6]
                drawn.append(series_of(base.name, "baseline", answer.baseline[measure], line=dashes))
    for side in sides:
        if (answer := side.answer) is not None:
            band = answer.difference[measure] if difference else answer.scenario[measure]
            name = f"{side.letter} minus baseline" if difference else side.letter
            drawn.append(series_of(name, side.color, band, line=side.line, label=side.letter))
    weeks = next((side.answer.weeks for side in sides if side.answer), 0)
    unit, file = lookup(measure).unit, f"trustsim_compare_{measure}"
    return json.dumps({"weeks": weeks, "unit": unit, "file": file, "series": drawn}, allow_nan=False) if drawn else None


def described(sides: Sequence[Side], measure: str) -> str:
    """Return what the curves show, for those who do not see them."""
    said = [f"{spoken(measure)} over time"]
    for side in sides:
        if side.answer is not None:
            effect = side.answer.effects[measure]
            said.append(
                f"{side.letter}, {side.alternative.title}: {number(effect.scenario)}, difference from its baseline "
                f"{number(effect.difference, '+')} (95 % interval {number(effect.low, '+')} to "
                f"{number(effect.high, '+')})"
            )
    return ". ".join(said)


def csv_of(sides: Sequence[Side]) -> str:
    """Return every week of every measure of every alternative; a row for each."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    for side in sides:
        if side.answer is not None:
            header, *rows = csv.reader(io.StringIO(side.answer.csv()))
            if not out.tell():
                table.writerow(["alternative", "scenario", *header])
            table.writerows([side.letter, side.spec.scenario, *row] for row in rows)
    return out.getvalue()


def _unit(name: str) -> str:
    return lookup("cost" if name == TURNOVER_COST else name).unit


def _level(answer: Answer | None, name: str) -> str:
    return "…" if answer is None else number(answer.effects[name].baseline, "", _size(answer.effects[name]))


def _cell(answer: Answer | None, name: str) -> dict[str, str]:
    if answer is None:
        return {"level": "…", "change": "", "interval": "", "tone": ""}
    effect = answer.effects[name]
    size = _size(effect)
    ends = f"{number(effect.low, '+', size)} to {number(effect.high, '+', size)}"
    return {**_moved(effect), "level": number(effect.scenario, "", size), "interval": f"{ends}{_said(effect)}"}


def _said(effect: Effect) -> str:
    return f", {tone(effect)}" if tone(effect) != "unclear" else ""


def _moved(effect: Effect) -> dict[str, str]:
    change = number(effect.difference, "+", _size(effect))
    if not effect.is_clear:
        return {"change": "≈ 0" if change != "-" else "-", "tone": ""}
    arrow = "▲" if effect.difference > 0.0 else "▼"
    return {"change": f"{arrow} {change}", "tone": _TONES.get(tone(effect), "")}


def _size(effect: Effect) -> float:
    return max(abs(effect.baseline), abs(effect.scenario))


def _pair(one: Side, here: Answer, other: Side, there: Answer, measure: str) -> dict[str, str]:
    effect = between(measure, here, there)
    return {
        "name": f"{one.letter}, than in {other.letter}",
        "difference": number(effect.difference, "+", _size(effect)),
        "interval": f"{number(effect.low, '+', _size(effect))} to {number(effect.high, '+', _size(effect))}",
        "verdict": "left blank" if math.isnan(effect.difference) else verdict(effect),
    }
