"""Several runs for one visitor, one after another: what a comparison of alternatives is made of.

Each is a `Visit`'s run, so an alternative that was run before, here or in Explore, costs nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from trustsim.app.service.work import Outcome, Visit
from trustsim.app.state import RunSpec

__all__ = ["Runner"]


class Runner:
    """One visitor's place at the machine for several runs; new ones take the place of the last.

    Parameters
    ----------
    visit : Visit
        By which they are run.
    """

    def __init__(self, visit: Visit) -> None:
        self._visit, self._lock = visit, threading.Lock()
        self._newest: object = None

    def start(self, specs: Iterable[RunSpec], tell: Callable[[Outcome], None]) -> None:
        """Run specs in their order, in place of what ran before.

        Parameters
        ----------
        specs : iterable of RunSpec
        tell : callable
            Called from another thread with each `Outcome` of each.
        """
        ticket, waiting = object(), iter(specs)

        def go_on() -> None:
            with self._lock:  # who asks for something else may do so right now
                spec = next(waiting, None) if self._newest is ticket else None
                if spec is not None:
                    self._visit.start(spec, heard)

        def heard(outcome: Outcome) -> None:
            if self._newest is ticket:
                tell(outcome)
                if not outcome.is_busy:
                    go_on()

        with self._lock:
            self._newest = ticket
        go_on()

    def stop(self) -> None:
        """Stop what runs, at the next replicate, and begin no other."""
        with self._lock:
            self._newest = None
            self._visit.stop()
