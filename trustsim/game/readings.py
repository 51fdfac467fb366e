"""What is shown of a hospital: the dashboards of the two seats, and the card that no one number sums up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from trustsim.game.setup import BEFORE
from trustsim.measures import lookup
from trustsim.report.blocks import Mark, Number, Tone
from trustsim.report.words import WEEKS_PER_YEAR, direction, dollars, level, people

__all__ = [
    "ADDS_UP", "AT_END", "CARD", "CARD_MEASURES", "DASHBOARDS", "CardGroup", "CardMeasure", "Reading", "counted",
    "mark", "said", "said_change", "short_change",
]  # fmt: skip

DASHBOARDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "administrator": (
            "cost", "turnover_annual", "vacancy_rate", "waiting_list", "reported_events", "trust_admin_clinician",
        ),
        "clinician": (
            "trust_clinician_admin", "psychological_safety", "open_concerns", "burnout_prevalence", "workload",
            "trust_patients",
        ),
    }
)  # fmt: skip
"""What each seat sees of the same hospital: nothing in common."""
CARD: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "trust": ("Trust", ("trust_clinician_admin", "silo_gap")),
        "people": ("People", ("burnout_prevalence", "intent_to_leave", "turnover_annual")),
        "patients": ("Patients", ("trust_patients", "safety_events", "waiting_list")),
        "money": ("Money", ("cost",)),
    }
)
"""The groups of the card: title and measures."""
_MONEY: Final = "thousand dollars per week"
CARD_MEASURES: Final = tuple(measure for _, measures in CARD.values() for measure in measures)
ADDS_UP: Final = frozenset({"turnover_annual", "safety_events", "reported_events", "waiting_list", "cost"})
"""Measures of which all quarters count on the card: what happened early is not undone later. Of the others, the last
year counts, so that nothing is won by a spurt at the end."""
_LAST_YEAR: Final = 52
AT_END: Final = 4
"""Weeks at the end of a quarter whose mean stands for it, for what is a level rather than single events."""


class Reading(NamedTuple):
    """A measure on a dashboard.

    Attributes
    ----------
    measure, name, unit : str
    value : float
        At the end of a quarter: mean of its last four weeks, or of all its weeks for what comes in single events.
    change : float
        Since the quarter before.
    text, change_text : str
        Both as people read them: ``"51.2 of 100"``, ``"-1.3 points"``.
    better : {"up", "down", ""}
    """

    measure: str
    name: str
    value: float
    change: float
    unit: str
    better: Literal["up", "down", ""]
    text: str
    change_text: str


class CardMeasure(NamedTuple):
    """A measure on the card.

    Attributes
    ----------
    measure, name, unit : str
    value, untouched, start : float
        Of the team, of the same hospital in which nobody decided anything, and before the team came.
    better : {"up", "down", ""}
    """

    measure: str
    name: str
    value: float
    untouched: float
    start: float
    unit: str
    better: Literal["up", "down", ""]

    @property
    def tone(self) -> Tone:
        """Whether what the team's decisions changed is good news or bad."""
        return direction(self.measure, self.gained)

    @property
    def gained(self) -> float:
        """What the team's decisions changed: the difference from the hospital in which nobody decided anything."""
        return self.value - self.untouched

    @property
    def moved(self) -> float:
        """The change since the team came."""
        return self.value - self.start


class CardGroup(NamedTuple):
    """A group of the card."""

    key: str
    title: str
    measures: tuple[CardMeasure, ...]


def counted(measure: str, weeks: int) -> tuple[int, int]:
    """Return the first week that counts on the card, and the week after the last, of a scenario of so many weeks."""
    played = BEFORE if weeks > BEFORE else 0
    return (played if measure in ADDS_UP else max(weeks - _LAST_YEAR, played)), weeks


def said(measure: str, value: float) -> str:
    """Return a level as people read it: ``"51.2 of 100"``."""
    unit = lookup(measure).unit
    # As many decimals as `_decimals`, which is what an uncertainty of this size deserves.
    return level(unit, value, 0.4 * 10.0 ** (1 - _decimals(unit)) / people(unit)[0])


def said_change(measure: str, change: float) -> str:
    """Return a change as people read it: ``"+1.3 points"``."""
    unit = lookup(measure).unit
    if math.isnan(change):
        return "unknown"
    if unit == _MONEY:
        return f"{dollars(change * WEEKS_PER_YEAR, sign=True)} a year"
    return f"{short_change(measure, change).text}{people(unit, change=True)[1]}"


def short_change(measure: str, change: float) -> Number:
    """Return a change without its unit, short enough for a narrow column."""
    unit = lookup(measure).unit
    if math.isnan(change):
        return Number("\N{EN DASH}", change)
    text = f"{people(unit, change=True)[0] * change:+,.{_decimals(unit)}f}"
    nothing = not text.strip("+-0.")
    return Number("0" if nothing else text.replace("-", "\N{MINUS SIGN}"), change)


def mark(measure: str, change: float) -> Mark:
    """Return whether a change is good or bad news; nothing if it is too small to be shown."""
    text = short_change(measure, change).text
    return "" if text in {"0", "\N{EN DASH}"} else direction(measure, change)


def _decimals(unit: str) -> int:
    """Return with how many decimals people read a unit."""
    if unit in {_MONEY, "hours per week"}:
        return 0
    return 1 if people(unit)[0] > 1.0 else 2
