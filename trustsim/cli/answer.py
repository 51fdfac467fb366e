"""How a comparison is told: the table, one plain sentence, and the money."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from trustsim.cli.output import console, print_text, table

if TYPE_CHECKING:
    from rich.text import Text

    from trustsim.comparison import Comparison, Effect

__all__ = ["as_document", "print_answer"]

_CLEAR: Final = "*"
_COLORS: Final = {True: "green", False: "red"}


def as_document(comparison: Comparison) -> dict[str, Any]:
    """Return what ``--json`` writes: every measure, by role too."""
    from trustsim.measures import NAMES

    keys = ("name", "unit", "baseline", "scenario", "difference", "low", "high")
    return {
        "scenario": comparison.scenario.name,
        "baseline": comparison.baseline.name,
        "weeks": comparison.weeks,
        "replicates": len(comparison.seeds),
        "seed": comparison.seeds[0],
        "measures": [{key: getattr(effect, key) for key in keys} for effect in comparison.effects(NAMES)],
    }


def print_answer(comparison: Comparison) -> None:
    """Write the answer for people: at most 80 columns wide where nothing says otherwise."""
    scenario, baseline = comparison.scenario, comparison.baseline
    first, end = comparison.window
    console().print(
        f"{scenario.title or scenario.name}, compared with: {baseline.title or baseline.name}", style="bold"
    )
    print_text(
        f"{len(comparison.seeds)} replicates of {comparison.weeks} weeks from seed {comparison.seeds[0]}; "
        f"both worlds share the hospital and the luck. Means of weeks {first} to {end - 1}.",
        "",
    )
    rows = table("measure", "unit", "baseline", "scenario", "difference", "95 % interval", right=_NUMBERS, gap=1)
    for effect in comparison.effects():
        rows.add_row(*_row(effect))
    console().print(rows)
    if scenario.digest == baseline.digest:
        print_text("", "Both worlds are the same scenario, so nothing can differ.")
    print_text(
        "", f"{_CLEAR} clear of zero: the whole interval is on one side.", "", comparison.sentence(), _money(comparison)
    )


_NUMBERS: Final = ("baseline", "scenario", "difference", "95 % interval")


def _row(effect: Effect) -> list[str | Text]:
    from rich.text import Text

    number = _writer(effect)
    mark = _CLEAR if effect.is_clear else " "
    difference = Text(f"{number(effect.difference, '+')}{mark}", style=_color(effect))
    interval = "-" if math.isnan(effect.low) else f"{number(effect.low, '+')} to {number(effect.high, '+')}"
    return [effect.name, _short(effect.unit), number(effect.baseline), number(effect.scenario), difference, interval]


def _writer(effect: Effect) -> Callable[..., str]:
    """Return how the numbers of a row are written: as many decimals as its levels deserve."""
    size = max((abs(value) for value in (effect.baseline, effect.scenario) if not math.isnan(value)), default=0.0)
    decimals = next((places for places, limit in ((3, 10.0), (2, 100.0), (1, 1000.0)) if size < limit), 0)
    return lambda value, sign="": "-" if math.isnan(value) else f"{value:{sign}.{decimals}f}"


def _short(unit: str) -> str:
    return unit.replace("thousand dollars", "k$").replace(" per ", "/").replace("per ", "/")


def _color(effect: Effect) -> str:
    from trustsim.measures import lookup

    better = lookup(effect.name).better
    if not effect.is_clear or not better:
        return ""
    return _COLORS[(effect.difference > 0.0) == (better == "up")]


def _money(comparison: Comparison) -> str:
    cost, leaders, staff = (comparison.effect(name) for name in ("cost", "leader_hours", "staff_hours"))
    number = _writer(cost)
    sure = f"{number(cost.low, '+')} to {number(cost.high, '+')}, {'' if cost.is_clear else 'not '}clear of zero"
    return (
        f"Money: {number(cost.difference, '+')} thousand dollars a week ({sure}), all costs counted. Time: "
        f"{leaders.difference:+.0f} hours a week of leaders, {staff.difference:+.0f} of staff."
    )
