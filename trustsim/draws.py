"""Addressed luck: every random number has an address (seed, stream, week, entity).

A draw never depends on what happened before, on the order of agents, on parameters or on the engine. So two scenarios
with one seed share their luck, an intervention at dose zero changes nothing, and an added stream disturbs no other.

The generator is numpy's Philox, a counter-based one: the key is (seed, stream), the counter's second word is the week,
and entity ``e`` of a stream with ``c`` columns owns the numbers ``e*c .. e*c + c - 1`` of that counter. Hence the draws
of the first n entities are the same whatever n is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean

__all__ = ["STREAMS", "Luck", "check_seed", "replicate_seed"]

# Stream number and columns of each stream. Numbers are part of the address: never re-use or renumber them.
STREAMS: Final[dict[str, tuple[int, int]]] = {
    # The hospital: who is there and who is tied to whom. The "week" of `person` is the occupant's number in the
    # position.
    "person": (1, 24),
    "peer": (2, 2),
    "consult": (3, 4),
    "social": (4, 2),
    "belief": (5, 3),
    "rapport": (6, 1),
    "load": (7, 1),
    # The events of a week.
    "message": (20, 4),  # contact, then noise of the ability, benevolence and integrity signals
    "concern": (21, 1),
    "voice": (22, 2),  # speaks up or not, what comes of it
    "decision": (23, 2),  # arrives or not, who decides
    "participation": (24, 2),  # invited or not, takes part or not
    "mood": (25, 1),
    "exit": (26, 1),
    "safety": (27, 2),  # event or not, reported or not
    "outcome": (28, 2),  # self-rated and objective patient outcome of a unit
    "hours": (29, 1),
}

_LARGEST_SEED: Final = 2**64 - 1


def check_seed(seed: object) -> int:
    """Return `seed` as an int, or raise.

    Raises
    ------
    InputError
        If it is not a whole number from 0 to 2**64 - 1. Seed 0 is a seed like any other.
    """
    if isinstance(seed, (bool, np.bool_)) or not isinstance(seed, (int, np.integer)) or not 0 <= seed <= _LARGEST_SEED:
        raise InputError(f"a seed is a whole number from 0 to 2**64 - 1, not {seed!r}")
    return int(seed)


def replicate_seed(root: int, replicate: int) -> int:
    """Return the seed of a replicate: the root seed itself for the first, then numbers that no other root seed shares.

    (Counting on from the root would let two studies with neighboring seeds share all but one replicate.) Seeds of
    replicates have 53 bits, so that every table and every JSON reader keeps them.
    """
    root = check_seed(root)
    if replicate == 0:
        return root
    return int(np.random.SeedSequence([root, replicate]).generate_state(1, np.uint64)[0]) >> 11


class Luck:
    """All draws of one seed.

    Parameters
    ----------
    seed : int
        From 0 to 2**64 - 1.

    Examples
    --------
    >>> luck = Luck(0)
    >>> bool((luck.uniform("voice", 12, 5) == luck.uniform("voice", 12, 9)[:5]).all())
    True
    """

    def __init__(self, seed: int) -> None:
        self.seed = check_seed(seed)

    def uniform(self, stream: str, week: int, entities: int) -> NDArray[np.float64]:
        """Draw one week of a stream for all entities at once.

        Parameters
        ----------
        stream : str
            A key of `STREAMS`.
        week : int
            Week from 0 (the first burn-in week); for the stream ``person`` the occupant's number in the position.
        entities : int
            How many entities, from 0.

        Returns
        -------
        (entities, columns) float64 array
            Uniform on [0, 1).

        Raises
        ------
        InputError
            If there is no such stream.
        """
        if stream not in STREAMS:
            raise InputError(f"no stream {stream!r}; streams are {', '.join(STREAMS)}{did_you_mean(stream, STREAMS)}")
        number, columns = STREAMS[stream]
        key: Sequence[int] = (self.seed, number)
        philox = np.random.Philox(
            key=np.array(key, dtype=np.uint64), counter=np.array([0, week, 0, 0], dtype=np.uint64)
        )
        return np.random.Generator(philox).random((entities, columns))
