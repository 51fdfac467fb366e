"""What pages may say, and what is not listened to."""

import json
import struct
from typing import Any

import pytest

from trustsim.app.protocol import is_understood


def said(kind: str, content: Any, **changes: Any) -> str:
    header = {"msg_id": "1", "msg_type": kind, "session": "s", "username": "", "version": "5.2"}
    return json.dumps({"header": header, "channel": "shell", "content": content, "buffers": [], **changes})


def told(data: Any) -> str:
    return said("comm_msg", {"comm_id": "c", "data": data})


def in_parts(*parts: bytes, count: int | None = None) -> bytes:
    count = len(parts) if count is None else count
    begins = [4 * (len(parts) + 1) + sum(map(len, parts[:number])) for number in range(len(parts))]
    return struct.pack(f"!{len(parts) + 1}I", count, *begins) + b"".join(parts)


PIECE = told({"method": "custom", "content": {"event": "piece", "data": None}}).encode()


@pytest.mark.parametrize(
    "message",
    [
        said("kernel_info_request", {}),
        said("comm_open", {"comm_id": "c", "target_name": "solara.control", "data": {}}),
        said("comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}),
        said("comm_close", {"comm_id": "c", "data": {}}),
        said("shutdown_request", {"restart": False}, channel="control"),
        told({"method": "run", "args": {"path": "/explore", "appName": None, "dark": False, "themes": {}}}),
        told({"method": "app-status"}),
        told({"method": "request_states"}),
        told({"method": "update", "state": {"location": "/"}, "buffer_paths": []}),
        told({"method": "custom", "content": {"event": "choose", "data": "x"}}),
        in_parts(PIECE, b"\xff\x00 of a file"),
    ],
)
def test_what_browsers_send_is_understood(message: str | bytes):
    assert is_understood(message)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "{",
        "[" * 100_000,
        "[1]",
        "{}",
        "null",
        said("execute_request", {"code": "1"}),
        said("comm_open", {"comm_id": "c", "target_name": "jupyter.widget", "data": {"state": {}}}),
        said("comm_msg", None),
        said("comm_close", {"comm_id": 3}),
        said("kernel_info_request", {}, buffers=None),
        said("kernel_info_request", {}, channel="stdin"),
        said("kernel_info_request", {}, header={"msg_type": "kernel_info_request"}),
        told(None),
        told({"method": "evict"}),
        told({"method": "reload", "path": "/"}),
        told({"method": "run", "args": {"path": "/", "appName": "os"}}),
        told({"method": "run", "args": {"path": ["/"], "appName": None}}),
        told({"method": "update", "state": []}),
        told({"method": "custom", "content": "choose"}),
        told({"method": "custom", "content": {"create_widget": ["subprocess", "Popen"]}}),
        b"",
        b"\xff",
        in_parts(PIECE),
        in_parts(PIECE, b"x", b"y"),
        in_parts(PIECE, b"x", count=2**31 - 1),
        in_parts(b"\xff", b"x"),
    ],
)
def test_nothing_else_is(message: str | bytes):
    assert not is_understood(message)
