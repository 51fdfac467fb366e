"""The crosswalk: what a score of an instrument says of a feeling of the model, by the table ``crosswalk.toml``."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean

__all__ = ["FEELINGS", "Item", "find_item", "instruments"]

FEELINGS: Final = {
    "exhaustion": "exhaustion",
    "cynicism": "cynicism",
    "safety": "safety",
    "valued": "valued",
    "trust_organization": "trust_organization",
    "trust_leader": "felt_leader",
}
"""What surveys ask for, and the field of `trustsim.worlds.state.People` that has it."""

_Values = NDArray[np.float64]
_WORDS: Final = ("title", "terms")


@dataclass(frozen=True, slots=True)
class Item:
    """One statistic of one construct of an instrument.

    Attributes
    ----------
    instrument, construct, stat, feeling : str
    uncertainty : float
        Standard deviation of what the crosswalk itself may be wrong by, in the feeling.
    source, grade : str
    low, high, sd : float
        Of a mean: points at feeling 0 and 1, and standard deviation between people.
    benchmark, at, step : float
        Of a percentage: percent favorable at the feeling `at`; change of the feeling that changes the log odds by 1.
    """

    instrument: str
    construct: str
    stat: str
    feeling: str
    uncertainty: float
    source: str
    grade: str
    low: float = 0.0
    high: float = 100.0
    sd: float = math.nan
    benchmark: float = math.nan
    at: float = math.nan
    step: float = math.nan

    @property
    def name(self) -> str:
        """Instrument, construct and statistic."""
        return f"{self.instrument} {self.construct} ({self.stat})"

    @property
    def bounds(self) -> tuple[float, float]:
        """Least and largest score that there can be."""
        return min(self.low, self.high), max(self.low, self.high)

    def expected(self, feeling: _Values) -> _Values:
        """Return what people with these feelings score on average, or in how many of 100 cases they are favorable."""
        if self.stat == "mean":
            return self.low + (self.high - self.low) * feeling
        odds = math.log(self.benchmark / (100.0 - self.benchmark)) + (feeling - self.at) / self.step
        return 100.0 / (1.0 + np.exp(-odds))

    def slope(self, feeling: _Values) -> _Values:
        """Return how much the expected score changes with the feeling."""
        if self.stat == "mean":
            return np.full(feeling.shape, self.high - self.low)
        favorable = self.expected(feeling) / 100.0
        return 100.0 * favorable * (1.0 - favorable) / self.step

    def standard_error(self, value: float, n: int) -> float:
        """Return the sampling error of a score from n answers.

        A percentage is drawn a little to the middle (two answers more of either kind), so that 0 and 100 of a few
        people are not taken for certain (Agresti and Coull 1998).
        """
        if self.stat == "mean":
            return self.sd / math.sqrt(n)
        share = (value / 100.0 * n + 2.0) / (n + 4.0)
        return 100.0 * math.sqrt(share * (1.0 - share) / (n + 4.0))


@cache
def instruments() -> dict[str, dict[str, dict[str, Item]]]:
    """Return every item by instrument, construct and statistic."""
    content = files("trustsim.survey").joinpath("crosswalk.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(content)["instruments"]
    return {
        instrument: {
            construct: {stat: Item(instrument, construct, stat, **how) for stat, how in stats.items()}
            for construct, stats in of_instrument.items()
            if construct not in _WORDS
        }
        for instrument, of_instrument in table.items()
    }


def find_item(instrument: str, construct: str, stat: str) -> Item:
    """Return an item by the names that a survey gives; case, blanks and hyphens make no difference.

    Raises
    ------
    InputError
        If there is none; the message says what there is, and the nearest.
    """
    here: Any = instruments()
    for what, given in (("instrument", instrument), ("construct", construct), ("stat", stat)):
        name = _ALIASES.get(_plain(given), _plain(given))
        if name not in here:
            raise InputError(f"unknown {what} {given!r}; there is {', '.join(here)}{did_you_mean(name, here)}")
        here = here[name]
    found: Item = here
    return found


_ALIASES: Final = {"depersonalisation": "depersonalization", "pct_favorable": "pct_favourable", "miniz": "mini_z"}


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
