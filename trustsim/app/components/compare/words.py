"""What happened, in sentences: each alternative against its baseline and against the others, and where harm is done."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from trustsim.app.components.compare.sides import Side
from trustsim.app.service.answer import Answer, between
from trustsim.measures import HEADLINE, MEASURES
from trustsim.report.words import NO_DIFFERENCE, capital, interval, join, name_of, signed, size, tone
from trustsim.scenario import difference

__all__ = ["told"]

_COMPARED: Final = ("trust_clinician_admin", "burnout_prevalence", "turnover_annual")
_PRICE: Final = frozenset({"leader_hours", "cost"})
"""More of them is the price of what is done; the table has it. Harm is done to people and patients."""
_MOST: Final = 4


def told(sides: Sequence[Side]) -> str:
    """Return what happened, as JSON."""
    answered = [(side.letter, side.answer) for side in sides if side.answer is not None]
    compared = [against_one_another(answered)] if len(answered) == len(sides) > 1 else []
    return json.dumps({"compared": compared, "alternatives": [_told(side, sides[0]) for side in sides]})


def against_one_another(answered: Sequence[tuple[str, Answer]]) -> str:
    """Return one sentence: which alternative is best in what, and how sure that is against the next best."""
    return f"{capital('; '.join(_best(name, answered) for name in _COMPARED))}."


def harm(answer: Answer) -> str:
    """Return what an alternative makes clearly worse for people and patients; "" if nothing."""
    worse = [answer.effects[name] for name in HEADLINE if name not in _PRICE and tone(answer.effects[name]) == "worse"]
    if not worse:
        return ""
    said = [f"{name_of(effect.name)} {signed(effect).text} ({interval(effect)})" for effect in worse[:_MOST]]
    more = f", and {len(worse) - _MOST} more" if len(worse) > _MOST else ""
    return f"Does harm, clearly worse with it than without: {'; '.join(said)}{more}."


def _best(name: str, answered: Sequence[tuple[str, Answer]]) -> str:
    rises = MEASURES[name].better == "up"
    order = sorted(answered, key=lambda each: each[1].effects[name].scenario, reverse=rises)
    (first, best), (second, next_best) = order[:2]
    effect = between(name, best, next_best)
    if effect.is_clear:
        highest, side = ("highest", "above") if rises else ("lowest", "below")
        return f"{name_of(name)}: {highest} with {first}, {size(effect)} {side} {second}{_still_better(name, order)}"
    alike = [
        first,
        *(letter for (_, one), (letter, other) in pairwise(order) if not between(name, best, other).is_clear),
    ]
    return f"{name_of(name)}: {NO_DIFFERENCE} between {join(alike)}"


def _still_better(name: str, order: Sequence[tuple[str, Answer]]) -> str:
    """Return that it is better still to do none of it, if it is: the best of several can do harm."""
    letter, best = order[0]
    effect = best.effects[name]
    one_baseline = len({answer.effects[name].baseline for _, answer in order}) == 1
    if not one_baseline or tone(effect) != "worse":
        return ""
    side = "below" if MEASURES[name].better == "up" else "above"
    return f", but {letter} is {size(effect)} {side} the baseline"


def _told(side: Side, first: Side) -> dict[str, Any]:
    scenario, baseline = side.spec.worlds()
    others = [line.lstrip("+- ").split(":")[0] for line in difference(first.spec.worlds()[1], baseline)]
    more = " and more" if len(others) > _MOST else ""
    warnings = [f"{each.title}: {each.backfires}" for each in scenario.interventions]
    return {
        "letter": side.letter,
        "color": side.color,
        "sentence": f"{_sentence(side)}{_cost(side)}",
        "harm": harm(side.answer) if side.answer else "",
        "baseline": f"Its baseline is not that of {first.letter}; they differ in {join(others[:_MOST])}{more}."
        if others
        else "",
        "warnings": warnings,
    }


def _cost(side: Side) -> str:
    """Return what it costs in all, or saves, if that can be told from chance."""
    effect = side.answer.effects["cost"] if side.answer is not None else None
    if effect is None or not effect.is_clear:
        return ""
    verb = "costs" if effect.difference > 0.0 else "saves"
    return f" All counted, it {verb} {size(effect)}."


def _sentence(side: Side) -> str:
    if side.answer is not None:
        return f"{side.alternative.title}: {side.answer.finding}"
    return f"It failed: {side.outcome.error}" if side.outcome.stage == "failed" else f"{side.alternative.title} ..."
