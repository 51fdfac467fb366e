"""The error tree: every failure that trustsim expects, with a message that teaches.

Two families decide the exit code of the command line: `InputError` (what the user wrote is wrong; nothing was lost;
exit code 2) and `WorkError` (the input was right, the work failed; exit code 1). Everything else is a defect of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

__all__ = ["InputError", "TrustsimError", "WorkError", "did_you_mean"]


class TrustsimError(Exception):
    """Root of all errors that trustsim raises on purpose."""


class InputError(TrustsimError):
    """What the user wrote cannot be used.

    Parameters
    ----------
    what : str
        What was found and what is allowed, in one sentence.
    path : path-like, optional
        The file at fault.
    line, column : int, optional
        One-based position in that file.
    """

    def __init__(
        self, what: str, *, path: str | Path | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        self.what, self.path, self.line, self.column = what, path, line, column
        place = ":".join(str(part) for part in (path, line, column) if part is not None)
        super().__init__(f"{place}: {what}" if place else what)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions pickle by calling the class with args; ours has keyword-only fields, and workers send errors home.
        return (_rebuild, (type(self), self.what, self.path, self.line, self.column))


class WorkError(TrustsimError):
    """The input was right, and the work failed all the same (disk, memory, a worker)."""


def _rebuild(
    kind: type[InputError], what: str, path: str | Path | None, line: int | None, column: int | None
) -> InputError:
    return kind(what, path=path, line=line, column=column)


def did_you_mean(name: str, allowed: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the nearest allowed name, else ``""``.

    Parameters
    ----------
    name : str
        What was written.
    allowed : iterable of str
        The names that would have been right.
    """
    near = get_close_matches(str(name), list(allowed), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""
