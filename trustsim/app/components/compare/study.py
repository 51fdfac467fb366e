"""What an effect hangs on, by a study that whoever started the app laid out."""

from __future__ import annotations

import json

import numpy as np
import solara

from trustsim.analysis.intervals import Estimate
from trustsim.app.components.curves import spoken
from trustsim.app.service.studies import Drivers, drivers, laid_out
from trustsim.app.widgets import ChoiceW
from trustsim.app.widgets.compare import TornadoW
from trustsim.errors import TrustsimError

__all__ = ["Study", "tornado"]

_MOST = 12
"""Factors that the figure shows."""
_NONE = (
    "None was laid out. Whoever starts the app can: <code>trustsim app --study DIR</code>, with the folder of a study "
    "by Sobol' indices (<code>trustsim sweep</code>)."
)


@solara.component
def Study() -> None:
    """Show Sobol' indices of a study that was laid out, worked out off the page's thread."""
    place, set_place = solara.use_state(0)
    measure, set_measure = solara.use_state("")
    studies = laid_out()
    results = studies[place] if place < len(studies) else None
    measures = results.study.measures if results else ()
    shown = measure if measure in measures else next(iter(measures), "")

    def work() -> Drivers | None:
        return drivers(results, shown) if results else None

    found = solara.lab.use_task(work, dependencies=[place, shown], raise_error=False, prefer_threaded=True)
    with solara.v.Html(tag="section", class_="ts-card", attributes={"aria-label": "What it hangs on"}):
        solara.HTML(tag="h2", unsafe_innerHTML="What it hangs on")
        if results is None:
            solara.HTML(tag="p", classes=["ts-small", "ts-muted"], unsafe_innerHTML=_NONE)
            return
        with solara.Div(classes=["ts-curve-choice"]):
            ChoiceW.element(
                label="Study",
                value=str(place),
                options=_options([(str(number), each.study.name) for number, each in enumerate(studies)]),
                on_choice=lambda chosen: set_place(int(chosen)) if chosen.isdecimal() else None,
            )
            ChoiceW.element(
                label="Effect on",
                value=shown,
                options=_options([(name, spoken(name)) for name in measures]),
                on_choice=lambda name: set_measure(name) if name in measures else None,
            )
        if found.finished and found.value is not None:
            TornadoW.element(
                content=tornado(found.value, f"trustsim_sobol_{shown}"),
                caption=_caption(results.study.question, found.value),
                description=_described(found.value, shown),
            )
        elif found.error:
            why = str(found.exception) if isinstance(found.exception, TrustsimError) else "a mistake of ours"
            solara.Text(f"It cannot be shown: {why}")
        else:
            solara.Text("Working it out ...")


def tornado(found: Drivers, file: str) -> str:
    """Return the indices as JSON, those with the largest totals first."""
    indices = found.indices
    clear = indices.is_distinguishable()
    order = [int(place) for place in np.argsort(-indices.total.value) if place < len(found.labels)][:_MOST]
    rows = [
        {
            "factor": indices.factors[place],
            "label": found.labels[place],
            "first": _ends(indices.first, place),
            "total": _ends(indices.total, place),
            "verdict": "more than nothing" if clear[place] else "not distinguishable from zero",
        }
        for place in order
    ]
    return json.dumps({"file": file, "rows": rows})


def _ends(estimate: Estimate, place: int) -> list[float]:
    return [float(f"{part[place]:.6g}") for part in (estimate.value, estimate.low, estimate.high)]


def _caption(question: str, found: Drivers) -> str:
    return (
        f"{question} First order: the share of the variance that a factor explains alone; total: with all its "
        f"interactions. {found.rows:,} rows, {found.replicates} replicates, {found.indices.confidence:.0%} intervals."
    ).strip()


def _described(found: Drivers, measure: str) -> str:
    order = np.argsort(-found.indices.total.value[: len(found.labels)])
    first, *_ = (f"{found.labels[place]} ({found.indices.total.value[place]:.2f})" for place in order)
    return f"Sobol' indices of the effect on {spoken(measure)}; the largest total index has: {first}"


def _options(listed: list[tuple[str, str]]) -> str:
    return json.dumps([{"name": "", "options": [{"value": value, "text": text} for value, text in listed]}])
