"""What a browser may make a widget do: what its class declares, and nothing else.

ipyvue lets a page name any Python module and class to be made with arguments of the page's choice, for widgets that
have other widgets as Vue components. No page of ours needs that, and a server cannot offer it to strangers.

ipywidgets has one line for all who ask for the state of their widgets, since a notebook's kernel has one page. Here
each page has its own: of two that come back at once after the network failed, one would wait for an answer that
went to the other's line, and the last page that came back would be kept for good.
"""

from __future__ import annotations

import time
from typing import Any, Final

from ipyvue.VueTemplateWidget import Events as TemplateEvents
from ipyvue.VueWidget import Events as ElementEvents
from ipywidgets import Widget

__all__ = ["only_events"]

_open_line: Final = Widget.handle_control_comm_opened.__func__
_answer: Final = Widget._handle_control_comm_msg.__func__  # noqa: SLF001 - there is no other door
_TRIES, _PAUSE = 40, 0.05  # seconds between two tries


def only_events() -> None:
    """Let messages from browsers reach what the widgets of this process declare for events, and nothing else."""
    # There is no other door.
    TemplateEvents._handle_event = _handle_declared_event  # noqa: SLF001
    ElementEvents._handle_event = _handle_awaited_event  # noqa: SLF001
    Widget.handle_control_comm_opened = staticmethod(_open_own_line)


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


def _open_own_line(comm: Any, message: dict[str, Any]) -> None:
    # A class, since that is what ipywidgets keeps the line in.
    holder: Any = type("Line", (Widget,), {"_handle_control_comm_msg": classmethod(_tell_states)})
    _open_line(holder, comm, message)


def _tell_states(line: Any, message: dict[str, Any]) -> None:
    """Answer a page that comes back, once nobody draws it anew: until then widgets close while they are listed."""
    for _ in range(_TRIES - 1):
        try:
            _answer(line, message)
        except RuntimeError:
            time.sleep(_PAUSE)
        else:
            return
    _answer(line, message)
