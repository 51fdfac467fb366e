"""A server of the app in a process of its own."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

_UP = re.compile(r"^trustsim app: (http://127\.0\.0\.1:\d+)/ ", re.MULTILINE)


@contextmanager
def serving(folder: Path, *program: str, options: Sequence[str] = ()) -> Iterator[SimpleNamespace]:
    """Serve the app on a free port of this machine.

    Parameters
    ----------
    folder : Path
        For what it keeps and says.
    *program : str
        What Python is to run, which takes the arguments of ``trustsim``.
    options : sequence of str
        More of what ``trustsim app`` takes.

    Yields
    ------
    SimpleNamespace
        `address` without a slash at the end, `process`, and `said`, which returns what it said.
    """
    log = folder / "said.txt"

    def said() -> str:
        return log.read_text("utf-8")

    app = ("app", "--no-open", "--port", "0", "--rooms", str(folder / "rooms.sqlite3"))
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            [sys.executable, *program, *app, *options],
            stdin=subprocess.PIPE,
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
    with process:
        try:
            end = time.monotonic() + 60
            while not (found := _UP.search(said())):
                assert process.poll() is None, said()
                assert time.monotonic() < end, said()
                time.sleep(0.05)
            yield SimpleNamespace(address=found[1], process=process, said=said)
        finally:
            process.terminate()
            process.wait(timeout=20)
    assert "Traceback" not in said(), said()
