"""Facilitate: the page of whoever teaches a class with the leadership flight simulator."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode

import solara

from trustsim.app.components.facilitate.opening import Opening
from trustsim.app.components.facilitate.room import Room

__all__ = ["Facilitate"]

_LONGEST = 100  # characters of a token


@solara.component
def Facilitate() -> None:
    """Show the room of the link, which is secret; without one, what a room can be opened with."""
    router = solara.use_router()
    token = parse_qs(router.search or "").get("room", [""])[0][:_LONGEST]
    browser: str = solara.use_memo(solara.get_session_id, [])
    with solara.v.Html(tag="main", class_="ts-room", attributes={"id": "ts-main", "tabindex": "-1"}):
        if token:
            Room(token).key(token)
        else:
            Opening(browser, lambda token: router.push(f"{router.path}?{urlencode({'room': token})}"))
