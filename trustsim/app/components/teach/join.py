"""The way in: a code of a class, or a game alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Literal

import solara

from trustsim.app.rooms import the_rooms
from trustsim.app.widgets.teach import JoinW
from trustsim.errors import TrustsimError
from trustsim.game import ROLES, SITUATIONS, Setup

__all__ = ["Join"]


@solara.component
def Join(code: str, browser: str, on_enter: Callable[[str], None]) -> None:
    """Ask for a code, or for what to play alone.

    Parameters
    ----------
    code : str
        What the link says of it.
    browser : str
        Which one the page is in: there are only so many teams and games for each.
    on_enter : callable
        Takes the token of the team.
    """
    error, set_error = solara.use_state("")
    refused, set_refused = solara.use_state("")

    def join(typed: str) -> None:
        try:
            joined = the_rooms().join(typed, browser)
        except TrustsimError as trouble:
            set_error(f"That did not work: {trouble}.")
        else:
            on_enter(joined.token)

    def alone(situation: str, role: str, mode: Literal["practice", "assessed"], seed: int) -> None:
        try:
            joined = the_rooms().alone(Setup(situation, role, seed, mode), browser)
        except TrustsimError as trouble:
            set_refused(f"That did not work: {trouble}.")
        else:
            on_enter(joined.token)

    JoinW.element(
        code=code,
        error=error,
        refused=refused,
        offers=solara.use_memo(_offers),
        on_join=join,
        on_alone=alone,
    )


def _offers() -> str:
    situations = [{"key": one.key, "title": one.title, "about": _start(one.briefing)} for one in SITUATIONS.values()]
    roles = [{"key": one.key, "title": one.title, "about": one.brief} for one in ROLES.values()]
    return json.dumps({"situations": situations, "roles": roles})


def _start(text: str) -> str:
    return f"{text.partition('. ')[0]}."
