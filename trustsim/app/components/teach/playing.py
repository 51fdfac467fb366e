"""A team at its game: whatever stage it is in, and what its members may do then."""

from __future__ import annotations

from collections.abc import Callable

import solara

from trustsim.app.components.live import Live, use_kept
from trustsim.app.components.teach.advance import Advance
from trustsim.app.components.teach.briefing import Briefing
from trustsim.app.components.teach.dashboard import Dashboard
from trustsim.app.components.teach.debrief import Debriefing
from trustsim.app.components.teach.head import Head
from trustsim.app.components.teach.moves import Moves
from trustsim.app.components.teach.prediction import Predict
from trustsim.app.components.teach.reflection import Reflect
from trustsim.app.components.teach.reveal import Announced, Reveal
from trustsim.app.components.teach.seats import Seats
from trustsim.app.components.teach.steps import Steps, use_steps
from trustsim.app.rooms import Team, the_rooms
from trustsim.app.service.games import played
from trustsim.game import SITUATIONS, Game, Played
from trustsim.report.words import capital
from trustsim.worlds.engine import is_compiling

__all__ = ["Playing"]


@solara.component
def Playing(token: str, seat: str, on_seat: Callable[[str], None]) -> None:
    """Show a team's game from a seat.

    Parameters
    ----------
    token, seat : str
        Of the link; without a seat, the two are offered.
    on_seat : callable
        Takes a seat, or "" for the choice of one.
    """
    visitor = solara.use_memo(solara.get_session_id, [])
    live: Live[Team] = use_kept(the_rooms().team, token, seat)
    team = live.value
    steps = use_steps(token, seat, live)
    outcome = use_played(team.game if team else None, visitor)
    if team is None:
        Waiting(live.error)
        return
    is_shown = outcome is not None and outcome.game == team.game
    working = "" if is_shown or not seat else _working(team.game)
    Head(team, steps, working, lambda: on_seat(""))
    if not seat:
        Seats(team, on_seat)
    elif team.game.is_over and not team.game.wants_reflection:
        Debriefing(token, team, visitor)
        if outcome is not None:
            with solara.Div(classes=["ts-teach-pair"]):
                Reveal(outcome, seat, steps.arrived if is_shown else 0)
                Dashboard(outcome, seat)
    else:
        Quarter(team, seat, outcome, steps, frozen=not is_shown)


@solara.component
def Quarter(team: Team, seat: str, outcome: Played | None, steps: Steps, frozen: bool) -> None:
    """Show a quarter: what came of the last, how the hospital is, what to do, what to expect."""
    game = team.game
    with solara.Div(classes=["ts-teach-pair"]):
        with solara.Div(classes=["ts-teach-column"]):
            if outcome is not None and outcome.game.quarter:
                Reveal(outcome, seat, 0 if frozen else steps.arrived)
            Briefing(game, seat).key("briefing")
            if outcome is not None:
                Dashboard(outcome, seat).key("dashboard")
        with solara.Div(classes=["ts-teach-column"]):
            if game.wants_reflection:
                Reflect(game, steps.reflect)
                return
            if SITUATIONS[game.setup.situation].announced(game.quarter):
                Announced(game)
            Moves(game, team.draft.picks, frozen, steps.pick, steps.pick_all)
            Predict(team.draft, seat, outcome, frozen, steps.guess)
            Advance(team, seat, frozen, steps.advance)


@solara.component
def Waiting(error: str) -> None:
    """Say that the game is being read, or why it cannot be."""
    with solara.Div(classes=["ts-card"]):
        solara.v.Html(tag="p", attributes={"role": "status"}, children=[capital(error) or "Looking for your game ..."])
        if error:
            solara.v.Html(tag="a", attributes={"href": "/teach"}, children=["Join with a code, or play alone"])


def use_played(game: Game | None, visitor: str) -> Played | None:
    """Return what became of a game, or of the one before as long as that is being worked out."""
    task = solara.lab.use_task(
        lambda: played(game, visitor) if game else None, dependencies=[game], prefer_threaded=True
    )
    if task.error and task.exception:
        raise task.exception
    last = solara.use_ref(None)
    if task.finished and task.value is not None:
        last.current = task.value
    outcome: Played | None = last.current
    return outcome


def _working(game: Game) -> str:
    if is_compiling():
        return "Compiling the model, the first time on this machine only: half a minute ..."
    return f"Quarter {game.quarter} goes by ..." if game.quarter else "The hospital opens ..."
