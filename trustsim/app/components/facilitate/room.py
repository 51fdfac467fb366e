"""A room as its facilitator sees it."""

from __future__ import annotations

from collections.abc import Callable

import solara

from trustsim.app.components.facilitate.debriefing import Debriefing
from trustsim.app.components.facilitate.door import Door
from trustsim.app.components.facilitate.opening import SetUp
from trustsim.app.components.facilitate.spread import MEASURES_SHOWN, Spread, measures
from trustsim.app.components.facilitate.teams import Teams, use_outcomes
from trustsim.app.components.live import use_kept
from trustsim.app.rooms import GoneError, the_rooms
from trustsim.app.widgets import ChoiceW
from trustsim.errors import TrustsimError

__all__ = ["Room"]


@solara.component
def Room(token: str) -> None:
    """Show a room and all that its facilitator may do.

    Parameters
    ----------
    token : str
        The facilitator's.
    """
    visitor = solara.use_memo(solara.get_session_id, [])
    live = use_kept(the_rooms().view, token)
    said, say = solara.use_state("")
    measure, set_measure = solara.use_state(MEASURES_SHOWN[0])
    options = solara.use_memo(measures)
    view = live.value
    outcomes = use_outcomes(view.teams if view else (), visitor)

    def do(action: Callable[[], None], done: str) -> None:
        try:
            action()
            live.look()
        except GoneError:
            say("")  # closed, by this page or another; it is told so by itself
        except TrustsimError as trouble:
            say(f"That did not work: {trouble}.")
        else:
            say(done)

    def pause(paused: bool) -> None:
        do(lambda: the_rooms().pause(token, paused=paused), "Held for all teams." if paused else "The games go on.")

    def remove(partner_code: str) -> None:
        do(lambda: the_rooms().remove_team(token, partner_code), "The team is removed.")

    with solara.Div(classes=["ts-room-column"]):
        if view is None:
            Waiting(live.error)
            return
        Door(view, live.error or said, pause, lambda: do(lambda: the_rooms().close_room(token), ""))
        Teams(view, outcomes, remove)
        if any(team.game.turns for team in view.teams):
            with solara.Div(classes=["ts-card"]):
                solara.v.Html(tag="h2", children=["How the class spreads"])
                ChoiceW.element(
                    label="Measure",
                    value=measure,
                    options=options,
                    on_choice=lambda name: set_measure(name) if name in MEASURES_SHOWN else None,
                )
                Spread(view, outcomes, measure)
            Debriefing(view, visitor, measure).key("debrief")
        SetUp(view, token, live.look).key("setup")  # stays the same one when what is above comes and goes


@solara.component
def Waiting(error: str) -> None:
    """Say that the room is being looked for, or why there is none."""
    with solara.Div(classes=["ts-card"]):
        solara.v.Html(tag="p", attributes={"role": "status"}, children=[error or "Looking for the room ..."])
        if error:
            solara.v.Html(tag="a", attributes={"href": "/facilitate"}, children=["Open a room"])
