"""Who talks to the server without a page of ours does not harm those who have one."""

import asyncio
import copy
import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.app.soak.students import answered
from tests.app.soak.tab import Tab

Deed = Callable[[Tab, Tab], Awaitable[Any]]
PATH = "/explore?organization.units=3&replicates=3&weeks=40"


async def opened(server: SimpleNamespace, path: str = PATH) -> Tab:
    tab = Tab(server.address)
    await tab.open(path)
    await tab.until(answered)
    return tab


def beside_a_visitor(server: SimpleNamespace, *deeds: Deed) -> int:
    """Have a stranger with a page of their own do things, after each of which a visitor's page has to work as before.

    Returns how much of what the stranger said was not done yet when the visitor was.
    """

    async def story() -> int:
        async with await opened(server) as visitor, await opened(server) as stranger:
            shown = copy.deepcopy(visitor.widgets)
            for deed in deeds:
                await deed(stranger, visitor)
                await visitor.tell(visitor.one("weeks", "week"), "settle", 0)
                assert visitor.widgets == shown
            await visitor.tell(visitor.one("weeks", "week"), "settle", 3)
            await visitor.until(lambda tab: tab.one("weeks", "week")["week"] == 3)
            await visitor.close()
            return stranger.pending

    return asyncio.run(story())


def says(what: str | bytes) -> Deed:
    return lambda stranger, _: stranger.raw(what)


def does(event: str, data: Any = None) -> Deed:
    return lambda stranger, _: stranger.tell(stranger.one("weeks", "week"), event, data)


def test_what_no_page_says_is_not_heard(server: SimpleNamespace):
    async def goes_on(stranger: Tab, _: Tab) -> None:
        await stranger.tell(stranger.one("weeks", "week"), "settle", 2)
        await stranger.until(lambda tab: tab.one("weeks", "week")["week"] == 2)
        await stranger.close()

    nonsense = map(says, ("", "{", "{}", "[" * 100_000, json.dumps({"header": {"msg_type": "comm_msg"}}), b"\xff\x00"))
    unknown = does("__class__", 1), does("settle", "9"), does("settle", {"week": [9]}), does("settle", float("nan"))
    beside_a_visitor(server, *nonsense, *unknown, goes_on)


def test_a_message_that_is_too_long_ends_the_line_of_who_sent_it(server: SimpleNamespace):
    async def shout(stranger: Tab, _: Tab) -> None:
        with pytest.raises((ConnectionClosed, ConnectionError)):
            await stranger.tell(stranger.one("weeks", "week"), "settle", "x" * 600_000)

    beside_a_visitor(server, shout)


def test_nobody_gets_at_a_page_of_another_even_who_knows_its_name(server: SimpleNamespace):
    async def listen(stranger: Tab, visitor: Tab) -> None:
        spy = Tab(stranger.address, stranger.cookie)
        spy.kernel, spy.session = visitor.kernel, visitor.session
        with pytest.raises(InvalidStatus, match="403"):
            await spy.connect()
        with pytest.raises(HTTPError, match="403"):
            await spy.close()

    async def tell(stranger: Tab, visitor: Tab) -> None:
        await stranger.tell(visitor.one("weeks", "week"), "settle", 9)

    beside_a_visitor(server, listen, tell)


def test_who_sends_without_end_has_others_wait_their_turn_and_no_longer(server: SimpleNamespace):
    async def flood(stranger: Tab, visitor: Tab) -> None:
        slider = stranger.one(title="Listening tour")
        for number in range(100):
            change = {"name": "listening_tour.follow_through", "value": number / 100}
            await stranger.custom(slider, {"event": "set", "data": change})

    assert beside_a_visitor(server, flood) > 10


def test_pages_that_come_back_at_once_after_the_network_failed_learn_what_is_theirs(server: SimpleNamespace):
    async def story() -> None:
        async with await opened(server) as one, await opened(server, f"{PATH}&seed=2") as other:
            shown = [tab.one("command")["command"] for tab in (one, other)]
            for tab in (one, other):
                await tab.drop()
                tab.widgets.clear()
            lines = [await tab.come_back() for tab in (one, other)]
            for tab, line in zip((one, other), lines, strict=True):
                await tab.catch_up(line)
            assert [tab.one("command")["command"] for tab in (one, other)] == shown

    asyncio.run(story())
