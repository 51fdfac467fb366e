"""What a seat expects of the quarter, said before it is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

from trustsim.app.components.teach.seats import SEAT_NAMES, other
from trustsim.app.rooms import Draft
from trustsim.app.widgets.teach import PredictW
from trustsim.game import PREDICTED, Played
from trustsim.measures import MEASURES
from trustsim.report.words import capital, name_of, people

__all__ = ["Predict", "guessed", "lacking"]

_STEPS = 50
"""Steps of a slider from no change to the largest."""


@solara.component
def Predict(
    draft: Draft, seat: str, outcome: Played | None, frozen: bool, on_guess: Callable[[str, float], None]
) -> None:
    """Show a slider for each measure.

    Parameters
    ----------
    draft : Draft
    seat : str
    outcome : Played, optional
        Of the quarters so far, once it is known.
    frozen : bool
        Whether nothing can be said now.
    on_guess : callable
        Takes a measure and the change that is expected.
    """
    now = {each.measure: each.text for each in outcome.dashboard(seat)} if outcome else {}
    own, partners = guessed(draft, seat), guessed(draft, other(seat))
    partner = "all that it has to" if len(partners) == len(PREDICTED) else f"{len(partners)} of {len(PREDICTED)}"
    content = {
        "title": "Say what you expect",
        "note": "How much will each of these have changed by the end of the quarter, its last four weeks against the "
        "last four before it? Move each slider, or say that it stays.",
        "rows": [_row(measure, own.get(measure), now.get(measure, "")) for measure in PREDICTED],
        "partner": f"{capital(SEAT_NAMES[other(seat)])} has predicted {partner}." if partners else "",
        "frozen": frozen,
    }

    def guess(measure: str, change: float) -> None:
        if measure in PREDICTED and abs(change) <= PREDICTED[measure].most:
            on_guess(measure, change)

    PredictW.element(content=json.dumps(content), on_guess=guess)


def guessed(draft: Draft, seat: str) -> dict[str, float]:
    """Return what a seat has predicted so far."""
    return {each.measure: each.change for each in draft.predictions if each.seat == seat}


def lacking(draft: Draft, seat: str) -> list[str]:
    """Return the measures that a seat has not predicted yet, as people call them."""
    return [name_of(measure) for measure in PREDICTED if measure not in guessed(draft, seat)]


def _row(measure: str, value: float | None, now: str) -> dict[str, Any]:
    unit, (most, still) = MEASURES[measure].unit, PREDICTED[measure]
    factor, words = people(unit, change=True)
    return {
        "measure": measure,
        "name": capital(name_of(measure)),
        "now": f"now {now}" if now else "not on your dashboard: ask the other seat",
        "value": value,
        "limit": most,
        "still": still,
        "step": most / _STEPS,
        "factor": factor,
        "decimals": 1 if factor * most > 1.0 else 2,
        "unit": words,
    }
