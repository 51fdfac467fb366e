"""The rooms of this server, for its pages."""

from __future__ import annotations

from pathlib import Path

from trustsim.app.rooms.rooms import Rooms
from trustsim.errors import WorkError

__all__ = ["open_rooms", "the_rooms"]

_of_this_server: Rooms | None = None


def open_rooms(path: Path) -> Rooms:
    """Open the file that this server's pages use; errors are those of `Store`."""
    global _of_this_server  # noqa: PLW0603 - a server has one file, named before its first page
    _of_this_server = Rooms(path)
    return _of_this_server


def the_rooms() -> Rooms:
    """Return the rooms of this server.

    Raises
    ------
    WorkError
        If nobody opened them.
    """
    if _of_this_server is None:
        raise WorkError("there are no rooms here: trustsim app opens them")
    return _of_this_server
