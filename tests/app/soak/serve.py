"""The app, with pages that were left given up soon; for each line on its standard input it says what it holds.

What is alive is counted inside, since the memory that a process has is not what it holds.
"""

import gc
import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path

from trustsim.app import server
from trustsim.cli import main

_OF_A_PAGE = ("VirtualKernelContext", "_RenderContext", "Kernel", "NetworkW", "Visit")


def held() -> dict[str, int]:
    """Return how many there are of what each open page has, and bytes of memory; garbage does not count."""
    gc.collect()
    alive = Counter(type(each).__name__ for each in gc.get_objects())
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {**{name: alive[name] for name in _OF_A_PAGE}, "bytes": pages * os.sysconf("SC_PAGE_SIZE")}


def _answer() -> None:
    for _ in sys.stdin:
        sys.stdout.write(f"held: {json.dumps(held())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    server._SETTINGS["SOLARA_KERNEL_CULL_TIMEOUT"] = sys.argv.pop(1)
    threading.Thread(target=_answer, daemon=True).start()
    main()
