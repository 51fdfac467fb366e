"""How executives speak of what the model records: names, units and sizes of measures, and how sure a difference is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from trustsim.comparison import Effect
from trustsim.measures import lookup
from trustsim.report.blocks import Number, Tone

__all__ = [
    "NO_DIFFERENCE", "TURNOVER_COST", "WEEKS_PER_YEAR", "between", "capital", "direction", "dollars", "interval",
    "join", "level", "lower", "moved", "name_of", "people", "percent", "phrase", "signed", "size", "tone", "verdict",
]  # fmt: skip

WEEKS_PER_YEAR: Final = 52.0
NO_DIFFERENCE: Final = "no difference that can be told from chance"
TURNOVER_COST: Final = "turnover_cost"
"""What no engine records: exits, each at its price; in the unit of ``cost``."""
_MINUS: Final = "\N{MINUS SIGN}"

_NAMES: Final = {
    "trust_clinician_admin": "clinicians' trust in administrators",
    "trust_admin_clinician": "administrators' trust in clinicians",
    "trust_peers": "trust between colleagues",
    "trust_leader": "clinicians' trust in their own leader",
    "trust_organization": "trust in the organization",
    "trust_patients": "patients' trust",
    "silo_gap": "the silo gap",
    "psychological_safety": "how safe it feels to speak up",
    "autonomy": "clinicians' control over their work",
    "alignment": "alignment with the shared purpose",
    "role_understanding": "understanding of the other side's work",
    "valued": "feeling valued",
    "open_concerns": "concerns that wait for an answer",
    "voice_rate": "concerns raised",
    "resolution_rate": "raised concerns that are resolved",
    "exhaustion": "clinicians' exhaustion",
    "cynicism": "clinicians' cynicism",
    "mbi_ee": "emotional exhaustion (MBI)",
    "mbi_dp": "depersonalization (MBI)",
    "burnout_prevalence": "clinicians' burnout",
    "satisfaction": "job satisfaction",
    "reduced_hours": "clinicians who cut their hours",
    "intent_to_leave": "clinicians who intend to leave",
    "exits": "clinicians who leave",
    "turnover_annual": "clinicians' turnover",
    "vacancy_rate": "vacant positions",
    "workload": "workload",
    "safety_events": "safety events",
    "reported_events": "reported safety events",
    "adherence": "patients' adherence to treatment",
    "self_rated_outcome": "outcomes as patients rate them",
    "objective_outcome": "outcomes as measured",
    "waiting_list": "waiting patients",
    "leader_hours": "leaders' time",
    "staff_hours": "staff time",
    "cost": "cost, all counted",
    TURNOVER_COST: "cost of turnover",
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """How people say a unit: times `factor`, then a word after a level and a word after a change."""

    factor: float
    level: str
    change: str


_SCALES: Final = {
    "0 to 1": _Scale(100.0, " of 100", " points"),
    "difference": _Scale(100.0, " points", " points"),
    "share": _Scale(100.0, " %", " percentage points"),
    "probability": _Scale(100.0, " %", " percentage points"),
    "share per year": _Scale(100.0, " % a year", " percentage points a year"),
    "1 is normal": _Scale(100.0, " % of normal", " percentage points"),
    "per clinician": _Scale(1.0, " a clinician", " a clinician"),
    "per clinician and week": _Scale(WEEKS_PER_YEAR, " a clinician and year", " a clinician and year"),
    "people per week": _Scale(WEEKS_PER_YEAR, " a year", " a year"),
    "per week": _Scale(WEEKS_PER_YEAR, " a year", " a year"),
    "hours per week": _Scale(1.0, " hours a week", " hours a week"),
    "weeks of demand": _Scale(1.0, " weeks of demand", " weeks of demand"),
    "0 to 54": _Scale(1.0, " of 54", " points"),
    "0 to 30": _Scale(1.0, " of 30", " points"),
}
_MONEY: Final = "thousand dollars per week"


def name_of(measure: str) -> str:
    """Return what people call a measure: ``"clinicians' burnout"``, and of a role ``"clinicians' burnout (nurse)"``.

    A measure without a name here goes by the start of its meaning.
    """
    stem, _, role = measure.partition(".")
    name = _NAMES[stem] if stem in _NAMES else lower(re.split(r"[,.:;]", lookup(stem).meaning)[0])
    return f"{name} ({role})" if role else name


def capital(text: str) -> str:
    """Return a text with a capital letter first."""
    return text[:1].upper() + text[1:]


def people(unit: str, *, change: bool = False) -> tuple[float, str]:
    """Return what makes a number of a unit one that people read, and the words after it: ``100.0, " points"``."""
    if unit == _MONEY:
        return WEEKS_PER_YEAR, " thousand $ a year"
    scale = _SCALES[unit]
    return scale.factor, scale.change if change else scale.level


def lower(text: str) -> str:
    """Return a title as it stands inside a sentence; one that starts with initials stays as it is."""
    return text[:1].lower() + text[1:] if text[1:2] != text[1:2].upper() or text[1:2] == " " else text


def level(unit: str, value: float, like: float = math.nan) -> str:
    """Return a level in people's units: ``"51.2 of 100"``.

    Parameters
    ----------
    unit : str
        Of the measure.
    value : float
    like : float, optional
        The uncertainty, in the same unit, that decides how many decimals the number deserves.
    """
    if math.isnan(value):
        return "unknown"
    if unit == _MONEY:
        return f"{dollars(value * WEEKS_PER_YEAR)} a year"
    scale = _SCALES[unit]
    return f"{_number(value * scale.factor, like * scale.factor)}{scale.level}"


def signed(effect: Effect) -> Number:
    """Return the difference of an effect, with its sign and unit."""
    return Number(_change(effect, effect.difference, sign=True), effect.difference)


def interval(effect: Effect) -> str:
    """Return the 95 % interval of an effect, with signs."""
    if math.isnan(effect.low):
        return "no interval from a single replicate"
    if effect.unit == _MONEY:
        low, high = (dollars(end * WEEKS_PER_YEAR, sign=True) for end in (effect.low, effect.high))
    else:
        factor, like = _SCALES[effect.unit].factor, _half_width(effect)
        low, high = (_number(end * factor, like, sign=True) for end in (effect.low, effect.high))
    return f"{low} to {high}"


def size(effect: Effect) -> str:
    """Return how large a difference is, without its sign: ``"3.9 points (95 % interval 3.1 to 4.7)"``."""
    ends = sorted((effect.low, effect.high)) if effect.difference > 0.0 else sorted((-effect.low, -effect.high))
    said = _change(effect, abs(effect.difference))
    if math.isnan(effect.low):
        return f"{said} (no interval: a single replicate)"
    if effect.unit == _MONEY:
        low, high = (dollars(end * WEEKS_PER_YEAR) for end in ends)
    else:
        low, high = (_number(end * _SCALES[effect.unit].factor, _half_width(effect)) for end in ends)
    return f"{said} (95 % interval {low} to {high})"


def phrase(effect: Effect) -> str:
    """Return a clear difference in words: ``"clinicians' trust in administrators rose by 3.9 points (...)"``."""
    return f"{name_of(effect.name)} {moved(effect.difference)} by {size(effect)}"


def moved(difference: float) -> str:
    """Return a direction in a word that suits one thing and several."""
    return "rose" if difference > 0.0 else "fell"


def between(unit: str, low: float, high: float) -> str:
    """Return the changes that a range spans, in people's units: ``"-3.1 to +1.4 points"``."""
    if unit == _MONEY:
        return " to ".join(dollars(end * WEEKS_PER_YEAR, sign=True) for end in (low, high)) + " a year"
    scale, like = _SCALES[unit], 0.5 * (high - low) * _SCALES[unit].factor
    ends = (_number(end * scale.factor, like / 5.0, sign=True) for end in (low, high))
    return " to ".join(ends) + scale.change


