"""What the two seats see, what the card counts, and what became of predictions."""

import math

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.game import BEFORE, CARD, DASHBOARDS, SEATS, Game, Judged, Prediction, Setup, play, said, said_change
from trustsim.measures import MEASURES


def test_the_two_seats_have_nothing_in_common():
    assert tuple(DASHBOARDS) == SEATS
    assert not set(DASHBOARDS["administrator"]) & set(DASHBOARDS["clinician"])
    assert {name for measures in DASHBOARDS.values() for name in measures} <= set(MEASURES)


def test_before_the_first_turn_a_team_sees_where_the_hospital_stands():
    played = play(Game(Setup("slow_erosion", "ceo")))
    assert all(len(values) == BEFORE for values in played.series.values())
    for seat in SEATS:
        assert all(reading.change == 0.0 for reading in played.dashboard(seat))
    assert all(measure.gained == 0.0 for group in played.card() for measure in group.measures)


def test_who_decides_nothing_changes_nothing():
    played = play(Game(Setup("slow_erosion", "ceo")).commit().commit())
    for values in played.series.values():
        np.testing.assert_array_equal(values[:, 0], values[:, 1])


def test_a_change_is_the_last_four_weeks_against_the_last_four_before(crisis):
    played = play(crisis)
    weekly = played.series["trust_clinician_admin"][:, 0]
    second = weekly[BEFORE + 22 : BEFORE + 26].mean() - weekly[BEFORE + 9 : BEFORE + 13].mean()
    assert played.change("trust_clinician_admin", 1) == pytest.approx(second)
    reading = next(each for each in played.dashboard("clinician", 1) if each.measure == "trust_clinician_admin")
    assert reading.change == pytest.approx(second)
    assert reading.change_text == said_change("trust_clinician_admin", second)


def test_what_comes_in_single_events_counts_over_the_whole_quarter(crisis):
    played = play(crisis)
    weekly = played.series["cost"][:, 0]
    assert played.value("cost", 0) == pytest.approx(weekly[BEFORE : BEFORE + 13].mean())


def test_the_card_counts_levels_over_the_last_year_and_costs_over_all_of_it(crisis):
    played = play(crisis)
    card = {measure.measure: measure for group in played.card() for measure in group.measures}
    trust, cost = played.series["trust_clinician_admin"], played.series["cost"]
    assert card["trust_clinician_admin"].value == pytest.approx(trust[-52:, 0].mean())
    assert card["trust_clinician_admin"].gained == pytest.approx(trust[-52:, 0].mean() - trust[-52:, 1].mean())
    assert card["cost"].value == pytest.approx(cost[BEFORE:, 0].mean())
    assert card["cost"].start == pytest.approx(cost[:BEFORE, 0].mean())
    assert [group.key for group in played.card()] == list(CARD) == ["trust", "people", "patients", "money"]


def test_a_tone_says_whether_a_difference_is_good_news(crisis):
    for group in play(crisis).card():
        for measure in group.measures:
            better = measure.gained > 0.0 if measure.better == "up" else measure.gained < 0.0
            assert measure.tone == ("better" if better else "worse")


def test_predictions_are_held_against_what_happened(crisis):
    played = play(crisis)
    judged = played.predictions()
    assert len(judged) == 12 * 2 * 3
    first = judged[0]
    assert first.happened == played.change(first.prediction.measure, 0)
    assert first.error == first.prediction.change - first.happened


@pytest.mark.parametrize(
    ("predicted", "happened", "right"),
    [(0.02, 0.05, True), (0.02, -0.05, False), (0.0, 0.004, True), (0.004, 0.05, False), (-0.02, -0.006, True)],
)
def test_small_changes_count_as_none(predicted, happened, right):
    judged = Judged(0, Prediction("clinician", "trust_clinician_admin", predicted), happened)
    assert judged.right_direction is right


def test_a_quarter_that_is_not_played_is_refused(crisis):
    played = play(crisis)
    for quarter in (-2, 12):
        with pytest.raises(InputError, match="not played yet"):
            played.value("cost", quarter)
    with pytest.raises(InputError, match="did you mean 'workload'"):
        played.value("wrkload", 0)
    with pytest.raises(InputError, match="no seat"):
        played.dashboard("nurse")


def test_what_was_played_cannot_be_changed_by_who_looks_at_it(crisis):
    with pytest.raises(ValueError, match="read-only"):
        play(crisis).series["cost"][0, 0] = 0.0


def test_numbers_are_said_as_people_say_them():
    assert said("trust_clinician_admin", 0.5123) == "51.2 of 100"
    assert said("silo_gap", 0.00419) == "0.4 points"
    assert said("waiting_list", 0.0431) == "0.04 weeks of demand"
    assert said("cost", 100.0) == "$5.20 million a year"
    assert said_change("burnout_prevalence", -0.0151) == "\N{MINUS SIGN}1.5 percentage points"
    assert said_change("burnout_prevalence", -0.0001) == "0 percentage points"
    assert said_change("cost", 1.0) == "+$52,000 a year"
    assert said_change("resolution_rate", math.nan) == "unknown"
