"""Rooms of a class: who plays which game, kept in a file on this machine that outlives the server.

`store` is the file, `rooms` what pages may do with it. There are no accounts and no names of people: a room has a code
to be read out, and whoever opened it or joined it has a secret link, of which only a hash is kept.
"""

from trustsim.app.rooms.draft import Draft
from trustsim.app.rooms.rooms import Rooms
from trustsim.app.rooms.served import open_rooms, the_rooms
from trustsim.app.rooms.store import default_path
from trustsim.app.rooms.values import GoneError, Joined, Opened, PausedError, RoomView, StaleError, Team

__all__ = [
    "Draft",
    "GoneError",
    "Joined",
    "Opened",
    "PausedError",
    "RoomView",
    "Rooms",
    "StaleError",
    "Team",
    "default_path",
    "open_rooms",
    "the_rooms",
]
