"""Who has which pages open. Solara keeps that; the guard asks here."""

from __future__ import annotations

from solara.server.kernel_context import PageStatus, contexts
from solara.server.server import get_session_id_cookie

__all__ = ["SolaraPlaces"]


class SolaraPlaces:
    """The open pages of this process, each by the name of its kernel; a browser's own name is a cookie's value."""

    def owners(self) -> dict[str, str]:
        """Return which browser each page is open in."""
        return {name: context.session_id for name, context in contexts.copy().items()}

    def browser(self, cookies: str) -> str:
        """Return the name of the browser that sent a header of cookies; "" if it has none yet."""
        named = dict(pair.strip().partition("=")[::2] for pair in cookies.split(";"))
        return get_session_id_cookie(named) or ""

    def give_up_one(self, browser: str = "") -> bool:
        """Close a page that nobody looks at, the oldest there is, of one browser or of any.

        It waits for what that page is at, so it is nothing for an event loop. Phones that are put away lose the line
        and may come back to their page, so it is only done where the place is needed.
        """
        for context in contexts.copy().values():
            lines = set(context.page_status.copy().values())
            if browser in {"", context.session_id} and lines and PageStatus.CONNECTED not in lines:
                context.close("cull")
                return True
        return False
