"""Convergence: indices of the designs inside a design, narrower as rows are added."""
# ruff: noqa: N806 - X and Y are the names of a design and its outcomes in this field

import numpy as np

from trustsim.analysis import convergence, sobol
from trustsim.sampling import sobol as design
from trustsim.sampling.benchmarks import Ishigami

FUNCTION = Ishigami()


def test_each_size_has_the_indices_of_the_smaller_design():
    X = design.sample(FUNCTION.problem, 128, seed=0)
    found = convergence.analyze(FUNCTION.problem, X, FUNCTION.evaluate(X), seed=0)
    small = design.sample(FUNCTION.problem, 64, seed=0)
    assert found.sizes == (32, 64, 128)
    alone = sobol.analyze(FUNCTION.problem, small, FUNCTION.evaluate(small), seed=0)
    assert found.indices[1].total.high.tobytes() == alone.total.high.tobytes()


def test_intervals_become_narrower_and_settle():
    X = design.sample(FUNCTION.problem, 512, seed=0)
    found = convergence.analyze(FUNCTION.problem, X, FUNCTION.evaluate(X), seed=0)
    assert found.widest()[-1] < 0.5 * found.widest()[0]
    assert found.settled(0.0) is None
    assert found.settled(found.widest()[-1]) == 512
    assert found.table().groupby("n").size().nunique() == 1


def test_a_size_at_which_too_many_runs_failed_is_left_out_and_said():
    X = design.sample(FUNCTION.problem, 128, seed=0)
    Y = FUNCTION.evaluate(X)
    Y[: 3 * len(X) // 128] = np.nan
    found = convergence.analyze(FUNCTION.problem, X, Y, seed=0)
    assert found.sizes == (64, 128)
    assert found.notices[0].startswith("n = 32 is left out: ")
