"""The side on which a visitor sees what came out: words, table, hospitals side by side, curves, and what is pinned."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

import solara

from trustsim.app.components.compare.sides import Side, film_of, names_of_worlds
from trustsim.app.components.compare.tables import board, curves, described, tray
from trustsim.app.components.compare.words import told
from trustsim.app.components.curves import spoken
from trustsim.app.components.shown import CurveChoice, Look
from trustsim.app.service import Answer
from trustsim.app.state import COLORS, Curve, RunSpec, View
from trustsim.app.state.compare import MOST_COMPARED, Alternative
from trustsim.app.widgets import ChartW, NetworkW, StatusW, TimelineW
from trustsim.app.widgets.compare import BoardW, ToldW, TrayW
from trustsim.measures import NAMES, lookup

__all__ = ["Board", "Curves", "Hospitals", "Pinned", "Status", "Told"]

_CURVES: Final[dict[Curve, str]] = {"levels": "all worlds", "difference": "differences"}


@solara.component
def Status(
    sides: Sequence[Side], waiting: int, stopped: bool, notes: Sequence[str], on_stop: Callable[[], None]
) -> None:
    """Say how far the runs are.

    Parameters
    ----------
    sides : sequence of Side
    waiting : int
        How many others, that are pinned, are not answered yet.
    stopped : bool
    notes : sequence of str
    on_stop : callable
    """
    each = sides[0].spec.replicates
    open_ones = [side for side in sides if side.outcome.is_busy]
    done = sum(each if side.answer else side.outcome.done for side in sides)
    text = f"{len(sides)} compared, each in {each} pairs of hospitals with the same luck."
    if stopped:
        text = "Stopped. Change anything to run it."
    elif any(side.outcome.stage == "compiling" for side in sides):
        text = "Compiling the model, the first time on this machine only: half a minute ..."
    elif open_ones:
        text = f"Running {len(open_ones)} of {len(sides)}, {each} pairs of hospitals each."
    elif waiting:
        text += f" {waiting} that are pinned are running."
    failed = [f"{side.letter} failed: {side.outcome.error}" for side in sides if side.outcome.stage == "failed"]
    StatusW.element(
        text=text,
        error="\n".join(failed),
        notes=json.dumps(list(notes)),
        busy=bool(open_ones or waiting) and not stopped,
        done=done,
        most=each * len(sides),
        on_stop=on_stop,
    )


@solara.component
def Told(sides: Sequence[Side]) -> None:
    """Say what happened."""
    content = solara.use_memo(lambda: told(sides), [sides])
    ToldW.element(content=content)


@solara.component
def Board(sides: Sequence[Side], view: View, on_look: Look) -> None:
    """Show the headline measures; one that is clicked is shown over time."""
    content = solara.use_memo(lambda: board(sides, view.measure), [sides, view.measure])
    BoardW.element(
        content=content,
        chosen=view.measure,
        on_choice=lambda name: on_look(measure=name) if name in NAMES else None,
    )


@solara.component
def Hospitals(sides: Sequence[Side], view: View, on_look: Look) -> None:
    """Show all worlds of the first replicate side by side, in the same week and on the same scale of colors."""
    shot = tuple((side.spec, side.outcome.film) for side in sides)
    newest = solara.use_memo(lambda: film_of(sides), [shot])
    named = newest, names_of_worlds(sides)  # who is called otherwise is in the same film
    last = solara.use_ref(named)
    last.current = film, names = named if newest is not None else last.current
    if film is None:
        solara.HTML(tag="div", classes=["ts-card", "ts-empty"], unsafe_innerHTML="Setting up the hospitals ...")
        return
    labels = film.labels

    def look(what: dict[str, Any]) -> None:
        if what.get("color") in COLORS:
            on_look(color=what["color"])

    with solara.v.Html(tag="section", class_="ts-card", attributes={"aria-label": "The hospitals side by side"}):
        TimelineW.element(
            weeks=film.weeks,
            week=min(view.week, film.weeks - 1),
            on_week=lambda week: on_look(week=min(max(week, 0), film.weeks - 1)),
        )
        NetworkW.element(
            cast=film.cast,
            frames=film.encoded,
            weeks=film.weeks,
            worlds=json.dumps(names),
            colors=json.dumps(COLORS),
            color=view.color,
            picked=labels.index(view.person) if view.person in labels else -1,
            on_pick=lambda one: on_look(person=labels[one] if 0 <= one < len(labels) else ""),
            on_look=look,
        )


@solara.component
def Curves(sides: Sequence[Side], view: View, on_look: Look) -> None:
    """Show a measure over time in all worlds, or the paired differences, with 95 % intervals."""
    content = solara.use_memo(
        lambda: curves(sides, view.measure, difference=view.curve == "difference"), [sides, view.measure, view.curve]
    )
    with solara.Div(classes=["ts-column"]):
        CurveChoice(view, _CURVES, on_look)
        if content is not None:
            named = "; ".join(f"{side.letter}: {side.alternative.title}" for side in sides)
            ChartW.element(
                title=spoken(view.measure).capitalize(),
                description=described(sides, view.measure),
                caption=f"{named}. {lookup(view.measure).meaning} Mean over replicates, with its 95 % interval.",
                content=content,
            )


@solara.component
def Pinned(
    pinned: Sequence[tuple[str, Alternative | None, Answer | None]],
    sides: Sequence[Side],
    newcomers: str,
    *,
    on_keep: Callable[[tuple[str, ...]], None],
    on_compare: Callable[[Alternative], None],
    on_explore: Callable[[RunSpec], None],
) -> None:
    """Show what the browser keeps, and what each does.

    Parameters
    ----------
    pinned : sequence of (str, Alternative or None, Answer or None)
        As the browser keeps it, what that is, and what came out.
    sides : sequence of Side
    newcomers : str
        What is to be pinned, as `TrayW` takes it.
    on_keep : callable
        Called with what the browser keeps.
    on_compare, on_explore : callable
        Called with one that is to be compared, and with what is to be seen by itself.
    """
    letters = {side.spec: side.letter for side in sides}
    known = dict(enumerate(alternative for _, alternative, _ in pinned))

    def told(listener: Callable[[Alternative], None]) -> Callable[[int], None]:
        return lambda place: listener(chosen) if (chosen := known.get(place)) is not None else None

    TrayW.element(
        content=tray(pinned, letters, full=len(sides) >= MOST_COMPARED),
        newcomers=newcomers,
        on_keep=on_keep,
        on_compare=told(on_compare),
        on_explore=told(lambda chosen: on_explore(chosen.spec)),
    )
