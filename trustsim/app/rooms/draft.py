"""What the seats of a team are about to decide: shared between their browsers, and not a decision yet."""

from __future__ import annotations

import json
from dataclasses import dataclass

from trustsim.errors import InputError
from trustsim.game import Pick, Prediction

__all__ = ["Draft"]

_LONGEST = 8000  # characters; twelve picks and a prediction for each seat and measure have one thousand


@dataclass(frozen=True)
class Draft:
    """Picks and predictions for the next quarter, as they are on the team's screens.

    Attributes
    ----------
    picks : tuple of Pick
    predictions : tuple of Prediction
    """

    picks: tuple[Pick, ...] = ()
    predictions: tuple[Prediction, ...] = ()

    def to_json(self) -> str:
        """Return it as text that `from_json` reads.

        Raises
        ------
        InputError
            If it is longer than any draft of ours.
        """
        predictions = [(each.seat, each.measure, each.change) for each in self.predictions]
        text = json.dumps({"picks": self.picks, "predictions": predictions}, allow_nan=False)
        if len(text) > _LONGEST:
            raise InputError(f"a draft of {len(text):,} characters is too long; it holds picks and predictions alone")
        return text

    @classmethod
    def from_json(cls, text: str) -> Draft:
        """Return the draft of a text; an empty draft for an empty text."""
        if not text:
            return cls()
        content = json.loads(text)
        return cls(
            tuple(Pick(*each) for each in content["picks"]), tuple(Prediction(*each) for each in content["predictions"])
        )
