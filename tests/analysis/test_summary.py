"""A page of words: what matters first, what cannot be told from zero said so, and never a bare negative."""
# ruff: noqa: N806 - X and Y are the names of a design and its outcomes in this field

import re

import numpy as np
import pytest

from trustsim.analysis import convergence, dose_response, effects, morris, sobol, summary
from trustsim.errors import InputError
from trustsim.sampling import lhs
from trustsim.sampling import morris as trajectories
from trustsim.sampling import sobol as saltelli


@pytest.fixture
def findings(hospital, trust):
    S, M = saltelli.sample(hospital, 64, seed=0), trajectories.sample(hospital, 10, seed=0)
    L = lhs.sample(hospital, 60, seed=0)
    return [
        sobol.analyze(hospital, S, trust(S, 10), seed=0),
        convergence.analyze(hospital, S, trust(S, 10), seed=0),
        morris.analyze(hospital, M, trust(M, 10), seed=0),
        dose_response.analyze(hospital, L, trust(L, 10), seed=0, factor="follow_through"),
        effects.analyze(hospital, L[:4], trust(L[:4], 10), seed=0),
    ]


def test_a_summary_is_a_page_and_says_what_matters_and_what_does_not(findings):
    text = summary(findings, outcome="trust", question="What builds trust?")
    assert text.startswith("What builds trust?\n")
    assert len(text.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 100
    assert text.index("follow_through: ") < text.index("style: ")
    assert "Not distinguishable from zero: parking (at most 0.0%)." in text
    assert "- Along follow_through: " in text
    assert "; it first crosses zero at " in " ".join(text.split())
    assert "- The dummy factor is not distinguishable from zero: exactly 0" in text


def test_no_share_is_negative_or_above_all(hospital):
    X = saltelli.sample(hospital, 16, seed=0, second_order=True)
    Y = np.random.default_rng(0).standard_normal((len(X), 2)) + X[:, :1]
    found = sobol.analyze(hospital, X, Y, seed=0, common_luck=False)
    assert found.first.low.min() < 0.0
    assert found.total.high.max() > 1.0
    text = summary([found], outcome="trust")
    assert not re.search(r"-\d", text)
    assert all(float(percent) <= 100.0 for percent in re.findall(r"([\d.]+)%", text))


def test_nothing_found_is_said(hospital):
    X = saltelli.sample(hospital, 8, seed=0)
    text = summary([sobol.analyze(hospital, X, np.ones(len(X)), seed=0)], outcome="trust")
    assert "No factor's effect is distinguishable from zero." in text
    assert "Note: the outcome is the same" in text
    assert "run more" in text


def test_a_summary_of_nothing_is_refused():
    with pytest.raises(InputError, match="at least one finding"):
        summary([], outcome="trust")
    with pytest.raises(InputError, match="found str about trust"):
        summary(["trust rises"], outcome="trust")


def test_a_dummy_that_seems_to_decide_something_is_said_to_be_a_warning(hospital, trust):
    X = saltelli.sample(hospital, 16, seed=0)
    Y = trust(X, 3)
    dummy_moves = X[:, -1] != np.repeat(X[:: len(hospital.names) + 3, -1], len(hospital.names) + 3)
    Y[dummy_moves] += 5.0
    text = summary([sobol.analyze(hospital, X, Y, seed=0)], outcome="trust")
    assert "The dummy factor changes nothing and seems to decide " in text


def test_of_many_points_the_ends_are_told_and_of_few_all_by_what_they_set(hospital, trust):
    X = lhs.sample(hospital, 30, seed=0)
    many = summary([effects.analyze(hospital, X, trust(X, 10), seed=0)], outcome="trust")
    lowest, highest = (line for line in many.splitlines() if line.startswith(("- Lowest: ", "- Highest: ")))
    assert "follow_through 0." in lowest
    assert "style open" in highest
    few = summary([effects.analyze(hospital, X[:3], trust(X[:3], 10), seed=0)], outcome="trust")
    assert few.count(", d = ") == 2


def test_of_a_factor_of_names_every_level_is_told(hospital, trust):
    X = lhs.sample(hospital, 60, seed=0)
    found = dose_response.analyze(hospital, X, trust(X, 10), seed=0, factor="style")
    assert (found.levels, found.break_even) == (("autocratic", "participative", "open"), None)
    assert found.table()["dose"].tolist() == ["autocratic", "participative", "open"]
    told = " ".join(summary([found], outcome="trust").split())
    assert "By style: autocratic " in told
    assert told.index("autocratic") < told.index("participative") < told.index("open ")
