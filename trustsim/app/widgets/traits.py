"""What widgets are made of: the kinds of traits they are given, and how they tell what a page told them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import traitlets

__all__ = ["are_names", "flag", "is_name", "string", "tell", "told", "whole"]

_LONGEST: Final = 200  # characters of a name or a search
_MOST: Final = 1000  # names at a time


def string(default: str = "") -> Any:
    """Return a trait for a text; whatever is large is one, as JSON or base64."""
    return traitlets.Unicode(default).tag(sync=True)


def flag(default: bool = False) -> Any:
    """Return a trait for a yes or no."""
    return traitlets.Bool(default).tag(sync=True)


def whole(default: int = 0) -> Any:
    """Return a trait for a whole number."""
    return traitlets.Int(default).tag(sync=True)


def told() -> Any:
    """Return a trait for who listens; it stays on the server."""
    return traitlets.Callable(default_value=None, allow_none=True)


def tell(listener: Callable[..., None] | None, *what: object) -> None:
    """Tell who listens, if anybody does."""
    if listener is not None:
        listener(*what)


def is_name(value: object) -> bool:
    """Whether a page told something that may be a name."""
    return isinstance(value, str) and len(value) <= _LONGEST


def are_names(value: object) -> bool:
    """Whether a page told something that may be a list of names."""
    return isinstance(value, list) and 0 < len(value) <= _MOST and all(map(is_name, value))
