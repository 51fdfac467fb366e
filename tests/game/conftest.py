"""A game that was played to the end, by a team that tried several things."""

import pytest

from trustsim.game import PREDICTED, SEATS, Game, Pick, Prediction, Setup

ALONE = Pick("autocratic_decisions", "all")
COUNCILS, CANDID = Pick("shared_governance", "real"), Pick("transparent_communication", "candid")
LISTENING = Pick("listening_tour", "listening_only")


@pytest.fixture(scope="session")
def crisis() -> Game:
    """The crisis, led alone at first, then with councils, with a tour in between from which nothing came."""
    game = Game(Setup("acute_crisis", "ceo", seed=1))
    for picks in ([ALONE], *[[COUNCILS, CANDID]] * 4, *[[LISTENING]] * 2, *[[COUNCILS, CANDID]] * 5):
        game = game.commit(picks, [Prediction(seat, measure, 0.03) for seat in SEATS for measure in PREDICTED])
        if game.wants_reflection:
            game = game.reflect(("=1+1 is what we thought", "<b>Nothing</b>", "\N{FULLWIDTH EQUALS SIGN}2+2"))
    return game
