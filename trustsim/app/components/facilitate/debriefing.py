"""What a class is debriefed with: the pack of files, the page, and how much of it all was luck."""

from __future__ import annotations

import base64
import json
from typing import Final

import solara

from trustsim.app.components.facilitate.chance import Chance
from trustsim.app.components.facilitate.errands import shown, use_errand
from trustsim.app.rooms import RoomView
from trustsim.app.service.classroom import Packed, packed, revealed
from trustsim.app.widgets.facilitate import ErrandW
from trustsim.game import Game

__all__ = ["Debriefing"]

_FILES: Final = {"page": "Open the debrief page", "zip": "Download the pack (zip)"}
_ABOUT: Final = (
    "What every team decided and what each decision did, predictions beside what happened, how the class spreads, and "
    "the best and the worst plan that a search finds with hindsight. The pack holds the page, tables for spreadsheets, "
    "and the games. It takes a minute or so; the class can go on meanwhile."
)


@solara.component
def Debriefing(view: RoomView, visitor: str, measure: str) -> None:
    """Offer the reveal of luck, the pack and the page.

    Parameters
    ----------
    view : RoomView
    visitor : str
        In whose turn at the machine things are worked out.
    measure : str
        That is looked at.
    """
    packing, start_pack, stop_pack = use_errand()
    revealing, start_reveal, stop_reveal = use_errand()
    games = {team.name: team.game for team in view.teams if team.game.turns}

    def take(key: str) -> str:
        made: Packed | None = packing.result
        if made is None:
            return ""
        name = f"trustsim_{view.code}.zip" if key == "zip" else ""
        content, kind = (made.content, "application/zip") if name else (made.page, "text/html")
        return json.dumps({"name": name, "type": kind, "bytes": base64.b64encode(content).decode("ascii")})

    with solara.Div(classes=["ts-room-column"]):
        Chance(
            revealing,
            measure,
            bool(games),
            lambda: start_reveal(lambda note, _: revealed(games, visitor, note)),
            stop_reveal,
        )
        with solara.Div(classes=["ts-card"]):
            ErrandW.element(
                content=shown(
                    "Debrief",
                    _ABOUT,
                    "Make it anew" if packing.result else "Make the debrief",
                    packing,
                    can=bool(games),
                    said=_said(packing.result, games),
                    files=_FILES if packing.result else {},
                ),
                busy=packing.stage == "working",
                on_start=lambda: start_pack(lambda note, check: packed(games, visitor, note, check)),
                on_stop=stop_pack,
                on_take=take,
            )


def _said(packed: Packed | None, games: dict[str, Game]) -> str:
    if packed is None:
        return ""
    return "It is ready." if packed.games == games else "More was played since it was made."
