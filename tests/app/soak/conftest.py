"""A server that says what it holds, and gives up pages that were left after seconds, not a quarter of an hour."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.app.serving import serving
from tests.wanted import lack
from trustsim.app.browser_assets import missing

_CULL = "2s"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The app on a free port, for one test alone; `held` returns what it counts: see `serve`."""
    if missing() or not Path("/proc/self/statm").exists():
        lack("it takes the browser's files (make assets) and Linux, which says how much memory a process has")
    with serving(tmp_path, str(Path(__file__).with_name("serve.py")), _CULL) as served:

        def held() -> dict[str, int]:
            known = served.said().count("held: ")
            served.process.stdin.write("\n")
            served.process.stdin.flush()
            while (said := served.said()).count("held: ") == known or not said.endswith("}\n"):
                time.sleep(0.02)
            counted: dict[str, int] = json.loads(said.rpartition("held: ")[2])
            return counted

        served.held, served.rooms = held, tmp_path / "rooms.sqlite3"
        yield served
