"""The file that rooms are kept in: SQLite, written by one thread at a time, read by any number of them.

A change is in the file (and on the disk) before whoever made it is told so; a program that is killed in the middle of
one leaves the file as it was before. What cannot be used is refused when the app starts, and left as it is.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from trustsim.errors import InputError, WorkError

__all__ = ["Store", "default_path"]

_OURS: Final = 0x74727374  # "trst", by which SQLite files are told apart
_VERSION: Final = 1
_PATIENCE: Final = 5.0  # seconds to wait for another program that writes to the file
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY,
    code TEXT UNIQUE,                -- NULL where somebody plays alone
    start TEXT NOT NULL,             -- the game that a team begins with, as JSON
    paused INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL,
    last_used REAL NOT NULL          -- seconds since 1970
);
CREATE TABLE IF NOT EXISTS teams (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    number INTEGER NOT NULL,
    partner TEXT NOT NULL,           -- what the second seat types after the code of the room
    game TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 0,  -- of the game
    draft TEXT NOT NULL DEFAULT '',
    changes INTEGER NOT NULL DEFAULT 0,  -- of the game, the draft or the room
    UNIQUE (room, number),
    UNIQUE (room, partner)
);
CREATE TABLE IF NOT EXISTS keys (
    digest BLOB PRIMARY KEY,         -- of a secret link
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE,
    team INTEGER REFERENCES teams ON DELETE CASCADE  -- NULL for the facilitator
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS removed ( -- keys of teams that the facilitator closed
    digest BLOB PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms ON DELETE CASCADE
) WITHOUT ROWID;
"""


def default_path() -> Path:
    """Return where rooms are kept unless somebody names another file: with the user's own data."""
    base = os.environ.get("XDG_DATA_HOME") or (Path.home() / ".local" / "share")
    return Path(base) / "trustsim" / "rooms.sqlite3"


class Store:
    """The file.

    Parameters
    ----------
    path : Path
        Made if it is not there, for this user alone.

    Raises
    ------
    InputError
        If it is a file of something else, or of a newer trustsim.
    WorkError
        If it cannot be made, read or written, or is damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = threading.Lock()  # threads queue here, in place of asking the file again and again
        with self._said_plainly():
            _make(path)
            with closing(self._connect()) as connection:
                self._check(connection)
            path.chmod(0o600)  # not before it is known to be ours; SQLite's files beside it do as it does
            self._keeper = self._connect()  # while one connection is open, the log beside the file stays
            self._keeper.execute("SELECT 1 FROM rooms").fetchone()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection that sees one state of the file from its first to its last question."""
        with self._said_plainly(), closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose changes are all kept at the end, or none of them if anything is raised."""
        with self._writing, self._said_plainly(), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")  # closing without it takes everything back

    def shrink(self) -> None:
        """Give back the space of what was deleted, and leave no trace of it in the log beside the file.

        Deleted it is in any case; where another program is in the way of this, it is left for the next time.
        """
        with self._writing, suppress(WorkError), self._said_plainly(), closing(self._connect()) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self._keeper.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # on the disk before anybody is told: a laptop may lose power
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        """Make the tables of a new file; refuse a file that is not ours, is newer, or is damaged."""
        ask = connection.execute
        ask("BEGIN IMMEDIATE")
        mark, version = ask("PRAGMA application_id").fetchone()[0], ask("PRAGMA user_version").fetchone()[0]
        is_new = mark == 0 and not ask("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
        if is_new:
            ask(f"PRAGMA application_id = {_OURS}")
            ask(f"PRAGMA user_version = {_VERSION}")
        elif mark != _OURS:
            raise InputError(f"is a database of another program; {_ANOTHER}", path=self.path)
        elif version > _VERSION:
            raise InputError(
                f"was written by a newer trustsim (form {version}; this one reads {_VERSION}): update it; {_ANOTHER}",
                path=self.path,
            )
        for statement in _TABLES.split(";\n"):  # also those that an older trustsim did not know yet
            ask(statement)
        ask("COMMIT")
        ask("PRAGMA journal_mode = WAL")
        found = ask("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise WorkError(f"{self.path} is damaged ({found}); {_ANOTHER}")

    @contextmanager
    def _said_plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_NOTADB:
                raise InputError(f"is no file of rooms; {_ANOTHER}", path=self.path) from error
            why = _REASONS.get(code, str(error))
            raise WorkError(f"the rooms in {self.path} cannot be used: {why}; {_ANOTHER}") from error
        except OSError as error:
            raise WorkError(f"{self.path} cannot be used for rooms: {error.strerror}; {_ANOTHER}") from error


_ANOTHER: Final = "it was left as it is; --rooms names another file"
_REASONS: Final = {
    sqlite3.SQLITE_BUSY: "another program keeps the file locked",
    sqlite3.SQLITE_READONLY: "the file, or its folder, may not be written",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_FULL: "the disk is full",
}


def _make(path: Path) -> None:
    """Make the file if it is not there, for its owner alone."""
    if path.exists() and not path.is_file():
        raise InputError(f"is no file; {_ANOTHER}", path=path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
