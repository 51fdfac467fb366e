"""The situations, roles and moves that ship: what they promise to those who play."""

import pytest

from trustsim.errors import InputError
from trustsim.game import MOVES, PREDICTED, QUARTERS, ROLES, SITUATIONS, Pick, Setup, price
from trustsim.game.setup import first_week
from trustsim.measures import MEASURES


def test_there_are_four_situations_and_three_roles():
    assert list(SITUATIONS) == ["slow_erosion", "acute_crisis", "new_merger", "distrust_in_data"]
    assert list(ROLES) == ["ceo", "cmo", "nurse_executive"]


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=lambda one: one.key)
def test_a_briefing_can_be_read_in_half_a_minute(situation):
    assert 60 <= len(situation.briefing.split()) <= 110
    assert "\n" not in situation.briefing


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=lambda one: one.key)
def test_what_happens_in_mid_game_is_announced_when_it_starts_or_the_quarter_before(situation):
    announced = {event.quarter for event in situation.events}
    assert announced <= set(range(QUARTERS))
    for shock in situation.shocks:
        if shock.start > first_week(1):
            quarter = (shock.start - first_week(0)) // 13
            assert announced & {quarter, quarter - 1}, shock.kind


@pytest.mark.parametrize("situation", SITUATIONS.values(), ids=lambda one: one.key)
def test_a_breach_comes_out_when_the_team_that_has_to_answer_it_decides(situation):
    breaches = [shock.start for shock in situation.shocks if shock.kind == "breach_of_trust"]
    assert breaches
    assert {(week - first_week(0)) % 13 for week in breaches} == {0}
    assert all(situation.announced((week - first_week(0)) // 13) for week in breaches)


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda one: one.key)
def test_a_role_has_six_to_nine_moves_and_cannot_afford_them_all(role):
    assert 6 <= len(role.moves) <= 9
    assert set(role.moves) <= set(MOVES)
    cheapest = [
        min(price(Pick(key, variant.key)).leader_hours for variant in MOVES[key].variants) for key in role.moves
    ]
    assert sum(cheapest) > 1.2 * role.leader_hours


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda one: one.key)
def test_a_role_can_afford_each_of_its_moves_by_itself(role):
    for key in role.moves:
        for variant in MOVES[key].variants:
            cost = price(Pick(key, variant.key))
            assert cost.leader_hours <= role.leader_hours, (key, variant.key)
            assert cost.money <= role.money, (key, variant.key)


def test_moves_are_few_and_each_is_somebodys():
    assert 8 <= len(MOVES) <= 14
    assert set(MOVES) == {key for role in ROLES.values() for key in role.moves}
    assert all(move.backfires for move in MOVES.values())


def test_predicted_measures_are_recorded_ones():
    assert set(PREDICTED) <= set(MEASURES)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"situation": "slow_erosoin"}, "did you mean 'slow_erosion'"),
        ({"role": "cfo"}, "ceo, cmo, nurse_executive|did you mean"),
        ({"mode": "exam"}, "practice"),
        ({"seed": -1}, "seed"),
        ({"seed": True}, "seed"),
    ],
)
def test_a_setup_that_does_not_exist_is_refused_with_what_there_is(wrong, says):
    with pytest.raises(InputError, match=says):
        Setup(**{"situation": "slow_erosion", "role": "ceo", **wrong})


def test_a_variant_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'answered'"):
        price(Pick("huddles", "answerd"))
    with pytest.raises(InputError, match="did you mean 'huddles'"):
        price(Pick("hudles", "answered"))


def test_a_course_takes_its_time_once():
    course = Pick("leadership_training", "course")
    assert price(course).leader_hours > 200.0
    assert price(course, running=1) == (0.0, 0.0, 0.0)
