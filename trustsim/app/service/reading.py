"""A stranger's files read in a process of their own, which has little time and memory and leaves nothing behind.

They lie in a private folder, under names of ours, for as long as that takes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from trustsim.app.limits import MOST_POSITIONS, MOST_TIES, READING_MEMORY, READING_SECONDS
from trustsim.errors import InputError, WorkError
from trustsim.organization import Organization

__all__ = ["Read", "inspect_files", "inspect_path"]

_AT_ONCE: Final = 2
_PATIENCE: Final = 0.2  # seconds between two looks at whether somebody still waits for it

Read = tuple[Organization | None, dict[str, Any]]
"""A hospital, or None if something is wrong, and the account of it: `Account.as_document`, in which ``problems`` are
sentences with file and line (``errors``, ``warnings``) and how many errors there are (``to mend``), and ``survey`` is
how many scores there are, None without any.
"""

_places: Final = threading.BoundedSemaphore(_AT_ONCE)


def inspect_files(files: Mapping[str, bytes], check: Callable[[], None]) -> Read:
    """Read a hospital from the contents of files.

    Parameters
    ----------
    files : mapping of str to bytes
        By names as `trustsim.roster` knows them.
    check : callable
        Called every now and then; raises if nobody needs it any more, which ends the reading.

    Raises
    ------
    InputError
        If it takes too much time or memory.
    WorkError
        If it breaks; the message has the trace.
    """
    while not _places.acquire(timeout=_PATIENCE):
        check()
    try:
        with TemporaryDirectory(prefix="trustsim-upload-") as folder:  # nobody else may look into it
            for name, content in files.items():
                (Path(folder) / name).write_bytes(content)
            (only, *others) = files
            is_list = not others and Path(only).suffix == ".edgelist"  # in a folder, lists are not looked for
            return _apart(Path(folder) / only if is_list else Path(folder), check)
    finally:
        _places.release()


def inspect_path(path: Path) -> Read:
    """Read a hospital that lies on this machine, if it is not too large for the app.

    Raises
    ------
    InputError
        If nothing can be read at all, or it is too large for the app.
    """
    from trustsim.roster import inspect_roster, shortened
    from trustsim.survey import inspect_survey

    roster = inspect_roster(path)
    organization, findings, account = roster.organization, roster.findings, roster.account.as_document()
    survey = None
    if organization is not None:
        _check_size(organization)
        survey = inspect_survey(path, organization, findings)
    problems = [replace(problem, path=Path(problem.path.name)) for problem in findings.problems]
    errors = [problem for problem in problems if problem.severity == "error"]
    account["problems"] = {
        "errors": list(shortened(errors)),
        "warnings": list(shortened(problem for problem in problems if problem.severity == "warning")),
        "to mend": len(errors),
    }
    account["survey"] = None if survey is None else len(survey.rows)
    return (None if errors else organization), account


def _check_size(organization: Organization) -> None:
    for size, most, what in ((organization.n, MOST_POSITIONS, "positions"), (organization.n_ties, MOST_TIES, "ties")):
        if size > most:
            raise InputError(
                f"a hospital of {size:,} {what} is too much for the app, which takes {most:,}; {_ELSEWHERE}"
            )


def _apart(path: Path, check: Callable[[], None]) -> Read:
    """Read in another process, which is ended when it takes too long or nobody waits."""
    context = multiprocessing.get_context("spawn")  # a fork would take the locks of our threads along
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(path, theirs, READING_MEMORY), name="reading", daemon=True)
    process.start()
    theirs.close()
    end = time.monotonic() + READING_SECONDS
    try:
        while not ours.poll(_PATIENCE):
            check()
            if time.monotonic() > end:
                raise InputError(f"reading it took longer than {READING_SECONDS:.0f} seconds; {_ELSEWHERE}")
        found: Read | InputError | WorkError = ours.recv()
    except EOFError:
        raise InputError(f"reading it took more memory than there is for one visitor; {_ELSEWHERE}") from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(found, Exception):
        raise found
    return found


def _work(path: Path, pipe: Connection, memory: int) -> None:
    """Read, in the other process, and send what came of it."""
    import pandas as pd  # noqa: F401 - before memory is held back, which is for the files

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the app, which then ends this
    _hold_back(memory)
    try:
        pipe.send(inspect_path(path))
    except InputError as error:
        pipe.send(InputError(str(error).replace(f"{path}{os.sep}", "").replace(str(path), "it")))
    except MemoryError:
        return  # as when there was none for this either
    except Exception:  # noqa: BLE001 - a defect of ours is told to who waits
        pipe.send(WorkError(traceback.format_exc()))


def _hold_back(memory: int) -> None:
    """Take little of the machine, where the system knows how."""
    with suppress(ImportError, OSError, ValueError, AttributeError):
        os.nice(5)
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        seconds = int(READING_SECONDS) + 5  # should nobody be left to end it
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


_ELSEWHERE: Final = "trustsim org check and trustsim run have no such limit"
