"""What a member of a team may do, and what the page says when it does not go through."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

import solara

from trustsim.app.components.live import Live
from trustsim.app.components.teach.prediction import lacking
from trustsim.app.rooms import Draft, StaleError, Team, the_rooms
from trustsim.errors import TrustsimError
from trustsim.game import Game, Pick, Prediction
from trustsim.report.words import capital

__all__ = ["Steps", "use_steps"]

_STALE: Final = "Your partner was quicker. This is the game as it is now; nothing of yours was decided."


@dataclass(frozen=True)
class Steps:
    """What a page may do to the team's game.

    Attributes
    ----------
    token, seat : str
    live : Live
    said : str
        What is to be said: of this page's last step, or of what a partner did since.
    arrived : int
        The quarter that this page has decided last; 0 if none since it was opened.
    tell : callable
        Takes what is to be said.
    arrive : callable
        Takes where this page has brought the game: the number of quarters, and whether it decided one.
    """

    token: str
    seat: str
    live: Live[Team]
    said: str
    arrived: int
    tell: Callable[[str], None]
    arrive: Callable[[int, bool], None]

    def pick(self, move: str, variant: str) -> None:
        """Put a move into the draft, or take it out if no variant is wanted."""
        wanted = Pick(move, variant)
        if variant and not self._is_offered(wanted):
            return

        def edit(draft: Draft) -> Draft:
            others = tuple(each for each in draft.picks if each.move != move)
            return replace(draft, picks=(*others, wanted) if variant else others)

        self._draft(edit)

    def pick_all(self, picks: tuple[Pick, ...]) -> None:
        """Put picks into the draft, beside those of other moves."""
        taken = {pick.move for pick in picks}
        self._draft(
            lambda draft: replace(draft, picks=(*(each for each in draft.picks if each.move not in taken), *picks))
        )

    def guess(self, measure: str, change: float) -> None:
        """Put a prediction of this seat into the draft."""
        mine = Prediction(self.seat, measure, change)

        def edit(draft: Draft) -> Draft:
            others = (each for each in draft.predictions if (each.seat, each.measure) != (self.seat, measure))
            return replace(draft, predictions=(*others, mine))

        self._draft(edit)

    def advance(self, quarter: int) -> None:
        """Decide a quarter as the draft has it, unless it is decided already or this seat has not predicted it."""
        team = self.live.value
        if team is None:
            return
        if quarter != team.game.quarter:
            self.tell(_STALE)
        elif not lacking(team.draft, self.seat):
            self._try(lambda: self.arrive(the_rooms().commit(self.token, team.version, team.draft.picks).quarter, True))

    def back(self, how: str) -> None:
        """Take the last quarter back ("undo"), or all ("restart")."""
        team = self.live.value
        if team is None:
            return
        said = f"Quarter {team.game.quarter} was taken back." if how == "undo" else "You start over."

        edit = Game.undo if how == "undo" else Game.restart
        self._try(lambda: self.arrive(the_rooms().change(self.token, edit, team.version).quarter, False), said)

    def reflect(self, answers: tuple[str, ...]) -> None:
        """Keep answers to the questions, which may be empty."""
        team = self.live.value
        if team is not None:
            self._try(lambda: the_rooms().change(self.token, lambda game: game.reflect(answers), team.version))

    def _is_offered(self, pick: Pick) -> bool:
        team = self.live.value
        return team is not None and any(offer.pick == pick for offer in team.game.offers())

    def _draft(self, edit: Callable[[Draft], Draft]) -> None:
        team = self.live.value
        if team is not None:
            self._try(lambda: the_rooms().draft(self.token, edit, team.version))

    def _try(self, step: Callable[[], object], said: str = "") -> None:
        try:
            step()
        except StaleError:
            self.tell(_STALE)
        except TrustsimError as trouble:
            self.tell(f"{capital(str(trouble))}.")
        else:
            self.tell(said)
        with suppress(TrustsimError):  # what is wrong with the file or the link, the next look in a second says
            self.live.look()


def use_steps(token: str, seat: str, live: Live[Team]) -> Steps:
    """Return what this page may do; say so when the team's game moves on without it."""
    said, tell = solara.use_state("")
    arrived, set_arrived = solara.use_state(0)
    known = solara.use_ref(None)
    quarter = live.value.game.quarter if live.value else None

    def arrive(quarter: int, has_decided: bool) -> None:
        known.current = quarter
        set_arrived(quarter if has_decided else 0)

    def notice() -> None:
        before, known.current = known.current, quarter
        if before is not None and quarter is not None and before != quarter:
            is_on = quarter > before
            tell(f"Quarter {quarter} was decided." if is_on else f"You are back before quarter {quarter + 1}.")

    solara.use_effect(notice, [quarter])
    return Steps(token, seat, live, said, arrived, tell, arrive)
