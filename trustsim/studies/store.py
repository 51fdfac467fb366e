"""A study's folder: what is kept in it, who may write to it, and what of it is done.

``manifest.json`` says what study it is; ``study.yaml``, ``scenario.yaml`` and ``baseline.yaml`` run it again from
anywhere; ``design.parquet`` has the points, ``runs/`` the outcomes, ``failures.parquet`` the runs that failed. All but
the manifest, which says when and where, has the same bytes whoever ran it, in how many pieces and with what workers.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.draws import replicate_seed
from trustsim.errors import InputError, WorkError
from trustsim.studies.durable import LEFTOVERS, digest_of, read_json, write_json, write_parquet
from trustsim.studies.identity import MANIFEST, claim
from trustsim.studies.parts import OK, Parts
from trustsim.studies.provenance import environment, model_digest
from trustsim.studies.study import Study
from trustsim.studies.tables import design_table, failures_table, write_inputs
from trustsim.studies.worker import Outcome

if TYPE_CHECKING:
    from filelock import BaseFileLock

__all__ = ["DONE", "FAILED", "MISSING", "Store", "open_store", "parts_of"]

MISSING: Final = 0
FAILED: Final = 1
DONE: Final = 2
_LOCK: Final = ".lock"
_WRITER: Final = ".writer.json"
_MANY: Final = 256
"""Parts after which they are merged before the end."""


def parts_of(study: Study, folder: Path, identity: str) -> Parts:
    """Return the runs in a study's folder; their identity is that of the model which made them."""
    return Parts(folder / "runs", identity, study.measures, study.points.ids, study.baseline is not None)


class Store:
    """A study's folder while it is written; `open_store` makes one.

    Attributes
    ----------
    folder : Path
    study : Study
    state : (points, replicates) int8 array
        `MISSING`, `FAILED` or `DONE`.
    notices : list of str
        What a person should know of what was found.
    """

    def __init__(self, folder: Path, study: Study) -> None:
        self.folder, self.study = folder, study
        self._parts = parts_of(study, folder, study.identity)
        self.state = np.full((len(study.points), study.replicates), MISSING, dtype=np.int8)
        self.notices: list[str] = []
        self._waiting: list[Outcome] = []
        self._manifest: dict[str, Any] = {}

    def pending(self, replicate: int) -> NDArray[np.int64]:
        """Return the numbers of the points that a replicate lacks; what failed is tried again."""
        return np.flatnonzero(self.state[:, replicate] != DONE)

    @property
    def counts(self) -> dict[str, int]:
        """How many runs are planned, done and failed."""
        done, failed = (int(np.count_nonzero(self.state == each)) for each in (DONE, FAILED))
        return {"planned": self.state.size, "done": done, "failed": failed}

    def add(self, outcome: Outcome) -> None:
        """Take what came out of a task; `flush` writes it."""
        self._waiting.append(outcome)
        self.state[list(outcome.numbers), outcome.replicate] = [FAILED if error else DONE for error in outcome.errors]

    def flush(self) -> None:
        """Write what was taken since the last time.

        Raises
        ------
        WorkError
            If it cannot be written.
        """
        if self._waiting:
            self._parts.append(self._waiting)
            self._waiting.clear()
            if len(self._parts.loose()) > _MANY:
                self._parts.merge()

    def finish(self) -> None:
        """Merge the parts and list what failed."""
        self.flush()
        self._parts.merge()
        write_parquet(self.folder / "failures.parquet", failures_table(self._parts))
        kept = [self.folder / "design.parquet", self.folder / "failures.parquet", *self._parts.paths()]
        self._manifest["files"] = {path.relative_to(self.folder).as_posix(): digest_of(path) for path in kept}

    def note_session(self, state: str, session: dict[str, Any]) -> None:
        """Write into the manifest how far the study is, and who brought it there."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        sessions = [*self._manifest["sessions"], {**session, "finished": finished}]
        self._manifest |= {"state": state, "runs": self.counts, "sessions": sessions}
        write_json(self.folder / MANIFEST, self._manifest)

    def prepare(self) -> None:
        """Write what describes the study, clear away what a process that died left half written, see what is done."""
        for path in [*self.folder.glob(LEFTOVERS), *(self.folder / "runs").glob(LEFTOVERS)]:
            path.unlink(missing_ok=True)
        older = read_json(self.folder / MANIFEST) if (self.folder / MANIFEST).exists() else {}
        self._see_what_is_done()
        points = self.study.points
        self._manifest = {
            "format": 1,
            "kind": "study",
            "identity": self.study.identity,
            "study": self.study.describe(),
            "design": {"rows": len(points.X), "points": len(points), "digest": points.digest()},
            "seeds": [replicate_seed(self.study.seed, replicate) for replicate in range(self.study.replicates)],
            "model": model_digest(),
            "environment": environment(),
            "state": "running",
            "runs": self.counts,
            "sessions": older.get("sessions", []),
        }
        write_json(self.folder / MANIFEST, self._manifest)  # first: who owns the folder is known from here on
        (self.folder / "runs").mkdir(exist_ok=True)
        write_inputs(self.study, self.folder)
        write_parquet(self.folder / "design.parquet", design_table(self.study))

    def _see_what_is_done(self) -> None:
        import pandas as pd

        ids = pd.Index(self.study.points.ids)
        for path in self._parts.paths():
            try:
                runs = self._parts.read(path)
            except InputError as error:
                aside = path.with_name(f"damaged-{path.name}")
                path.replace(aside)
                self.notices.append(f"{error}; set aside as {aside.name}, its runs are done again")
                continue
            runs = runs[runs["replicate"] < self.study.replicates]
            places, replicates = ids.get_indexer(pd.Index(runs["point_id"])), runs["replicate"].to_numpy()
            state = np.where(runs["status"] == OK, DONE, FAILED).astype(np.int8)
            known = places >= 0
            # A run that stands in two parts is done if it is in one of them.
            np.maximum.at(self.state, (places[known], replicates[known]), state[known])


@contextmanager
def open_store(study: Study, folder: Path) -> Iterator[Store]:
    """Give the store of a study to one process at a time.

    Raises
    ------
    InputError
        If the folder holds something else, or another study.
    WorkError
        If it cannot be written, or another process is writing it.
    """
    claim(study, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkError(f"{folder} cannot be made: {error.strerror}; name another folder") from error
    with _only_writer(folder):
        claim(study, folder)
        store = Store(folder, study)
        store.prepare()
        yield store


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Hold a lock that the system gives back when the process ends, however it ends."""
    from filelock import FileLock, Timeout

    lock: BaseFileLock = FileLock(folder / _LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise WorkError(f"{folder}: {_who(folder)} is writing this study; wait for it, or stop it there") from None
    except (OSError, NotImplementedError) as error:
        raise WorkError(f"{folder} cannot be locked for writing: {error}; name another folder") from error
    try:
        write_json(folder / _WRITER, {"pid": os.getpid(), "host": platform.node()})
        yield
    finally:
        (folder / _WRITER).unlink(missing_ok=True)
        lock.release()


def _who(folder: Path) -> str:
    try:
        writer = read_json(folder / _WRITER)
    except InputError:
        return "another process"
    return f"process {writer.get('pid')} on {writer.get('host')}"
