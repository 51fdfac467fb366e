"""Dose and response: where listening begins to pay."""
# ruff: noqa: N803, N806 - X and Y are the names of a design and its outcomes in this field

import numpy as np
import pytest

from trustsim.analysis import dose_response
from trustsim.errors import InputError, WorkError
from trustsim.sampling import Choices, Integers, Problem, grid, lhs, sobol

PROBLEM = Problem({"resolution_rate": (0.0, 1.0), "visits": Integers(0, 4), "parking": (0.0, 1.0)})


def effect_of_listening(X: np.ndarray, replicates: int = 5, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    luck = 0.1 * rng.standard_normal((1, replicates)) + 0.3 * rng.standard_normal((len(X), replicates))
    return X[:, :1] - 0.4 + luck


def analyze(X: np.ndarray, Y: np.ndarray, **options):
    return dose_response.analyze(PROBLEM, X, Y, **{"seed": 0, "factor": "resolution_rate"} | options)


def test_break_even_is_found_where_the_effect_changes_sign():
    X = lhs.sample(PROBLEM, 300, seed=0)
    found = analyze(X, X[:, 0] - 0.4)
    assert found.break_even[0] == pytest.approx(0.4, abs=1e-9)
    assert found.crossing == 1.0
    assert found.dose == pytest.approx(np.arange(0.05, 1.0, 0.1), abs=0.01)


def test_the_interval_of_break_even_holds_the_truth():
    # 200 intervals of 95 %: fewer than 173 hold the truth once in a million.
    hits = 0
    for seed in range(200):
        X = lhs.sample(PROBLEM, 80, seed=seed)
        _, low, high = analyze(X, effect_of_listening(X, 10, seed), seed=seed, resamples=100, bins=5).break_even
        hits += low <= 0.4 <= high
    assert hits >= 173


def test_a_response_that_does_not_cross_has_no_break_even():
    X = lhs.sample(PROBLEM, 100, seed=0)
    found = analyze(X, X[:, 0] + 1.0)
    assert (found.break_even, found.crossing) == (None, 0.0)


def test_a_doubtful_crossing_says_how_often_it_is_there():
    X = lhs.sample(PROBLEM, 60, seed=0)
    found = analyze(X, effect_of_listening(X, 2) + 0.35, bins=4)
    assert 0.0 < found.crossing < 1.0


@pytest.mark.parametrize(
    ("response", "at"),
    [
        ([-1, 1, 3], 0.5),
        ([1, -1, 1], 0.5),
        ([1, 0, -1], 1.0),
        ([-1, 0, 0], 1.0),
        ([0, 1, 2], np.nan),
        ([0, 0, 0], np.nan),
    ],
)
def test_the_first_crossing_is_taken_on_straight_lines(response, at):
    found = dose_response.first_crossing(np.arange(3.0), np.array(response, dtype=float))
    assert found == pytest.approx(at, nan_ok=True)


def test_whole_numbers_have_a_bin_each():
    X = lhs.sample(PROBLEM, 100, seed=0)
    found = analyze(X, X[:, 1] ** 2, factor="visits")
    assert found.dose.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert found.response.value == pytest.approx([0.0, 1.0, 4.0, 9.0, 16.0])
    assert sum(found.points) == 100


def test_points_of_a_base_row_are_resampled_together():
    X = sobol.sample(PROBLEM, 64, seed=0)
    Y = effect_of_listening(X, 1)[:, 0] * 0.0 + np.repeat(np.random.default_rng(0).standard_normal(64), 6)
    alone, together = (analyze(X, Y, block=block).response for block in (1, 6))
    assert (together.high - together.low).mean() > 1.2 * (alone.high - alone.low).mean()


@pytest.mark.parametrize("seed", [0, 7])
def test_the_same_seed_gives_the_same_bytes(seed):
    X = lhs.sample(PROBLEM, 50, seed=0)
    one, same, other = (analyze(X, effect_of_listening(X), seed=s).response.low for s in (seed, seed, seed + 1))
    assert one.tobytes() == same.tobytes() != other.tobytes()


def test_failed_runs_are_left_out_or_refused():
    X = lhs.sample(PROBLEM, 100, seed=0)
    Y = effect_of_listening(X)
    Y[3, 0] = np.nan
    assert sum(analyze(X, Y).points) == 99
    with pytest.raises(WorkError, match="blocks of points"):
        analyze(X, np.where(X[:, :1] < 0.2, np.nan, Y))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"factor": "resolution_rat"}, "no factor is called 'resolution_rat'; did you mean 'resolution_rate'"),
        ({"bins": 1}, "needed are 2 bins"),
        ({"block": 7}, "whole blocks"),
    ],
)
def test_a_wrong_question_is_refused(options, message):
    X = lhs.sample(PROBLEM, 20, seed=0)
    with pytest.raises(InputError, match=message):
        analyze(X, np.zeros(20), **options)


def test_a_factor_that_does_not_vary_has_no_response():
    X = lhs.sample(PROBLEM, 20, seed=0)
    X[:, 0] = 0.5
    with pytest.raises(InputError, match="single value"):
        analyze(X, np.zeros(20))


def test_of_a_grid_the_interval_tells_luck_alone_and_not_the_other_factors():
    X = grid.sample(PROBLEM, 3, seed=0)
    Y = X[:, :1] + 2.0 * X[:, 1:2] + 0.1 * np.random.default_rng(0).standard_normal((1, 10))
    of_grid, of_sample = (analyze(X, Y, sampled=sampled).response for sampled in (False, True))
    assert (of_grid.high - of_grid.low).max() < 0.2
    assert (of_sample.high - of_sample.low).min() > 1.0


def test_choices_that_are_numbers_are_doses():
    problem = Problem({"weeks": Choices((13, 26, 52)), "parking": (0.0, 1.0)})
    X = grid.sample(problem, 3, seed=0)
    found = dose_response.analyze(problem, X, X[:, 0], seed=0, factor="weeks")
    assert found.levels == ()
    assert found.dose.tolist() == [13.0, 26.0, 52.0]
    assert found.response.value.tolist() == [0.0, 1.0, 2.0]
