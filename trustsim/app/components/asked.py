"""The side on which a visitor says what is to be run: scenario, interventions, size and parameters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import solara

from trustsim.app.components.hospitals import HospitalChoice
from trustsim.app.components.rows import episode_rows, found, parameter_rows, rows_of
from trustsim.app.limits import MOST_REPLICATES, MOST_WEEKS
from trustsim.app.state import RunSpec, Value, current_values, scenario_titles
from trustsim.app.widgets import ChoiceW, SettingsW
from trustsim.interventions import INTERVENTIONS, SHOCKS, Intervention, Setting
from trustsim.parameters import REGISTER
from trustsim.scenario import Scenario

__all__ = ["Asked", "Change"]

Change = Callable[[RunSpec], RunSpec]
Put = Callable[[str, Value | list[str] | None], None]
"""Takes a setting and what it is to be; None for the usual."""
Ask = Callable[[Change], None]
"""What to change, not what comes out: whoever asks may not have seen the newest spec yet."""
_SIZES = [name for name, known in REGISTER.items() if known.group == "organization"]
_SHOWN = 12  # parameters at a time; a search narrows them down


@solara.component
def Asked(spec: RunSpec, on_ask: Ask) -> None:
    """Show what is to be run, and let it be changed. Every change applies at once."""
    scenario, _ = spec.worlds()
    usual, now = _usual(spec), current_values(scenario)

    def put(name: str, value: Value | list[str] | None) -> None:
        value = tuple(value) if isinstance(value, list) else value
        value = int(value) if isinstance(value, float) and isinstance(usual.get(name), int) else value
        chosen = None if value == usual.get(name) else value
        on_ask(lambda newest: newest.setting(name, chosen))

    with solara.Div(classes=["ts-side"]):
        with solara.Div(classes=["ts-card"]):
            ScenarioChoice(spec, on_ask)
            for episode in scenario.episodes:
                backfires = f" How it can do harm: {episode.backfires}" if isinstance(episode, Intervention) else ""
                SettingsW.element(
                    title=_named(episode.title, episode.name, episode.kind),
                    about=f"{(episode.__doc__ or '').strip()}{backfires}",
                    rows=rows_of(episode_rows(episode, scenario.weeks), now, usual, spec.unit_names),
                    removable=True,
                    on_setting=put,
                    on_remove=lambda name=episode.name: on_ask(lambda newest: newest.without(name)),
                ).key(f"episode {episode.name}")
            AddEpisode(scenario, on_ask)
        with solara.Div(classes=["ts-card"]):
            Runs(spec, scenario, on_ask, put)
            HospitalChoice(spec, on_ask)
            if spec.hospital is None:
                SettingsW.element(
                    title="Size of the hospital", rows=rows_of(parameter_rows(_SIZES), now, usual), on_setting=put
                ).key("size")
            Parameters(spec, put).key("parameters")


@solara.component
def ScenarioChoice(spec: RunSpec, on_ask: Ask) -> None:
    """Choose one of the shipped scenarios; say how far this one was changed."""
    options = solara.use_memo(lambda: _options("", list(scenario_titles().items())))
    with solara.Div():
        ChoiceW.element(
            label="Scenario, compared with its baseline",
            value=spec.scenario,
            options=options,
            on_choice=lambda name: on_ask(lambda newest: newest.as_shipped(name)),
        )
        if spec.changes:
            with solara.Div(classes=["ts-bar"]):
                changes = "1 change" if spec.changes == 1 else f"{spec.changes} changes"
                solara.HTML(tag="span", unsafe_innerHTML=f"Edited: {changes}.", classes=["ts-small"])
                PlainButton("Undo all", lambda: on_ask(lambda newest: newest.as_shipped(newest.scenario)))


@solara.component
def AddEpisode(scenario: Scenario, on_ask: Ask) -> None:
    """Choose one more intervention or shock."""
    taken = {episode.name for episode in scenario.episodes}
    leaders = [(kind, each.title) for kind, each in INTERVENTIONS.items() if kind not in taken]
    shocks = [(kind, each.title) for kind, each in SHOCKS.items() if kind not in taken]
    ChoiceW.element(
        label="Add",
        placeholder="an intervention or a shock ...",
        options=json.dumps(
            json.loads(_options("What leaders do", leaders))
            + json.loads(_options("What happens to the hospital (in the scenario alone)", shocks))
        ),
        on_choice=lambda kind: on_ask(lambda newest: newest.adding(kind)),
    )


@solara.component
def Runs(spec: RunSpec, scenario: Scenario, on_ask: Ask, put: Put) -> None:
    """Set how long, how often and with which luck."""
    first = RunSpec()
    rows = [
        ("weeks", Setting("weeks", "integer", 104, 1, MOST_WEEKS, "weeks", ""), "How long it runs after burn-in."),
        (
            "replicates",
            Setting("replicates", "integer", first.replicates, 2, MOST_REPLICATES, "pairs of runs", ""),
            "Pairs of runs; each pair has luck of its own. More of them make narrower intervals and take longer.",
        ),
        (
            "seed",
            Setting("seed", "integer", first.seed, 0, 9999, "", ""),
            "Decides the luck. The same seed gives the same numbers, here and on the command line.",
        ),
    ]
    now = {"weeks": scenario.weeks, "replicates": spec.replicates, "seed": spec.seed}
    usual = {"weeks": spec.shipped().weeks, "replicates": first.replicates, "seed": first.seed}

    def changed(name: str, value: Value | list[str] | None) -> None:
        if name == "weeks":
            put(name, value)
        elif not isinstance(value, (str, list, tuple)):
            whole = usual[name] if value is None else int(value)
            on_ask(lambda newest: replace(newest, seed=whole) if name == "seed" else replace(newest, replicates=whole))

    SettingsW.element(title="Weeks, replicates and seed", rows=rows_of(rows, now, usual), on_setting=changed)


@solara.component
def Parameters(spec: RunSpec, put: Put) -> None:
    """Search the register and set what is found; what was set stays in sight."""
    query, set_query = solara.use_state("")
    scenario, _ = spec.worlds()
    now, usual = current_values(scenario), _usual(spec)
    known = [name for name, _ in spec.settings if name in REGISTER and name not in _SIZES]
    hits = [name for name in found(query) if name not in known] if query.strip() else []
    note = f"{len(REGISTER) - len(_SIZES)} parameters, each with range and source; try trust, voice or burnout."
    if query.strip():
        more = f"; the first {_SHOWN} are shown" if len(hits) > _SHOWN else ""
        note = f"{len(hits)} found{more}."
    SettingsW.element(
        title="Parameters of the model",
        about="They hold in both worlds.",
        rows=rows_of(parameter_rows([*known, *hits[:_SHOWN]]), now, usual),
        searchable=True,
        query=query,
        note=note,
        on_search=set_query,
        on_setting=put,
    )


@solara.component
def PlainButton(text: str, on_click: Callable[[], None]) -> None:
    """Show a button that looks like the others of the page."""
    solara.Button(text, on_click=on_click, classes=["ts-button"], text=True)


def _usual(spec: RunSpec) -> Mapping[str, Any]:
    """Return what would hold if nobody had set anything."""
    return current_values(replace(spec, settings=(), replicates=2).worlds()[0])


def _options(group: str, options: list[tuple[str, str]]) -> str:
    listed = sorted(({"value": value, "text": text} for value, text in options), key=lambda each: each["text"].lower())
    return json.dumps([{"name": group, "options": listed}])


def _named(title: str, name: str, kind: str) -> str:
    return title if name == kind else f"{title} ({name.replace('_', ' ')})"
