"""A game as JSON: what is kept, and what strangers may write."""

import json

import pytest

from trustsim.errors import InputError
from trustsim.game import Game, Pick, Prediction, Setup

CANDID = Pick("transparent_communication", "candid")


@pytest.fixture(scope="module")
def game() -> Game:
    played = Game(Setup("slow_erosion", "ceo", seed=2**64 - 1, mode="assessed"))
    played = played.commit([CANDID], [Prediction("clinician", "burnout_prevalence", -0.015)])
    return played.commit([CANDID]).reflect(("Ärger über \u201ealles\u201c \N{GRINNING FACE}", "", "</script>"))


def test_what_is_written_is_read_again(game):
    assert Game.from_json(game.to_json()) == game


def changed(game: Game, **keys: object) -> str:
    return json.dumps({**json.loads(game.to_json()), **keys})


HOSTILE = [
    "", "null", "[]", "{", "{}", '"' * 10, "\x00", "[" * 5000, "1e999", '{"trustsim_game": 2}', " " * 200_000,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_game_is_refused(text):
    with pytest.raises(InputError):
        Game.from_json(text)


@pytest.mark.parametrize(
    "keys",
    [
        {"turns": [{"picks": [{"move": "listening_tour", "variant": "followed"}] * 2}]},
        {"turns": [{"picks": [{"move": "huddles", "variant": "answered"}]}]},
        {"turns": [{"picks": [{"move": "__class__", "variant": "followed"}]}]},
        {"turns": [{"picks": []}] * 13},
        {"turns": [{"picks": [], "reflection": ["", "", ""]}]},
        {"turns": [{"picks": [], "reflection": ["x" * 501, "", ""]}]},
        {"turns": [{"picks": [], "predictions": [{"seat": "clinician", "measure": "cost", "change": 0.0}]}]},
        {"turns": [{"picks": [], "predictions": [{"seat": "clinician", "measure": "cost", "change": "0"}]}]},
        {"turns": [{"picks": [], "cheat": True}]},
        {"setup": {"situation": "slow_erosion", "role": "ceo", "seed": 1.5, "mode": "practice"}},
        {"setup": {"situation": "slow_erosion", "role": "ceo", "seed": -1, "mode": "practice"}},
        {"setup": {"situation": "slow_erosion", "role": "ceo", "seed": 1, "mode": "exam"}},
        {"cheat": 1},
    ],
    ids=str,
)
def test_what_breaks_the_rules_is_refused(game, keys):
    with pytest.raises(InputError):
        Game.from_json(changed(game, **keys))


def test_numbers_that_are_none_are_refused(game):
    for none in ("NaN", "Infinity", "1e400"):
        with pytest.raises(InputError):
            Game.from_json(game.to_json().replace("-0.015", none))
