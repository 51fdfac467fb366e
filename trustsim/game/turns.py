"""A turn: a quarter as a team decided it, with what its two seats predicted and what it thought about it afterwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from trustsim.errors import InputError, did_you_mean
from trustsim.game.moves import Pick
from trustsim.game.setup import table

__all__ = [
    "LONGEST_ANSWER", "PREDICTED", "SEATS", "Predicted", "Prediction", "Turn", "check_answers", "check_predictions",
    "questions",
]  # fmt: skip

SEATS: Final = ("administrator", "clinician")
LONGEST_ANSWER: Final = 500
"""Characters of an answer to a question."""
_CARDS: Final = tuple(tuple(card) for card in table("reflection")["cards"])
_EVERY: Final = 2
"""Quarters from one card of questions to the next."""


class Predicted(NamedTuple):
    """How a change of a measure is predicted.

    Attributes
    ----------
    most : float
        The largest change that can be predicted, either way, in the unit of the measure.
    still : float
        Changes smaller than this count as none.
    """

    most: float
    still: float


PREDICTED: Final = MappingProxyType(
    {
        "trust_clinician_admin": Predicted(0.10, 0.005),
        "burnout_prevalence": Predicted(0.20, 0.01),
        "open_concerns": Predicted(0.60, 0.03),
    }
)


class Prediction(NamedTuple):
    """What a seat expects of a measure: the change of the last four weeks of the quarter against those of the last."""

    seat: str
    measure: str
    change: float


class Turn(NamedTuple):
    """A quarter as it was decided.

    Attributes
    ----------
    picks : tuple of Pick
    predictions : tuple of Prediction
    reflection : tuple of str
        Answers to the card of questions after it; empty if there was none, three times ``""`` if it was skipped.
    """

    picks: tuple[Pick, ...]
    predictions: tuple[Prediction, ...] = ()
    reflection: tuple[str, ...] = ()


def questions(quarter: int) -> tuple[str, ...]:
    """Return the card of questions after so many quarters; none where there is no card."""
    if quarter == 0 or quarter % _EVERY:
        return ()
    return tuple(_CARDS[(quarter // _EVERY - 1) % len(_CARDS)])


def check_predictions(predictions: Sequence[Prediction]) -> None:
    """Raise unless predictions are of known seats and measures, each once and in range.

    Raises
    ------
    InputError
    """
    seen = set()
    for seat, measure, change in predictions:
        if seat not in SEATS:
            raise InputError(f"no seat {seat!r}{did_you_mean(seat, SEATS) or '; there are ' + ' and '.join(SEATS)}")
        if measure not in PREDICTED:
            hint = did_you_mean(measure, PREDICTED) or f"; predicted are {', '.join(PREDICTED)}"
            raise InputError(f"{measure!r} is not predicted{hint}")
        most = PREDICTED[measure].most
        if not math.isfinite(change) or abs(change) > most:
            raise InputError(f"a predicted change of {measure} is a number from -{most} to {most}, not {change!r}")
        if (seat, measure) in seen:
            raise InputError(f"the {seat} predicts {measure} twice")
        seen.add((seat, measure))


def check_answers(answers: Sequence[str], quarter: int) -> None:
    """Raise unless answers after so many quarters are as many as the questions, short, and text that can be kept.

    Raises
    ------
    InputError
    """
    asked = len(questions(quarter))
    if len(answers) != asked:
        raise InputError(f"after quarter {quarter} there are {asked} questions, not {len(answers)}")
    for answer in answers:
        if len(answer) > LONGEST_ANSWER:
            raise InputError(f"an answer has up to {LONGEST_ANSWER} characters, not {len(answer)}")
        if any("\ud800" <= letter <= "\udfff" for letter in answer):
            raise InputError("an answer has half a character in it, which cannot be kept; write it anew")
