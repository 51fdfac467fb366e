"""What became of a game: the team's hospital week by week, beside the same one in which nobody decided anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean
from trustsim.game.game import Game
from trustsim.game.readings import (
    ADDS_UP,
    AT_END,
    CARD,
    CARD_MEASURES,
    DASHBOARDS,
    CardGroup,
    CardMeasure,
    Reading,
    counted,
    said,
    said_change,
)  # fmt: skip
from trustsim.game.setup import WEEKS, Setup, first_week
from trustsim.game.turns import PREDICTED, SEATS, Prediction
from trustsim.measures import MEASURES, lookup
from trustsim.report.words import capital, name_of
from trustsim.simulation import Hospital, run_worlds

__all__ = ["Judged", "Played", "play", "summary"]

_KEEP: Final = 64  # games


class Judged(NamedTuple):
    """A prediction and what happened.

    Attributes
    ----------
    quarter : int
    prediction : Prediction
    happened : float
        The change that came.
    """

    quarter: int
    prediction: Prediction
    happened: float

    @property
    def error(self) -> float:
        """How far off it was: predicted minus happened."""
        return self.prediction.change - self.happened

    @property
    def right_direction(self) -> bool:
        """Whether rise, fall or neither was predicted rightly."""
        still = PREDICTED[self.prediction.measure].still
        return _direction(self.prediction.change, still) == _direction(self.happened, still)


@dataclass(frozen=True, eq=False)
class Played:
    """What became of a game.

    Attributes
    ----------
    game : Game
    series : mapping of str to (weeks, 2) float64 array
        Every measure in every week, those before the first quarter (`BEFORE`) among them: in the team's hospital, and
        in the one in which nobody decided anything.
    """

    game: Game
    series: Mapping[str, NDArray[np.float64]]

    def value(self, measure: str, quarter: int, *, untouched: bool = False) -> float:
        """Return a measure at the end of a quarter, as `Reading` has it; quarter -1 is the one before the team came.

        Raises
        ------
        InputError
            If there is no such measure, or the quarter is not played yet.
        """
        if measure not in self.series:
            raise InputError(f"unknown measure {measure!r}{did_you_mean(measure, self.series)}")
        if not -1 <= quarter < self.game.quarter:
            raise InputError(f"quarter {quarter} is not played yet; there are -1 to {self.game.quarter - 1}")
        end = first_week(quarter + 1)
        weeks = self.series[measure][end - (WEEKS if measure in ADDS_UP else AT_END) : end, int(untouched)]
        return _mean(weeks)

    def change(self, measure: str, quarter: int) -> float:
        """Return the change of a measure in a quarter: its end against the end of the quarter before."""
        return self.value(measure, quarter) - self.value(measure, quarter - 1)

    def dashboard(self, seat: str, quarter: int | None = None) -> tuple[Reading, ...]:
        """Return what a seat sees after a quarter, by default the last one; of quarter -1 there is no change.

        Raises
        ------
        InputError
            If there is no such seat, or the quarter is not played yet.
        """
        if seat not in DASHBOARDS:
            raise InputError(f"no seat {seat!r}{did_you_mean(seat, SEATS) or '; there are ' + ' and '.join(SEATS)}")
        quarter = self.game.quarter - 1 if quarter is None else quarter
        return tuple(self._reading(measure, quarter) for measure in DASHBOARDS[seat])

    def card(self) -> tuple[CardGroup, ...]:
        """Return the four groups of measures, so far."""
        worlds = summary(self.series)
        return tuple(
            CardGroup(key, title, tuple(self._on_card(measure, worlds[measure]) for measure in measures))
            for key, (title, measures) in CARD.items()
        )

    def predictions(self) -> tuple[Judged, ...]:
        """Return all predictions with what happened."""
        return tuple(
            Judged(quarter, prediction, self.change(prediction.measure, quarter))
            for quarter, turn in enumerate(self.game.turns)
            for prediction in turn.predictions
        )

    def _reading(self, measure: str, quarter: int) -> Reading:
        known = lookup(measure)
        value = self.value(measure, quarter)
        change = 0.0 if quarter < 0 else self.change(measure, quarter)
        return Reading(
            measure, capital(name_of(measure)), value, change, known.unit, known.better,
            said(measure, value), said_change(measure, change),
        )  # fmt: skip

    def _on_card(self, measure: str, worlds: NDArray[np.float64]) -> CardMeasure:
        known = lookup(measure)
        return CardMeasure(
            measure, capital(name_of(measure)), float(worlds[0]), float(worlds[1]), self.value(measure, -1),
            known.unit, known.better,
        )  # fmt: skip


def summary(series: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Return the measures of the card in each of some worlds.

    Parameters
    ----------
    series : mapping of str to (weeks, W) float64 array
        Weeks before the first quarter among them.

    Returns
    -------
    dict of str to (W,) float64 array
        What adds up as the mean of all quarters, the rest as the mean of the last four.
    """
    found = {}
    for measure in CARD_MEASURES:
        first, end = counted(measure, len(series[measure]))
        weeks = series[measure][first:end]
        found[measure] = np.array([_mean(weeks[:, world]) for world in range(weeks.shape[1])])
    return found


@lru_cache(maxsize=_KEEP)
def play(game: Game) -> Played:
    """Return what became of a game, simulated anew from its first week.

    Parameters
    ----------
    game : Game
    """
    hospital, lock = _hospital(game.setup)
    with lock:
        result = run_worlds([game.scenario(), game.untouched()], hospital)
    series = {name: result.hospital[name] for name in MEASURES}
    for values in series.values():
        values.setflags(write=False)  # several visitors look at the same arrays
    return Played(game, MappingProxyType(series))


@lru_cache(maxsize=4)
def _hospital(setup: Setup) -> tuple[Hospital, Lock]:
    """Return a hospital that is kept for the next turn, and the lock of who runs worlds in it."""
    return setup.hospital(), Lock()


def _direction(change: float, still: float) -> int:
    return 0 if abs(change) < still else 1 if change > 0.0 else -1


def _mean(weeks: NDArray[np.float64]) -> float:
    """Return the mean of the weeks that have a number; of none, not a number."""
    known = weeks[~np.isnan(weeks)]
    return float(known.mean()) if known.size else float("nan")
