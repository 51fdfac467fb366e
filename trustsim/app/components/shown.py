"""The side on which a visitor sees what came out: cards, the hospital, curves, a person, and what to take along."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import solara

from trustsim.app.components.curves import CARDS, cards_of, curves_of, described, spoken
from trustsim.app.service import Answer, Film, Outcome, Visit
from trustsim.app.state import COLORS, CURVES, Curve, RunSpec, View, as_command, as_yaml
from trustsim.app.state.compare import Alternative, write_comparison
from trustsim.app.widgets import ChartW, ChoiceW, KpiW, NetworkW, PersonW, ShareW, StatusW, TimelineW
from trustsim.measures import MEASURES, NAMES, lookup

__all__ = ["Cards", "CurveChoice", "Curves", "Hospital", "Look", "Person", "Share", "Status"]

Look = Callable[..., None]
"""Takes fields of `View` with their new values."""


@solara.component
def Status(
    spec: RunSpec, outcome: Outcome, shown: Outcome, notes: tuple[str, ...], on_stop: Callable[[], None]
) -> None:
    """Say how far the run is, and what came out; and where the numbers that are shown are not of this one."""
    answer = outcome.answer
    before = "" if shown.answer is answer else " The numbers below are of the run before."
    stages = {
        "waiting": "Waiting for the run before to stop ...",
        "compiling": "Compiling the model, the first time on this machine only: half a minute ...",
        "running": f"Running {spec.replicates} pairs of hospitals: {outcome.done} done.",
        "stopped": "Stopped. Change anything to run it.",
        "failed": "",
        "done": f"{spec.title}: {answer.finding}" if answer else "",
    }
    StatusW.element(
        text=f"{stages[outcome.stage]}{before}".strip(),
        error=f"It failed: {outcome.error}" if outcome.stage == "failed" else "",
        notes=json.dumps(notes),
        busy=outcome.is_busy,
        done=outcome.done,
        most=spec.replicates,
        on_stop=on_stop,
    )


@solara.component
def Cards(answer: Answer | None, view: View, on_look: Look) -> None:
    """Show the headline measures; one that is clicked is shown over time."""
    rows = solara.use_memo(lambda: cards_of(answer), [answer])
    KpiW.element(
        rows=rows, chosen=view.measure, on_choice=lambda name: on_look(measure=name) if name in NAMES else None
    )


@solara.component
def Hospital(film: Film | None, view: View, on_look: Look) -> None:
    """Show everybody in every week of the first replicate."""
    if film is None:
        solara.HTML(tag="div", classes=["ts-card", "ts-empty"], unsafe_innerHTML="Setting up the hospital ...")
        return
    labels = film.labels

    def look(what: dict[str, Any]) -> None:
        known = {"color": COLORS, "world": ("scenario", "baseline")}
        if all(value in known[name] for name, value in what.items()):
            on_look(**what)

    with solara.v.Html(tag="section", class_="ts-card", attributes={"aria-label": "The hospital"}):
        TimelineW.element(
            weeks=film.weeks,
            week=min(view.week, film.weeks - 1),
            on_week=lambda week: on_look(week=min(max(week, 0), film.weeks - 1)),
        )
        NetworkW.element(
            cast=film.cast,
            frames=film.encoded,
            weeks=film.weeks,
            colors=json.dumps(COLORS),
            color=view.color,
            world=view.world,
            picked=labels.index(view.person) if view.person in labels else -1,
            on_pick=lambda one: on_look(person=labels[one] if 0 <= one < len(labels) else ""),
            on_look=look,
        )


@solara.component
def Curves(answer: Answer | None, view: View, on_look: Look) -> None:
    """Show a measure over time: both worlds or their paired difference, with 95 % intervals."""
    content = solara.use_memo(
        lambda: curves_of(answer, view.measure, difference=view.curve == "difference") if answer else None,
        [answer, view.measure, view.curve],
    )
    with solara.Div(classes=["ts-column"]):
        CurveChoice(view, CURVES, on_look)
        if answer is not None and content is not None:
            ChartW.element(
                title=spoken(view.measure).capitalize(),
                description=described(answer, view.measure),
                caption=f"{lookup(view.measure).meaning} Mean over replicates, with its 95 % interval.",
                content=content,
            )


@solara.component
def CurveChoice(view: View, curves: Mapping[Curve, str], on_look: Look) -> None:
    """Choose which measure is shown over time, and which of the curves, by what each is called."""
    choices = solara.use_memo(_measure_options, [])
    with solara.Div(classes=["ts-card", "ts-curve-choice"]):
        ChoiceW.element(
            label="Measure",
            value=view.measure,
            options=choices,
            on_choice=lambda name: on_look(measure=name) if name in NAMES else None,
        )
        ChoiceW.element(
            label="Curves",
            value=view.curve,
            options=json.dumps(
                [{"name": "", "options": [{"value": key, "text": text} for key, text in curves.items()]}]
            ),
            on_choice=lambda curve: on_look(curve=curve) if curve in curves else None,
        )


@solara.component
def Person(visit: Visit, spec: RunSpec, view: View) -> None:
    """Show the person who was picked."""

    def write() -> str:
        told = visit.person(spec, view.person, written.is_current) if view.person else None
        return json.dumps(told) if told else ""

    written = solara.lab.use_task(write, dependencies=[spec, view.person], prefer_threaded=True)
    content = written.value if written.finished and written.value else ""
    PersonW.element(content=content, world=view.world, busy=view.person != "" and written.pending)


@solara.component
def Share(spec: RunSpec, answer: Answer | None) -> None:
    """Offer link, command, YAML and CSV."""
    router = solara.use_router()
    command, yaml = solara.use_memo(lambda: (as_command(spec), as_yaml(spec)), [spec])
    address = f"/compare?{write_comparison([Alternative(spec)])}&pin=yes"
    ShareW.element(
        command=command,
        yaml=yaml,
        compare=address,
        on_go=lambda: router.push(address),
        filename=f"trustsim_{spec.scenario}.csv",
        ready=answer is not None,
        on_ask=answer.csv if answer else None,
    )


def _measure_options() -> str:
    """Return all measures as options of a choice, headlines first."""
    listed = [(name, spoken(name)) for name in NAMES]
    groups = {
        "Headline": [each for each in listed if each[0] in CARDS],
        "All": [each for each in listed if each[0] in MEASURES and each[0] not in CARDS],
        "By role": [each for each in listed if each[0] not in MEASURES],
    }
    return json.dumps(
        [
            {"name": group, "options": [{"value": value, "text": text} for value, text in options]}
            for group, options in groups.items()
        ]
    )
