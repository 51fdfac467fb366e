"""What may be varied in a hospital, how it is written down, and what is said when it is written down wrong."""

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.sampling import Choices, Integers, Problem, Range

STYLES = ["autocratic", "directive", "participative"]


def test_a_pair_of_numbers_is_a_range_and_a_list_of_words_is_a_choice():
    problem = Problem({"follow_through": (0, 1), "style": STYLES, "visits": Integers(0, 12)})
    assert problem.kinds == (Range(0.0, 1.0), Choices(tuple(STYLES)), Integers(0, 12))
    assert problem.bounds == ((0.0, 1.0), (0.0, 2.0), (0.0, 12.0))


def test_rows_are_read_back_as_what_they_set_without_the_dummy():
    problem = Problem({"follow_through": (0, 1), "style": STYLES, "visits": Integers(0, 12)})
    assert problem.decode(np.array([[0.25, 2.0, 7.0, 0.9]])) == [
        {"follow_through": 0.25, "style": "participative", "visits": 7}
    ]


@pytest.mark.parametrize("kind", [Integers(3, 7), Choices(("a", "b", "c"))])
def test_whole_numbers_and_choices_come_up_equally_often_and_never_leave_their_ends(kind):
    n = len(kind.levels(99))
    codes = kind.at(np.append(np.arange(0.0, 1.0, 1.0 / (4 * n)) + 1e-9, 1.0))
    low, high = kind.bounds
    values, counts = np.unique(codes[:-1], return_counts=True)
    assert (values[0], values[-1], codes[-1]) == (low, high, high)
    assert set(counts) == {4}


@pytest.mark.parametrize("kind", [Range(-1.0, 2.0), Integers(-1, 2), Choices((2, "b", True))])
def test_a_code_and_its_value_are_each_others_inverse(kind):
    for code in kind.levels(4):
        assert kind.code(kind.value(code)) == code


def test_members_of_a_group_share_its_name_and_others_keep_their_own():
    problem = Problem({"gain": (0, 1), "style": STYLES, "loss": (0, 1)}, {"trust": ["gain", "loss"]})
    assert problem.groups == ("trust", "style", "trust")


WRONG = [
    ({}, None, "at least one factor"),
    ({"dummy": (0, 1)}, None, "no factor can be called 'dummy'"),
    ({"x": (1, 0)}, None, r"factor 'x': .* \[1.0, 0.0\], its low end must be below"),
    ({"x": (0, float("nan"))}, None, "factor 'x': .* must be finite"),
    ({"x": "autocratic"}, None, "factor 'x': found 'autocratic'; a factor is a range"),
    ({"x": ["a"]}, None, "factor 'x': .* two or more different"),
    ({"x": [["a"], ["b"]]}, None, "factor 'x': .* a choice is a number, a word, or true or false"),
    ({"x": ["a", "a"]}, None, "factor 'x': .* two or more different"),
    ({"gain": (0, 1)}, {"g": ["gian"]}, "group 'g' has 'gian', which is no factor; did you mean 'gain'"),
    ({"a": (0, 1)}, {"g": ["a"], "h": ["a"]}, "in the groups 'g' and 'h'; one is allowed"),
    ({"a": (0, 1), "b": (0, 1)}, {"b": ["a"]}, "has the name of a factor outside it"),
    ({"a": (0, 1)}, {"dummy": ["a"]}, "has the name of a factor outside it"),
]


@pytest.mark.parametrize(("factors", "groups", "message"), WRONG)
def test_a_wrong_problem_is_refused_in_words(factors, groups, message):
    with pytest.raises(InputError, match=message):
        Problem(factors, groups)


@pytest.mark.parametrize(("low", "high"), [(0, 1.5), (0.5, 2), (True, 4)])
def test_whole_numbers_need_whole_ends(low, high):
    with pytest.raises(InputError, match=r"whole numbers|finite numbers"):
        Integers(low, high)


@pytest.mark.parametrize("shape", [(3,), (3, 1), (3, 4)])
def test_a_design_of_another_width_is_refused(shape):
    with pytest.raises(InputError, match="needed are 2 columns"):
        Problem({"a": (0, 1), "b": (0, 1)}).columns(np.zeros(shape))


@pytest.mark.parametrize("wrong", [-0.1, 1.1, np.nan])
def test_a_design_outside_the_bounds_is_refused(wrong):
    with pytest.raises(
        InputError, match=r"column 1 of the design X has numbers outside the bounds \(0.0, 1.0\) of 'b'"
    ):
        Problem({"a": (0, 1), "b": (0, 1)}).columns(np.array([[0.5, 0.5], [0.5, wrong]]))


def test_the_upper_end_of_a_range_is_its_end_and_nothing_above_it():
    # In floating point 0.3 + (0.9 - 0.3) is more than 0.9.
    assert Range(0.3, 0.9).at(np.array([0.0, 1.0])).tolist() == [0.3, 0.9]
