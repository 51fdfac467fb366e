"""The widgets: what each is given (traits) and what it tells (``on_*``), beside its Vue template of the same name.

What a page tells is checked here, for shape and size, before anything of ours sees it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import traitlets
from ipyvue import VueTemplate

__all__ = ["ChartW", "ChoiceW", "KpiW", "NetworkW", "PageW", "PersonW", "SettingsW", "ShareW", "StatusW", "TimelineW"]

_LONGEST: Final = 200  # characters of a name or a search


def _text(default: str = "") -> Any:
    return traitlets.Unicode(default).tag(sync=True)


def _flag(default: bool = False) -> Any:
    return traitlets.Bool(default).tag(sync=True)


def _whole(default: int = 0) -> Any:
    return traitlets.Int(default).tag(sync=True)


def _told() -> Any:
    return traitlets.Callable(default_value=None, allow_none=True)


def _tell(listener: Callable[..., None] | None, *what: object) -> None:
    if listener is not None:
        listener(*what)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


class PageW(VueTemplate):
    """The head of the page, with links to the others (JSON); it also sets language, colors and everything's style."""

    template_file = (__file__, "page.vue")
    title, links = _text("trustsim"), _text("[]")


class ChoiceW(VueTemplate):
    """One of several, as a native select. `options` is JSON: groups of a name and options of a value and a text."""

    template_file = (__file__, "choice.vue")
    label, value, placeholder, options = _text(), _text(), _text(), _text("[]")
    on_choice = _told()

    def vue_choose(self, value: object) -> None:
        """Pass a choice on."""
        if _is_name(value) and value:
            _tell(self.on_choice, value)


class SettingsW(VueTemplate):
    """Sliders with their ranges and sources. `rows` is JSON as `trustsim.app.components.rows` makes it."""

    template_file = (__file__, "settings.vue")
    title, about, rows, query, note = _text(), _text(), _text("[]"), _text(), _text()
    unfolded, removable, searchable = _flag(), _flag(), _flag()
    on_setting, on_remove, on_search = _told(), _told(), _told()

    def vue_set(self, data: object) -> None:
        """Pass a setting on: a number, a word, or None for the usual."""
        if not isinstance(data, dict) or not _is_name(data.get("name")):
            return
        value = data.get("value")
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if value is None or is_number or _is_name(value):
            _tell(self.on_setting, data["name"], value)

    def vue_remove(self, _: object = None) -> None:
        """Pass on that it is to be left out."""
        _tell(self.on_remove)

    def vue_search(self, query: object) -> None:
        """Pass on what is looked for."""
        if _is_name(query):
            _tell(self.on_search, query)


class StatusW(VueTemplate):
    """How far the run is and what came out, in a sentence; `notes` is JSON, a list of sentences."""

    template_file = (__file__, "status.vue")
    text, error, notes = _text(), _text(), _text("[]")
    busy, done, most = _flag(), _whole(), _whole(1)
    on_stop = _told()

    def vue_stop(self, _: object = None) -> None:
        """Pass on that it is to stop."""
        _tell(self.on_stop)


class KpiW(VueTemplate):
    """A card for each headline measure; `rows` is JSON."""

    template_file = (__file__, "kpi.vue")
    rows, chosen = _text("[]"), _text()
    on_choice = _told()

    def vue_choose(self, measure: object) -> None:
        """Pass on which measure is to be seen over time."""
        if _is_name(measure):
            _tell(self.on_choice, measure)


class ChartW(VueTemplate):
    """Curves over weeks with their bands, and the table behind them; `content` is JSON."""

    template_file = (__file__, "chart.vue")
    title, description, caption = _text(), _text(), _text()
    content = _text('{"weeks": 1, "unit": "", "file": "", "series": []}')


class TimelineW(VueTemplate):
    """Play, pause, step and scrub the weeks; everything else on the page follows it in the browser."""

    template_file = (__file__, "timeline.vue")
    weeks, week = _whole(), _whole()
    on_week = _told()

    def vue_settle(self, week: object) -> None:
        """Pass on at which week the timeline came to rest."""
        if type(week) is int:
            _tell(self.on_week, week)


class NetworkW(VueTemplate):
    """The hospital in the timeline's week. `cast` is JSON, `frames` base64: see `trustsim.app.service.film`."""

    template_file = (__file__, "network.vue")
    cast, frames, colors = _text("{}"), _text(), _text("{}")
    color, world = _text("trust"), _text("scenario")
    weeks, picked = _whole(), _whole(-1)
    on_pick, on_look = _told(), _told()

    def vue_pick(self, position: object) -> None:
        """Pass on who was picked; -1 for nobody."""
        if type(position) is int:
            _tell(self.on_pick, position)

    def vue_look(self, data: object) -> None:
        """Pass on what is to be seen: a color, or a world."""
        if isinstance(data, dict) and data.keys() <= {"color", "world"} and all(map(_is_name, data.values())):
            _tell(self.on_look, data)


class PersonW(VueTemplate):
    """One person's weeks; `content` is JSON as `trustsim.app.service.biography` makes it, "" for nobody."""

    template_file = (__file__, "person.vue")
    content, world = _text(), _text("scenario")
    busy = _flag()


class ShareW(VueTemplate):
    """Link, command, YAML and CSV of what is on the page; the table is made when it is asked for."""

    template_file = (__file__, "share.vue")
    command, yaml, table, filename = _text(), _text(), _text(), _text("trustsim.csv")
    ready = _flag()
    on_ask = _told()

    def vue_ask(self, _: object = None) -> None:
        """Make the table."""
        if self.ready and self.on_ask is not None:
            self.table = self.on_ask()

    def vue_taken(self, _: object = None) -> None:
        """Forget the table."""
        self.table = ""
