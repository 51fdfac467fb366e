"""The widgets: what each is given (traits) and what it tells (``on_*``), beside its Vue template of the same name.

What a page tells is checked here, for shape and size, before anything of ours sees it.
"""

from __future__ import annotations

import math

from ipyvue import VueTemplate

from trustsim.app.widgets.traits import are_names, flag, is_name, string, tell, told, whole

__all__ = ["ChartW", "ChoiceW", "KpiW", "NetworkW", "PageW", "PersonW", "SettingsW", "ShareW", "StatusW", "TimelineW"]


class PageW(VueTemplate):
    """The head of the page, with links to the others (JSON); it also sets language, colors and everything's style."""

    template_file = (__file__, "page.vue")
    title, links = string("trustsim"), string("[]")


class ChoiceW(VueTemplate):
    """One of several, as a native select. `options` is JSON: groups of a name and options of a value and a text."""

    template_file = (__file__, "choice.vue")
    label, value, placeholder, options = string(), string(), string(), string("[]")
    on_choice = told()

    def vue_choose(self, value: object) -> None:
        """Pass a choice on."""
        if is_name(value) and value:
            tell(self.on_choice, value)


class SettingsW(VueTemplate):
    """Sliders with their ranges and sources. `rows` is JSON as `trustsim.app.components.rows` makes it."""

    template_file = (__file__, "settings.vue")
    title, about, rows, query, note = string(), string(), string("[]"), string(), string()
    unfolded, removable, searchable = flag(), flag(), flag()
    on_setting, on_remove, on_search = told(), told(), told()

    def vue_set(self, data: object) -> None:
        """Pass a setting on: a number, a word, a list of names, or None for the usual."""
        if not isinstance(data, dict) or not is_name(data.get("name")):
            return
        value = data.get("value")
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if value is None or is_number or is_name(value) or are_names(value):
            tell(self.on_setting, data["name"], value)

    def vue_remove(self, _: object = None) -> None:
        """Pass on that it is to be left out."""
        tell(self.on_remove)

    def vue_search(self, query: object) -> None:
        """Pass on what is looked for."""
        if is_name(query):
            tell(self.on_search, query)


class StatusW(VueTemplate):
    """How far the run is and what came out, in a sentence; `notes` is JSON, a list of sentences."""

    template_file = (__file__, "status.vue")
    text, error, notes = string(), string(), string("[]")
    busy, done, most = flag(), whole(), whole(1)
    on_stop = told()

    def vue_stop(self, _: object = None) -> None:
        """Pass on that it is to stop."""
        tell(self.on_stop)


class KpiW(VueTemplate):
    """A card for each headline measure; `rows` is JSON."""

    template_file = (__file__, "kpi.vue")
    rows, chosen = string("[]"), string()
    on_choice = told()

    def vue_choose(self, measure: object) -> None:
        """Pass on which measure is to be seen over time."""
        if is_name(measure):
            tell(self.on_choice, measure)


class ChartW(VueTemplate):
    """Curves over weeks with their bands, and the table behind them; `content` is JSON."""

    template_file = (__file__, "chart.vue")
    title, description, caption = string(), string(), string()
    content = string('{"weeks": 1, "unit": "", "file": "", "series": []}')


class TimelineW(VueTemplate):
    """Play, pause, step and scrub the weeks; everything else on the page follows it in the browser."""

    template_file = (__file__, "timeline.vue")
    weeks, week = whole(), whole()
    on_week = told()

    def vue_settle(self, week: object) -> None:
        """Pass on at which week the timeline came to rest."""
        if type(week) is int:
            tell(self.on_week, week)


class NetworkW(VueTemplate):
    """The hospital in the timeline's week. `cast` is JSON, `frames` base64: see `trustsim.app.service.film`.

    All worlds of the film are seen side by side if `worlds` (JSON) says what each is called, else the one of `world`.
    """

    template_file = (__file__, "network.vue")
    cast, frames, colors, worlds = string("{}"), string(), string("{}"), string("[]")
    color, world = string("trust"), string("scenario")
    weeks, picked = whole(), whole(-1)
    on_pick, on_look = told(), told()

    def vue_pick(self, position: object) -> None:
        """Pass on who was picked; -1 for nobody."""
        if type(position) is int:
            tell(self.on_pick, position)

    def vue_look(self, data: object) -> None:
        """Pass on what is to be seen: a color, or a world."""
        if isinstance(data, dict) and data.keys() <= {"color", "world"} and all(map(is_name, data.values())):
            tell(self.on_look, data)


class PersonW(VueTemplate):
    """One person's weeks; `content` is JSON as `trustsim.app.service.biography` makes it, "" for nobody."""

    template_file = (__file__, "person.vue")
    content, world = string(), string("scenario")
    busy = flag()


class ShareW(VueTemplate):
    """Link, command, YAML and CSV of what is on the page; the table is made when it is asked for.

    `compare` is where to compare it with others, if it is not there already.
    """

    template_file = (__file__, "share.vue")
    command, yaml, table, filename = string(), string(), string(), string("trustsim.csv")
    compare = string()
    ready = flag()
    on_ask, on_go = told(), told()

    def vue_ask(self, _: object = None) -> None:
        """Make the table."""
        if self.ready and self.on_ask is not None:
            self.table = self.on_ask()

    def vue_go(self, _: object = None) -> None:
        """Pass on that it is to be compared."""
        tell(self.on_go)

    def vue_taken(self, _: object = None) -> None:
        """Forget the table."""
        self.table = ""
