"""What a browser may make a widget do: what its class declares, and nothing else.

ipyvue lets a page name any Python module and class to be made with arguments of the page's choice, for widgets that
have other widgets as Vue components. No page of ours needs that, and a server cannot offer it to strangers.
"""

from __future__ import annotations

from typing import Any

from ipyvue.VueTemplateWidget import Events

__all__ = ["only_events"]


def only_events() -> None:
    """Let messages from browsers call ``vue_*`` methods, by events that are declared, of all widgets of the process."""
    Events._handle_event = _handle_declared_event  # noqa: SLF001 - there is no other door


def _handle_declared_event(widget: Any, _: object, content: dict[str, Any], buffers: list[memoryview]) -> None:
    event = content.get("event")
    if isinstance(event, str) and event in widget.events and not {"create_widget", "update_ref"} & content.keys():
        data = content.get("data", {})
        method = getattr(widget, f"vue_{event}")
        if buffers:
            method(data, buffers)
        else:
            method(data)
