"""The rules of the game: budgets, rest, what is taken back and what is not."""

import pytest

from trustsim.errors import InputError
from trustsim.game import LONGEST_ANSWER, QUARTERS, Game, Pick, Prediction, Run, Setup

TOUR, LIGHT_TOUR, LISTENING = (Pick("listening_tour", key) for key in ("followed", "light", "listening_only"))
CANDID, SPIN = (Pick("transparent_communication", key) for key in ("candid", "reassuring"))
COUNCILS = Pick("shared_governance", "real")
ALONE = Pick("autocratic_decisions", "all")
TRAINING = Pick("leadership_training", "course")
DYADS, MONTHLY_DYADS = Pick("dyad_leadership", "weekly"), Pick("dyad_leadership", "monthly")
REPAIR, LETTER = Pick("trust_repair", "full"), Pick("trust_repair", "words")


def new(situation: str = "acute_crisis", role: str = "ceo", mode: str = "practice") -> Game:
    return Game(Setup(situation, role, mode=mode))


def after(game: Game, *quarters: tuple[Pick, ...]) -> Game:
    for picks in quarters:
        game = game.commit(picks)
    return game


def state(game: Game, pick: Pick) -> tuple[str, int | None]:
    offer = next(offer for offer in game.offers() if offer.pick == pick)
    assert bool(offer.why) == (offer.state != "open")
    return offer.state, offer.until


def test_a_new_leader_decides_the_first_of_twelve_quarters():
    game = new()
    assert (game.quarter, game.is_over) == (0, False)
    assert {offer.state for offer in game.offers()} == {"open", "closed"}


def test_after_twelve_quarters_it_is_over():
    game = after(new(), *[()] * QUARTERS)
    assert game.is_over
    assert game.offers() == ()
    with pytest.raises(InputError, match="all 12 quarters"):
        game.commit()


def test_a_budget_that_is_overdrawn_says_by_how_much():
    game = new()
    over = game.cost([TOUR, COUNCILS]).leader_hours - game.budget.leader_hours
    with pytest.raises(InputError, match=f"of 300 leader-hours, {over:.0f} too many"):
        game.commit([TOUR, COUNCILS])


def test_money_runs_out_too():
    chief_medical_officer = new(role="cmo")
    dear = [Pick("care_management", "weekly"), Pick("shared_dashboard", "together"), Pick("metric_walkthrough", "open")]
    assert chief_medical_officer.cost(dear).money < chief_medical_officer.budget.money
    nurse = new(role="nurse_executive")
    with pytest.raises(InputError, match="of 300 thousand dollars, "):
        nurse.commit([Pick("staffing_relief", "full"), Pick("resilience_training", "offered")])


def test_what_is_left_of_a_budget_is_lost():
    assert after(new(), (), ()).budget == new().budget


def test_each_role_has_moves_of_its_own():
    with pytest.raises(InputError, match="no move of the chief executive"):
        new().commit([Pick("huddles", "answered")])


def test_one_way_of_a_move_fits_in_a_quarter():
    with pytest.raises(InputError, match="picked twice"):
        new().commit([CANDID, SPIN])
    with pytest.raises(InputError, match="picked twice"):
        new().commit([CANDID, CANDID])


def test_what_was_begun_can_go_on_without_a_rest():
    game = after(new(), (LISTENING,), (LISTENING,))
    assert state(game, LISTENING) == ("continues", None)
    assert game.decisions == (Run(LISTENING, 0, 1),)


def test_to_change_the_way_of_it_a_tour_has_to_rest():
    game = after(new(), (LISTENING,))
    assert state(game, TOUR) == ("running other variant", 2)
    with pytest.raises(InputError, match="Listening tour cannot be picked in quarter 2"):
        game.commit([TOUR])
    assert state(after(game, ()), TOUR) == ("open", None)


def test_a_message_can_change_its_tone_at_once():
    assert state(after(new(), (SPIN,)), CANDID) == ("open", None)


def test_dyads_that_were_dropped_rest_for_half_a_year():
    game = after(new(role="cmo"), (DYADS,), ())
    assert state(game, DYADS) == state(game, MONTHLY_DYADS) == ("cooling", 3)
    game = after(game, ())
    assert state(game, DYADS) == ("open", None)
    assert after(game, (DYADS,)).decisions == (Run(DYADS, 0, 0), Run(DYADS, 3, 3))


