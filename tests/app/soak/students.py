"""Scripted students: what a class does at once to one machine, without forty browsers."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic, perf_counter
from traceback import extract_tb

from websockets.exceptions import WebSocketException

from tests.app.soak.tab import Tab

Script = Callable[["Student"], Awaitable[None]]


@dataclass
class Record:
    """What a class met.

    Attributes
    ----------
    opened : int
        Pages, refreshed ones too.
    waits : list of float
        Seconds until the server was done with a message.
    answers : list of float
        Seconds from a change to what came of it: new curves, the next quarter.
    news : list of float
        Seconds from what a partner did to seeing it.
    mishaps : list of str
        What should not have happened.
    """

    opened: int = 0
    waits: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    news: list[float] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)


@dataclass
class Student:
    """Who comes, does something, thinks, and goes, until the class is over."""

    address: str
    record: Record
    luck: random.Random
    end: float
    pace: float
    tabs: list[Tab] = field(default_factory=list)

    @property
    def has_time(self) -> bool:
        """Whether the class still goes on."""
        return monotonic() < self.end

    async def think(self) -> None:
        """Let time pass, more of it or less."""
        await asyncio.sleep(min(self.luck.expovariate(1 / self.pace), 3 * self.pace))

    async def come(self, path: str, cookie: str = "") -> Tab:
        """Open a page."""
        tab = Tab(self.address, cookie)
        self.tabs.append(tab)
        await tab.open(path)
        self.record.opened += 1
        return tab

    async def reload(self, tab: Tab) -> None:
        """Load a page anew."""
        await tab.reload()
        self.record.opened += 1

    async def come_back(self, tab: Tab) -> None:
        """Take up a page whose line was lost; if it was given up meanwhile, it says that it has to be reloaded."""
        await tab.reconnect()
        if not tab.widgets:
            await self.reload(tab)

    async def sees(self, tab: Tab, what: Callable[[Tab], object]) -> bool:
        """Wait for something for as long as the class goes on; returns whether it came."""
        try:
            await tab.until(what, max(self.end - monotonic(), 0.0))
        except TimeoutError:
            return False
        return True

    async def go(self, tab: Tab, *, says_so: bool = True) -> None:
        """Leave a page, by closing its tab or as whoever puts a phone away."""
        self.record.waits += tab.waits
        self.record.mishaps += [f"{tab.path} got {message}" for message in tab.strange]
        await (tab.close() if says_so else tab.drop())


async def explore(student: Student) -> None:
    """Open Explore, change sliders, wait for the answers; refresh, lose the line, leave, come again."""
    luck = student.luck
    while student.has_time:
        seed = luck.randrange(2)  # few runs, soon remembered: a class may leave their answers behind
        tab = await student.come(f"/explore?organization.units=3&replicates=3&weeks=40&seed={seed}")
        await tab.until(answered)
        for _ in range(luck.randrange(1, 5)):
            await student.think()
            if student.has_time:
                await _change(student, tab)
        if luck.random() < 0.3:
            await student.reload(tab)
            await tab.until(answered)
        if luck.random() < 0.3:
            await tab.drop()
            await student.come_back(tab)
            await tab.until(answered)
            await _change(student, tab)
        await student.go(tab, says_so=luck.random() < 0.7)


def answered(tab: Tab) -> bool:
    """Return whether Explore shows what came of what it was asked."""
    return bool(tab.all("done", "most", busy=False) and tab.all("content", "caption"))


async def _change(student: Student, tab: Tab) -> None:
    """Move a slider of the listening tour and wait for cards that show it."""
    shown = tab.one("rows", "chosen")["rows"]
    slider = tab.one(title="Listening tour")
    now = {row["name"]: row["value"] for row in json.loads(slider["rows"])}["listening_tour.follow_through"]
    wanted = student.luck.choice([value for value in (0.0, 0.5, 1.0) if value != now])
    begun = perf_counter()
    await tab.tell(slider, "set", {"name": "listening_tour.follow_through", "value": wanted})
    await tab.until(lambda tab: answered(tab) and tab.one("rows", "chosen")["rows"] != shown)
    student.record.answers.append(perf_counter() - begun)


def attend(address: str, scripts: list[Script], *, seconds: float, pace: float, seed: int = 1) -> Record:
    """Have a class, a student for each script; returns when all are gone."""
    record = Record()

    async def one(number: int, script: Script) -> None:
        student = Student(address, record, random.Random(1000 * seed + number), end, pace)
        await student.think()
        try:
            await script(student)
        except (LookupError, OSError, WebSocketException) as error:
            doing = " in ".join(
                frame.name for frame in reversed(extract_tb(error.__traceback__)) if "soak" in frame.filename
            )
            record.mishaps.append(f"student {number}: {error!r} in {doing}")
        finally:
            for tab in student.tabs:
                await tab.drop()

    async def everybody() -> None:
        await asyncio.gather(*(one(number, script) for number, script in enumerate(scripts)))

    end = monotonic() + seconds
    asyncio.run(everybody())
    return record
