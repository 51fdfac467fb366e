"""Sliders as rows of plain data: what can be set, from where to where, what it means and where its value comes from."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from trustsim.app.state import UNITS
from trustsim.evidence import STANDINGS, Finding, basis, cited
from trustsim.interventions import Episode, Setting
from trustsim.parameters import REGISTER, Parameter

__all__ = ["episode_rows", "found", "parameter_rows", "rows_of"]

_WORDS: Final = {"direction": "Assumption, its sign from", "calibrated": "Calibrated, in the light of"}


def rows_of(
    settings: Iterable[tuple[str, Setting, str]],
    now: Mapping[str, Any],
    usual: Mapping[str, Any],
    units: Sequence[str] = (),
) -> str:
    """Return rows as JSON.

    Parameters
    ----------
    settings : iterable of (name, Setting, tip)
        Names as in `trustsim.scenario.settings_of`.
    now, usual : mapping of str to value
        What holds, and what would hold if nobody had set anything.
    units : sequence of str
        Names of the units of the hospital, among which episodes may choose.
    """
    return json.dumps(
        [
            _row(name, setting, tip, now[name], usual[name]) | (_units(now[name], units) if setting is UNITS else {})
            for name, setting, tip in settings
        ]
    )


def episode_rows(episode: Episode, horizon: int) -> list[tuple[str, Setting, str]]:
    """Return what can be set in an intervention or shock: when (within the horizon), how much, then its own."""
    settings = {setting.name: setting for setting in episode.settings()}
    start, weeks = settings.pop("start"), settings.pop("weeks")
    when = (start._replace(high=horizon - 1), weeks._replace(high=max(horizon, episode.weeks)))
    ordered = (*when, UNITS, settings.pop("dose"), *settings.values())
    rests = _behind(episode)
    return [(f"{episode.name}.{each.name}", each, f"{each.meaning}\n{_allowed(each)}\n{rests}") for each in ordered]


def parameter_rows(names: Iterable[str]) -> list[tuple[str, Setting, str]]:
    """Return parameters of the register; the tip says on what the default rests."""
    rows = []
    for name in names:
        known = REGISTER[name]
        kind: Any = "integer" if known.kind == "integer" else "number"
        tip = (
            f"{known.meaning}\n{known.default:g} by default, {known.low:g} to {known.high:g} ({known.unit}).\n"
            f"{_sources(known)}"
        )
        rows.append((name, Setting(name, kind, known.default, known.low, known.high, known.unit, known.meaning), tip))
    return rows


def found(query: str) -> list[str]:
    """Return the parameters whose name or meaning has all words of a query; sizes of the organization have a place."""
    words = query.lower().split()
    return [
        name
        for name, known in REGISTER.items()
        if known.group != "organization" and all(word in f"{name} {known.meaning}".lower() for word in words)
    ]


def _allowed(setting: Setting) -> str:
    return "Or in those that are named." if setting is UNITS else f"May be {setting.allowed}."


def _units(now: float | tuple[str, ...], units: Sequence[str]) -> dict[str, Any]:
    """Return what a row of units has besides: their names, and which are chosen by name; then the share is of all."""
    named = list(now) if isinstance(now, tuple) else []
    return {"units": [*units, *(unit for unit in named if unit not in units)], "named": named, "value": _share(now)}


def _share(units: float | tuple[str, ...]) -> float:
    return 1.0 if isinstance(units, tuple) else units


def _said(value: Any) -> Any:
    """Return a value as the page says it."""
    if isinstance(value, tuple):
        return ", ".join(value)
    return value


def _row(name: str, setting: Setting, tip: str, now: Any, usual: Any) -> dict[str, Any]:
    low, high = setting.low or 0.0, setting.high if setting.high is not None else 1.0
    row = {"name": name, "value": now, "usual": _said(usual), "changed": now != usual, "tip": tip, "unit": setting.unit}
    row |= {"label": _label(name), "low": low, "high": high, "step": _step(setting, low, high)}
    return row | {
        "choices": list(setting.choices) or None,
        "range": "" if setting.choices else f"{low:g} to {high:g} {setting.unit}",
    }


def _behind(episode: Episode) -> str:
    """Return on what an intervention or a shock rests: no publication says how far to turn a slider of it."""
    named = _named(cited(episode.evidence))
    if not named:
        return "How strongly it works is an assumption."
    return (
        f"{episode.title}: that it works, and in which direction, rests on {', '.join(named)}; how strongly is assumed."
    )


def _named(findings: Mapping[str, Finding]) -> list[str]:
    return [f"{key} ({each.sources[0].citation})" if each.sources else key for key, each in findings.items()]


def _sources(known: Parameter) -> str:
    """Return on what a default rests: findings with their key and first source, the grade, and what that means."""
    standing, grade = basis(known)
    findings = cited(known.direction if standing == "direction" else known.source)
    named = _named(findings)
    alone = "Calibrated" if standing == "calibrated" else "Assumption"
    words = _WORDS.get(standing, "Source:") if named else alone
    return f"{' '.join([words, ', '.join(named)]).strip()}{f'; grade {grade}' if grade else ''}: {STANDINGS[standing]}."


def _label(name: str) -> str:
    return name.rpartition(".")[2].replace("_", " ") if name.count(".") == 1 and name not in REGISTER else name


def _step(setting: Setting, low: float, high: float) -> float:
    """Return a step of 1, 2 or 5 times a power of ten, so that there are a hundred of them or so."""
    if setting.kind == "integer":
        return 1
    rough = max((high - low) / 100.0, 1e-9)
    power = 10.0 ** math.floor(math.log10(rough))
    return float(f"{next(power * each for each in (1.0, 2.0, 5.0, 10.0) if power * each >= rough * 0.999):.12g}")
