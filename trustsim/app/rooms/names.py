"""What rooms and teams are called: codes that can be read out, names that say nothing about people, and secrets."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

__all__ = ["CODE", "PARTNER", "digest", "new_code", "new_secret", "plain_code", "team_name"]

_LETTERS: Final = "BCDFGHJKMNPRSTVWXZ"
"""Without vowels, so that no word comes out, and without L, Q and Y, which are taken for I, O and V."""
CODE: Final = 6
"""Letters of a room's code: one of 34 million."""
PARTNER: Final = 4
"""Letters that a team's code adds to it: one of a hundred thousand."""
_COLORS: Final = ("Blue", "Green", "Amber", "Violet", "Silver", "Coral", "White", "Copper")
_BIRDS: Final = ("heron", "finch", "owl", "swift", "crane", "robin", "plover", "tern")


def new_code(length: int = CODE) -> str:
    """Return letters at random."""
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def plain_code(typed: str) -> str:
    """Return a code as it is kept: however somebody spaced it, in whichever case."""
    return "".join(letter for letter in typed[:40].upper() if letter.isalpha())


def team_name(number: int) -> str:
    """Return the name of the team of a room with this number, from 1; 64 differ, neighbors in both words."""
    row, column = divmod((number - 1) % (len(_COLORS) * len(_BIRDS)), len(_COLORS))
    return f"{_COLORS[column]} {_BIRDS[(column + row) % len(_BIRDS)]}"


def new_secret() -> str:
    """Return 128 random bits for a link."""
    return secrets.token_urlsafe(16)


def digest(secret: str) -> bytes:
    """Return what is kept of a secret. It has 128 random bits, so nobody finds it from a quick hash either."""
    return hashlib.sha256(secret[:100].encode("utf-8", "replace")).digest()
