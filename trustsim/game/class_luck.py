"""What other luck would have made of the plans of a class, all of them side by side in the same hospitals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError
from trustsim.game.debrief import Luck
from trustsim.game.game import Game
from trustsim.game.outcome import summary
from trustsim.game.portion import portion
from trustsim.game.readings import CARD_MEASURES
from trustsim.simulation import run_worlds

__all__ = ["ClassLuck", "luck_of_class"]

_OTHERS: Final = 10  # hospitals


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
        raise InputError("no team has played a quarter yet")
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
