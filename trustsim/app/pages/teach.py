"""Teach: a student's page of the leadership flight simulator, alone or in a team of two seats."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, urlencode

import solara

from trustsim.app.components.teach.join import Join
from trustsim.app.components.teach.playing import Playing
from trustsim.app.widgets.teach import StyleW
from trustsim.game import SEATS

__all__ = ["Teach"]

_LONGEST: Final = 100  # characters of anything in the link


@solara.component
def Teach() -> None:
    """Show the page of a link: the way in, or the team whose token it has, at a seat."""
    router = solara.use_router()
    token, seat, code = (_read(router.search, name) for name in ("team", "seat", "code"))

    def go(token: str, seat: str) -> None:
        known = {"team": token, "seat": seat}
        router.push(f"{router.path}?{urlencode({name: value for name, value in known.items() if value})}")

    browser: str = solara.use_memo(solara.get_session_id, [])
    with solara.v.Html(tag="main", class_="ts-teach", attributes={"id": "ts-main", "tabindex": "-1"}):
        StyleW.element()
        if token:
            Playing(token, seat if seat in SEATS else "", lambda seat: go(token, seat)).key(f"{token} {seat}")
        else:
            Join(code, browser, lambda token: go(token, ""))


def _read(search: str | None, name: str) -> str:
    return parse_qs(search or "").get(name, [""])[0][:_LONGEST]
