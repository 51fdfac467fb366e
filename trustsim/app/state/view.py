"""How a visitor looks at a run: which week, what colors people, whom they picked, which curve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["COLORS", "CURVES", "Color", "Curve", "View"]

Color = Literal["trust", "exhaustion", "safety", "unit", "role"]
Curve = Literal["levels", "difference"]

COLORS: Final[dict[Color, str]] = {
    "trust": "trust across silos",
    "exhaustion": "burnout",
    "safety": "safety",
    "unit": "unit",
    "role": "role",
}
CURVES: Final[dict[Curve, str]] = {"levels": "both worlds", "difference": "difference"}


@dataclass(frozen=True)
class View:
    """How a visitor looks at a run.

    Attributes
    ----------
    week : int
        After burn-in, from 0.
    color : {"trust", "exhaustion", "safety", "unit", "role"}
    world : {"scenario", "baseline"}
        Which of the two the network shows.
    person : str
        Label of the position that is picked; "" for none.
    measure : str
        Which one the curves show.
    curve : {"levels", "difference"}
    """

    week: int = 0
    color: Color = "trust"
    world: Literal["scenario", "baseline"] = "scenario"
    person: str = ""
    measure: str = "trust_clinician_admin"
    curve: Curve = "levels"
