"""The mission: every system of the source articles, where it lives in the model, and what is expected to come of it.

The rows are data (``mission.toml``): the table for readers is written from them, and each expectation is a test. A
row's number is what interventions, shocks and scenarios name as their source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

__all__ = ["ARTICLES", "Expectation", "Row", "mission", "table"]

ARTICLES: Final = {
    "1": "The power of relationship building",
    "2": "Relationship building 101",
    "3": "Rebuilding clinician-executive trust",
    "4": "Stronger patient relationships",
    "5": "One purpose, one passion, two directions",
}
_LAST: Final = (78, 104)  # weeks that count if a row names none
_WORDS: Final = {"up": "rises", "down": "falls", "same": "stays the same"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """A direction: what happens to a measure in one world, compared with another that has the same luck.

    Attributes
    ----------
    scenario, settings : str, mapping
        The world: a scenario, with some settings changed.
    against, against_settings : str, mapping
        The other world; without a name, the scenario's own baseline.
    measure : str
    goes : {"up", "down", "same"}
        Up or down with an interval clear of zero, or the same to the bit.
    weeks : tuple of int
        First week, and the week after the last, whose mean counts.
    """

    scenario: str
    measure: str
    goes: Literal["up", "down", "same"]
    settings: Mapping[str, object] = field(default_factory=dict)
    against: str = ""
    against_settings: Mapping[str, object] = field(default_factory=dict)
    weeks: tuple[int, int] = _LAST

    def __str__(self) -> str:
        """Say it in a line."""
        changed = "".join(f", {name} = {value}" for name, value in self.settings.items())
        when = "" if self.weeks == _LAST else f" in weeks {self.weeks[0]} to {self.weeks[1]}"
        against = f" against {self.against}" if self.against and self.against != self.scenario else ""
        without = " and ".join(name.removesuffix(".dose") for name in self.against_settings)
        against += f" against the same without {without}" if without else ""
        return f"{self.scenario}{changed}: {self.measure} {_WORDS[self.goes]}{when}{against}"


@dataclass(frozen=True, slots=True)
class Row:
    """One system of the source articles.

    Attributes
    ----------
    number : str
        Such as ``"1.1"``: the article, and the system in it.
    what : str
    kinds : tuple of str
        Interventions and shocks that stand for it.
    mechanism : tuple of str
        Rules that stand for it, such as ``"trust.erode"``.
    expect : tuple of Expectation
    """

    number: str
    what: str
    kinds: tuple[str, ...]
    mechanism: tuple[str, ...]
    expect: tuple[Expectation, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Scenarios that show it."""
        return tuple(dict.fromkeys(one.scenario for one in self.expect))


@cache
def mission() -> Mapping[str, Row]:
    """Return all rows by number, in the order of the articles."""
    given: dict[str, dict[str, Any]] = tomllib.loads(
        files(__package__).joinpath("mission.toml").read_text(encoding="utf-8")
    )
    return {number: _row(number, entries) for number, entries in given.items()}


def _row(number: str, given: dict[str, Any]) -> Row:
    expectations = tuple(Expectation(**{**one, "weeks": tuple(one.get("weeks", _LAST))}) for one in given["expect"])
    return Row(number, given["what"], tuple(given.get("kinds", ())), tuple(given.get("mechanism", ())), expectations)


def table() -> str:
    """Return the mission as a page in Markdown: a table for each article."""
    lines = [
        "# The scenarios, and the systems of the source articles that they show",
        "",
        "This page is written from `trustsim/interventions/mission.toml`; a test holds the two together.",
        "`trustsim show NAME` explains interventions and shocks, docstrings in `trustsim/rules/` explain rules.",
        "Each expectation is a test in `tests/mission/`.",
    ]
    for article, title in ARTICLES.items():
        lines += ["", f"## {article}. {title}", "", "| row | system | lives in | expected |", "|---|---|---|---|"]
        for row in mission().values():
            if row.number.split(".")[0] == article:
                lives = [f"`{kind}`" for kind in row.kinds] + [f"rule `{rule}`" for rule in row.mechanism]
                expected = "<br>".join(str(one) for one in row.expect)
                lines.append(f"| {row.number} | {row.what} | {', '.join(lives)} | {expected} |")
    return "\n".join(lines) + "\n"
