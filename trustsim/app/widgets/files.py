"""Files that a visitor picks: sent in pieces over the page's own connection, counted here, and held until all is there.

A browser says first how many bytes will come. Whatever comes beyond that, or out of turn, ends the upload.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from ipyvue import VueTemplate

from trustsim.app.limits import MOST_UPLOADED
from trustsim.app.widgets.traits import flag, is_name, string, tell, told, whole

__all__ = ["AccountW", "FilePickW"]

_MOST_FILES: Final = 6
_PIECE: Final = 256 * 1024  # bytes; half of the largest message that the server takes


class FilePickW(VueTemplate):
    """One or several files at a time, sent together. `said` is a sentence of what came of the last ones."""

    template_file = (__file__, "file_pick.vue")
    label, about, accept, said, error = string(), string(), string(), string(), string()
    most, most_files, portion = whole(MOST_UPLOADED), whole(_MOST_FILES), whole(_PIECE)
    busy, received, declined = flag(), whole(-1), string()  # -1: nothing is on its way
    on_files, on_stop = told(), told()

    def __init__(self, **traits: Any) -> None:
        self._sizes: dict[str, int] = {}
        self._content = bytearray()
        super().__init__(**traits)

    def vue_begin(self, data: object) -> None:
        """Take note of which files are to come: a list of names and sizes."""
        self._forget()
        listed = data if isinstance(data, list) and len(data) <= _MOST_FILES else []
        sizes = dict(pair for pair in listed if _is_file(pair))
        if sizes and len(sizes) == len(listed) and sum(sizes.values()) <= MOST_UPLOADED:
            self._sizes, self.received = sizes, 0
        else:
            self._decline()

    def vue_piece(self, _: object, buffers: Sequence[bytes | memoryview] = ()) -> None:
        """Take the next bytes of the files, one after the other."""
        total = sum(self._sizes.values())  # 0 if nothing is to come
        piece = bytes(buffers[0]) if len(buffers) == 1 else b""
        if not 0 < len(piece) <= min(_PIECE, total - len(self._content)):
            self._decline()
            return
        self._content += piece
        if len(self._content) == total:
            files = self._files()
            self._forget()
            tell(self.on_files, files)
        else:
            self.received = len(self._content)

    def vue_stop(self, _: object = None) -> None:
        """Forget what came, and pass on that nothing is to come of what is being read."""
        self._forget()
        tell(self.on_stop)

    def _files(self) -> dict[str, bytes]:
        files, start = {}, 0
        for name, size in self._sizes.items():
            files[name] = bytes(self._content[start : start + size])
            start += size
        return files

    def _forget(self) -> None:
        self._sizes, self._content, self.received, self.declined = {}, bytearray(), -1, ""

    def _decline(self) -> None:
        self._forget()
        self.declined = (
            f"Not taken: {_MOST_FILES} files at most, of {MOST_UPLOADED / 1e6:.0f} MB together, as announced."
        )


class AccountW(VueTemplate):
    """What was understood of a hospital; `content` is JSON as `trustsim.app.components.account` makes it."""

    template_file = (__file__, "account.vue")
    content = string('{"title": "", "lines": [], "parts": []}')


def _is_file(pair: object) -> bool:
    return (
        isinstance(pair, list) and len(pair) == 2 and is_name(pair[0]) and type(pair[1]) is int
        and 0 < pair[1] <= MOST_UPLOADED
    )  # fmt: skip
