"""What keeps people from being recognized: pseudonyms with a salt that stays here, no formulas, no small cells.

Names and e-mails are used to find who leads whom, and dropped; ids become pseudonyms before anything is stored.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from trustsim.errors import WorkError

__all__ = ["SMALLEST_CELL", "guarded", "harmless", "pseudonyms", "salt_file"]

SMALLEST_CELL: Final = 5
"""Fewest people of whom a unit's or a role's numbers are told."""

_PSEUDONYM: Final = re.compile(r"p-[0-9a-f]{12}|assumed (?:chief|manager|executive)\b.*")
_FORMULA_STARTS: Final = "=+-@ "


def salt_file() -> Path:
    """Return where the salt is kept: in the user's own configuration, never with results.

    Whoever has the salt and the list of staff can tell who is behind a pseudonym; without it nobody can. Lose it and
    the next import gives other pseudonyms, nothing else.
    """
    base = os.environ.get("XDG_CONFIG_HOME") or (Path.home() / ".config")
    return Path(base) / "trustsim" / "salt"


def pseudonyms(ids: Iterable[str]) -> list[str]:
    """Return a pseudonym for each id: ``p-`` and 12 digits of a keyed hash; pseudonyms stay what they are.

    Raises
    ------
    WorkError
        If the salt can be neither read nor made.
    """
    salt = _salt()
    return [known if _PSEUDONYM.fullmatch(known) else _pseudonym(salt, known) for known in ids]


def _pseudonym(salt: bytes, known: str) -> str:
    return f"p-{hmac.new(salt, known.casefold().encode(), hashlib.sha256).hexdigest()[:12]}"


def _salt() -> bytes:
    path = salt_file()
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = path.with_name(f"{path.name}.{os.getpid()}")
            handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
            with contextlib.suppress(FileExistsError):  # another import was quicker: its salt counts
                os.link(made, path)
            made.unlink()
        return path.read_bytes()
    except OSError as error:
        raise WorkError(f"{path}: the salt of pseudonyms cannot be kept: {error.strerror}") from error


def harmless(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: without leading ``= + - @``, tab and line ends."""
    return "".join(filter(str.isprintable, text)).lstrip(_FORMULA_STARTS)


def guarded(text: str) -> str:
    """Return a cell for a table that we write: what a spreadsheet would take for a formula is text to it."""
    return f"'{text}" if text.startswith(tuple(_FORMULA_STARTS + "\t\r\n")) else text
