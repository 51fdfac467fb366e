"""Explore: choose or build a scenario, see what it does to a hospital, to its curves and to a person in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from trustsim.app.components.asked import Asked, Change
from trustsim.app.components.hospitals import use_hospitals
from trustsim.app.components.shown import Cards, Curves, Hospital, Person, Share, Status
from trustsim.app.service import Outcome, Visit
from trustsim.app.state import RunSpec, View, fits_in_link, read_link, write_link
from trustsim.errors import InputError

__all__ = ["Explore"]


@solara.component
def Explore() -> None:
    """Show the page of a link. All that a visitor changes goes into the link, so going back and refreshing work."""
    router = solara.use_router()
    hospitals = use_hospitals()
    spec, view, notes = solara.use_memo(lambda: read_link(router.search, hospitals), [router.search, hospitals])
    said, say = solara.use_state("")

    newest = solara.use_ref((spec, view))
    newest.current = (spec, view)

    def go(spec: RunSpec, view: View) -> None:
        if (spec, view) != newest.current:
            newest.current = (spec, view)  # two changes may come before the page is drawn anew
            router.push(f"{router.path}?{write_link(spec, view)}")

    def ask(change: Change) -> None:
        spec, view = newest.current
        try:
            changed = change(spec)
            changed.worlds()
            if not fits_in_link(changed):
                raise InputError("a link cannot name so many units; choose a share of them")
        except InputError as error:
            say(f"That does not fit: {error}.")
        else:
            say(_lost(spec, changed))
            go(changed, view)

    def look(**changes: Any) -> None:
        spec, view = newest.current
        go(spec, replace(view, **changes))

    visit: Visit = solara.use_memo(lambda: Visit(solara.get_session_id()), [])
    outcome, shown = use_run(visit, spec)
    with solara.Div(classes=["ts-page"]):
        with solara.Div(classes=["ts-side"]):
            Asked(spec, ask)
            Share(spec, outcome.answer)
        with solara.v.Html(tag="main", class_="ts-main", attributes={"id": "ts-main", "tabindex": "-1"}):
            Status(spec, outcome, shown, (*notes, *([said] if said else ())), visit.stop)
            Cards(shown.answer, view, look)
            with solara.Div(classes=["ts-columns"]):
                with solara.Div(classes=["ts-column"]):
                    Hospital(shown.film, view, look)
                    Person(visit, spec, view)
                Curves(shown.answer, view, look)


def _lost(before: RunSpec, after: RunSpec) -> str:
    """Return a sentence about units by name that another hospital has not."""
    kept = dict(after.settings)
    lost = [name for name, value in before.settings if isinstance(value, tuple) and kept.get(name) != value]
    if before.hospital == after.hospital or not lost:
        return ""
    episodes = ", ".join(name.partition(".")[0].replace("_", " ") for name in lost)
    return f"Not all units that were named are in this hospital: see in which units it is in force now ({episodes})."


def use_run(visit: Visit, spec: RunSpec) -> tuple[Outcome, Outcome]:
    """Run a spec whenever it changes.

    Returns
    -------
    outcome : Outcome
        Of this spec.
    shown : Outcome
        The same, with film and answer of the spec before as long as there are none.
    """
    outcome, set_outcome = solara.use_state(Outcome(spec))
    last = solara.use_ref(Outcome(spec))

    def start() -> Callable[[], None]:
        set_outcome(Outcome(spec))
        visit.start(spec, set_outcome)
        return visit.stop

    solara.use_effect(start, [spec])
    current = outcome if outcome.spec == spec else Outcome(spec)
    shown = replace(current, film=current.film or last.current.film, answer=current.answer or last.current.answer)
    last.current = shown
    return current, shown
