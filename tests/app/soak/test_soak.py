"""A class at work: everybody is served, nobody is slowed beyond use, and whoever leaves takes everything along."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from statistics import median
from types import SimpleNamespace
from typing import Any

import pytest

from tests.app.soak.students import Record, attend, explore
from tests.app.soak.teams import Pair
from trustsim.app.rooms import Rooms
from trustsim.game import Setup

_log = logging.getLogger(__name__)
_GROWTH, _NOISE = 250_000, 20_000_000  # bytes: for each page that came and went, when an open one takes four millions
_PATIENCE = 30  # seconds until pages that were left are given up


@pytest.mark.parametrize(
    ("teams", "seconds", "pace"),
    [pytest.param(2, 5, 0.5, id="few"), pytest.param(20, 150, 4.0, id="forty", marks=pytest.mark.soak)],
)
def test_a_class_comes_and_goes_and_leaves_nothing_behind(
    server: SimpleNamespace, visitor: Any, small: str, teams: int, seconds: float, pace: float
):
    left: list[dict[str, int]] = []
    for lesson in (1, 2):  # what is kept once and for all is there after the first
        code = _room(server)
        scripts = [*chain.from_iterable(Pair(code).scripts for _ in range(teams)), explore, explore]
        change = _explorer(visitor, small)
        with ThreadPoolExecutor(1) as pool:
            there = pool.submit(attend, server.address, scripts, seconds=seconds, pace=pace, seed=lesson)
            while not there.done():
                change()
                time.sleep(0.5)
        record = there.result()
        visitor.page.goto("about:blank")
        assert record.mishaps == []
        assert record.opened >= len(scripts)
        left.append(_when_all_are_gone(server))
        _tell(lesson, record, left[-1])
    memory = [held.pop("bytes") for held in left]
    assert left == [dict.fromkeys(left[0], 0)] * 2
    assert memory[1] - memory[0] < _NOISE + _GROWTH * record.opened


def _room(server: SimpleNamespace) -> str:
    """Open a room for a class; returns its code."""
    rooms = Rooms(server.rooms)
    code = rooms.open(Setup("slow_erosion", "ceo", seed=1, mode="assessed")).code
    rooms.close()
    return code


def _explorer(visitor: Any, query: str) -> Callable[[], None]:
    """Open Explore in a browser; returns what changes a slider there and waits for what comes of it."""
    page = visitor.explore(query)
    page.get_by_text("Listening tour", exact=True).click()
    field = page.get_by_label("Listening tour: follow through, as a number", exact=True)

    def change() -> None:
        shown = page.locator(".ts-kpi").first.inner_text()
        field.fill("0.9" if field.input_value() == "0.1" else "0.1")
        field.press("Tab")
        page.wait_for_function("shown => document.querySelector('.ts-kpi').innerText !== shown", arg=shown)
        visitor.wait_for_answer()

    return change


def _when_all_are_gone(server: SimpleNamespace) -> dict[str, int]:
    """Return what the server holds when nothing of any page is left, or what it still holds after a while."""
    end = time.monotonic() + _PATIENCE
    while sum((held := server.held()).values()) > held["bytes"] and time.monotonic() < end:
        time.sleep(0.5)
    return held


def _tell(lesson: int, record: Record, held: dict[str, int]) -> None:
    _log.info("lesson %d: %d pages opened, %.0f MB left", lesson, record.opened, held["bytes"] / 1e6)
    for name, waits in (("messages", record.waits), ("answers", record.answers), ("news", record.news or [0.0])):
        half, late = median(waits), sorted(waits)[int(0.95 * len(waits))]
        _log.info("%d %s: median %.2f s, 95 %% within %.2f s, at most %.2f s", len(waits), name, half, late, max(waits))
