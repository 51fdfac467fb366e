"""What came of the quarter that was decided last: what happened, and what was expected beside what came."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import solara

from trustsim.app.components.teach.seats import SEAT_NAMES
from trustsim.app.widgets.teach import RevealW
from trustsim.game import PREDICTED, SITUATIONS, Game, Judged, Played, said_change
from trustsim.game.decisions import named
from trustsim.game.readings import mark
from trustsim.report.words import capital, join, moved, name_of

__all__ = ["Announced", "Reveal", "calibration"]

_MIDDLE, _HALF = 100.0, 90.0  # of the line on which a prediction lies beside what came
_TOLD: Final = 3  # changes of a dashboard that are put into words


@solara.component
def Reveal(played: Played, seat: str, arrived: int) -> None:
    """Show the last quarter.

    Parameters
    ----------
    played : Played
        At least one quarter of it.
    seat : str
    arrived : int
        The quarter that this page has just decided, whose heading takes the focus; 0 for none.
    """
    content = solara.use_memo(lambda: json.dumps(_content(played, seat)), [played, seat])
    RevealW.element(content=content, arrived=arrived)


@solara.component
def Announced(game: Game) -> None:
    """Say what is announced before the next quarter is decided."""
    with solara.v.Html(tag="section", class_="ts-card", attributes={"aria-label": "News"}):
        solara.v.Html(tag="h2", children=["News"])
        for text in SITUATIONS[game.setup.situation].announced(game.quarter):
            solara.v.Html(tag="p", children=[text])


def _content(played: Played, seat: str) -> dict[str, Any]:
    game, judged = played.game, played.predictions()
    last = [each for each in judged if each.quarter == game.quarter - 1]
    own = [each for each in judged if each.prediction.seat == seat]
    return {
        "title": f"Quarter {game.quarter}: what came of it",
        "happened": _happened(played, seat),
        "judged": [_judged(each, seat) for each in sorted(last, key=lambda each: each.prediction.seat != seat)],
        "calibration": calibration(own),
        "errors": [_errors(measure, own) for measure in _measures(own)],
    }


def _happened(played: Played, seat: str) -> list[str]:
    """Return what was done, and the largest changes of the seat's dashboard, in sentences."""
    game = played.game
    picks = game.turns[-1].picks
    done = f"You decided: {'; '.join(named(pick) for pick in picks)}." if picks else "You decided to do nothing."
    readings = sorted(
        (
            each
            for each in played.dashboard(seat)
            if mark(each.measure, each.change) and abs(each.change) > 0.005 * abs(each.value)
        ),
        key=lambda each: -abs(each.change / (each.value or 1.0)),
    )
    changes = [f"{each.name} {moved(each.change)}, {each.change_text}, to {each.text}." for each in readings[:_TOLD]]
    return [done, *(changes or ["Little moved on your dashboard."])]


def _judged(judged: Judged, seat: str) -> dict[str, Any]:
    measure, change = judged.prediction.measure, judged.prediction.change
    is_own = judged.prediction.seat == seat
    return {
        "name": capital(name_of(measure)),
        "who": "your prediction" if is_own else f"from {SEAT_NAMES[judged.prediction.seat]}",
        "expected": _place(measure, change),
        "came": _place(measure, judged.happened),
        "said": f"Expected {_change(measure, change)}, came {_change(measure, judged.happened)}.",
        "verdict": f"{_verdict(judged)} Off by {_size(measure, judged.error)}.",
        "tone": "ts-good" if judged.right_direction else "ts-bad",
    }


def _verdict(judged: Judged) -> str:
    still = PREDICTED[judged.prediction.measure].still
    stayed = abs(judged.happened) < still
    if judged.right_direction:
        return "Right: it hardly moved." if stayed else "Right direction."
    if stayed:
        return "It hardly moved."
    return "It did move." if abs(judged.prediction.change) < still else "Wrong direction."


def _place(measure: str, change: float) -> float:
    share = max(-1.0, min(change / PREDICTED[measure].most, 1.0))
    return round(_MIDDLE + _HALF * share, 1)


def _change(measure: str, change: float) -> str:
    return "no change" if change == 0.0 else said_change(measure, change)


def _size(measure: str, change: float) -> str:
    return said_change(measure, abs(change)).lstrip("+")


def _measures(judged: Sequence[Judged]) -> list[str]:
    """Return what was predicted at all: a seat whose partner decides may have said nothing of some."""
    return [measure for measure in PREDICTED if any(each.prediction.measure == measure for each in judged)]


def _mean_errors(measure: str, judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the mean error of predictions, and that of always saying "no change"."""
    mine = [each for each in judged if each.prediction.measure == measure]
    own = idle = 0.0
    for each in mine:
        own += abs(each.error) / len(mine)
        idle += abs(each.happened) / len(mine)
    return own, idle


def _errors(measure: str, judged: Sequence[Judged]) -> dict[str, str]:
    own, idle = _mean_errors(measure, judged)
    return {"name": capital(name_of(measure)), "own": _size(measure, own), "idle": _size(measure, idle)}


def calibration(judged: Sequence[Judged]) -> str:
    """Return how good a seat's predictions are so far, held against saying every time that nothing changes."""
    if not judged:
        return "You made no predictions so far."
    errors = {measure: _mean_errors(measure, judged) for measure in _measures(judged)}
    better = [name_of(measure) for measure, (own, idle) in errors.items() if own < idle]
    right = sum(each.right_direction for each in judged)
    start = f"So far {right} of your {len(judged)} predictions had the right direction."
    if not any(each.prediction.change for each in judged):
        return f"{start} You expected no change every time: that is the guess that yours are measured by."
    if len(better) == len(errors):
        return f"{start} All of them together came closer than always guessing no change."
    if not better:
        return f"{start} Always guessing no change would have come closer: wait before you expect."
    return f"{start} You came closer than always guessing no change for {join(better)}; not for the rest."
