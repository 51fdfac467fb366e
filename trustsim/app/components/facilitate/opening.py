"""What a class plays: chosen before a room is opened, or changed later for all of its teams."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable

import solara

from trustsim.app.rooms import RoomView, the_rooms
from trustsim.app.widgets.facilitate import SetupW
from trustsim.errors import TrustsimError
from trustsim.game import ROLES, SITUATIONS, Setup
from trustsim.report.words import join

__all__ = ["Opening", "SetUp", "described"]

_MODES = {
    "practice": ("Practice", "Teams may take a quarter back, or start over on the same hospital."),
    "assessed": ("Assessed", "What is decided stays decided."),
}
_ABOUT = (
    "You get a code of six letters to read out. Teams of one or two join with it, without accounts and without names; "
    "you see what they decide, and debrief them. All of them lead the same hospital and have the same luck, so that "
    "what differs is what they decided."
)
_SEEDS = 10_000


def described(setup: Setup) -> str:
    """Return a setup in a few words, without the seed: with it, whoever sees the screen can play ahead alone."""
    return ", ".join((SITUATIONS[setup.situation].title, ROLES[setup.role].title, _MODES[setup.mode][0]))


@solara.component
def Opening(browser: str, on_open: Callable[[str], None]) -> None:
    """Open a room.

    Parameters
    ----------
    browser : str
        Which one the page is in: there are only so many rooms for each.
    on_open : callable
        Takes the facilitator's token.
    """
    error, refuse = solara.use_state("")
    first = solara.use_memo(lambda: Setup("slow_erosion", "ceo", secrets.randbelow(_SEEDS)))

    def open_room(situation: str, role: str, seed: int, mode: str) -> None:
        try:
            opened = the_rooms().open(_setup(situation, role, seed, mode), browser)
        except TrustsimError as trouble:
            refuse(f"That did not work: {trouble}.")
        else:
            on_open(opened.token)

    with solara.Div(classes=["ts-card"]):
        solara.v.Html(tag="h2", children=["Open a room for a class"])
        solara.v.Html(tag="p", children=[_ABOUT])
        SetupW.element(
            offers=solara.use_memo(_offers),
            current=_json(first),
            label="Open the room",
            error=error,
            on_setup=open_room,
        )


@solara.component
def SetUp(view: RoomView, token: str, on_change: Callable[[], None]) -> None:
    """Change what a room plays; teams that have played start anew then, if that is agreed to.

    Parameters
    ----------
    view : RoomView
    token : str
        The facilitator's.
    on_change : callable
        Called once it is changed.
    """
    said, say = solara.use_state("")
    error, refuse = solara.use_state("")
    played = [team.name for team in view.teams if team.game.turns]

    def change(situation: str, role: str, seed: int, mode: str) -> None:
        try:
            the_rooms().set_up(token, _setup(situation, role, seed, mode), start_anew=bool(played))
        except TrustsimError as trouble:
            refuse(f"That did not work: {trouble}.")
        else:
            refuse("")
            say("All teams begin with this.")
            on_change()

    verb = "has" if len(played) == 1 else "have"
    warning = f"{join(played)} {verb} played already. What they decided is deleted." if played else ""
    with solara.Div(classes=["ts-card"]), solara.v.Html(tag="details"):
        solara.v.Html(tag="summary", children=["Another situation, role, luck or mode"])
        SetupW.element(
            offers=solara.use_memo(_offers),
            current=_json(view.setup),
            label="Change it for all teams",
            warning=warning,
            said=said,
            error=error,
            on_setup=change,
        )


def _setup(situation: str, role: str, seed: int, mode: str) -> Setup:
    return Setup(situation, role, seed, mode)  # type: ignore[arg-type]  # Setup checks all of them


def _json(setup: Setup) -> str:
    return json.dumps({"situation": setup.situation, "role": setup.role, "seed": setup.seed, "mode": setup.mode})


def _offers() -> str:
    situations = [(key, one.title, f"{one.briefing.strip().partition('. ')[0]}.") for key, one in SITUATIONS.items()]
    roles = [(key, one.title, one.brief) for key, one in ROLES.items()]
    modes = [(key, title, about) for key, (title, about) in _MODES.items()]
    named = {"situations": situations, "roles": roles, "modes": modes}
    return json.dumps(
        {
            what: [{"key": key, "title": title, "about": about} for key, title, about in some]
            for what, some in named.items()
        }
    )
