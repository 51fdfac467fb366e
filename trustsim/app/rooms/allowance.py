"""How much each browser may make here, so that none of them fills the server or a room for all."""

from __future__ import annotations

import threading
import time
from typing import Final

from trustsim.app.limits import MOST_BEGUN, MOST_JOINED, MOST_OPENED
from trustsim.errors import InputError

__all__ = ["Allowance", "Allowances"]

_HOUR: Final = 3600.0  # seconds


class Allowance:
    """How often each browser may do something within an hour; known to this server alone, and kept nowhere.

    Parameters
    ----------
    most : int
    refusal : str
        What is said beyond that.
    """

    def __init__(self, most: int, refusal: str) -> None:
        self._most, self._refusal = most, refusal
        self._taken: dict[tuple[str, ...], list[float]] = {}
        self._lock = threading.Lock()

    def take(self, browser: str, *where: str) -> None:
        """Count one more, if there is a browser: a script that has the file needs nobody's leave.

        Parameters
        ----------
        browser : str
        *where : str
            Each place has a count of its own.

        Raises
        ------
        InputError
            If the browser had as many as it may; it is not counted then.
        """
        now = time.monotonic()
        with self._lock:
            recent = {who: [when for when in taken if now - when < _HOUR] for who, taken in self._taken.items()}
            self._taken = {who: taken for who, taken in recent.items() if taken}
            mine = self._taken.get((browser, *where), [])
            if len(mine) >= self._most:
                raise InputError(self._refusal)
            if browser:
                self._taken[browser, *where] = [*mine, now]


class Allowances:
    """What browsers open, begin alone and join."""

    def __init__(self) -> None:
        self.opened = Allowance(
            MOST_OPENED,
            f"this browser has opened {MOST_OPENED} rooms within an hour, as many as one may; use one of them, or wait",
        )
        self.begun = Allowance(
            MOST_BEGUN,
            f"this browser has begun {MOST_BEGUN} games within an hour, as many as one may; go on with one of them, or "
            "wait",
        )
        self.joined = Allowance(
            MOST_JOINED,
            f"this browser has joined {MOST_JOINED} teams to this room within an hour, as many as one may; the "
            "facilitator can tell you the longer code that leads back to one of them",
        )
