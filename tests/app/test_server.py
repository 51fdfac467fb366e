"""Who may ask the server for what."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from trustsim.app.address import Address, is_loopback
from trustsim.app.guard import Guard

GOOD = {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"}


class Pages:
    """Open pages: kernel-0 in the browser b-0 and so on, some of them left. A browser sends its name as cookies."""

    def __init__(self, here: int, left: int = 0) -> None:
        self.open, self.left = {f"kernel-{number}": f"b-{number}" for number in range(here)}, left
        self.asked: list[str] = []

    def owners(self) -> dict[str, str]:
        return self.open

    def browser(self, cookies: str) -> str:
        return cookies

    def give_up_one(self, browser: str = "") -> bool:
        self.left -= 1
        self.asked.append(browser)
        return self.left >= 0 and bool(self.open.popitem())


def asked(
    kind: str = "http", path: str = "/", method: str = "GET", *, pages: Pages | None = None, **headers: str
) -> int:
    """Return the status that a guard answers with; 200 if it passes the request on, 403 for a refused websocket."""
    statuses: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        statuses.append(200)

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.connect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])
        elif message["type"] == "websocket.close":
            statuses.append(403)

    guard = Guard(
        app,
        names={"localhost", "ward-pc"},
        assets=Path(__file__).parents[1],
        places=pages or Pages(0),
        most=3,
        most_each=2,
    )
    scope = {
        "type": kind,
        "path": path,
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    asyncio.run(guard(scope | ({"method": method} if kind == "http" else {}), receive, send))
    return statuses[0]


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "ward-pc:1", "192.168.1.7:8765", "[::1]:8765"])
def test_it_answers_to_its_names_and_to_addresses(host: str):
    assert asked(host=host) == 200


@pytest.mark.parametrize("host", ["", "evil.example", "evil.example:8765", "localhost.evil.example", "[", "a b"])
def test_a_name_that_somebody_else_points_here_is_not_ours(host: str):
    assert asked(host=host) == 400


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "", "http://127.0.0.1:9999", "http://localhost:8765"]
)
def test_a_page_of_another_site_gets_no_websocket_and_changes_nothing(origin: str):
    assert asked("websocket", "/jupyter/api/kernels/k/channels", host=GOOD["host"], origin=origin) == 403
    assert asked(path="/_solara/api/close/k", method="POST", host=GOOD["host"], origin=origin) == 403


def test_our_own_page_does():
    assert asked("websocket", "/jupyter/api/kernels/k/channels", **GOOD) == 200
    assert asked(path="/_solara/api/close/k", method="POST", **GOOD) == 200


@pytest.mark.parametrize(
    "path",
    [
        "/resourcez",
        "/_solara/api/evict/k",
        "/_solara/cdn/left-pad@1.0.0/a.js",
        "/_solara/cdn/../pyproject.toml",
        "/_solara/cdn/app",
        "/_solara/cdn/conftest.py",  # of no package; Solara would look for conftest.py/__main.js
        "/_solara/cdn/app/test_server%2Epy",  # decoded once already
        "/_solara/cdn/app\\test_server.py",
        "/_solara/cdn/app/./test_server.py",
        "/_solara/cdn/app/test_server.py\0",
    ],
)
def test_what_is_not_for_visitors_is_not_there(path: str):
    assert asked(path=path, **GOOD) == 404


def test_what_browsers_load_is():
    assert asked(path=f"/_solara/cdn/app/{Path(__file__).name}", **GOOD) == 200


def test_a_name_that_is_encoded_twice_is_refused_before_anything_is_fetched(server: SimpleNamespace):
    there = "/_solara/cdn/requirejs@2.3.6/require.js"
    with urllib.request.urlopen(server.address + there) as answer:
        assert b"requirejs" in answer.read()
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(server.address + there.replace(".js", "%252Ejs"))
    assert refused.value.read() == b"there is nothing here"  # the guard's words; Solara has others, after it asked


def test_when_all_places_are_taken_a_new_page_is_told_and_an_open_one_goes_on():
    assert asked(path="/explore", pages=Pages(3), **GOOD) == 503
    assert asked(path="/static/x.js", pages=Pages(3), **GOOD) == 200
    assert asked("websocket", "/jupyter/api/kernels/kernel-2/channels", pages=Pages(3), cookie="b-2", **GOOD) == 200
    assert asked("websocket", "/jupyter/api/kernels/another/channels", pages=Pages(3), **GOOD) == 403
    assert asked(path="/explore", pages=Pages(2), **GOOD) == 200


def test_when_all_places_are_taken_a_page_that_was_left_makes_room():
    pages = Pages(3, left=1)
    assert asked(path="/explore", pages=pages, **GOOD) == 200
    assert len(pages.open) == 2
    pages = Pages(4, left=1)  # one is not enough
    assert asked("websocket", "/jupyter/api/kernels/another/channels", pages=pages, **GOOD) == 403


def test_one_browser_cannot_take_all_places():
    pages = Pages(2)
    pages.open["kernel-1"] = "b-0"
    assert asked(path="/explore", pages=pages, cookie="b-0", **GOOD) == 429
    assert asked("websocket", "/jupyter/api/kernels/another/channels", pages=pages, cookie="b-0", **GOOD) == 403
    assert asked("websocket", "/jupyter/api/kernels/kernel-1/channels", pages=pages, cookie="b-0", **GOOD) == 200
    assert asked(path="/explore", pages=pages, cookie="b-1", **GOOD) == 200


def test_a_browser_that_left_pages_may_open_others():
    pages = Pages(2, left=1)
    pages.open = dict.fromkeys(pages.open, "b-0")
    assert asked(path="/explore", pages=pages, cookie="b-0", **GOOD) == 200
    assert list(pages.open) == ["kernel-0"]
    assert pages.asked == ["b-0"]  # nobody else's


@pytest.mark.parametrize("cookie", ["b-0", ""])
def test_nobody_joins_or_closes_a_page_of_another_browser(cookie: str):
    of_another = "/jupyter/api/kernels/kernel-1/channels", "/_solara/api/close/kernel-1"
    assert asked("websocket", of_another[0], pages=Pages(2), cookie=cookie, **GOOD) == 403
    assert asked(path=of_another[1], method="POST", pages=Pages(2), cookie=cookie, **GOOD) == 403
    assert asked(path=of_another[1], method="POST", pages=Pages(2), cookie="b-1", **GOOD) == 200


def test_pages_tell_browsers_to_load_nothing_from_elsewhere(server: SimpleNamespace):
    with urllib.request.urlopen(f"{server.address}/explore") as answer:
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-frame-options"] == "DENY"
        assert "HttpOnly" in answer.headers["set-cookie"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{server.address}/resourcez")


@pytest.mark.parametrize(("origin", "status"), [("http://evil.example", b" 403 "), ("{address}", b" 101 ")])
def test_a_real_websocket_opens_for_our_pages_alone(server: SimpleNamespace, origin: str, status: bytes):
    host = server.address.removeprefix("http://")
    request = (
        "GET /jupyter/api/kernels/k-1/channels?session_id=s HTTP/1.1\r\n"
        f"Host: {host}\r\nOrigin: {origin.format(address=server.address)}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=10) as line:
        line.sendall(request.encode())
        assert status in line.recv(64)


def test_a_page_cannot_have_code_of_its_choice_run():
    attack = {"create_widget": ["subprocess", "Popen"], "props": {"args": ["true"]}, "id": "x"}
    code = (
        "from trustsim.app.widgets.events import only_events\nonly_events()\n"
        "from trustsim.app.widgets import KpiW\ntold = []\nwidget = KpiW(on_choice=told.append)\n"
        f"widget._handle_event(widget, {attack!r}, [])\n"
        "widget._handle_event(widget, {'event': '__class__', 'data': 1}, [])\n"
        "widget._handle_event(widget, {'event': 'choose', 'data': 'cost'}, [])\n"
        "import sys\nprint(told, widget._component_instances)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['cost'] []"


@pytest.mark.parametrize(
    ("host", "only_here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("ward", False)],
)
def test_it_knows_what_only_this_machine_can_reach(host: str, only_here: bool):
    assert is_loopback(host) == only_here


@pytest.mark.parametrize(
    ("host", "url"), [("127.0.0.1", "http://127.0.0.1:80"), ("::1", "http://[::1]:80"), ("ward", "http://ward:80")]
)
def test_an_address_is_said_as_it_is_typed(host: str, url: str):
    assert Address(host, 80).url == url


def test_who_listens_everywhere_says_where_others_find_it():
    name = Address("0.0.0.0", 80).url.removeprefix("http://").removesuffix(":80")
    assert name not in {"0.0.0.0", ""}
    assert name == socket.gethostname() or not ip_address(name).is_unspecified


def test_a_port_that_is_taken_is_said_and_not_a_traceback(server: SimpleNamespace):
    port = server.address.rpartition(":")[2]
    done = subprocess.run(
        [sys.executable, "-m", "trustsim", "app", "--no-open", "--port", port],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"trustsim: cannot listen on 127.0.0.1, port {port}:")


def test_other_hosts_are_warned_of(server: SimpleNamespace):
    port = server.address.rpartition(":")[2]
    taken = ["--no-open", "--host", "0.0.0.0", "--port", port]
    done = subprocess.run(
        [sys.executable, "-m", "trustsim", "app", *taken],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert "There are no passwords" in done.stderr
    assert json.dumps(done.stdout) == '""'
