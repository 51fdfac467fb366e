"""Numbers as people read them."""

import math

import pytest

from trustsim.comparison import Effect
from trustsim.measures import MEASURES, NAMES
from trustsim.report import words


def effect(name: str, difference: float, half: float, baseline: float = 0.5) -> Effect:
    unit = MEASURES[name.split(".", maxsplit=1)[0]].unit
    return Effect(name, unit, baseline, baseline + difference, difference, difference - half, difference + half)


@pytest.mark.parametrize("name", NAMES)
def test_every_measure_has_a_name_and_a_unit_that_people_use(name):
    assert words.name_of(name)
    said = words.size(effect(name, 0.25, 0.05))
    assert "95 % interval" in said
    assert "_" not in words.name_of(name) + said


@pytest.mark.parametrize(
    ("name", "difference", "half", "said"),
    [
        ("trust_clinician_admin", 0.039, 0.008, "+3.9 points"),
        ("burnout_prevalence", -0.0214, 0.011, "\N{MINUS SIGN}2.1 percentage points"),
        ("turnover_annual", 0.012, 0.003, "+1.2 percentage points a year"),
        ("safety_events", -0.1, 0.02, "\N{MINUS SIGN}5.2 a year"),
        ("leader_hours", 21.2, 0.0, "+21.2 hours a week"),
        ("leader_hours", 0.0, 0.0, "0 hours a week"),
        ("cost", 6.05, 2.0, "+$315,000 a year"),
        ("cost", -30.0, 2.0, "\N{MINUS SIGN}$1.56 million a year"),
    ],
)
def test_a_difference_has_its_sign_its_unit_and_as_many_digits_as_it_deserves(name, difference, half, said):
    shown = words.signed(effect(name, difference, half))
    assert shown.text == said
    assert shown.value == difference


def test_a_fall_is_told_with_an_interval_of_falls():
    said = words.phrase(effect("burnout_prevalence", -0.02, 0.008))
    assert said == "clinicians' burnout fell by 2.0 percentage points (95 % interval 1.2 to 2.8)"


@pytest.mark.parametrize(
    ("name", "difference", "half", "meaning", "tone"),
    [
        ("trust_clinician_admin", 0.04, 0.01, "better, and more than chance", "better"),
        ("burnout_prevalence", 0.04, 0.01, "worse, and more than chance", "worse"),
        ("burnout_prevalence", 0.04, 0.05, words.NO_DIFFERENCE, "unclear"),
        ("leader_hours", 5.0, 1.0, "higher", "unclear"),
        ("silo_gap", 0.0, 0.0, "no difference at all", "unclear"),
    ],
)
def test_what_a_difference_means_depends_on_what_is_good_and_on_chance(name, difference, half, meaning, tone):
    assert words.verdict(effect(name, difference, half)) == meaning
    assert words.tone(effect(name, difference, half)) == tone


def test_a_single_replicate_has_no_interval_and_says_so():
    alone = effect("trust_clinician_admin", 0.04, math.nan)
    assert "no interval" in words.interval(alone)
    assert "no interval" in words.size(alone)
    assert words.verdict(alone) == words.NO_DIFFERENCE


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0 %"), (0.001, "less than 1 %"), (0.4, "40 %"), (0.999, "more than 99 %"), (1.0, "100 %")],
)
def test_nearly_nothing_is_not_nothing_and_nearly_all_is_not_all(share, said):
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("title", "inside"),
    [("A listening tour", "a listening tour"), ("AMA town halls", "AMA town halls"), ("Silos", "silos"), ("", "")],
)
def test_a_title_inside_a_sentence_starts_small_unless_with_initials(title, inside):
    assert words.lower(title) == inside
