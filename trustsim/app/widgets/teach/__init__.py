"""What students see and do in a game, drawn in the browser: a Vue template for each part of the page, and its class.

What a page tells is checked here, for shape and size, before anything of ours sees it. `content` is JSON throughout.
"""

from __future__ import annotations

import math
from typing import Final

from ipyvue import VueTemplate

from trustsim.app.widgets.traits import flag, is_name, string, tell, told, whole

__all__ = [
    "AdvanceW", "BriefingW", "DashboardW", "DebriefW", "FilesW", "HeadW", "JoinW", "MovesW", "PredictW", "ReflectW",
    "RevealW", "SearchW", "SeatsW", "StyleW",
]  # fmt: skip

_ANSWERS: Final = 10
_LONGEST: Final = 2000  # characters of an answer, more than a game takes


class StyleW(VueTemplate):
    """What all parts of the page look like alike; it shows nothing itself."""

    template_file = (__file__, "style.vue")


class JoinW(VueTemplate):
    """Join a class with its code, or begin a game alone; `offers` is JSON: situations and roles."""

    template_file = (__file__, "join.vue")
    code, error, refused, offers = string(), string(), string(), string("{}")
    on_join, on_alone = told(), told()

    def vue_join(self, code: object) -> None:
        """Pass on which code was typed."""
        if is_name(code):
            tell(self.on_join, code)

    def vue_alone(self, data: object) -> None:
        """Pass on which game is to begin: situation, role, mode and seed."""
        if not isinstance(data, dict) or data.keys() != {"situation", "role", "mode", "seed"}:
            return
        if all(is_name(data[key]) for key in ("situation", "role", "mode")) and type(data["seed"]) is int:
            tell(self.on_alone, data["situation"], data["role"], data["mode"], data["seed"])


class SeatsW(VueTemplate):
    """The two seats, to choose one; `seats` is JSON."""

    template_file = (__file__, "seats.vue")
    seats, about = string("[]"), string()
    on_choice = told()

    def vue_choose(self, seat: object) -> None:
        """Pass on which seat was taken."""
        if is_name(seat):
            tell(self.on_choice, seat)


class HeadW(VueTemplate):
    """Who plays, which quarter it is, what is going on; taking back and starting over in practice."""

    template_file = (__file__, "head.vue")
    content, said, working = string("{}"), string(), string()
    busy = flag()
    on_back, on_seat = told(), told()

    def vue_back(self, how: object) -> None:
        """Pass on that the last quarter, or all of them, are to be taken back."""
        if is_name(how) and how in {"undo", "restart"}:
            tell(self.on_back, how)

    def vue_seat(self, _: object = None) -> None:
        """Pass on that the other seat is wanted."""
        tell(self.on_seat)


class BriefingW(VueTemplate):
    """What a new leader is told, in parts of a title and a text."""

    template_file = (__file__, "briefing.vue")
    content = string("{}")
    unfolded = flag()


class DashboardW(VueTemplate):
    """A seat's measures: value, change, a small curve over the quarters, and the table behind it."""

    template_file = (__file__, "dashboard.vue")
    content = string("{}")


class MovesW(VueTemplate):
    """What can be done in a quarter, at which price, with what is left of the budget."""

    template_file = (__file__, "moves.vue")
    content = string("{}")
    on_pick, on_again = told(), told()

    def vue_pick(self, data: object) -> None:
        """Pass on a move and its variant; no variant means that the move is not wanted."""
        if isinstance(data, dict) and is_name(data.get("move")) and is_name(data.get("variant")):
            tell(self.on_pick, data["move"], data["variant"])

    def vue_again(self, _: object = None) -> None:
        """Pass on that the same is wanted as in the quarter before."""
        tell(self.on_again)


class PredictW(VueTemplate):
    """A slider for each measure that is predicted."""

    template_file = (__file__, "predict.vue")
    content = string("{}")
    on_guess = told()

    def vue_guess(self, data: object) -> None:
        """Pass on a measure and the change that is expected of it."""
        if not isinstance(data, dict) or not is_name(data.get("measure")):
            return
        change = data.get("change")
        if isinstance(change, (int, float)) and not isinstance(change, bool) and math.isfinite(change):
            tell(self.on_guess, data["measure"], float(change))


class AdvanceW(VueTemplate):
    """The button that decides a quarter, and the question before it."""

    template_file = (__file__, "advance.vue")
    content = string("{}")
    busy = flag()
    on_advance = told()

    def vue_advance(self, quarter: object) -> None:
        """Pass on which quarter is decided."""
        if type(quarter) is int:
            tell(self.on_advance, quarter)


class RevealW(VueTemplate):
    """What came of the last quarter; takes the focus when `arrived` becomes another number than 0."""

    template_file = (__file__, "reveal.vue")
    content = string("{}")
    arrived = whole()


class ReflectW(VueTemplate):
    """Questions with room for short answers; `questions` is JSON."""

    template_file = (__file__, "reflect.vue")
    questions, note = string("[]"), string()
    longest = whole(500)
    on_answer = told()

    def vue_answer(self, texts: object) -> None:
        """Pass on the answers, empty where a question was skipped."""
        if not isinstance(texts, list) or len(texts) > _ANSWERS:
            return
        if all(isinstance(text, str) and len(text) <= _LONGEST for text in texts):
            tell(self.on_answer, tuple(texts))


class SearchW(VueTemplate):
    """The head of the debrief: what is still being worked out, and how far that is."""

    template_file = (__file__, "search.vue")
    doing, error, note = string(), string(), string()
    percent = whole()


class DebriefW(VueTemplate):
    """A section of the debrief: the blocks of `trustsim.report.blocks`, whose figures are safe as they are."""

    template_file = (__file__, "debrief.vue")
    content = string('{"blocks": []}')
    unfolded = flag()


class FilesW(VueTemplate):
    """Files to take along; each is made when it is asked for. `files` is JSON: key and text.

    What is made is JSON too: name, type and text of the file.
    """

    template_file = (__file__, "files.vue")
    files, note, made = string("[]"), string(), string()
    on_ask = told()

    def vue_ask(self, key: object) -> None:
        """Pass on which file is wanted; what is returned goes to the browser."""
        if is_name(key) and self.on_ask is not None:
            self.made = self.on_ask(key)

    def vue_taken(self, _: object = None) -> None:
        """Forget the file."""
        self.made = ""
