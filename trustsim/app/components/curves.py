"""What came out, as plain data for cards and curves."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from numpy.typing import NDArray

from trustsim.app.service import Answer, Band
from trustsim.comparison import Effect
from trustsim.measures import MEASURES, lookup

__all__ = ["CARDS", "cards_of", "curves_of", "described", "number", "series_of", "short_unit", "spoken"]

CARDS: Final = (
    "trust_clinician_admin",
    "silo_gap",
    "psychological_safety",
    "open_concerns",
    "burnout_prevalence",
    "turnover_annual",
    "safety_events",
    "cost",
)
_NAMES: Final = {
    "trust_clinician_admin": "trust in administrators",
    "turnover_annual": "turnover",
    "burnout_prevalence": "burnout",
    "cost": "cost",
}


def spoken(name: str) -> str:
    """Return what a measure is called: ``burnout_prevalence.nurse`` is "burnout (nurse)"."""
    stem, _, role = name.partition(".")
    words = _NAMES.get(stem, stem.replace("_", " "))
    return f"{words} ({role})" if role else words


def cards_of(answer: Answer | None) -> str:
    """Return the headline cards as JSON; before there is an answer they are empty, so that nothing jumps."""
    return json.dumps([_card(name, answer.effects[name] if answer else None) for name in CARDS])


def curves_of(answer: Answer, name: str, *, difference: bool) -> str:
    """Return the curves of a measure as JSON: both worlds, or their paired difference."""
    if difference:
        series = [series_of("scenario minus baseline", "difference", answer.difference[name])]
    else:
        series = [
            series_of("baseline", "baseline", answer.baseline[name], line="dashed"),
            series_of("scenario", "scenario", answer.scenario[name]),
        ]
    content = {"weeks": answer.weeks, "unit": lookup(name).unit, "file": f"trustsim_{name}", "series": series}
    return json.dumps(content, allow_nan=False)


def described(answer: Answer, name: str) -> str:
    """Return what a curve shows, for those who do not see it."""
    effect, (first, end) = answer.effects[name], answer.window
    return (
        f"{spoken(name)} over {answer.weeks} weeks. Mean of weeks {first} to {end - 1}: baseline "
        f"{number(effect.baseline)}, scenario {number(effect.scenario)}, difference "
        f"{number(effect.difference, '+')} (95 % interval {number(effect.low, '+')} to {number(effect.high, '+')})."
    )


def _card(name: str, effect: Effect | None) -> dict[str, str]:
    card = {"measure": name, "name": spoken(name), "unit": short_unit(lookup(name).unit), "tone": "", "arrow": ""}
    if effect is None:
        return {**card, "scenario": "…", "difference": "", "interval": ""}
    size = max(abs(effect.baseline), abs(effect.scenario))
    if effect.is_clear:
        rises, better = effect.difference > 0.0, MEASURES[name].better
        card |= {"arrow": "▲" if rises else "▼", "tone": "ts-good" if rises == (better == "up") else "ts-bad"}
    low, high = number(effect.low, "+", size), number(effect.high, "+", size)
    change = number(effect.difference, "+", size)
    return {
        **card,
        "scenario": number(effect.scenario, "", size),
        "difference": change if effect.is_clear else f"≈ 0 ({change})",
        "interval": f"{low} to {high}",
    }


def series_of(name: str, color: str, band: Band, *, line: str | list[int] = "solid", label: str = "") -> dict[str, Any]:
    """Return a curve with its band as plain data.

    Parameters
    ----------
    name : str
    color : str
        Of the page's style.
    band : Band
    line : str or list of int
        "solid", "dashed" or "dotted", or how long dashes and gaps are.
    label : str
        What stands at its end.
    """
    parts = {part: _listed(values) for part, values in band._asdict().items()}
    return {"name": name, "color": color, "line": line, "label": label, **parts}


def _listed(values: NDArray[Any]) -> list[float | None]:
    return [None if math.isnan(value) else float(f"{value:.6g}") for value in values.tolist()]


def number(value: float, sign: str = "", size: float | None = None) -> str:
    """Return a number with as many decimals as its level deserves, as `trustsim run` writes it.

    Parameters
    ----------
    value : float
    sign : {"", "+"}
        "+" for differences.
    size : float, optional
        The level, if it is not the value's own.
    """
    if math.isnan(value):
        return "-"
    level = abs(value) if size is None else size
    decimals = next((places for places, limit in ((3, 10.0), (2, 100.0), (1, 1000.0)) if level < limit), 0)
    return f"{value:{sign}.{decimals}f}"


def short_unit(unit: str) -> str:
    """Return a unit as it fits on a card."""
    return unit.replace("thousand dollars", "k$").replace(" per ", "/").replace("per ", "/")
