"""What pages say over their websockets: a small part of Jupyter's protocol. Nothing beyond it is listened to.

Solara takes whatever comes. What is no message leaves a trace on the console, and there are messages that no page of
ours sends, such as the one that makes a widget of any kind that is installed.
"""

from __future__ import annotations

import json
import struct
from typing import Any, Final

__all__ = ["is_understood"]

_PARTS: Final = 2  # JSON and a piece of a file


def is_understood(message: str | bytes) -> bool:
    """Return whether this is a message that a page of ours may send.

    Parameters
    ----------
    message : str or bytes
        JSON; bytes hold how many parts there are, where each begins, JSON, and buffers.
    """
    try:
        said = json.loads(message if isinstance(message, str) else _text(message))
    except (ValueError, RecursionError, struct.error):
        return False
    match said:
        case {
            "header": {"msg_type": str(kind), "msg_id": str()},
            "channel": "shell" | "control",
            "content": dict(content),
            **rest,
        }:
            has_buffers = isinstance(message, bytes) or isinstance(rest.get("buffers"), list)
            return has_buffers and _is_known(kind, content)
    return False


def _is_known(kind: str, content: dict[str, Any]) -> bool:
    match kind, content:
        case "kernel_info_request" | "comm_info_request" | "shutdown_request", _:
            return True
        case "comm_open", {"comm_id": str(), "target_name": "solara.control" | "jupyter.widget.control"}:
            return True
        case "comm_close", {"comm_id": str()}:
            return True
        case "comm_msg", {"comm_id": str(), "data": dict(data)}:
            return _is_told(data)
    return False


def _is_told(data: dict[str, Any]) -> bool:
    match data:
        case {"method": "custom", "content": {"event": str()}}:  # which events there are, widgets say
            return True
        case {"method": "update", "state": dict()}:
            return True
        case {"method": "run", "args": {"path": str(), "appName": None}}:
            return True
        case {"method": "app-status" | "request_state" | "request_states"}:
            return True
    return False


def _text(message: bytes) -> bytes:
    """Return the JSON of a message with buffers; the first of them begins where it ends."""
    (parts,) = struct.unpack_from("!I", message)
    if parts != _PARTS:
        raise ValueError(f"a page sends {_PARTS} parts, not {parts}")
    begin, end = struct.unpack_from("!2I", message, 4)
    return message[begin:end]