def verdict(effect: Effect) -> str:
    """Return what a difference means, in two or three words."""
    if effect.low == effect.high == 0.0:
        return "no difference at all"
    if not effect.is_clear:
        return NO_DIFFERENCE
    if not _better(effect.name):
        return "higher" if effect.difference > 0.0 else "lower"
    return f"{tone(effect)}, and more than chance"


def tone(effect: Effect) -> Tone:
    """Return whether a difference is good for people and patients, bad, or neither that can be told."""
    return direction(effect.name, effect.difference) if effect.is_clear else "unclear"


def direction(measure: str, difference: float) -> Tone:
    """Return whether a difference of a measure is good or bad news."""
    better = _better(measure)
    if not better or difference == 0.0:
        return "unclear"
    return "better" if (difference > 0.0) == (better == "up") else "worse"


def percent(share: float) -> str:
    """Return a share of a whole: ``"83 %"``; what is neither nothing nor everything is never rounded to it."""
    if 0.0 < share < 0.01:
        return "less than 1 %"
    return "more than 99 %" if 0.99 < share < 1.0 else f"{share:.0%}".replace("%", " %")


def dollars(thousands: float, *, sign: bool = False) -> str:
    """Return an amount: ``"$1.24 million"``, ``"$340,000"``."""
    amount = abs(thousands) * 1000.0
    if amount >= 999_500.0:
        said = f"${amount / 1e6:.2f} million"
    else:
        rough = next(place for place, least in ((3, 10_000.0), (2, 1_000.0), (0, 0.0)) if amount >= least)
        said = f"${round(amount, -rough):,.0f}"
    return f"{_sign(thousands, sign)}{said}"


def join(parts: Sequence[str]) -> str:
    """Return parts of a sentence as one: ``"a, b and c"``."""
    *rest, last = parts
    return f"{', '.join(rest)} and {last}" if rest else last


def _better(measure: str) -> str:
    return "down" if measure == TURNOVER_COST else lookup(measure).better


def _change(effect: Effect, value: float, *, sign: bool = False) -> str:
    if math.isnan(value):
        return "unknown"
    if effect.unit == _MONEY:
        return f"{dollars(value * WEEKS_PER_YEAR, sign=sign)} a year"
    scale = _SCALES[effect.unit]
    return f"{_number(value * scale.factor, _half_width(effect), sign=sign)}{scale.change}"


def _half_width(effect: Effect) -> float:
    return 0.5 * (effect.high - effect.low) * _SCALES[effect.unit].factor


def _number(value: float, like: float, *, sign: bool = False) -> str:
    """Return a number with as many decimals as its uncertainty deserves: the first digit of half of that."""
    if value == 0.0 and not like > 1e-9:
        return "0"
    deserved = 0.5 * like if like > 1e-9 * abs(value) else 0.01 * abs(value)
    decimals = min(max(-math.floor(math.log10(deserved)), 0), 3) if deserved > 0.0 else 0
    rounded = round(value, decimals)
    return f"{_sign(rounded, sign)}{abs(rounded):,.{decimals}f}"


def _sign(value: float, wanted: bool) -> str:
    if value < 0.0:
        return _MINUS
    return "+" if wanted and value > 0.0 else ""
