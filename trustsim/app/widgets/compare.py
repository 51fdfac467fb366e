"""The widgets of Compare: what each is given (traits) and what it tells (``on_*``), beside its Vue template.

What a page tells is checked here, for shape and size, before anything of ours sees it.
"""

from __future__ import annotations

from typing import Final

from ipyvue import VueTemplate

from trustsim.app.widgets.traits import flag, is_name, string, tell, told, whole

__all__ = ["AlternativesW", "BoardW", "ReportW", "ToldW", "TornadoW", "TrayW"]

_LONGEST: Final = 10_000  # characters of what is pinned, each
_MOST: Final = 8


class AlternativesW(VueTemplate):
    """What is compared, by letter; `rows` is JSON."""

    template_file = (__file__, "alternatives.vue")
    rows, chosen = string("[]"), string("A")
    on_call, on_choice, on_explore, on_pin, on_remove = told(), told(), told(), told(), told()

    def vue_call(self, data: object) -> None:
        """Pass on what one is to be called."""
        if isinstance(data, dict) and is_name(data.get("letter")) and is_name(data.get("name")):
            tell(self.on_call, data["letter"], data["name"])

    def vue_choose(self, letter: object) -> None:
        """Pass on which one is to be changed."""
        if is_name(letter):
            tell(self.on_choice, letter)

    def vue_explore(self, letter: object) -> None:
        """Pass on which one is to be seen by itself."""
        if is_name(letter):
            tell(self.on_explore, letter)

    def vue_pin(self, letter: object) -> None:
        """Pass on which one is to be kept."""
        if is_name(letter):
            tell(self.on_pin, letter)

    def vue_remove(self, letter: object) -> None:
        """Pass on which one is to be left out."""
        if is_name(letter):
            tell(self.on_remove, letter)


class BoardW(VueTemplate):
    """Every headline measure of every alternative beside its baseline; `content` is JSON."""

    template_file = (__file__, "board.vue")
    content = string('{"when": "", "about": "", "baselines": [], "alternatives": [], "rows": [], "pairs": []}')
    chosen = string()
    on_choice = told()

    def vue_choose(self, measure: object) -> None:
        """Pass on which measure is to be seen over time."""
        if is_name(measure):
            tell(self.on_choice, measure)


class ToldW(VueTemplate):
    """What happened, in sentences; `content` is JSON."""

    template_file = (__file__, "told.vue")
    content = string('{"compared": [], "alternatives": []}')


class TrayW(VueTemplate):
    """What is pinned, which the browser keeps; `content` is JSON.

    `newcomers` is what is to be pinned: JSON of a number, another one each time, and a list.
    """

    template_file = (__file__, "tray.vue")
    content, newcomers = string('{"measures": [], "rows": [], "full": false}'), string("[0, []]")
    most = whole(_MOST)
    on_keep, on_compare, on_explore = told(), told(), told()

    def vue_keep(self, written: object) -> None:
        """Pass on what the browser keeps."""
        if isinstance(written, list) and len(written) <= _MOST:
            tell(self.on_keep, tuple(each for each in written if isinstance(each, str) and len(each) <= _LONGEST))

    def vue_compare(self, number: object) -> None:
        """Pass on which of them is to be compared."""
        if type(number) is int:
            tell(self.on_compare, number)

    def vue_explore(self, number: object) -> None:
        """Pass on which of them is to be seen by itself."""
        if type(number) is int:
            tell(self.on_explore, number)


class TornadoW(VueTemplate):
    """Sobol' indices of first order and in total, with their intervals; `content` is JSON."""

    template_file = (__file__, "tornado.vue")
    content, caption, description = string('{"file": "", "rows": []}'), string(), string()


class ReportW(VueTemplate):
    """A report that is made when it is asked for; `choices` is JSON, `page` the report once it is there."""

    template_file = (__file__, "report.vue")
    choices, page, filename, error = string("[]"), string(), string("report.html"), string()
    busy, done, most = flag(), whole(), whole(1)
    on_write, on_drop, on_taken = told(), told(), told()

    def vue_write(self, letter: object) -> None:
        """Pass on of which one it is to be."""
        if is_name(letter):
            tell(self.on_write, letter)

    def vue_drop(self, _: object = None) -> None:
        """Pass on that it is wanted no more."""
        tell(self.on_drop)

    def vue_taken(self, _: object = None) -> None:
        """Pass on that it was saved."""
        tell(self.on_taken)
