"""What came out, as plain data for cards and curves."""

from __future__ import annotations

import json
import math
from typing import Any, Final

from numpy.typing import NDArray

from trustsim.app.service import Answer, Band
from trustsim.comparison import Effect
from trustsim.measures import MEASURES, lookup

__all__ = ["CARDS", "cards_of", "curves_of", "described", "spoken"]

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
        series = [_series("scenario minus baseline", "difference", answer.difference[name])]
    else:
        series = [
            {**_series("baseline", "baseline", answer.baseline[name]), "dashed": True},
            _series("scenario", "scenario", answer.scenario[name]),
        ]
    content = {"weeks": answer.weeks, "unit": lookup(name).unit, "file": f"trustsim_{name}", "series": series}
    return json.dumps(content, allow_nan=False)


def described(answer: Answer, name: str) -> str:
    """Return what a curve shows, for those who do not see it."""
    effect, (first, end) = answer.effects[name], answer.window
    return (
        f"{spoken(name)} over {answer.weeks} weeks. Mean of weeks {first} to {end - 1}: baseline "
        f"{_number(effect.baseline)}, scenario {_number(effect.scenario)}, difference "
        f"{_number(effect.difference, '+')} (95 % interval {_number(effect.low, '+')} to {_number(effect.high, '+')})."
    )


def _card(name: str, effect: Effect | None) -> dict[str, str]:
    card = {"measure": name, "name": spoken(name), "unit": _short(lookup(name).unit), "tone": "", "arrow": ""}
    if effect is None:
        return {**card, "scenario": "…", "difference": "", "interval": ""}
    size = max(abs(effect.baseline), abs(effect.scenario))
    if effect.is_clear:
        rises, better = effect.difference > 0.0, MEASURES[name].better
        card |= {"arrow": "▲" if rises else "▼", "tone": "ts-good" if rises == (better == "up") else "ts-bad"}
    low, high = _number(effect.low, "+", size), _number(effect.high, "+", size)
    change = _number(effect.difference, "+", size)
    return {
        **card,
        "scenario": _number(effect.scenario, "", size),
        "difference": change if effect.is_clear else f"≈ 0 ({change})",
        "interval": f"{low} to {high}",
    }


def _series(name: str, color: str, band: Band) -> dict[str, Any]:
    return {"name": name, "color": color, **{part: _listed(values) for part, values in band._asdict().items()}}


def _listed(values: NDArray[Any]) -> list[float | None]:
    return [None if math.isnan(value) else float(f"{value:.6g}") for value in values.tolist()]


def _number(value: float, sign: str = "", size: float | None = None) -> str:
    """Return a number with as many decimals as its level deserves, as `trustsim run` writes it."""
    if math.isnan(value):
        return "-"
    level = abs(value) if size is None else size
    decimals = next((places for places, limit in ((3, 10.0), (2, 100.0), (1, 1000.0)) if level < limit), 0)
    return f"{value:{sign}.{decimals}f}"


def _short(unit: str) -> str:
    return unit.replace("thousand dollars", "k$").replace(" per ", "/").replace("per ", "/")
