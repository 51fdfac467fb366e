"""The side on which a visitor says what is compared: which alternatives, what leaders do in each, in which world."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import solara

from trustsim.app.components.asked import Asked, Change
from trustsim.app.components.compare.sides import Side
from trustsim.app.state import RunSpec, scenario_titles, write_link
from trustsim.app.state.compare import MOST_COMPARED
from trustsim.app.widgets import ChoiceW
from trustsim.app.widgets.compare import AlternativesW

__all__ = ["Chosen"]


@solara.component
def Chosen(
    sides: Sequence[Side],
    changed: int,
    *,
    on_changed: Callable[[int], None],
    on_ask: Callable[[int, Change], None],
    on_add: Callable[[str], None],
    on_call: Callable[[int, str], None],
    on_explore: Callable[[RunSpec], None],
    on_pin: Callable[[int], None],
    on_remove: Callable[[int], None],
) -> None:
    """List the alternatives; one of them is open to changes, those of the world are for all."""
    letters = [side.letter for side in sides]
    options = solara.use_memo(_scenarios, [])

    def told(listener: Callable[[int], None]) -> Callable[[str], None]:
        return lambda letter: listener(letters.index(letter)) if letter in letters else None

    with solara.Div(classes=["ts-side"]):
        AlternativesW.element(
            rows=json.dumps(
                [
                    {
                        "letter": side.letter,
                        "title": side.alternative.title,
                        "color": side.color,
                        "explore": f"/explore?{write_link(side.spec)}",
                    }
                    for side in sides
                ]
            ),
            chosen=letters[changed],
            on_choice=told(on_changed),
            on_explore=told(lambda number: on_explore(sides[number].spec)),
            on_pin=told(on_pin),
            on_remove=told(on_remove),
            on_call=lambda letter, name: on_call(letters.index(letter), name) if letter in letters else None,
        )
        if len(sides) < MOST_COMPARED:
            with solara.Div(classes=["ts-card"]):
                ChoiceW.element(
                    label="One more", placeholder="a scenario to compare ...", options=options, on_choice=on_add
                )
        with solara.Div(classes=["ts-change"]):
            solara.HTML(
                tag="p",
                classes=["ts-small", "ts-muted"],
                unsafe_innerHTML=f"What follows changes {letters[changed]}; weeks, replicates, seed and size are those "
                "of all.",
            )
            Asked(sides[changed].spec, lambda change: on_ask(changed, change))


def _scenarios() -> str:
    named = sorted((title, name) for name, title in scenario_titles().items())
    return json.dumps([{"name": "", "options": [{"value": name, "text": title} for title, name in named]}])
