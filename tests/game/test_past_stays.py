"""What was played stays played: weeks that a team has seen are the same to the bit when quarters are added."""

import numpy as np
import pytest

from trustsim.game import MOVES, QUARTERS, ROLES, SITUATIONS, Game, Pick, Setup, play
from trustsim.game.episodes import compiled
from trustsim.game.plans import allowed, picks_of
from trustsim.game.setup import first_week
from trustsim.simulation import run_worlds

ALL = [Pick(key, variant.key) for key, move in MOVES.items() for variant in move.variants]

GOES_ON = {"stops at once": 0, "stops after another quarter": 1, "stops a year later": 4}


def played(setup: Setup, plans: list) -> dict[str, np.ndarray]:
    """Return every measure in every week of plans of equal length, side by side."""
    return run_worlds([compiled(setup, plan) for plan in plans], setup.hospital()).hospital


def assert_past_stays(setup: Setup, shorter: list, longer: list):
    before, now = played(setup, shorter), played(setup, longer)
    weeks = first_week(len(shorter[0]))
    for measure, values in before.items():
        assert len(values) == weeks
        np.testing.assert_array_equal(values, now[measure][:weeks], err_msg=measure)


@pytest.mark.parametrize("situation", ["acute_crisis", "distrust_in_data"])
@pytest.mark.parametrize("then", GOES_ON)
def test_every_way_of_every_move_leaves_the_past_as_it_was(situation, then):
    # From quarter 5 on: in both situations the breach that a repair answers is out by then.
    plans = [[(), (), (), (), (), (pick,), (pick,)] for pick in ALL]
    longer = [plan + [(pick,)] * GOES_ON[then] + [()] for plan, pick in zip(plans, ALL, strict=True)]
    assert_past_stays(Setup(situation, "ceo"), plans, longer)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_whatever_a_team_decides_leaves_the_past_as_it_was(situation):
    luck, plans = np.random.default_rng(1), []
    for setup in [Setup(situation, role, seed=5) for role in ROLES] * 4:
        wanted = [{pick for pick in picks_of(setup) if luck.random() < 0.25} for _ in range(QUARTERS)]
        plans.append(allowed(setup, wanted, luck))
    assert_past_stays(Setup(situation, "ceo", seed=5), [plan[:7] for plan in plans], plans)


def test_a_game_shows_the_same_weeks_after_the_next_turn():
    game = Game(Setup("new_merger", "cmo")).commit([Pick("dyad_leadership", "weekly")])
    early, late = play(game), play(game.commit([Pick("dyad_leadership", "weekly")]))
    assert [early.dashboard(seat) for seat in ("clinician", "administrator")] == [
        late.dashboard(seat, 0) for seat in ("clinician", "administrator")
    ]


def test_undo_and_the_same_turn_again_gives_the_same_hospital():
    game = Game(Setup("new_merger", "cmo")).commit([Pick("dyad_leadership", "weekly")])
    again = Game.from_json(game.commit([]).undo().to_json())
    play.cache_clear()
    first = play(game)
    play.cache_clear()
    np.testing.assert_array_equal(first.series["exhaustion"], play(again).series["exhaustion"])
