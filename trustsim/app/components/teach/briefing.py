"""What a new leader is told: the situation, the role, what is scarce, and what each seat sees."""

from __future__ import annotations

import json
from typing import Final

import solara

from trustsim.app.components.teach.seats import SEAT_NAMES, other
from trustsim.app.widgets.teach import BriefingW
from trustsim.game import QUARTERS, ROLES, SITUATIONS, Game
from trustsim.report.words import capital, dollars

__all__ = ["Briefing"]

_SCARCE: Final = (
    "Each quarter you may spend {hours:,.0f} hours of leaders' time and {money}. What is left over is lost. You "
    "cannot do everything."
)
_SEAT: Final = (
    "This is {own}. {other} sees other numbers of the same hospital, and you decide together: tell each other."
)
_COURSE: Final = (
    "{quarters} quarters, three months each. In each one you decide what to do, then say what you expect, then see "
    "what came of it. There is no score, and no plan that is best for everybody."
)


@solara.component
def Briefing(game: Game, seat: str) -> None:
    """Show the briefing, open before the first decision and folded afterwards."""
    situation, role = SITUATIONS[game.setup.situation], ROLES[game.setup.role]
    content = {
        "title": f"Briefing: {situation.title}",
        "parts": [
            {"title": title, "text": text}
            for title, text in (
                ("What has happened", situation.briefing),
                (f"Who you are: {role.title.lower()}", role.brief),
                ("What is scarce", _SCARCE.format(hours=game.budget.leader_hours, money=dollars(game.budget.money))),
                ("Your seat", _SEAT.format(own=SEAT_NAMES[seat], other=capital(SEAT_NAMES[other(seat)]))),
                ("How it goes", _COURSE.format(quarters=QUARTERS)),
            )
        ],
    }
    BriefingW.element(content=json.dumps(content), unfolded=game.quarter == 0)
