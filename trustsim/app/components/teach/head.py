"""Where a team is: its name and quarter, whether it may take something back, who else is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

import solara

from trustsim.app.components.teach.seats import SEAT_NAMES, other
from trustsim.app.components.teach.steps import Steps
from trustsim.app.rooms import Team
from trustsim.app.widgets.teach import HeadW
from trustsim.game import QUARTERS, ROLES, SITUATIONS

__all__ = ["Head"]

_MODES: Final = {
    "practice": "Practice: the last quarter can be taken back, and you can start over on the same hospital.",
    "assessed": "Assessed: what is decided stays decided. No quarter can be taken back.",
}


@solara.component
def Head(team: Team, steps: Steps, working: str, on_seat: Callable[[], None]) -> None:
    """Show where the team is.

    Parameters
    ----------
    team : Team
    steps : Steps
        Of this page; its seat may be "".
    working : str
        What is being worked out; "" for nothing.
    on_seat : callable
        Called for the choice of a seat.
    """
    HeadW.element(
        content=json.dumps(_content(team, steps.token, steps.seat)),
        said=steps.live.error or steps.said,
        busy=working != "",
        working=working,
        on_back=steps.back,
        on_seat=on_seat,
    )


def _content(team: Team, token: str, seat: str) -> dict[str, Any]:
    game, setup = team.game, team.game.setup
    who = f"{ROLES[setup.role].title}{f', {SEAT_NAMES[seat]}' if seat else ''}. {SITUATIONS[setup.situation].title}."
    return {
        "name": team.name if team.code else "Your hospital",
        "when": f"All {QUARTERS} quarters are played" if game.is_over else f"Quarter {game.quarter + 1} of {QUARTERS}",
        "who": f"{who}{_partner(team, seat)}",
        "quarter": game.quarter,
        "quarters": QUARTERS,
        "mode": _MODES[setup.mode],
        "practice": setup.mode == "practice",
        "undo": game.quarter > 0 and not team.paused,
        "paused": team.paused,
        "share": _share(team, seat),
        "links": _links(token, seat) if seat else [],
    }


def _partner(team: Team, seat: str) -> str:
    return f" Your partner is at {SEAT_NAMES[other(seat)]}." if seat and other(seat) in team.present else ""


def _share(team: Team, seat: str) -> str:
    kept = "Everything is kept: this page can be closed and opened again from its link, for 30 days."
    if not seat:
        return kept
    code = f" types the code {team.partner_code}, or" if team.code else ""
    return f"{kept} Who takes {SEAT_NAMES[other(seat)]}{code} opens the link to it."


def _links(token: str, seat: str) -> list[dict[str, str]]:
    return [
        {"text": text, "path": f"/teach?{urlencode({'team': token, 'seat': where})}"}
        for text, where in (("Copy your link", seat), ("Copy the link to the other seat", other(seat)))
    ]
