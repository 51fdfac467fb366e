"""The documents by which others judge and rebuild the model: the ODD protocol and TRACE.

What code and data can tell is taken from them each time a document is written: processes, state variables, equations
and statements, parameters, levers, measures, interventions, findings, and how the model does against its targets. What
they cannot tell (why, and on what assumptions) stands in the templates. Nothing is dated and no number is typed, so a
document changes exactly when the model does.

- `docstrings`: what a docstring says, in its parts.
- `listing`: what a function does, statement by statement.
- `mechanisms`: rules, agents and episodes, ready to be told.
- `patterns`: targets, today's results, and the mechanisms suspected behind the misses.
- `analyses`: what the studies that ship found.
- `robustness`: whether effects keep their sign elsewhere.
- `contents`: the tables of the documents.
- `tables`: tables in Markdown.
- `writer`: the documents.
"""

from trustsim.evidence.odd.writer import DOCUMENTS, write

__all__ = ["DOCUMENTS", "write"]
