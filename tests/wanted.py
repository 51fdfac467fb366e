"""What some tests take that a machine may not have."""

import os

import pytest


def lack(what: str) -> None:
    """Skip for want of something at a desk; fail for it in CI, where everything is meant to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}, and CI has to test it")
    pytest.skip(what)
