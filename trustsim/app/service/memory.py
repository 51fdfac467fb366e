"""Results that visitors share: each is worked out once, however many ask for it at a time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

__all__ = ["Memory"]

_T = TypeVar("_T")
_PATIENCE: Final = 0.2  # seconds between two looks at whether who waits still needs it


class Memory(Generic[_T]):
    """The last few results.

    Parameters
    ----------
    most : int
        How many; those that were not asked for longest go first.
    """

    def __init__(self, most: int) -> None:
        self._most, self._known = most, OrderedDict[Hashable, _T]()
        self._lock, self._working = threading.Lock(), dict[Hashable, threading.Lock]()

    def known(self, key: Hashable) -> _T | None:
        """Return what is known; None if it would have to be worked out."""
        with self._lock:
            return self._known.get(key)

    def get(self, key: Hashable, work: Callable[[], _T], check: Callable[[], None]) -> _T:
        """Return what is known, or work it out.

        Parameters
        ----------
        key : hashable
        work : callable
        check : callable
            Called while somebody else works on it; raises if nobody needs it here any more.
        """
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
            turn = self._working.setdefault(key, threading.Lock())
        while not turn.acquire(timeout=_PATIENCE):
            check()
        try:
            with self._lock:
                if key in self._known:
                    return self._known[key]
            result = work()
            with self._lock:
                self._known[key] = result
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
            return result
        finally:
            with self._lock:
                self._working.pop(key, None)
            turn.release()
