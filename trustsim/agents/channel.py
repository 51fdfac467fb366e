"""A channel: where a concern goes, and what it can expect there."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Channel"]


class Channel(NamedTuple):
    """What becomes of a concern that is raised in one way.

    Attributes
    ----------
    resolution : float
        Chance that it is resolved.
    resolution_or_reason : float
        Chance that it is resolved, or else explained.
    delivered : float
        How much of it reaches administration, 0 to 1.
    invited : float
        1 where somebody asked for concerns, 0 in the line.
    at_top : float
        Share of the credit or blame that falls on the executive rather than the leader.
    """

    resolution: float
    resolution_or_reason: float
    delivered: float
    invited: float = 0.0
    at_top: float = 0.0