def test_training_is_done_once():
    game = after(new(), (TRAINING,))
    assert state(game, TRAINING) == ("closed", None)
    assert state(after(game, (), ()), TRAINING) == ("closed", None)


def test_there_is_nothing_to_repair_before_something_broke():
    game = after(new(), ())
    assert state(game, REPAIR) == ("closed", None)
    assert state(after(game, ()), REPAIR) == ("open", None)


def test_an_apology_is_not_made_twice():
    broken = after(new(), (), ())
    assert state(after(broken, (LETTER,)), REPAIR) == ("closed", None)
    assert state(after(broken, (REPAIR,)), REPAIR) == ("continues", None)
    assert state(after(broken, (REPAIR,), ()), REPAIR) == ("closed", None)


def test_after_a_year_of_silence_it_is_too_late():
    broken = after(new(), (), ())
    assert state(after(broken, *[()] * 4), REPAIR) == ("open", None)
    assert state(after(broken, *[()] * 5), REPAIR) == ("closed", None)


def test_the_order_of_picks_makes_no_difference():
    assert new().commit([CANDID, ALONE]) == new().commit([ALONE, CANDID])


def test_a_card_of_three_questions_comes_after_every_second_quarter():
    game = after(new(), ())
    assert not game.wants_reflection
    game = after(game, ())
    assert game.wants_reflection
    assert len(game.questions) == 3
    answered = game.reflect(("We listened.", "", ""))
    assert not answered.wants_reflection
    assert answered.turns[-1].reflection == ("We listened.", "", "")
    assert not after(answered, ()).wants_reflection


def test_cards_differ():
    cards = {after(new(), *[()] * quarters).questions for quarters in range(2, QUARTERS + 1, 2)}
    assert len(cards) == 6


def test_a_card_can_be_skipped_or_passed_over():
    game = after(new(), (), ())
    assert not game.reflect(("", "", "")).wants_reflection
    assert after(game, ()).quarter == 3


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (("one",), "3 questions, not 1"),
        (("x" * (LONGEST_ANSWER + 1), "", ""), "up to 500"),
        (("", "\N{GRINNING FACE} \ud83d", ""), "half a character"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers, says):
    with pytest.raises(InputError, match=says):
        after(new(), (), ()).reflect(answers)


def test_without_a_card_there_is_nothing_to_answer():
    with pytest.raises(InputError, match="every second quarter"):
        after(new(), ()).reflect(("", "", ""))


@pytest.mark.parametrize(
    ("prediction", "says"),
    [
        (("nurse", "burnout_prevalence", 0.0), "no seat"),
        (("clinician", "burnout_prevalance", 0.0), "did you mean 'burnout_prevalence'"),
        (("clinician", "burnout_prevalence", 0.5), "from -0.2 to 0.2"),
        (("clinician", "burnout_prevalence", float("nan")), "from -0.2 to 0.2"),
    ],
)
def test_predictions_that_mean_nothing_are_refused(prediction, says):
    with pytest.raises(InputError, match=says):
        new().commit([], [Prediction(*prediction)])


def test_a_seat_predicts_once():
    twice = [Prediction("clinician", "burnout_prevalence", change) for change in (0.0, 0.1)]
    with pytest.raises(InputError, match="twice"):
        new().commit([], twice)


def test_in_practice_a_turn_is_taken_back_and_a_game_begun_anew():
    game = after(new(), (CANDID,), (COUNCILS,))
    assert game.undo() == after(new(), (CANDID,))
    assert game.restart() == new()
    with pytest.raises(InputError, match="no turn"):
        new().undo()


@pytest.mark.parametrize("step", [Game.undo, Game.restart])
def test_an_assessed_game_stands_as_it_was_played(step):
    with pytest.raises(InputError, match="assessed"):
        step(after(new(mode="assessed"), ()))


def test_a_log_that_no_play_led_to_cannot_be_made():
    good = after(new(), (LISTENING,), (CANDID,))
    with pytest.raises(InputError, match="quarter 2"):
        Game(good.setup, (good.turns[0], good.turns[0]._replace(picks=(TOUR,))))
    with pytest.raises(InputError, match="12 quarters"):
        Game(good.setup, good.turns[:1] * 13)
