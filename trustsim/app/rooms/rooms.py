"""What pages do with rooms: open one, join it with a code or play alone, decide, watch, pause, close."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Hashable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from trustsim.app.rooms import tables
from trustsim.app.rooms.allowance import Allowances
from trustsim.app.rooms.draft import Draft
from trustsim.app.rooms.names import CODE, PARTNER, digest, plain_code, team_name
from trustsim.app.rooms.presence import Presence
from trustsim.app.rooms.store import Store
from trustsim.app.rooms.values import Joined, Opened, PausedError, RoomView, Team
from trustsim.errors import InputError
from trustsim.game import Game, Pick, Setup

__all__ = ["Rooms"]

_WRONG: Final = 0.5
"""Seconds that a wrong code takes, one after the other whoever guesses: guessing all of them takes half a year."""


class Rooms:
    """All rooms of a file; any number of threads may call it.

    Every method that takes a token raises `GoneError` if nothing is behind it, and every one `WorkError` if the file
    fails.

    Parameters
    ----------
    path : Path
        See `Store`.
    """

    def __init__(self, path: Path) -> None:
        self._store, self._presence, self._gate = Store(path), Presence(), threading.Lock()
        self._allowed = Allowances()
        with self._store.writing() as file:
            outlived = tables.expire(file)
        if outlived:
            self._store.shrink()

    @property
    def path(self) -> Path:
        """The file."""
        return self._store.path

    def open(self, setup: Setup, browser: str = "") -> Opened:
        """Open a room.

        Raises
        ------
        InputError
            If there are as many as there may be, or the browser has opened its share of them.
        """
        with self._store.writing() as file:
            room, code = tables.new_room(file, setup, with_code=True)
            self._allowed.opened.take(browser)  # within the change: what is refused is not made
            return Opened(code, tables.new_key(file, room))

    def alone(self, setup: Setup, browser: str = "") -> Joined:
        """Begin a game without a room; errors are those of `open`."""
        with self._store.writing() as file:
            room, _ = tables.new_room(file, setup, with_code=False)
            self._allowed.begun.take(browser)
            return tables.new_team(file, room)

    def join(self, code: str, browser: str = "") -> Joined:
        """Add a team to the room with a code; or, with the longer code of a team's partners, lead to that team.

        Raises
        ------
        InputError
            If there is no such room or team (which takes its time), the room is full, or the browser has joined its
            share of teams to it.
        """
        typed = plain_code(code)
        with self._store.writing() as file:
            joined = tables.led_in(file, typed)
            if joined is not None and len(typed) == CODE:  # a new team
                self._allowed.joined.take(browser, typed)
        if joined is not None:
            return joined
        with self._gate:
            time.sleep(_WRONG)
        raise InputError(
            f"no room has the code {typed!r}; a room's has {CODE} letters, none of them a vowel, and is on the "
            f"facilitator's screen; the one on a partner's screen has {CODE + PARTNER}"
        )

    def team(self, token: str) -> Team:
        """Return a team."""
        with self._store.reading() as file:
            row = tables.team_of(file, token)
        self._used(row)
        return self._as_team(row, row)

    def view(self, token: str) -> RoomView:
        """Return a room with all its teams."""
        with self._store.reading() as file:
            room = tables.room_of(file, token)
            rows = file.execute("SELECT * FROM teams WHERE room = ? ORDER BY number", (room["id"],)).fetchall()
        self._used(room)
        return RoomView(
            room["code"],
            tables.read_game(room["start"]).setup,
            bool(room["paused"]),
            datetime.fromtimestamp(room["last_used"] + tables.KEPT, tz=UTC).date(),
            tuple(self._as_team(row, room) for row in rows),
        )

    def rivals(self, token: str) -> tuple[tuple[str, Game], ...]:
        """Return the games of a room that are over, with the names of their teams; none before one's own is over."""
        with self._store.reading() as file:
            mine = tables.team_of(file, token)
            rows = file.execute("SELECT * FROM teams WHERE room = ? ORDER BY number", (mine["room"],)).fetchall()
        games = [(team_name(row["number"]), tables.read_game(row["game"])) for row in rows if row["id"] != mine["id"]]
        return tuple(each for each in games if each[1].is_over) if tables.read_game(mine["game"]).is_over else ()

    def stamp(self, token: str, seat: str = "") -> Hashable:
        """Return something that differs from last time if what `team` or `view` tells may differ; quick, for polling.

        Parameters
        ----------
        token : str
            A team's or a facilitator's.
        seat : str
            At which the page that asks sits: asking every second or so is what makes the seat present.
        """
        with self._store.reading() as file:
            key = file.execute(
                "SELECT keys.room, keys.team, ifnull(teams.changes, rooms.changes) AS changes FROM keys "
                "JOIN rooms ON rooms.id = keys.room LEFT JOIN teams ON teams.id = keys.team WHERE digest = ?",
                (digest(token),),
            ).fetchone()
            if key is None:
                raise tables.gone(file, token)
        if seat and key["team"] is not None:
            self._presence.show(key["room"], key["team"], seat)
        return key["changes"], self._presence.all(key["room"], key["team"])

    def change(self, token: str, edit: Callable[[Game], Game], expected_version: int) -> Game:
        """Change a team's game, unless somebody else has done so meanwhile; return the new one, which is on the disk.

        Parameters
        ----------
        token : str
        edit : callable
            Returns the new game; what it raises is passed on, and nothing is changed.
        expected_version : int
            `Team.version` of the game that whoever decides has seen.

        Raises
        ------
        StaleError
            If the game has another version by now.
        PausedError
            If a quarter is decided or taken back while the facilitator holds the game.
        InputError
            If an assessed game would lose a quarter, or turn into one of another hospital.
        """
        return self._change(token, lambda game, _: edit(game), expected_version)

    def commit(self, token: str, expected_version: int, seen: tuple[Pick, ...] | None = None) -> Game:
        """Decide the quarter as the draft stands in the file, with what the other seat predicted a moment ago.

        Errors are those of `change` and of `Game.commit`; also `StaleError` if its picks are others than were `seen`.
        """

        def decide(game: Game, draft: Draft) -> Game:
            if seen is not None and draft.picks != seen:
                raise tables.stale()
            return game.commit(draft.picks, draft.predictions)

        return self._change(token, decide, expected_version)

    def draft(self, token: str, edit: Callable[[Draft], Draft], expected_version: int) -> Draft:
        """Change a team's draft, from what it is at this moment; return the new one.

        Raises
        ------
        StaleError
            If the game has another version by now, so that the draft was meant for another quarter.
        """
        with self._store.writing() as file:
            row = tables.expected(file, token, expected_version)
            old = Draft.from_json(row["draft"])
            new = edit(old)
            if new != old:
                file.execute("UPDATE teams SET draft = ? WHERE id = ?", (new.to_json(), row["id"]))
                tables.changed(file, row["room"], row["id"])
        return new

    def pause(self, token: str, *, paused: bool = True) -> None:
        """Hold the games of a room, or let them go on."""
        with self._store.writing() as file:
            room = tables.room_of(file, token)
            file.execute("UPDATE rooms SET paused = ? WHERE id = ?", (paused, room["id"]))
            tables.changed(file, room["id"])

    def set_up(self, token: str, setup: Setup, *, start_anew: bool = False) -> None:
        """Give a room another situation, role, luck or mode, with which every team begins.

        Raises
        ------
        InputError
            If a team has played already, unless all are to start anew and lose what they did.
        """
        with self._store.writing() as file:
            room = tables.room_of(file, token)
            played = [
                team_name(row["number"])
                for row in file.execute("SELECT number, game FROM teams WHERE room = ?", (room["id"],))
                if tables.read_game(row["game"]).turns
            ]
            if played and not start_anew:
                raise InputError(f"{', '.join(played)} have played already and would lose it by another setup")
            start = Game(setup).to_json()
            file.execute("UPDATE rooms SET start = ? WHERE id = ?", (start, room["id"]))
            file.execute(
                "UPDATE teams SET game = ?, draft = '', version = version + 1 WHERE room = ?", (start, room["id"])
            )
            tables.changed(file, room["id"])

    def remove_team(self, token: str, partner_code: str) -> None:
        """Delete a team of a room with all that it did; its links say so from now on.

        Parameters
        ----------
        token : str
            The facilitator's.
        partner_code : str
            `Team.partner_code`; nothing happens if no team has it any more.
        """
        with self._store.writing() as file:
            room = tables.room_of(file, token)
            tables.remove_team(file, room["id"], plain_code(partner_code)[CODE:])
        self._store.shrink()

    def close_room(self, token: str) -> None:
        """Delete a room with all that its teams did."""
        with self._store.writing() as file:
            file.execute("DELETE FROM rooms WHERE id = ?", (tables.room_of(file, token)["id"],))
        self._store.shrink()

    def close(self) -> None:
        """Let go of the file."""
        self._store.close()

    def _change(self, token: str, edit: Callable[[Game, Draft], Game], expected_version: int) -> Game:
        with self._store.writing() as file:
            row = tables.expected(file, token, expected_version)
            old = tables.read_game(row["game"])
            new = edit(old, Draft.from_json(row["draft"]))
            _check_change(old, new, paused=bool(row["paused"]))
            draft = row["draft"] if len(new.turns) == len(old.turns) else ""
            file.execute(
                "UPDATE teams SET game = ?, draft = ?, version = version + 1 WHERE id = ?",
                (new.to_json(), draft, row["id"]),
            )
            tables.changed(file, row["room"], row["id"])
        return new

    def _used(self, row: sqlite3.Row) -> None:
        """Note that somebody looked, once a day."""
        if time.time() - row["last_used"] > tables.DAY:
            with self._store.writing() as file:
                file.execute("UPDATE rooms SET last_used = ? WHERE id = ?", (time.time(), row["room"]))

    def _as_team(self, row: sqlite3.Row, room: sqlite3.Row) -> Team:
        return Team(
            row["number"],
            team_name(row["number"]),
            room["code"] or "",
            "-".join((room["code"], row["partner"])) if room["code"] else "",
            tables.read_game(row["game"]),
            row["version"],
            Draft.from_json(row["draft"]),
            bool(room["paused"]),
            self._presence.of(row["room"], row["id"]),
        )


def _check_change(old: Game, new: Game, *, paused: bool) -> None:
    if new.setup != old.setup:
        raise InputError("a team plays the hospital of its room")
    if new.setup.mode == "assessed" and len(new.turns) < len(old.turns):
        raise InputError("in an assessed game what is decided is decided: no quarter is taken back")
    if paused and len(new.turns) != len(old.turns):
        raise PausedError("the facilitator holds the game; your draft is kept until it goes on")
