"""A study file means what it looks like, or is refused with the place of what is wrong."""

import pytest

from trustsim.errors import InputError
from trustsim.sampling import Choices, Integers, Range
from trustsim.studies import load_study

HEAD = "scenario: visits.yaml\ndesign: {method: sobol, n: 4}\n"


def test_factors_are_settings_of_the_scenario_with_ranges_and_choices(write_study):
    text = "factors: {trust.gain: [0.01, 0.1], listening_tour.start: [0, 6], organization.units: {choices: [2, 3]}}\n"
    study = load_study(write_study(HEAD + text))
    assert study.problem.kinds == (Range(0.01, 0.1), Integers(0, 6), Choices((2, 3)))


def test_a_pattern_stands_for_many_settings_and_a_name_beats_it(write_study):
    study = load_study(write_study(HEAD + 'factors: {"trust.initial.*": full, trust.initial.peer: [0.6, 0.7]}\n'))
    kinds = dict(zip(study.problem.names, study.problem.kinds, strict=True))
    assert len(kinds) == 8
    assert kinds["trust.initial.line"] == Range(0.2, 0.9)
    assert kinds["trust.initial.peer"] == Range(0.6, 0.7)


def test_what_leaders_choose_leaves_the_baseline_alone(write_study):
    study = load_study(write_study())
    assert study.shared == {"trust.negativity"}


def test_a_factor_of_an_intervention_that_the_scenario_lacks_is_noted(write_study):
    study = load_study(write_study(HEAD + "factors: {trust.gain: full, town_hall.dose: [0, 1]}\n"))
    assert study.inert == ("town_hall.dose",)


def test_without_a_window_the_last_weeks_count(write_study):
    assert load_study(write_study(HEAD + "factors: {trust.gain: full}\n")).window == (0, 12)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("factors: {trust.negatvity: [1, 2]}", "3:11", "did you mean 'trust.negativity'"),
        ("factors: {weeks: [1, 2]}", "3:11", "the same for all worlds"),
        ("factors: {trust.negativity: [0, 9]}", "3:29", "outside 1 to 5"),
        ("factors: {trust.negativity: [2, 1]}", "3:29", "low end must be below"),
        ("factors: {trust.negativity: 3}", "3:29", "a factor is a range"),
        ("factors: {listening_tour.start: [0.5, 2]}", "3:33", "whole numbers"),
        ("factors: {town_hall.dose: [0, 1]}", "3:10", "no factor changes anything"),
        ("factors: {xyz.*: full}", "3:11", "matches no setting"),
        ("factors: {}", "3:10", "factors = {}"),
        ("factors: {trust.gain: full}\nwindow: [5, 20]", "4:9", "allowed is"),
        (
            "factors: {trust.gain: full}\nmeasures: [cost, burnout_prevalense]",
            "4:18",
            "did you mean 'burnout_prevalence'",
        ),
        ("factors: {trust.gain: full}\nmeasures: [cost, cost]", "4:18", "a second time"),
        ("factors: {trust.gain: full}\nreplicate: 3", "4:1", "did you mean 'replicates'"),
        ("factors: {trust.gain: full}\nreplicates: 0", "4:13", "replicates = 0"),
        ("factors: {trust.gain: full}\nbaseline: crisi", "4:11", "did you mean 'crisis'"),
        ("factors: {trust.gain: full}\nbaseline: baseline", "4:11", "must share both"),
    ],
)
def test_a_wrong_study_is_refused_where_it_is_wrong(write_study, text, place, said):
    path = write_study(f"{HEAD}{text}\n")
    with pytest.raises(InputError) as caught:
        load_study(path)
    assert str(caught.value).startswith(f"{path}:{place}: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("design", "place", "said"),
    [
        ("{method: sobl}", "3:18", "did you mean 'sobol'"),
        ("{method: sobol, m: 3}", "3:25", "unknown key m"),
        ("{method: morris, n: x}", "3:29", "n = 'x'"),
        ("sobol", "3:9", "given by its method"),
        ("{method: list, points: [{trust.gain: 9}]}", "3:9", "point 1"),
        ("{method: sobol, groups: {a: [voice.gain]}}", "3:9", "which is no factor"),
    ],
)
def test_a_wrong_design_is_refused_where_it_is_wrong(write_study, design, place, said):
    path = write_study(f"scenario: visits.yaml\nfactors: {{trust.gain: full}}\ndesign: {design}\n")
    with pytest.raises(InputError) as caught:
        load_study(path)
    assert str(caught.value).startswith(f"{path}:{place}: ")
    assert said in str(caught.value)


def test_the_scenario_of_a_study_is_looked_for_beside_it_first_then_by_name(write_study):
    assert load_study(write_study()).scenario.weeks == 12
    shipped = "scenario: listening_tour\nfactors: {trust.gain: full}\ndesign: {method: lhs, n: 4}\n"
    assert load_study(write_study(shipped)).scenario.weeks == 104
