"""Who has a page open right now: known to this server alone, and kept nowhere."""

from __future__ import annotations

import threading
import time
from typing import Final

__all__ = ["Presence"]

_LEFT: Final = 6.0  # seconds after which a page that no longer asks counts as closed


class Presence:
    """When each seat of each team was last heard of."""

    def __init__(self) -> None:
        self._heard: dict[tuple[int, int, str], float] = {}
        self._lock = threading.Lock()

    def show(self, room: int, team: int, seat: str) -> None:
        """Note that somebody sits there now."""
        with self._lock:
            self._heard[room, team, seat[:20]] = time.monotonic()

    def of(self, room: int, team: int) -> frozenset[str]:
        """Return the seats of a team at which somebody sits."""
        return frozenset(seat for _, seat in self.all(room, team))

    def all(self, room: int, team: int | None = None) -> frozenset[tuple[int, str]]:
        """Return team and seat of everybody in a room, or in one team of it."""
        now = time.monotonic()
        with self._lock:
            self._heard = {who: when for who, when in self._heard.items() if now - when < _LEFT}
            return frozenset(
                (there, seat) for (where, there, seat) in self._heard if where == room and team in {None, there}
            )
