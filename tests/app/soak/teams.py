"""Scripted teams at the leadership game: two seats each, who read, choose, predict and decide quarter after quarter."""

import asyncio
import json
from time import perf_counter
from typing import Any

from tests.app.soak.students import Script, Student
from tests.app.soak.tab import Tab


class Pair:
    """Two students with one game.

    Parameters
    ----------
    code : str
        Of their room.
    """

    def __init__(self, code: str) -> None:
        self._code = code
        self._handed: asyncio.Queue[str] = asyncio.Queue()
        self._decided: dict[int, float] = {}

    @property
    def scripts(self) -> list[Script]:
        """What each of them does."""
        return [self._administrator, self._clinician]

    async def _administrator(self, student: Student) -> None:
        """Join, hand the link on, decide; reload the page now and then."""
        tab = await student.come("/teach")
        await self._join(student, tab)
        while student.has_time and (stage := await tab.until(_stage)) != "over":
            await student.think()
            if stage == "reflection":
                await _do(tab, "answer", ["What we heard on the wards", "", ""])
            else:
                await _choose(student, tab)
                await _predict(student, tab)
                await student.think()
                await self._decide(student, tab)
            if student.luck.random() < 0.2:
                await student.reload(tab)
        await student.go(tab)

    async def _clinician(self, student: Student) -> None:
        """Take the other seat and predict; lose the line, or leave and come back by the same link."""
        link = f"{await self._handed.get()}&seat=clinician"
        tab = await student.come(link)
        while student.has_time and await tab.until(_stage) != "over":
            await student.think()
            event = student.luck.random()
            if event < 0.2:
                await student.go(tab, says_so=event < 0.1)
                await student.think()
                tab = await student.come(link, tab.cookie)
            elif event < 0.4:
                await tab.drop()
                await student.think()
                await student.come_back(tab)
            await tab.until(_stage)
            await _predict(student, tab)
            await self._see_what_is_decided(student, tab)
        await student.go(tab)

    async def _join(self, student: Student, tab: Tab) -> None:
        """Find the way in, some with a wrong code first, and sit down."""
        if student.luck.random() < 0.2:
            await _do(tab, "join", "BCDFGH")  # there is no such room
            await tab.until(lambda tab: tab.one("refused")["error"])
        await _do(tab, "join", self._code)
        await tab.until(lambda tab: tab.all("seats"))
        await self._handed.put(tab.place)
        await _do(tab, "choose", "administrator")

    async def _decide(self, student: Student, tab: Tab) -> None:
        """Decide the quarter and wait for what comes of it."""
        quarter, begun = _quarter(tab), perf_counter()
        await _do(tab, "advance", quarter)
        self._decided[quarter] = perf_counter()
        await tab.until(lambda tab: tab.all(arrived=quarter + 1) and _stage(tab))
        student.record.answers.append(perf_counter() - begun)

    async def _see_what_is_decided(self, student: Student, tab: Tab) -> None:
        """Wait for what the other seat decides, unless that was quicker."""
        quarter = _quarter(tab)
        is_decided = await student.sees(tab, lambda tab: _stage(tab) is not None and _quarter(tab) != quarter)
        if is_decided and quarter in self._decided:
            student.record.news.append(perf_counter() - self._decided[quarter])


def _events(tab: Tab, event: str) -> list[dict[str, Any]]:
    return [widget for widget in tab.all("events") if event in widget["events"]]


async def _do(tab: Tab, event: str, data: Any) -> None:
    """Do something on the page, unless a partner was quicker and it is not offered any more."""
    for widget in _events(tab, event)[:1]:
        await tab.tell(widget, event, data)


def _content(tab: Tab, event: str) -> Any:
    """Return what a widget shows; {} if it is not there."""
    return next((json.loads(widget["content"]) for widget in _events(tab, event)), {})


def _stage(tab: Tab) -> str | None:
    """Return what the page is about; None while it is being made or something is worked out."""
    if _events(tab, "answer"):
        return "reflection"
    if any(not button["busy"] for button in _events(tab, "advance")):
        return "quarter"
    return "over" if tab.all("percent", "doing") else None


def _quarter(tab: Tab) -> int | None:
    return _content(tab, "advance").get("quarter")


async def _choose(student: Student, tab: Tab) -> None:
    """Choose a move or two, and take them back if they do not fit."""
    moves = [move for move in _content(tab, "pick").get("moves", ()) if move["open"]]
    chosen = student.luck.sample(moves, min(2, len(moves)))
    for move in chosen:
        way = student.luck.choice([variant for variant in move["variants"] if variant["open"]])
        await _do(tab, "pick", {"move": move["key"], "variant": way["key"]})
        await student.think()
    for move in chosen if _content(tab, "pick").get("refused") else ():
        await _do(tab, "pick", {"move": move["key"], "variant": ""})


async def _predict(student: Student, tab: Tab) -> None:
    """Move every slider."""
    for row in _content(tab, "guess").get("rows", ()):
        change = student.luck.uniform(-row["limit"], row["limit"])
        await _do(tab, "guess", {"measure": row["measure"], "change": change})
