"""What every design asks of its size."""

from __future__ import annotations

import numpy as np

from trustsim.errors import InputError

__all__ = ["check_count"]


def check_count(n: object, what: str, least: int = 1) -> int:
    """Return `n` as an int.

    Parameters
    ----------
    n : object
        What was asked for.
    what : str
        What it counts, for the message.
    least : int
        The smallest that makes sense.

    Raises
    ------
    InputError
        If it is no whole number or less than `least`.
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < least:
        raise InputError(f"found {n!r} {what}, needed is a whole number of {least} or more")
    return int(n)
