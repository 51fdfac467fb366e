"""One open page, as the server knows it: what a browser says for it, without the browser."""

import asyncio
import json
import urllib.request
from collections.abc import Callable
from time import perf_counter
from typing import Any, Self
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE = 60.0  # seconds; the machine of a test is busy
_LARGEST = 16 * 1024 * 1024  # bytes of one message to a page; a film of the hospital is two million

Widget = dict[str, Any]


class Tab:
    """A browser's tab at a page of the app.

    Attributes
    ----------
    widgets : dict
        State of each widget of the page by its id, as a browser would hold it; its id is in it, as ``id``.
    waits : list of float
        Seconds from each thing that was told to the server until it was done with it.
    strange : list of dict
        Messages that no page should get.
    """

    def __init__(self, address: str, cookie: str = "") -> None:
        self.address, self.cookie = address, cookie
        self.kernel, self.session = str(uuid4()), str(uuid4())
        self.widgets: dict[str, Widget] = {}
        self.waits: list[float] = []
        self.strange: list[dict[str, Any]] = []
        self.path = ""
        self._sent: dict[str, float] = {}
        self._answered: set[str] = set()
        self._line: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._news = asyncio.Condition()

    async def __aenter__(self) -> Self:
        """Return the tab, whose line is closed in the end."""
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop()

    async def open(self, path: str) -> None:
        """Load a page and have its app run."""
        self.path = path
        await asyncio.to_thread(self._load, path)
        await self.connect()
        where = {"path": path, "appName": None, "dark": False, "themes": {"light": {}, "dark": {}}}
        comm = await self._control("run", args=where)
        await self.until(lambda _: comm in self._answered)

    async def reconnect(self) -> None:
        """Open the line anew that was lost, and learn what was missed."""
        await self.catch_up(await self.come_back())

    async def come_back(self) -> str:
        """Open the line anew that was lost, and within it the one for what was missed; returns that one's name."""
        await self.connect()
        comm = uuid4().hex
        opening = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
        await self.done(await self.send("comm_open", opening, {"version": "1.0.0"}))
        return comm

    async def catch_up(self, comm: str) -> None:
        """Learn what was missed."""
        await self._comm("comm_msg", comm, {"method": "request_states"})
        await self.until(lambda _: comm in self._answered)

    async def connect(self) -> None:
        """Open the line to the page's kernel."""
        self._line = await connect(
            f"ws{self.address.removeprefix('http')}/jupyter/api/kernels/{self.kernel}/channels?session_id={self.session}",
            origin=self.address,
            additional_headers={"Cookie": self.cookie},
            max_size=_LARGEST,
            open_timeout=PATIENCE,
        )
        self._reading = asyncio.create_task(self._read(self._line))
        await self.send("kernel_info_request", {})

    async def drop(self) -> None:
        """Lose the line, as a phone does that is put away."""
        if self._line is not None:
            await self._line.close()

    async def close(self) -> None:
        """Close the tab: a browser says so before it goes."""
        await asyncio.to_thread(self._fetch, f"/_solara/api/close/{self.kernel}?session_id={self.session}", b"")
        await self.drop()

    async def reload(self) -> None:
        """Load the page anew, which a server knows as another."""
        self.path = self.place
        await self.close()
        self._answered.clear()
        self.kernel, self.session, self.widgets = str(uuid4()), str(uuid4()), {}
        await self.open(self.path)

    async def tell(self, widget: Widget, event: str, data: Any = None) -> None:
        """Tell what somebody did to a widget and wait until the server is done with it."""
        await self.done(await self.custom(widget, {"event": event, "data": data}))

    @property
    def pending(self) -> int:
        """How many messages the server is not done with."""
        return len(self._sent)

    async def custom(self, widget: Widget, content: Any) -> str:
        """Send a widget whatever it may be; returns the message's name."""
        return await self._comm("comm_msg", widget["id"], {"method": "custom", "content": content})

    async def set(self, widget: Widget, **state: Any) -> None:
        """Set traits of a widget, as a browser does that changes them by itself."""
        update = {"method": "update", "state": state, "buffer_paths": []}
        await self.done(await self._comm("comm_msg", widget["id"], update))

    @property
    def place(self) -> str:
        """What stands in the browser's address bar, without the server's address."""
        return next((widget["location"] for widget in self.all("location", events=[])), self.path)

    async def done(self, message: str) -> None:
        """Wait until the server is done with a message."""
        await self.until(lambda _: message not in self._sent)

    async def until(self, holds: Callable[[Self], Any], patience: float = PATIENCE) -> Any:
        """Wait until something holds of this tab, looking again with every message that comes.

        Raises
        ------
        TimeoutError
            If it does not come to hold.
        ConnectionError
            If the server hangs up.
        """

        def settled() -> Any:
            if self._reading is None or self._reading.done():
                raise ConnectionError(f"the server hung up on {self.path}")
            return holds(self)

        async with self._news, asyncio.timeout(patience):
            return await self._news.wait_for(settled)

    def all(self, *traits: str, **values: Any) -> list[Widget]:
        """Return the widgets that have these traits, with these values."""
        return [
            widget
            for widget in self.widgets.values()
            if widget.keys() >= {*traits, *values} and all(widget[name] == value for name, value in values.items())
        ]

    def one(self, *traits: str, **values: Any) -> Widget:
        """Return the first widget that has these traits, with these values."""
        found = self.all(*traits, **values)
        if not found:
            raise LookupError(f"{self.path} has no widget with {traits or ''} {values or ''}")
        return found[0]

    async def send(self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None) -> str:
        """Send a message of the Jupyter protocol; returns its name."""
        name = uuid4().hex
        header = {"msg_id": name, "msg_type": kind, "username": "", "session": self.session, "version": "5.3"}
        self._sent[name] = perf_counter()
        rest = {"parent_header": {}, "metadata": metadata or {}, "channel": "shell", "buffers": []}
        await self.raw(json.dumps({"header": header, "content": content, **rest}))
        return name

    async def raw(self, text: str | bytes) -> None:
        """Send whatever it is."""
        assert self._line is not None
        await self._line.send(text)

    async def _control(self, method: str, **more: Any) -> str:
        comm = uuid4().hex
        await self.send("comm_open", {"comm_id": comm, "target_name": "solara.control", "data": {}})
        await self._comm("comm_msg", comm, {"method": method, **more})
        return comm

    async def _comm(self, kind: str, comm: str, data: Any) -> str:
        return await self.send(kind, {"comm_id": comm, "data": data})

    async def _read(self, line: ClientConnection) -> None:
        try:
            while True:
                self._take(json.loads(await line.recv()))
                async with self._news:
                    self._news.notify_all()
        except ConnectionClosed:
            pass  # whoever waits is told
        finally:
            async with self._news:
                self._news.notify_all()

    def _take(self, message: dict[str, Any]) -> None:
        kind, content = message["msg_type"], message["content"]
        comm, data = content.get("comm_id"), content.get("data", {})
        if kind == "comm_open" and content["target_name"] == "jupyter.widget":
            self.widgets[comm] = {**data["state"], "id": comm}
        elif kind == "comm_close":
            self.widgets.pop(comm, None)
        elif kind == "comm_msg" and data.get("method") == "update" and comm in self.widgets:
            self.widgets[comm].update(data["state"])
        elif kind == "comm_msg" and data.get("method") == "update_states":
            self.widgets = {name: {**each["state"], "id": name} for name, each in data["states"].items()}
            self._answered.add(comm)
        elif kind == "comm_msg" and data.get("method") == "finished":
            self._answered.add(comm)
        elif kind == "status" and content["execution_state"] == "idle":
            begun = self._sent.pop(message["parent_header"].get("msg_id"), None)
            if begun is not None:
                self.waits.append(perf_counter() - begun)
        elif kind in {"error", "stream"}:
            self.strange.append(message)

    def _load(self, path: str) -> None:
        answer = self._fetch(path)
        self.cookie = (answer.headers["set-cookie"] or self.cookie).partition(";")[0]

    def _fetch(self, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.address}{path}", data=body, headers={"Origin": self.address, "Cookie": self.cookie}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            answer.read()
            return answer
