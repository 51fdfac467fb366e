"""The widgets of the facilitator's page, beside their templates. What a page tells is checked here."""

from __future__ import annotations

from ipyvue import VueTemplate

from trustsim.app.widgets.traits import flag, is_name, string, tell, told

__all__ = ["DoorW", "DotsW", "ErrandW", "SetupW", "TeamsW"]


class SetupW(VueTemplate):
    """Situation, role, luck and mode of a room. `offers` and `current` are JSON; a `warning` has to be agreed to."""

    template_file = (__file__, "setup.vue")
    offers, current, label = string("{}"), string("{}"), string()
    warning, said, error = string(), string(), string()
    on_setup = told()

    def vue_choose(self, data: object) -> None:
        """Pass a setup on."""
        if not isinstance(data, dict) or not all(is_name(data.get(name)) for name in ("situation", "role", "mode")):
            return
        if type(data.get("seed")) is int:
            tell(self.on_setup, data["situation"], data["role"], data["seed"], data["mode"])


class DoorW(VueTemplate):
    """How students get in, and what the facilitator can do with the room; `content` is JSON."""

    template_file = (__file__, "door.vue")
    content, said = string("{}"), string()
    on_pause, on_close = told(), told()

    def vue_pause(self, paused: object) -> None:
        """Pass on whether the games are to be held."""
        if isinstance(paused, bool):
            tell(self.on_pause, paused)

    def vue_close(self, _: object = None) -> None:
        """Pass on that the room is to be deleted."""
        tell(self.on_close)


class TeamsW(VueTemplate):
    """Where each team is and what became of its hospital, and what removes one; `content` is JSON."""

    template_file = (__file__, "teams.vue")
    content = string("{}")
    on_remove = told()

    def vue_remove(self, partner: object) -> None:
        """Pass on which team is to be deleted, by the code of its partners."""
        if is_name(partner):
            tell(self.on_remove, partner)


class DotsW(VueTemplate):
    """Dots and lines over categories, and the table behind them; `content` is JSON."""

    template_file = (__file__, "dots.vue")
    title, description, caption, content = string(), string(), string(), string("{}")


class ErrandW(VueTemplate):
    """Something that takes time: what starts it, progress, a way to stop, and the files that come of it.

    `content` is JSON. A file goes over as JSON with its bytes in base64, once it is asked for.
    """

    template_file = (__file__, "errand.vue")
    content, made = string("{}"), string()
    busy = flag()
    on_start, on_stop, on_take = told(), told(), told()

    def vue_start(self, _: object = None) -> None:
        """Pass on that it is wanted."""
        tell(self.on_start)

    def vue_stop(self, _: object = None) -> None:
        """Pass on that it is not wanted any more."""
        tell(self.on_stop)

    def vue_take(self, key: object) -> None:
        """Hand a file over."""
        if is_name(key) and self.on_take is not None:
            self.made = self.on_take(key)

    def vue_taken(self, _: object = None) -> None:
        """Forget the file."""
        self.made = ""
