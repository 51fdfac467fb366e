"""What outcomes at a design mean: which factors matter, how much, and how sure that is. Not for designs: `sampling`.

One module a method, each with ``analyze(problem, X, Y, *, seed, ...)``: the problem and design of
`trustsim.sampling`, and outcomes ``(points, replicates) float64`` in the order of the design, with nan where a run
failed. Results are frozen and have a ``table()`` with low and high ends of intervals; `summary` puts them in words
and `figures` draws them. `replicates` plans how many are enough.

>>> import trustsim as ts
>>> found = ts.analysis.sobol.analyze(problem, X, Y, seed=1)  # doctest: +SKIP
>>> print(ts.analysis.summary([found], outcome="trust"))  # doctest: +SKIP
"""

from __future__ import annotations

from trustsim.analysis import convergence, dose_response, effects, figures, morris, replicates, sobol
from trustsim.analysis.intervals import Estimate
from trustsim.analysis.problem import Problem
from trustsim.analysis.summary import Finding, summary

__all__ = [
    "Estimate", "Finding", "Problem", "convergence", "dose_response", "effects", "figures", "morris", "replicates",
    "sobol", "summary",
]  # fmt: skip
