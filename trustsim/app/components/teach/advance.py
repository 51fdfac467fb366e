"""The step from one quarter to the next, which is asked about before it is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

from trustsim.app.components.teach.moves import priced
from trustsim.app.components.teach.prediction import guessed, lacking
from trustsim.app.components.teach.seats import SEAT_NAMES, other
from trustsim.app.rooms import Team
from trustsim.app.widgets.teach import AdvanceW
from trustsim.errors import InputError
from trustsim.game import said_change
from trustsim.game.decisions import named
from trustsim.report.words import capital, join, name_of

__all__ = ["Advance"]


@solara.component
def Advance(team: Team, seat: str, frozen: bool, on_advance: Callable[[int], None]) -> None:
    """Let the quarter be decided, once it can be; say what is lacking until then."""
    AdvanceW.element(content=json.dumps(_content(team, seat)), busy=frozen, on_advance=on_advance)


def _content(team: Team, seat: str) -> dict[str, Any]:
    game, picks = team.game, team.draft.picks
    refused = _refused(team, seat)
    partner = other(seat)
    alone = partner in team.present and lacking(team.draft, partner)
    return {
        "quarter": game.quarter,
        "ready": not refused,
        "why": refused or f"{_counted(len(picks))}, {priced(game.cost(picks))}. All predicted.",
        "label": f"Advance through quarter {game.quarter + 1}",
        "question": f"Decide quarter {game.quarter + 1}?",
        "lines": [
            *([named(pick) for pick in picks] or ["You do nothing new, and what was going on ends."]),
            *(
                f"You expect of {name_of(measure)}: {said_change(measure, change) if change else 'no change'}"
                for measure, change in guessed(team.draft, seat).items()
            ),
        ],
        "note": f"{capital(SEAT_NAMES[partner])} has not predicted everything yet. It cannot do so afterwards."
        if alone
        else "Predictions are locked with it.",
    }


def _refused(team: Team, seat: str) -> str:
    if team.paused:
        return "Paused by your teacher: nothing can be decided now."
    try:
        team.game.check(team.draft.picks)
    except InputError as error:
        return f"That does not fit: {error}."
    missing = lacking(team.draft, seat)
    return f"Say first what you expect of {join(missing)}." if missing else ""


def _counted(picks: int) -> str:
    return "Nothing chosen" if picks == 0 else "1 move chosen" if picks == 1 else f"{picks} moves chosen"
