"""Threads that visitors share: each visitor has a queue, and free threads take from the queues in turn.

So whoever asks for a hundred replicates waits for a hundred, and a neighbor who asks for five waits for five. The
compiled engine releases the interpreter's lock, so threads are enough.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cache
from typing import Any, ParamSpec, TypeVar

from trustsim.simulation import cores

__all__ = ["FairPool", "shared_pool"]

_P = ParamSpec("_P")
_T = TypeVar("_T")


class FairPool:
    """Some threads and the queues that they take from in turn.

    Parameters
    ----------
    threads : int
        They are daemons: a run that nobody waits for does not keep the program from ending.
    """

    def __init__(self, threads: int) -> None:
        self._waiting: OrderedDict[str, deque[Callable[[], None]]] = OrderedDict()
        self._change = threading.Condition()
        self._workers = [
            threading.Thread(target=self._work, name=f"replicates-{number}", daemon=True) for number in range(threads)
        ]
        for worker in self._workers:
            worker.start()

    def share(self, visitor: str, *, ahead: bool = False) -> Executor:
        """Return an executor whose work waits in this visitor's queue, or ahead of what this visitor has there."""
        return _Share(self, visitor, ahead=ahead)

    def put(self, visitor: str, work: Callable[[], None], *, ahead: bool = False) -> None:
        """Let work wait in a visitor's queue."""
        with self._change:
            queue = self._waiting.setdefault(visitor, deque())
            (queue.appendleft if ahead else queue.append)(work)
            self._change.notify()

    def _work(self) -> None:
        while True:
            self._next()()

    def _next(self) -> Callable[[], None]:
        with self._change:
            while not self._waiting:
                self._change.wait()
            visitor, queue = self._waiting.popitem(last=False)
            work = queue.popleft()
            if queue:
                self._waiting[visitor] = queue  # behind all others
            return work


class _Share(Executor):
    """One visitor's queue, in the shape that `trustsim.simulation.compare` takes."""

    def __init__(self, pool: FairPool, visitor: str, *, ahead: bool) -> None:
        self._pool, self._visitor, self._ahead, self._futures = pool, visitor, ahead, list[Future[Any]]()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Let a call wait for its turn."""
        future: Future[_T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is told to whoever waits
                future.set_exception(error)
            else:
                future.set_result(result)

        self._futures.append(future)
        self._pool.put(self._visitor, work, ahead=self._ahead)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002 - nothing is awaited
        """Cancel what was not begun; the threads go on with the work of others."""
        for future in self._futures if cancel_futures else ():
            future.cancel()


@cache
def shared_pool() -> FairPool:
    """Return the pool of this process: as many threads as there are cores, whatever page asks for work."""
    return FairPool(cores())
