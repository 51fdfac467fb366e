"""Three short questions after every second quarter."""

from __future__ import annotations

import json
from collections.abc import Callable

import solara

from trustsim.app.widgets.teach import ReflectW
from trustsim.game import LONGEST_ANSWER, Game

__all__ = ["Reflect"]


@solara.component
def Reflect(game: Game, on_answer: Callable[[tuple[str, ...]], None]) -> None:
    """Ask the questions after the quarters so far; an answer may be empty."""
    ReflectW.element(
        questions=json.dumps(game.questions),
        note=(
            f"Talk first, then write a line or two to each (up to {LONGEST_ANSWER} characters). Nobody grades it; it "
            "is kept for the debrief. One of you writes for both. The game waits until you keep or skip this."
        ),
        longest=LONGEST_ANSWER,
        on_answer=on_answer,
    )
