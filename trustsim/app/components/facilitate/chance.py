"""The reveal of luck: each team's plan in hospitals with other people and other luck."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

from trustsim.app.components.facilitate.errands import shown
from trustsim.app.service.errand import Progress
from trustsim.app.widgets.facilitate import DotsW, ErrandW
from trustsim.game import Luck, said_change
from trustsim.game.class_luck import ClassLuck
from trustsim.game.readings import CARD_MEASURES
from trustsim.measures import lookup
from trustsim.report.words import capital, name_of, people

__all__ = ["Chance", "picture"]

_ABOUT = (
    "All teams had the same hospital and the same luck. This tries each plan in ten other hospitals, with other people "
    "and other luck, and shows what would have come of it."
)


@solara.component
def Chance(
    revealing: Progress[ClassLuck], measure: str, can: bool, on_start: Callable[[], None], on_stop: Callable[[], None]
) -> None:
    """Show what the plans change elsewhere, once it is asked for.

    Parameters
    ----------
    revealing : Progress of ClassLuck
    measure : str
        Of the card.
    can : bool
        Whether anything was played.
    on_start, on_stop : callable
    """
    with solara.Div(classes=["ts-card"]):
        ErrandW.element(
            content=shown("How much of it is luck", _ABOUT, "Reveal", revealing, can=can),
            busy=revealing.stage == "working",
            on_start=on_start,
            on_stop=on_stop,
        )
        found = revealing.result
        if found is not None and measure not in CARD_MEASURES:
            solara.v.Html(tag="p", children=["Choose a measure of the table of teams: luck is shown for those."])
        elif found is not None:
            drawn, told = picture(found, measure)
            DotsW.element(
                title=capital(name_of(measure)),
                description=told,
                caption=f"What the plan changed against nobody deciding anything, after {_quarters(found)}. {told}",
                content=drawn,
            )


def picture(found: ClassLuck, measure: str) -> tuple[str, str]:
    """Return the picture as JSON, and what it says in a sentence.

    Parameters
    ----------
    found : ClassLuck
    measure : str
        Of the card.
    """
    factor, unit = people(lookup(measure).unit, change=True)
    lucks = {team: of[measure] for team, of in found.teams.items()}
    others = [
        [column, factor * value, f"{team}, elsewhere: {said_change(measure, value)}"]
        for column, (team, luck) in enumerate(lucks.items())
        for value in luck.others
    ]
    own = [
        [column, factor * luck.own, f"{team}, here: {said_change(measure, luck.own)}"]
        for column, (team, luck) in enumerate(lucks.items())
    ]
    content = {
        "unit": unit.strip(),
        "file": f"trustsim_luck_{measure}",
        "categories": list(lucks),
        "series": [
            {"name": "in ten other hospitals", "kind": "rings", "color": "baseline", "size": 8, "points": others},
            {"name": "in the hospital of the class", "kind": "dots", "color": "scenario", "size": 12, "points": own},
        ],
        "head": ["team", "here", "lowest elsewhere", "highest elsewhere", "same direction as here"],
        "rows": [_row(measure, team, luck) for team, luck in lucks.items()],
    }
    return json.dumps(content, allow_nan=False), _order(measure, lucks)


def _row(measure: str, team: str, luck: Luck) -> list[Any]:
    values = (luck.own, min(luck.others), max(luck.others))
    return [team, *(said_change(measure, value) for value in values), _alike(luck)]


def _alike(luck: Luck) -> str:
    return f"{luck.alike} of {len(luck.others)}"


def _order(measure: str, lucks: dict[str, Luck]) -> str:
    """Return whether the first and the last team on a measure would have been so elsewhere."""
    if len(lucks) == 1:
        [(team, luck)] = lucks.items()
        return f"{team}: {said_change(measure, luck.own)} here, and the same way in {_alike(luck)} other hospitals."
    ranked = sorted(lucks, key=lambda team: lucks[team].own, reverse=lookup(measure).better == "up")
    first, last = ranked[0], ranked[-1]
    if lucks[first].own == lucks[last].own:
        return "All teams come to the same here."
    up = lucks[first].own > lucks[last].own
    pairs = list(zip(lucks[first].others, lucks[last].others, strict=True))
    kept = sum((one > other) == up and one != other for one, other in pairs)
    return f"{first} does better than {last} here, and in {kept} of {len(pairs)} other hospitals."


def _quarters(found: ClassLuck) -> str:
    return "the first quarter" if found.quarters == 1 else f"{found.quarters} quarters, as many as all have played"
