"""What is worked out for a whole class: its debrief pack, and what other luck would have made of its plans."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from statistics import mode
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.app.service.errand import Check, Note
from trustsim.app.service.fair_pool import shared_pool
from trustsim.app.service.games import found
from trustsim.errors import InputError
from trustsim.game import Game, Luck, pack
from trustsim.game.outcome import summary
from trustsim.game.portion import portion
from trustsim.game.readings import CARD_MEASURES
from trustsim.simulation import run_worlds

__all__ = ["ClassLuck", "Packed", "luck_of_class", "packed", "revealed"]

_SEARCH: Final = 0.5  # of the work on a pack
_PAGE: Final = "debrief.html"
_OTHERS: Final = 10  # hospitals
_NOTHING: Final = "no team has played a quarter yet"


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
        raise InputError(_NOTHING)
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


class ClassLuck(NamedTuple):
    """What the plans of a class change in its own hospital and in others.

    Attributes
    ----------
    quarters : int
        As many as all teams have played.
    teams : mapping of str to (mapping of str to Luck)
        By team and measure of the card.
    """

    quarters: int
    teams: Mapping[str, Mapping[str, Luck]]


def luck_of_class(
    games: Mapping[str, Game], tell: Callable[[float], None], executor: Executor | None = None
) -> ClassLuck:
    """Return what the same plans change with other luck, all of them side by side in each hospital.

    Parameters
    ----------
    games : mapping of str to Game
        By what the teams are called, all of one setup; those who have played nothing are left out.
    tell : callable
        Called with the share that is done; may raise to stop it.
    executor : concurrent.futures.Executor, optional
        Is given one hospital at a time; by default all is done here.

    Raises
    ------
    InputError
        If nobody has played a quarter.
    """
    played = {team: game for team, game in games.items() if game.turns}
    if not played:
        raise InputError(_NOTHING)
    quarters = min(game.quarter for game in played.values())
    alike = [replace(game, turns=game.turns[:quarters]) for game in played.values()]
    worlds = [alike[0].untouched(), *(game.scenario() for game in alike)]

    def card_of(hospital: int) -> Mapping[str, NDArray[np.float64]]:
        return summary(run_worlds(worlds, alike[0].setup.hospital(hospital)).hospital)

    cards = []
    for hospital in range(1 + _OTHERS):
        cards.append(portion(executor, card_of, hospital))
        tell((hospital + 1) / (1 + _OTHERS))
    return ClassLuck(
        quarters,
        {
            team: {
                measure: Luck(measure, *_split([float(card[measure][world] - card[measure][0]) for card in cards]))
                for measure in CARD_MEASURES
            }
            for world, team in enumerate(played, 1)
        },
    )


def _split(values: list[float]) -> tuple[float, tuple[float, ...]]:
    return values[0], tuple(values[1:])
