"""Scripted students: what a class does at once to one machine, without forty browsers."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic, perf_counter

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
        Seconds from a change to what came of it.
    mishaps : list of str
        What should not have happened.
    """

    opened: int = 0
    waits: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    mishaps: list[str] = field(default_factory=list)


@dataclass
class Student:
    """Who comes, does something, thinks, and goes, until the class is over."""

    address: str
    record: Record
    luck: random.Random
    end: float
    pace: float

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
        await tab.open(path)
        self.record.opened += 1
        return tab

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
        await tab.until(_answered)
        for _ in range(luck.randrange(1, 5)):
            await student.think()
            if student.has_time:
                await _change(student, tab)
        if luck.random() < 0.3:
            await tab.refresh()
            student.record.opened += 1
            await tab.until(_answered)
        if luck.random() < 0.3:
            await tab.drop()
            await tab.connect()
            await _change(student, tab)
        await student.go(tab, says_so=luck.random() < 0.7)


def _answered(tab: Tab) -> bool:
    return bool(tab.all("done", "most", busy=False) and tab.all("content", "caption"))


async def _change(student: Student, tab: Tab) -> None:
    """Move a slider of the listening tour and wait for cards that show it."""
    shown = tab.one("rows", "chosen")["rows"]
    slider = tab.one(title="Listening tour")
    now = {row["name"]: row["value"] for row in json.loads(slider["rows"])}["listening_tour.follow_through"]
    wanted = student.luck.choice([value for value in (0.0, 0.5, 1.0) if value != now])
    begun = perf_counter()
    await tab.tell(slider, "set", {"name": "listening_tour.follow_through", "value": wanted})
    await tab.until(lambda tab: _answered(tab) and tab.one("rows", "chosen")["rows"] != shown)
    student.record.answers.append(perf_counter() - begun)


def attend(address: str, scripts: list[Script], *, seconds: float, pace: float, seed: int = 1) -> Record:
    """Have a class, a student for each script; returns when all are gone."""
    record = Record()

    async def one(number: int, script: Script) -> None:
        luck = random.Random(1000 * seed + number)
        await asyncio.sleep(luck.uniform(0, pace))
        try:
            await script(Student(address, record, luck, end, pace))
        except (LookupError, OSError, WebSocketException) as error:
            record.mishaps.append(f"student {number}: {error!r}")

    async def everybody() -> None:
        await asyncio.gather(*(one(number, script) for number, script in enumerate(scripts)))

    end = monotonic() + seconds
    asyncio.run(everybody())
    return record
