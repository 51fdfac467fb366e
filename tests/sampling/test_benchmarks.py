"""Test functions have the indices that theory and their authors say."""
# ruff: noqa: N806 - a design is X in this field

import numpy as np
import pytest

from trustsim.sampling.benchmarks import Ishigami, SobolG, StochasticIshigami


def uniform(problem, n, seed):
    return problem.place(np.random.default_rng(seed).random((n, len(problem.names))))


def test_ishigami_has_the_published_indices():
    function = Ishigami()
    assert function.first == pytest.approx([0.3139, 0.4424, 0.0], abs=5e-5)
    assert function.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=5e-5)
    assert function.first.sum() + function.second.sum() == pytest.approx(1.0, abs=1e-12)


def test_sobols_g_has_the_published_indices():
    assert SobolG().first[:4] == pytest.approx([0.7162, 0.1790, 0.0237, 0.0072], abs=5e-5)
    assert SobolG().total[:4] == pytest.approx([0.7871, 0.2422, 0.0343, 0.0105], abs=5e-5)


@pytest.mark.parametrize("function", [Ishigami(), SobolG()])
def test_the_variance_on_paper_is_that_of_a_sample(function):
    # Twelve standard errors of a variance over 200,000 points: false alarms below one in 10^9.
    outcome = function.evaluate(uniform(function.problem, 200_000, seed=0))
    assert outcome.var() == pytest.approx(function.variance, rel=0.05)


@pytest.mark.parametrize("shared", [0.0, 1.0])
def test_luck_has_the_share_that_was_asked_for(shared):
    luck = StochasticIshigami(share=0.2, shared=shared)
    X = uniform(luck.problem, 200, seed=0)
    noise = luck.evaluate(X, 2000, seed=1) - luck.function.evaluate(X)[:, np.newaxis]
    # A variance from 2000 replicates has a relative standard error of 3 %: five of them.
    assert noise.var(axis=1).mean() == pytest.approx(luck.function.variance * 0.25, rel=0.16)
    assert np.allclose(noise, noise[0]) == (shared == 1.0)
