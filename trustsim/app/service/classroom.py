"""What is worked out for a whole class: its debrief pack, and what other luck would have made of its plans."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import mode
from typing import Final

from trustsim.app.service.errand import Check, Note
from trustsim.app.service.fair_pool import shared_pool
from trustsim.app.service.games import found
from trustsim.errors import InputError
from trustsim.game import Game, pack
from trustsim.game.class_luck import ClassLuck, luck_of_class

__all__ = ["Packed", "packed", "revealed"]

_SEARCH: Final = 0.5  # of the work on a pack
_PAGE: Final = "debrief.html"


@dataclass(frozen=True)
class Packed:
    """A debrief pack.

    Attributes
    ----------
    games : mapping of str to Game
        What it is of, by team.
    content : bytes
        Of a zip file.
    """

    games: Mapping[str, Game]
    content: bytes

    @property
    def page(self) -> bytes:
        """The debrief as one page."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return archive.read(_PAGE)


def packed(games: Mapping[str, Game], visitor: str, note: Note, check: Check) -> Packed:
    """Return the debrief pack of a class, with the best and the worst plan of as many quarters as most have played.

    Parameters
    ----------
    games : mapping of str to Game
        By what the teams are called; of one setup, and one of them played.
    visitor : str
        In whose turn at the machine it is worked out.
    note, check : callable
        See `Errand.start`.

    Raises
    ------
    InputError
        If nobody has played a quarter.
    """
    played = [game for game in games.values() if game.turns]
    if not played:
        raise InputError("no team has played a quarter yet")
    quarters = mode(game.quarter for game in played)
    doing = "Looking for the best and the worst plan, with hindsight ..."
    note(doing, 0.0)
    best = found(played[0].setup, visitor, lambda share: note(doing, _SEARCH * share), check, quarters=quarters)

    def tell(share: float) -> None:
        note("Working out what each decision did ...", _SEARCH + (1.0 - _SEARCH) * share)

    with shared_pool().share(visitor) as pool:
        return Packed(games, pack(games, best, tell, executor=pool))


def revealed(games: Mapping[str, Game], visitor: str, note: Note) -> ClassLuck:
    """Return `luck_of_class`, worked out in a visitor's turn at the machine."""
    with shared_pool().share(visitor) as pool:
        return luck_of_class(games, lambda share: note("Trying other hospitals ...", share), pool)
