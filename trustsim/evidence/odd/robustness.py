"""What became of the effects of interventions under other calibrations, hospitals and parameters."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from trustsim.evidence.odd.patterns import ROOT

__all__ = ["ROBUSTNESS", "Headline", "headlines", "unsteady"]

ROBUSTNESS: Final = ROOT / "experiments" / "verification" / "robustness.csv"
"""What ``experiments/verification/robustness.py`` wrote."""


class Headline(NamedTuple):
    """The headline effect of an intervention, and whether it keeps its sign.

    Attributes
    ----------
    intervention, measure : str
    flips, lost : bool
        Whether somewhere it is clear of zero on the other side; whether somewhere, or at the defaults, it cannot be
        told from zero.
    verdict : str
        Where.
    calibration : str
        Digest of the set of parameters that it was held against.
    """

    intervention: str
    measure: str
    flips: bool
    lost: bool
    verdict: str
    calibration: str


@cache
def headlines() -> tuple[Headline, ...]:
    """Return the rows of `ROBUSTNESS`; none if it was not written yet."""
    if not ROBUSTNESS.exists():
        return ()
    with ROBUSTNESS.open(encoding="utf-8", newline="") as file:
        return tuple(map(_headline, csv.DictReader(file)))


def _headline(row: dict[str, str]) -> Headline:
    is_clear = float(row["low"]) > 0.0 or float(row["high"]) < 0.0
    return Headline(
        row["intervention"],
        row["measure"],
        flips=bool(row["flips"]) or int(row["plausible_flipped"]) > 0,
        lost=bool(row["lost"]) or int(row["plausible_lost"]) > 0 or not is_clear,
        verdict=row["verdict"],
        calibration=row["calibration"],
    )


def unsteady() -> Iterator[str]:
    """Yield a line for each effect that does not keep its sign clear of zero everywhere, flips first."""
    for each in sorted(headlines(), key=lambda each: not each.flips):  # stable
        if each.flips or each.lost:
            yield f"`{each.intervention}` on `{each.measure}`: {each.verdict}"
