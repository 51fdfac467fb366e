"""Pages by address. What is not built has no address."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Final

import reacton
import solara

from trustsim.app.pages.compare import Compare
from trustsim.app.pages.explore import Explore
from trustsim.app.pages.facilitate import Facilitate
from trustsim.app.pages.teach import Teach
from trustsim.app.widgets import PageW

__all__ = ["Layout", "guarded", "routes"]

_log: Final = logging.getLogger(__name__)
_BROKEN: Final = (
    "<div class='ts-card'><h2>This page broke</h2><p>That is a mistake of ours; its trace is on the console where the "
    "app was started. Reload the page to go on: what you asked for is in the link.</p></div>"
)


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """Put a page under its head, which leads to the others."""
    here, pages = solara.use_route()
    named = [page for page in pages if page.label]
    label = (here.label if here else None) or named[0].label
    links = [{"to": f"/{page.path}", "text": page.label, "here": page.label == label} for page in named]
    with solara.Div(classes=["ts-app"]):
        PageW.element(title=f"trustsim: {str(label).lower()}", links=json.dumps(links))
        solara.Div(children=children)


def guarded(page: Callable[[], solara.Element]) -> Callable[[], solara.Element]:
    """Return a page that says so when it breaks; the trace stays on the console."""

    @solara.component
    def Guarded() -> None:
        broken, _ = reacton.use_exception()
        if broken is None:
            page()
        else:
            _log.error("a page broke", exc_info=broken)
            solara.HTML(tag="main", classes=["ts-page"], unsafe_innerHTML=_BROKEN)

    made: Callable[[], solara.Element] = Guarded
    return made


_explore: Final = guarded(Explore)
routes = [
    solara.Route("/", component=_explore, layout=Layout),
    solara.Route("explore", component=_explore, label="Explore"),
    solara.Route("compare", component=guarded(Compare), label="Compare"),
    solara.Route("teach", component=guarded(Teach), label="Teach"),
    solara.Route("facilitate", component=guarded(Facilitate), label="Facilitate"),
]
