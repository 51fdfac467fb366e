"""What a browser may make a widget do: what its class declares, and nothing else.

ipyvue lets a page name any Python module and class to be made with arguments of the page's choice, for widgets that
have other widgets as Vue components. No page of ours needs that, and a server cannot offer it to strangers.
"""

from __future__ import annotations

from typing import Any

from ipyvue.VueTemplateWidget import Events as TemplateEvents
from ipyvue.VueWidget import Events as ElementEvents

__all__ = ["only_events"]


def only_events() -> None:
    """Let messages from browsers reach what the widgets of this process declare for events, and nothing else."""
    # There is no other door.
    TemplateEvents._handle_event = _handle_declared_event  # noqa: SLF001
    ElementEvents._handle_event = _handle_awaited_event  # noqa: SLF001


def _handle_declared_event(widget: Any, _: object, content: dict[str, Any], buffers: list[memoryview]) -> None:
    event = content.get("event")
    if isinstance(event, str) and event in widget.events and not {"create_widget", "update_ref"} & content.keys():
        data = content.get("data", {})
        method = getattr(widget, f"vue_{event}")
        if buffers:
            method(data, buffers)
        else:
            method(data)


def _handle_awaited_event(widget: Any, _: object, content: dict[str, Any], __: list[memoryview]) -> None:
    if content.get("event") in widget._event_handlers_map:  # noqa: SLF001
        widget._fire_event(content["event"], content.get("data", {}))  # noqa: SLF001
