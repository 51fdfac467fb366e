"""What rooms tell: values as of one moment, and the errors that pages put into words for players."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from trustsim.app.rooms.draft import Draft
from trustsim.errors import InputError
from trustsim.game import Game, Setup

__all__ = ["GoneError", "Joined", "Opened", "PausedError", "RoomView", "StaleError", "Team"]


class GoneError(InputError):
    """A link leads nowhere any more."""


class StaleError(InputError):
    """Somebody else of the team was quicker."""


class PausedError(InputError):
    """The facilitator holds the game."""


@dataclass(frozen=True)
class Opened:
    """A new room: its code is for all, the facilitator's token for one."""

    code: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Joined:
    """A team and a token of a link to it."""

    name: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Team:
    """A team as it is now.

    Attributes
    ----------
    number : int
        From 1, in the order of joining; the lowest that no team of the room has.
    name : str
    code : str
        Of its room; empty for somebody who plays alone.
    partner_code : str
        With which the second seat joins the team; empty for somebody who plays alone.
    game : Game
    version : int
        Of the game: goes up with each change of it, and `Rooms.change` asks for it.
    draft : Draft
    paused : bool
    present : frozenset of str
        Seats with an open page.
    """

    number: int
    name: str
    code: str
    partner_code: str
    game: Game
    version: int
    draft: Draft
    paused: bool
    present: frozenset[str]


@dataclass(frozen=True)
class RoomView:
    """A room as its facilitator sees it.

    Attributes
    ----------
    code : str
    setup : Setup
    paused : bool
    kept_until : date
        When it is deleted unless somebody uses it before.
    teams : tuple of Team
        In the order of joining.
    """

    code: str
    setup: Setup
    paused: bool
    kept_until: date
    teams: tuple[Team, ...]
