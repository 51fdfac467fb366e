"""Designs: which points of the factors' ranges a study runs. Not for what their outcomes mean: that is `analysis`.

One module a method, each with ``sample(problem, n, *, seed, ...) -> X`` and ``size(problem, n, ...)``, the number of
points before they are drawn. ``X`` is ``(points, columns) float64``; `Problem.decode` turns its rows into settings.

>>> from trustsim.sampling import Problem, lhs
>>> problem = Problem({"follow_through": (0.0, 1.0), "style": ["autocratic", "participative"]})
>>> problem.decode(lhs.sample(problem, 8, seed=0))[0]  # doctest: +SKIP
{'follow_through': 0.46..., 'style': 'participative'}
"""

from __future__ import annotations

from trustsim.sampling import benchmarks, grid, lhs, listed, morris, sobol
from trustsim.sampling.factors import Choices, Factor, Integers, Range
from trustsim.sampling.notice import DesignNotice
from trustsim.sampling.problem import DUMMY, Problem

__all__ = [
    "DUMMY", "Choices", "DesignNotice", "Factor", "Integers", "Problem", "Range", "benchmarks", "grid", "lhs", "listed",
    "morris", "sobol",
]  # fmt: skip
