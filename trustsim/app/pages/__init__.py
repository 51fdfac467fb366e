"""Pages by address. What is not built has no address."""

from __future__ import annotations

import solara

from trustsim.app.pages.explore import Explore
from trustsim.app.widgets import PageW

__all__ = ["Layout", "routes"]


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """Put a page under its head."""
    solara.use_route()
    with solara.Div(classes=["ts-app"]):
        PageW.element(title="trustsim: explore")
        solara.Div(children=children)


routes = [
    solara.Route("/", component=Explore, layout=Layout),
    solara.Route("explore", component=Explore),
]
