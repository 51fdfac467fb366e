"""What became of games, worked out off the threads of pages: once, for all who ask for the same.

Each function waits for the visitor's turn at the machine, so it is called from a thread that may wait: that of a task
or of an `trustsim.app.service.errand.Errand`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from trustsim.app.service.fair_pool import shared_pool
from trustsim.app.service.memory import Memory
from trustsim.game import QUARTERS, Debrief, Found, Game, Played, Setup, debrief, debrief_report, play, search
from trustsim.report.blocks import Report

__all__ = ["found", "found_before", "played", "reported"]

_T = TypeVar("_T")
_Tell = Callable[[float], None]
_Check = Callable[[], None]

_played: Final = Memory[Played](128)
_found: Final = Memory[Found](16)
_debriefs: Final = Memory[Debrief](16)
_reports: Final = Memory[Report](32)


def played(game: Game, visitor: str) -> Played:
    """Return what became of a game.

    Parameters
    ----------
    game : Game
    visitor : str
        In whose turn it is worked out.
    """
    return _played.get(game, lambda: _in_turn(visitor, lambda: play(game)), lambda: None)


def found(setup: Setup, visitor: str, tell: _Tell, check: _Check, *, quarters: int = QUARTERS) -> Found:
    """Return the best and the worst plan of a setup that a search finds.

    Parameters
    ----------
    setup : Setup
    visitor : str
        In whose turn it is searched.
    tell : callable
        Called with the share that is done; may raise to stop.
    check : callable
        Called while somebody else's search for the same is waited for; raises to stop.
    quarters : int
        How long a plan is; a class may run out of time.
    """
    alike = _alike(setup)

    def work() -> Found:
        with shared_pool().share(visitor) as share:
            return search(alike, tell, check, quarters=quarters, executor=share)

    return _found.get((alike, quarters), work, check)


def found_before(setup: Setup) -> Found | None:
    """Return what `found` found for all quarters for somebody before, if anything."""
    return _found.known((_alike(setup), QUARTERS))


def reported(
    game: Game,
    visitor: str,
    tell: _Tell,
    check: _Check,
    *,
    team: str,
    rivals: Mapping[str, Game],
    best: Found | None = None,
) -> Report:
    """Return the debrief of a game, laid out.

    Parameters
    ----------
    game : Game
    visitor : str
        In whose turn it is worked out.
    tell, check : callable
        As `found`.
    team : str
        What the team is called.
    rivals : mapping of str to Game
        The other teams, by name.
    best : Found, optional
        What `found` found.
    """
    key = (game, tuple(rivals.items()), team)

    def work() -> Debrief:
        return _in_turn(visitor, lambda: debrief(game, rivals, None, tell, team=team))

    def lay_out() -> Report:
        learned = replace(_debriefs.get(key, work, check), found=best)
        return _in_turn(visitor, lambda: debrief_report(learned))

    return _reports.get((*key, best is None), lay_out, check)


def _alike(setup: Setup) -> Setup:
    """Return the setup of all games that have the same plans: the mode is about what a team may take back."""
    return replace(setup, mode="practice")


def _in_turn(visitor: str, work: Callable[[], _T]) -> _T:
    with shared_pool().share(visitor) as share:
        return share.submit(work).result()
