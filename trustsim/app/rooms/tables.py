"""Questions and changes to the tables of `store`, each within a transaction of whoever calls."""

from __future__ import annotations

import sqlite3
import time
from functools import lru_cache
from itertools import count
from typing import Final

from trustsim.app.limits import MOST_ALONE, MOST_ROOMS, MOST_TEAMS
from trustsim.app.rooms.names import CODE, PARTNER, digest, new_code, new_secret, team_name
from trustsim.app.rooms.values import GoneError, Joined, StaleError
from trustsim.errors import InputError
from trustsim.game import Game, Setup

__all__ = [
    "DAY",
    "KEPT",
    "changed",
    "expected",
    "expire",
    "gone",
    "led_in",
    "new_key",
    "new_room",
    "new_team",
    "read_game",
    "remove_team",
    "room_of",
    "stale",
    "team_of",
]

DAY: Final = 86_400.0  # seconds
KEPT: Final = 30 * DAY
_UNPLAYED: Final = 1 * DAY
"""How long a game is kept that somebody began alone and never played."""


def new_room(file: sqlite3.Connection, setup: Setup, *, with_code: bool) -> tuple[int, str]:
    """Add a room; return its id and its code.

    Raises
    ------
    InputError
        If there are as many as there may be.
    """
    expire(file)
    number = file.execute("SELECT count(*) FROM rooms WHERE (code IS NOT NULL) = ?", (with_code,)).fetchone()[0]
    most, what = (MOST_ROOMS, "rooms") if with_code else (MOST_ALONE, "games of people who play alone")
    if number >= most:
        raise InputError(
            f"there are {number} {what}, as many as this server keeps; each goes 30 days after it was last used"
        )
    code = _unused(file, "rooms WHERE code = ?", CODE) if with_code else None
    now = time.time()
    added = file.execute(
        "INSERT INTO rooms (code, start, created, last_used) VALUES (?, ?, ?, ?)",
        (code, Game(setup).to_json(), now, now),
    )
    return int(added.lastrowid or 0), code or ""


def room_of(file: sqlite3.Connection, token: str) -> sqlite3.Row:
    """Return the room of a facilitator."""
    row: sqlite3.Row | None = file.execute(
        "SELECT rooms.*, rooms.id AS room FROM keys JOIN rooms ON rooms.id = keys.room "
        "WHERE digest = ? AND team IS NULL",
        (digest(token),),
    ).fetchone()
    if row is None:
        raise gone(file, token)
    return row


def team_of(file: sqlite3.Connection, token: str) -> sqlite3.Row:
    """Return a team with what it shares with its room."""
    row: sqlite3.Row | None = file.execute(
        "SELECT teams.*, code, paused, last_used FROM keys JOIN teams ON teams.id = keys.team "
        "JOIN rooms ON rooms.id = keys.room WHERE digest = ?",
        (digest(token),),
    ).fetchone()
    if row is None:
        raise gone(file, token)
    return row


def expected(file: sqlite3.Connection, token: str, version: int) -> sqlite3.Row:
    """Return what `team_of` does, if the team's game has this version.

    Raises
    ------
    StaleError
        If it has another one by now.
    """
    row = team_of(file, token)
    if row["version"] != version:
        raise stale()
    return row


def stale() -> StaleError:
    """Return the error of who decides on something that is not so any more."""
    return StaleError("somebody else of the team was quicker; look at what there is now, then go on from there")


def gone(file: sqlite3.Connection, token: str) -> GoneError:
    """Return the error of a token that nothing is behind."""
    if file.execute("SELECT 1 FROM removed WHERE digest = ?", (digest(token),)).fetchone():
        return GoneError("the facilitator closed this team, and what it did is deleted")
    return GoneError("this link leads nowhere: its room was closed, or not used for 30 days, or never was")


def new_team(file: sqlite3.Connection, room: int) -> Joined:
    """Add a team, with the game that its room begins with.

    Raises
    ------
    InputError
        If the room is full.
    """
    taken = {row["number"] for row in file.execute("SELECT number FROM teams WHERE room = ?", (room,))}
    number = next(number for number in count(1) if number not in taken)  # not the next one: only so many names differ
    if number > MOST_TEAMS:
        raise InputError(f"the room has {MOST_TEAMS} teams, as many as it takes")
    partner = _unused(file, "teams WHERE partner = ? AND room = ?", PARTNER, room)
    added = file.execute(
        "INSERT INTO teams (room, number, partner, game) SELECT id, ?, ?, start FROM rooms WHERE id = ?",
        (number, partner, room),
    )
    changed(file, room)
    return Joined(team_name(number), new_key(file, room, int(added.lastrowid or 0)))


def remove_team(file: sqlite3.Connection, room: int, partner: str) -> None:
    """Delete the team of a room with these letters, if there is one; it is kept why its keys lead nowhere."""
    team = file.execute("SELECT id FROM teams WHERE room = ? AND partner = ?", (room, partner)).fetchone()
    if team is not None:
        file.execute("INSERT INTO removed SELECT digest, room FROM keys WHERE team = ?", (team["id"],))
        file.execute("DELETE FROM teams WHERE id = ?", (team["id"],))
        changed(file, room)


def led_in(file: sqlite3.Connection, code: str) -> Joined | None:
    """Return a new team of the room with a code, or one more key of the team with a longer one; None if none has it."""
    room = file.execute("SELECT id FROM rooms WHERE code = ?", (code[:CODE],)).fetchone()
    if room is None or len(code) == CODE:
        return new_team(file, room["id"]) if room is not None else None
    team = file.execute("SELECT * FROM teams WHERE room = ? AND partner = ?", (room["id"], code[CODE:])).fetchone()
    return None if team is None else Joined(team_name(team["number"]), new_key(file, room["id"], team["id"]))


def new_key(file: sqlite3.Connection, room: int, team: int | None = None) -> str:
    """Return a new secret that leads to a team, or to the room as its facilitator sees it."""
    token = new_secret()
    file.execute("INSERT INTO keys VALUES (?, ?, ?)", (digest(token), room, team))
    return token


def _unused(file: sqlite3.Connection, where: str, length: int, *more: object) -> str:
    """Return letters that are not in the table yet."""
    while True:
        code = new_code(length)
        if not file.execute(f"SELECT 1 FROM {where}", (code, *more)).fetchone():  # noqa: S608 - words of this module
            return code


@lru_cache(maxsize=256)
def read_game(text: str) -> Game:
    """Return a game that is kept: those of a class are asked for every second, and change every few minutes."""
    return Game.from_json(text)


def changed(file: sqlite3.Connection, room: int, team: int | None = None) -> None:
    """Note that a team changed, or a room and with it all its teams."""
    file.execute("UPDATE rooms SET changes = changes + 1, last_used = ? WHERE id = ?", (time.time(), room))
    file.execute("UPDATE teams SET changes = changes + 1 WHERE room = ? AND id = ifnull(?, id)", (room, team))


def expire(file: sqlite3.Connection) -> int:
    """Delete rooms that nobody used for long, and games that nobody played; return how many."""
    now = time.time()
    return file.execute(
        "DELETE FROM rooms WHERE last_used < ? OR (code IS NULL AND last_used < ? AND NOT EXISTS "
        "(SELECT 1 FROM teams WHERE teams.room = rooms.id AND version > 0))",
        (now - KEPT, now - _UNPLAYED),
    ).rowcount
