"""Long work in portions, so that others who share an executor get their turns in between."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

__all__ = ["portion"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


def portion(executor: Executor | None, work: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Return what a portion of work gives, done by an executor, or here if there is none."""
    return work(*args, **kwargs) if executor is None else executor.submit(work, *args, **kwargs).result()
