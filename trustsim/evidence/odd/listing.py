"""What a function does, statement by statement, as its author wrote it."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

__all__ = ["call", "listing", "statements"]


def call(function: Callable[..., Any]) -> str:
    """Return how a function is called: ``"believe(belief, perceived, gain, loss, gate)"``."""
    definition, _ = _definition(function)
    return f"{definition.name}({_arguments(definition)})"


def listing(function: Callable[..., Any]) -> str:
    """Return a function without annotations, decorators and docstring, comments kept."""
    definition, _ = _definition(function)
    body = textwrap.indent(statements(function) or "...", "    ")
    return f"def {definition.name}({_arguments(definition)}):\n{body}"


def statements(function: Callable[..., Any]) -> str:
    """Return the body of a function without its docstring; empty if it does nothing."""
    definition, lines = _definition(function)
    first = definition.body[0]
    is_documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or 0) if is_documented else first.lineno - 1
    return textwrap.dedent("\n".join(lines[start : definition.end_lineno])).strip("\n")


@cache
def _definition(function: Callable[..., Any]) -> tuple[ast.FunctionDef, list[str]]:
    source = textwrap.dedent(inspect.getsource(function))
    definition = ast.parse(source).body[0]
    if not isinstance(definition, ast.FunctionDef):
        raise TypeError(f"{function} is not defined by def")
    return definition, source.splitlines()


def _arguments(definition: ast.FunctionDef) -> str:
    given = definition.args
    for argument in (*given.posonlyargs, *given.args, *given.kwonlyargs):
        argument.annotation = None
    return ast.unparse(given)
