"""The two seats of a team: the same hospital, other numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

import solara

from trustsim.app.rooms import Team
from trustsim.app.widgets.teach import SeatsW
from trustsim.game import DASHBOARDS, SEATS
from trustsim.report.words import join, name_of

__all__ = ["SEAT_NAMES", "Seats", "other"]

SEAT_NAMES: Final = {"administrator": "the administrator's seat", "clinician": "the clinician's seat"}
_TOGETHER: Final = (
    "Both seats lead the same hospital and share every decision. Each sees numbers that the other does not, so talk."
)
_ALONE: Final = (
    "Each seat sees other numbers of the same hospital. You decide for both, and can change seats whenever you want."
)


def other(seat: str) -> str:
    """Return the seat across the table."""
    return next(each for each in SEATS if each != seat)


@solara.component
def Seats(team: Team, on_choice: Callable[[str], None]) -> None:
    """Let a seat be chosen."""
    taken = dict.fromkeys(team.present, " Your partner sits here now.")
    seats = [
        {
            "key": seat,
            "title": SEAT_NAMES[seat][:1].upper() + SEAT_NAMES[seat][1:],
            "about": f"You see {join([name_of(measure) for measure in DASHBOARDS[seat]])}.{taken.get(seat, '')}",
        }
        for seat in SEATS
    ]
    about = _TOGETHER if team.code else _ALONE
    SeatsW.element(
        seats=json.dumps(seats), about=about, on_choice=lambda seat: on_choice(seat) if seat in SEATS else None
    )
