"""What a design did otherwise than asked, said as a warning that is data and never an error."""

from __future__ import annotations

__all__ = ["DesignNotice"]


class DesignNotice(UserWarning):
    """A design differs from what was asked for, in a way that the message states."""
