"""What a function does, statement by statement, and the constants of a class, as their author wrote them."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any, Final

__all__ = ["call", "constants", "listing", "statements"]

_CONSTANT: Final = re.compile(r"^([A-Z][A-Z_]*): ClassVar(?:\[.*\])? = ", flags=re.MULTILINE)


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


def constants(kind: type[Any]) -> str:
    """Return the constants that a class itself sets, with the comments above them."""
    source = textwrap.dedent(inspect.getsource(kind))
    definition, lines = ast.parse(source).body[0], source.splitlines()
    if not isinstance(definition, ast.ClassDef):
        raise TypeError(f"{kind} is not defined by class")
    found, after = [], 1
    for statement in definition.body:
        written = textwrap.dedent("\n".join(lines[after : statement.end_lineno])).strip("\n")
        if _CONSTANT.search(written):
            found.append(_CONSTANT.sub(r"\1 = ", written))
        after = statement.end_lineno or after
    return "\n".join(found)


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
