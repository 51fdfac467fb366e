"""A game as JSON, and back. What is read may come from anybody: it is checked as if it were played anew."""

from __future__ import annotations

import json
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from trustsim.errors import InputError
from trustsim.game.game import Game
from trustsim.game.moves import Pick
from trustsim.game.setup import QUARTERS, Mode, Setup
from trustsim.game.turns import LONGEST_ANSWER, Prediction, Turn
from trustsim.scenario import Scenario
from trustsim.scenario.messages import sentences
from trustsim.studies.files import as_text, written

__all__ = ["LONGEST", "as_yaml", "read", "write"]

LONGEST: Final = 100_000
"""Characters of a log; one with every answer at its longest has a fifth of that."""
_Name = Annotated[str, Field(max_length=80)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class _Pick(_Strict):
    move: _Name
    variant: _Name


class _Prediction(_Strict):
    seat: _Name
    measure: _Name
    change: float


class _Turn(_Strict):
    picks: list[_Pick] = Field(max_length=40)
    predictions: list[_Prediction] = Field(default=[], max_length=40)
    reflection: list[Annotated[str, Field(max_length=LONGEST_ANSWER)]] = Field(default=[], max_length=3)


class _Setup(_Strict):
    situation: _Name
    role: _Name
    seed: int
    mode: Mode


class _Log(_Strict):
    trustsim_game: Literal[1]
    setup: _Setup
    turns: list[_Turn] = Field(max_length=QUARTERS)


def write(game: Game) -> str:
    """Return the log of a game as JSON."""
    turns = [
        {
            "picks": [pick._asdict() for pick in turn.picks],
            "predictions": [prediction._asdict() for prediction in turn.predictions],
            "reflection": list(turn.reflection),
        }
        for turn in game.turns
    ]
    setup = game.setup
    of_setup = {"situation": setup.situation, "role": setup.role, "seed": setup.seed, "mode": setup.mode}
    return json.dumps({"trustsim_game": 1, "setup": of_setup, "turns": turns}, ensure_ascii=False)


def read(text: str) -> Game:
    """Return the game of a log.

    Raises
    ------
    InputError
        If it is none, or breaks the rules of the game.
    """
    if len(text) > LONGEST:
        raise InputError(f"a game has up to {LONGEST:,} characters, not {len(text):,}")
    try:
        log = _Log.model_validate_json(text)
    except ValidationError as error:
        raise InputError(f"this is no game of trustsim: {sentences(error, _Log)[0]}") from None
    turns = tuple(
        Turn(
            tuple(Pick(pick.move, pick.variant) for pick in turn.picks),
            tuple(Prediction(each.seat, each.measure, each.change) for each in turn.predictions),
            tuple(turn.reflection),
        )
        for turn in log.turns
    )
    return Game(Setup(**dict(log.setup)), turns)


def as_yaml(scenario: Scenario, baseline: str) -> str:
    """Return a scenario of a game as the file that ``trustsim run`` reads.

    Parameters
    ----------
    scenario : Scenario
        From `Game.scenario` or `Game.untouched`.
    baseline : str
        What it is compared with: the file, beside its own, of the hospital in which nobody decided anything.
    """
    text: dict[str, Any] = {"name": scenario.name, "title": scenario.title, "baseline": baseline}
    text |= {"weeks": scenario.weeks, "organization": dict(scenario.organization)}
    for key in ("interventions", "shocks"):
        text[key] = [written(episode) for episode in getattr(scenario, key)]
    return as_text(text)
