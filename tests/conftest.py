"""Set-up shared by all tests: how hypothesis searches, and what a pass ran with."""

import os
from importlib.metadata import version

from hypothesis import settings

# In CI the same examples every time, so that a failure is the change's fault; at a desk new ones every time.
# No deadline: the first call of a kernel compiles it.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_report_header() -> str:
    """Name the releases that can change a result."""
    return "with " + ", ".join(f"{name} {version(name)}" for name in ("mesa", "networkx", "numba", "numpy", "SALib"))
