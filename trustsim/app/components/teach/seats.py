"""The two seats of a team: the same hospital, other numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

import solara

from trustsim.app.widgets.teach import SeatsW
from trustsim.game import DASHBOARDS, SEATS
from trustsim.report.words import join, name_of

__all__ = ["SEAT_NAMES", "Seats", "other"]

SEAT_NAMES: Final = {"administrator": "the administrator's seat", "clinician": "the clinician's seat"}


def other(seat: str) -> str:
    """Return the seat across the table."""
    return next(each for each in SEATS if each != seat)


@solara.component
def Seats(on_choice: Callable[[str], None]) -> None:
    """Let a seat be chosen."""
    seats = [
        {
            "key": seat,
            "title": SEAT_NAMES[seat][:1].upper() + SEAT_NAMES[seat][1:],
            "about": f"You see {join([name_of(measure) for measure in DASHBOARDS[seat]])}.",
        }
        for seat in SEATS
    ]
    SeatsW.element(seats=json.dumps(seats), on_choice=lambda seat: on_choice(seat) if seat in SEATS else None)
