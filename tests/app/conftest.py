"""The app as people meet it: a server in a process of its own, and a browser that can reach nothing else."""

import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from tests.app.serving import serving
from tests.wanted import lack
from trustsim.app.browser_assets import missing

CHROMIUM = next(
    (found for found in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if found), None
)
_PATIENCE = 20_000  # milliseconds: machines are shared
expect.set_options(timeout=_PATIENCE)
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The app, served on a free port of this machine; `address` without a slash at the end."""
    if missing():
        lack("what browsers load is not there: make assets")
    with serving(tmp_path_factory.mktemp("app"), "-m", "trustsim") as served:
        yield served


@pytest.fixture(scope="module")  # as long as it is open, this thread has an event loop that others would trip over
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if CHROMIUM is None:
        lack("there is no Chromium: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


_FIRST = 180_000  # milliseconds: the first run of a machine compiles the model


class Visitor:
    """A person at a browser of their own, who notices whatever goes wrong behind the page."""

    def __init__(self, browser: Browser, address: str, **options: object) -> None:
        self.address, self.complaints = address, []
        self.context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, **options})
        self.context.route("**/*", self._stay_here)
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on(
            "response", lambda answer: answer.status >= 400 and self.complaints.append(f"{answer.status} {answer.url}")
        )
        return page

    def _stay_here(self, route: Route) -> None:
        if route.request.url.startswith((self.address, "blob:", "data:")):
            route.continue_()
        else:
            self.complaints.append(f"asked for {route.request.url}")
            route.abort()

    def explore(self, query: str = "") -> Page:
        """Open a link and wait for the answer."""
        self.page.goto(f"{self.address}/explore?{query}")
        self.wait_for_answer()
        return self.page

    def wait_for_answer(self) -> None:
        self.page.wait_for_selector(".ts-plot path", state="attached", timeout=_FIRST)
        self.page.wait_for_selector(".ts-status-row progress", state="detached", timeout=_FIRST)


SMALL = "organization.units=3&replicates=3&weeks=40"


@pytest.fixture
def small() -> str:
    """A link's query for a run that takes no time to speak of."""
    return SMALL


@pytest.fixture
def visitor(server: SimpleNamespace, browser: Browser) -> Iterator[Visitor]:
    """A visitor; whatever the browser complained about fails the test."""
    one = Visitor(browser, server.address)
    yield one
    one.context.close()
    assert one.complaints == []


@pytest.fixture
def visit(server: SimpleNamespace, browser: Browser) -> Iterator:
    """More visitors, with options of a browser context."""
    visitors = []

    def come(**options: object) -> Visitor:
        visitors.append(Visitor(browser, server.address, **options))
        return visitors[-1]

    yield come
    for one in visitors:
        one.context.close()
    assert [one.complaints for one in visitors] == [[] for _ in visitors]
