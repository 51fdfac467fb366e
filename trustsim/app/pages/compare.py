"""Compare: one to four alternatives beside their baseline, in the same hospitals with the same luck."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode

import solara

from trustsim.app.components.compare.chosen import Chosen
from trustsim.app.components.compare.shown import Board, Curves, Hospitals, Pinned, Status, Told
from trustsim.app.components.compare.sides import sides_of
from trustsim.app.components.compare.study import Study
from trustsim.app.components.compare.taken import Report, Share
from trustsim.app.components.hospitals import use_hospitals
from trustsim.app.service import Answer, Outcome, Visit
from trustsim.app.service.runner import Runner
from trustsim.app.state import Hospital, RunSpec, View, write_link
from trustsim.app.state.compare import (
    MOST_COMPARED,
    Alternative,
    comparison_fits,
    in_one_world,
    one_changed,
    read_comparison,
    read_pins,
    write_comparison,
)
from trustsim.errors import InputError

__all__ = ["Compare"]

Alternatives = tuple[Alternative, ...]
_PIN: Final = ("pin", "yes")
"""What a link has if the alternatives in it are to be pinned at once."""


@solara.component
def Compare() -> None:
    """Show the comparison of a link. All that a visitor changes goes into the link; what is pinned stays with them."""
    link = use_link()
    alternatives, view, put = link.alternatives, link.view, link.put
    changed, set_changed = solara.use_state(0)
    kept, set_kept = solara.use_state(())
    # How often something was pinned here, so that the browser notices one that is pinned again; and what.
    newcomers, set_newcomers = solara.use_state(
        (0, [each.written() for each in alternatives] if link.is_to_be_pinned else [])
    )

    visit: Visit = solara.use_memo(lambda: Visit(solara.get_session_id()), [])
    pinned = solara.use_memo(
        lambda: read_pins(kept, alternatives[0], link.hospitals), [kept, alternatives[0], link.hospitals]
    )
    compared = tuple(each.spec for each in alternatives)
    runs, stopped, stop = use_runs(visit, compared, tuple(each.spec for each in pinned if each is not None))
    sides = solara.use_memo(lambda: sides_of(alternatives, runs.outcomes), [alternatives, runs])
    tray = [(written, each, runs.answer(each)) for written, each in zip(kept, pinned, strict=True)]

    def call(number: int, name: str) -> None:
        put(lambda present: [each.called(name) if at == number else each for at, each in enumerate(present)])

    def remove(number: int) -> None:
        set_changed(0)
        put(lambda present: [*present[:number], *present[number + 1 :]] or present)  # one is always left

    with solara.Div(classes=["ts-page"]):
        with solara.Div(classes=["ts-side"]):
            Chosen(
                sides,
                min(changed, len(sides) - 1),
                on_changed=set_changed,
                on_ask=lambda number, change: put(lambda present: one_changed(present, number, change), number),
                on_add=lambda name: put(lambda present: [*present, Alternative(present[0].spec.as_shipped(name))]),
                on_call=call,
                on_explore=link.explore,
                on_pin=lambda number: set_newcomers((newcomers[0] + 1, [alternatives[number].written()])),
                on_remove=remove,
            )
            Share(sides)
            Report(visit, sides)
        with solara.v.Html(tag="main", class_="ts-main", attributes={"id": "ts-main", "tabindex": "-1"}):
            waiting = sum(each is not None and runs.is_open(each.spec) for each in pinned)
            Status(sides, waiting, stopped, link.notes, stop)
            Told(sides)
            Board(sides, view, link.look)
            Hospitals(sides, view, link.look)
            Curves(sides, view, link.look)
            Pinned(
                tray,
                sides,
                json.dumps(newcomers),
                on_keep=set_kept,
                on_compare=lambda chosen: put(lambda present: [*present, chosen][:MOST_COMPARED]),
                on_explore=link.explore,
            )
            Study()


@dataclass(frozen=True, eq=False)
class Link:
    """What a page's address asks for, and how to change it.

    Attributes
    ----------
    alternatives : tuple of Alternative
    view : View
    notes : tuple of str
        What could not be used, or done.
    is_to_be_pinned : bool
    hospitals : sequence of Hospital
        That the visitor may see.
    put : callable
        Takes what changes the alternatives, and whose world is theirs then.
    look : callable
        Takes fields of `View` with their new values.
    explore : callable
        Takes what is to be seen by itself.
    """

    alternatives: Alternatives
    view: View
    notes: tuple[str, ...]
    is_to_be_pinned: bool
    hospitals: Sequence[Hospital]
    put: Callable[..., None]
    look: Callable[..., None]
    explore: Callable[[RunSpec], None]


def use_link() -> Link:
    """Return what the address of the page asks for."""
    router = solara.use_router()
    hospitals = use_hospitals()
    alternatives, view, notes, pins = solara.use_memo(
        lambda: _read(router.search, hospitals), [router.search, hospitals]
    )
    refused, refuse = solara.use_state("")
    newest = solara.use_ref((alternatives, view))
    newest.current = (alternatives, view)

    def go(alternatives: Alternatives, view: View) -> None:
        if (alternatives, view) != newest.current:
            newest.current = (alternatives, view)  # two changes may come before the page is drawn anew
            router.push(f"{router.path}?{write_comparison(alternatives, view)}")

    def put(change: Callable[[Alternatives], Sequence[Alternative]], ruling: int = 0) -> None:
        alternatives, view = newest.current
        try:
            fitted = in_one_world(change(alternatives), ruling)
            if not comparison_fits(fitted):
                raise InputError("a link cannot name so many units; choose a share of them")
        except InputError as error:
            refuse(f"That does not fit: {error}.")
        else:
            refuse("")
            go(fitted, view)

    def look(**changes: Any) -> None:
        alternatives, view = newest.current
        go(alternatives, replace(view, **changes))

    def explore(spec: RunSpec) -> None:
        router.push(f"/explore?{write_link(spec, View(week=view.week, color=view.color, measure=view.measure))}")

    said = (*notes, *([refused] if refused else ()))
    return Link(alternatives, view, said, pins, hospitals, put, look, explore)


@dataclass(frozen=True, eq=False)
class Runs:
    """How far the runs of a page are, by what is run."""

    outcomes: Mapping[RunSpec, Outcome]

    def answer(self, alternative: Alternative | None) -> Answer | None:
        """Return what came out of an alternative, if it did."""
        outcome = None if alternative is None else self.outcomes.get(alternative.spec)
        return None if outcome is None else outcome.answer

    def is_open(self, spec: RunSpec) -> bool:
        """Whether there is more to come of a spec."""
        return spec not in self.outcomes or self.outcomes[spec].is_busy

    def with_one(self, outcome: Outcome, wanted: Collection[RunSpec]) -> Runs:
        """Return them with one that is further; those that nobody wants any more are forgotten."""
        kept = {spec: each for spec, each in self.outcomes.items() if spec in wanted}
        return Runs({**kept, outcome.spec: outcome})


def use_runs(
    visit: Visit, compared: tuple[RunSpec, ...], others: tuple[RunSpec, ...]
) -> tuple[Runs, bool, Callable[[], None]]:
    """Run what was not run yet, what is compared first.

    Returns
    -------
    runs : Runs
    stopped : bool
        Whether the visitor stopped it.
    stop : callable
    """
    runs, set_runs = solara.use_state(Runs({}))
    given_up, give_up = solara.use_state(())
    runner: Runner = solara.use_memo(lambda: Runner(visit), [visit])
    wanted = tuple(dict.fromkeys((*compared, *others)))

    def start() -> Callable[[], None]:
        def tell(outcome: Outcome) -> None:
            set_runs(lambda known: known.with_one(outcome, wanted))

        give_up(())
        runner.start([spec for spec in wanted if spec not in runs.outcomes or not runs.outcomes[spec].answer], tell)
        return runner.stop

    def stop() -> None:
        runner.stop()
        give_up(wanted)

    solara.use_effect(start, [wanted])
    return runs, given_up == wanted, stop


def _read(query: str | None, hospitals: Sequence[Hospital]) -> tuple[Alternatives, View, tuple[str, ...], bool]:
    """Return what a link asks to compare, how to look at it, what there is to say, and whether to pin it."""
    pairs = parse_qsl(query or "", keep_blank_values=True)
    bare = urlencode([pair for pair in pairs if pair != _PIN], quote_via=quote)
    return *read_comparison(bare, hospitals), _PIN in pairs
