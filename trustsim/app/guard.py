"""What stands in front of every request: who may ask, for what, and what browsers are told about our pages.

Solara trusts the network that it is on. This does not: pages of other sites can make a browser send requests to a
server on the same machine, or point a name of theirs at it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from trustsim.app.protocol import is_understood

__all__ = ["Guard", "Places"]

_Scope = dict[str, Any]
_Send = Callable[[dict[str, Any]], Any]
_App = Callable[[_Scope, Any, _Send], Any]

_ASSETS: Final = "/_solara/cdn/"
_CLOSED: Final = ("/resourcez", "/_solara/api/evict", "/docs")
_OF_A_PAGE: Final = ("/jupyter/api/kernels/", "/_solara/api/close/")
# Vue compiles templates in the browser, which takes eval and code from blobs; nothing may come from elsewhere.
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_ALL_FULL, _OWN_FULL = 503, 429
_FULL: Final = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>trustsim is full</title>"
    "<h1>All places are taken</h1><p>{taken}. Close one that is not needed, or try again in a few minutes: a page that "
    "was left is given up after a quarter of an hour.</p></html>"
)
_ALL_TAKEN: Final = "{} pages are open, as many as this machine serves at a time"
_OWN_TAKEN: Final = "{} pages are open in this browser, as many as one may have"


class Places(Protocol):
    """Which pages are open, each by the name of its kernel, and in whose browser."""

    def owners(self) -> Mapping[str, str]:
        """Return which browser each page is open in."""

    def browser(self, cookies: str) -> str:
        """Return the name of the browser that sent a header of cookies; "" if it has none yet."""

    def give_up_one(self, browser: str = "") -> bool:
        """Close a page that was left, of one browser or of any; returns whether there was one."""


class Guard:
    """An ASGI application around another.

    Parameters
    ----------
    app : ASGI application
        Solara's.
    names : collection of str
        Names by which this server may be called, besides literal addresses.
    assets : Path
        Folder of what browsers load, a folder within it for each package. Only its files are passed on, by their names
        as they are: what Solara does not find there it would fetch from elsewhere.
    places : Places
    most, most_each : int
        How many pages may be open, of all browsers and of each. Where all places are taken, pages that were left
        are given up; of one's own, where those are.
    """

    def __init__(
        self, app: _App, *, names: Collection[str], assets: Path, places: Places, most: int, most_each: int
    ) -> None:
        self._app, self._names = app, {name.lower() for name in names}
        self._files = {
            _ASSETS + file.relative_to(assets).as_posix() for file in assets.glob("*/**/*") if file.is_file()
        }
        self._places, self._most, self._most_each = places, most, most_each

    async def __call__(self, scope: _Scope, receive: Any, send: _Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        status, text = self._refusal(scope)
        if status in {_ALL_FULL, _OWN_FULL}:
            whose = self._places.browser(_headers(scope).get("cookie", "")) if status == _OWN_FULL else ""
            if await asyncio.to_thread(self._places.give_up_one, whose):
                status, text = self._refusal(scope)
        if not status and scope["type"] == "websocket":
            await self._app(scope, _understood(receive), send)
        elif not status:
            await self._app(scope, receive, _with_headers(send))
        elif scope["type"] == "websocket":
            await receive()  # the request to connect; closing before accepting answers it with 403
            await send({"type": "websocket.close", "code": 1008, "reason": text[:100]})
        else:
            await _answer(_with_headers(send), status, text)

    def _refusal(self, scope: _Scope) -> tuple[int, str]:
        """Return a status and a reason, or 0 to let it pass."""
        headers = _headers(scope)
        host, path = headers.get("host", ""), scope["path"]
        if not self._is_ours(host):
            return 400, "this server is not known by that name"
        changes = scope["type"] == "websocket" or scope["method"] not in {"GET", "HEAD"}
        if changes and urlsplit(headers.get("origin", "")).netloc.lower() != host.lower():
            return 403, "a page of another site asks"
        if path.startswith(_CLOSED) or (path.startswith(_ASSETS) and path not in self._files):
            return 404, "there is nothing here"
        return self._no_place(scope["type"], path, self._places.browser(headers.get("cookie", "")))

    def _no_place(self, kind: str, path: str, browser: str) -> tuple[int, str]:
        owners = self._places.owners()
        of_a_page = next((start for start in _OF_A_PAGE if path.startswith(start)), None)
        if of_a_page:
            owner = owners.get(path.removeprefix(of_a_page).partition("/")[0])
            if owner is not None:
                return (0, "") if owner == browser else (403, "that page is open in another browser")
        if kind != "websocket" and path.startswith(("/_solara/", "/static/", "/jupyter/", "/readyz")):
            return 0, ""
        if len(owners) >= self._most:
            return _ALL_FULL, _FULL.format(taken=_ALL_TAKEN.format(self._most))
        if browser and sum(owner == browser for owner in owners.values()) >= self._most_each:
            return _OWN_FULL, _FULL.format(taken=_OWN_TAKEN.format(self._most_each))
        return 0, ""

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._names or _is_address(name)  # nobody can point somebody else's name at an address


def _headers(scope: _Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _understood(receive: Any) -> Any:
    """Return what passes messages on that a page of ours may send; others are not heard."""

    async def receiving() -> dict[str, Any]:
        while True:
            message: dict[str, Any] = await receive()
            text, content = message.get("text"), message.get("bytes")
            if message["type"] != "websocket.receive" or is_understood(content or b"" if text is None else text):
                return message

    return receiving


def _with_headers(send: _Send) -> _Send:
    async def sending(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*_others(message.get("headers", ())), *_HEADERS]}
        await send(message)

    return sending


def _others(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    ours = {name for name, _ in _HEADERS}
    return [(name, value) for name, value in headers if name.lower() not in ours]


async def _answer(send: _Send, status: int, text: str) -> None:
    kind = b"text/html; charset=utf-8" if text.startswith("<!doctype") else b"text/plain; charset=utf-8"
    body = text.encode()
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
