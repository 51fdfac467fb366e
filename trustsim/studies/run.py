"""Run what is missing of a study: tasks out to workers, outcomes home to the store, until nothing is missing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from trustsim.draws import replicate_seed
from trustsim.errors import InputError, WorkError
from trustsim.studies.crate import write_crate
from trustsim.studies.executors import Pool, open_executor
from trustsim.studies.points import Task, chunks
from trustsim.studies.results import Results, read_results
from trustsim.studies.store import Store, open_store
from trustsim.studies.study import Study
from trustsim.studies.worker import Outcome

__all__ = ["Progress", "run_study"]

_FLUSH: Final = (0.2, 30.0)
"""Fewest and most seconds between two parts: what a crash can cost, together with the tasks under way."""
_FLUSH_SHARE: Final = 0.02
"""Within those ends, what a crash can cost as a share of the time so far: parts stay few however long it takes."""
_TELL: Final = 0.2
"""Seconds between two reports of progress."""
_AHEAD: Final = 3
"""Tasks handed out for each worker: enough that none waits, few enough that memory does not grow."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a study is.

    Attributes
    ----------
    planned, done, failed : int
        Runs in all; done with success; failed.
    here : int
        Runs that this session did.
    seconds : float
        Since its first task.
    """

    planned: int
    done: int
    failed: int
    here: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Runs a second in this session."""
        return self.here / self.seconds if self.seconds > 0.0 else 0.0

    @property
    def seconds_left(self) -> float:
        """Seconds that the rest will take; infinite before the first run is done."""
        left = self.planned - self.done - self.failed
        return left / self.per_second if self.here else float("inf")


def run_study(
    study: Study,
    folder: Path,
    *,
    executor: Executor | str,
    workers: int | None,
    after: Callable[[Progress], None] | None,
    block: int,
) -> Results:
    """Run a study; parameters and errors are those of `trustsim.studies.Study.run`."""
    if block < 1:
        raise InputError(f"found blocks of {block} worlds, needed is 1 or more")
    with open_store(study, folder) as store:
        session: dict[str, Any] = {
            "command": list(sys.argv),
            "started": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        state = "paused"
        try:
            if any(True for _ in _tasks(study, store, block)):
                with open_executor(executor, workers) as pool:
                    session["executor"] = {"name": pool.name, "workers": pool.capacity()}
                    _work_off(study, store, pool, block, after)
            store.finish()
            state = "complete"
        finally:
            store.note_session(state, session)
        write_crate(folder)
    return read_results(folder, study=study, notices=tuple(store.notices))


def _tasks(study: Study, store: Store, block: int) -> Iterator[Task]:
    """Yield what is missing, seed by seed, so that the luck of a seed is drawn once."""
    shared = None if study.baseline is None else sorted(study.shared & set(study.points.applied))
    for replicate in range(study.replicates):
        for numbers in chunks(study.points, store.pending(replicate), shared, block):
            yield Task(
                replicate, replicate_seed(study.seed, replicate), tuple(numbers), tuple(study.points.settings(numbers))
            )


def _work_off(study: Study, store: Store, pool: Pool, block: int, after: Callable[[Progress], None] | None) -> None:
    tasks, work = _tasks(study, store, block), study.work
    under_way: set[Future[Outcome]] = set()
    started = flushed = told = time.monotonic()
    here, capacity = 0, pool.capacity()
    try:
        while True:
            while len(under_way) < _AHEAD * capacity and (task := next(tasks, None)) is not None:
                under_way.add(pool.executor.submit(work, task))
            if not under_way:
                break
            finished, under_way = wait(under_way, timeout=1.0, return_when=FIRST_COMPLETED)
            for future in finished:
                here += _take(future, store)
            now = time.monotonic()
            if now - flushed >= min(max(_FLUSH_SHARE * (now - started), _FLUSH[0]), _FLUSH[1]):
                store.flush()
                flushed, capacity = now, pool.capacity()
            if after is not None and (now - told >= _TELL or not under_way):
                after(Progress(**store.counts, here=here, seconds=now - started))
                told = now
    finally:
        # Whatever ended it (Ctrl-C, a lost worker, a full disk): what has not begun is dropped, what is done is kept.
        begun = [future for future in under_way if not future.cancel()]
        if pool.is_ours:
            wait(begun)
        for future in begun:
            if future.done() and future.exception() is None:
                store.add(future.result())
        store.flush()


def _take(future: Future[Outcome], store: Store) -> int:
    """Take what a task gave home.

    Raises
    ------
    WorkError
        If its worker could not run it; a run that fails is no error here.
    """
    try:
        outcome = future.result()
    except (Exception, CancelledError) as error:
        raise WorkError(
            f"a worker could not do its task: {type(error).__name__}: {error}. What was done is kept; run the same "
            "command again to continue"
        ) from error
    store.add(outcome)
    return len(outcome.numbers)
