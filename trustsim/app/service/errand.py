"""A long piece of work for one visitor: off the thread of the page, with progress and a way to stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

from trustsim.app.service.stopped import Stopped
from trustsim.errors import TrustsimError

__all__ = ["Check", "Errand", "Note", "Progress"]

_T = TypeVar("_T")
_PACE: Final = 0.4  # seconds between two tellings: each has the page drawn anew, which takes time from the work

Note = Callable[[str, float], None]
"""Takes what is being done and which share of all work is done."""
Check = Callable[[], None]
"""Raises once nobody waits for the work."""
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Progress(Generic[_T]):
    """How far a piece of work is.

    Attributes
    ----------
    stage : {"idle", "working", "done", "stopped", "failed"}
    doing : str
        What is being done.
    share : float
        Of all that has to be done.
    result : object, optional
    error : str
        Why it failed.
    """

    stage: Literal["idle", "working", "done", "stopped", "failed"] = "idle"
    doing: str = ""
    share: float = 0.0
    result: _T | None = None
    error: str = ""


class Errand(Generic[_T]):
    """One visitor's place for work of a kind; new work takes the place of the last."""

    def __init__(self) -> None:
        self._newest: object = None

    def start(self, work: Callable[[Note, Check], _T], tell: Callable[[Progress[_T]], None]) -> None:
        """Do work in a thread of its own, which leaves what takes the processor to the pool that visitors share.

        Parameters
        ----------
        work : callable
            Takes what it calls with its progress, and what it calls often to learn whether it is still wanted; the
            first does what the second does.
        tell : callable
            Called from that thread with each `Progress`, the last of which is not "working" unless newer work takes
            the place of this.
        """
        ticket = self._newest = object()
        # Started here and not taken from a pool, since solara lets a thread that a page starts know whose page it is.
        threading.Thread(target=self._follow, args=(work, tell, ticket), name="errand", daemon=True).start()

    def stop(self) -> None:
        """Stop what is being done, the next time it asks."""
        self._newest = None

    def _follow(self, work: Callable[[Note, Check], _T], tell: Callable[[Progress[_T]], None], ticket: object) -> None:
        newest = shown = Progress[_T]("working")

        def check() -> None:
            if self._newest is not ticket:
                raise Stopped

        def note(doing: str, share: float) -> None:
            nonlocal newest
            check()
            newest = Progress("working", doing, share)

        tell(shown)
        end: Future[Progress[_T]] = Future()
        threading.Thread(
            target=lambda: end.set_result(_end(work, note, check)), name="errand-work", daemon=True
        ).start()
        while not wait((end,), _PACE).done and self._newest is ticket:
            if newest != shown:
                shown = newest
                tell(shown)
        if self._newest in {ticket, None}:  # of what newer work took the place of, nobody wants to hear
            tell(end.result() if end.done() else Progress("stopped"))


def _end(work: Callable[[Note, Check], _T], note: Note, check: Check) -> Progress[_T]:
    try:
        return Progress("done", share=1.0, result=work(note, check))
    except Stopped:
        return Progress("stopped")
    except TrustsimError as error:
        return Progress("failed", error=str(error))
    except Exception:  # noqa: BLE001 - a defect of ours must not leave a page waiting for ever
        _log.exception("a piece of work broke")
        return Progress("failed", error="that is a mistake of ours; its trace is on the app's console")
