"""Tables in Markdown, and the numbers and ranges in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["code", "number", "span", "table"]


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; what is in its cells stays on one line."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(each) for each in line) + " |" for line in lines)


def code(names: Iterable[str]) -> str:
    """Return names as code, one after another."""
    return ", ".join(f"`{name}`" for name in names)


def number(value: float | None) -> str:
    """Return a number as people write it; nothing if there is none."""
    return "" if value is None else f"{value:.6g}"


def span(low: float | None, high: float | None) -> str:
    """Return a range in words; either end may be open."""
    if low is None:
        return "" if high is None else f"at most {number(high)}"
    return f"at least {number(low)}" if high is None else f"{number(low)} to {number(high)}"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
