"""What the file of rooms holds, on a page: looked at every second, drawn anew when it differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread, current_thread
from typing import Final, Generic, TypeVar

import solara

from trustsim.app.rooms import GoneError, the_rooms
from trustsim.errors import TrustsimError

__all__ = ["Live", "use_kept"]

_T = TypeVar("_T")
_PACE: Final = 1.0  # seconds between two looks at whether anything has changed
_ENDING: Final = 0.3  # seconds to wait for a look that is being taken; it may wait for this page itself


@dataclass(frozen=True)
class Live(Generic[_T]):
    """What a page knows.

    Attributes
    ----------
    value : object, optional
        None until it was read, and once it is gone.
    error : str
        Why it cannot be read.
    look : callable
        Reads it now; for a page that has just changed something itself.
    """

    value: _T | None
    error: str
    look: Callable[[], None]


def use_kept(read: Callable[[str], _T], token: str, seat: str = "") -> Live[_T]:
    """Return what is behind a token, always as it is; nothing is drawn while nothing changes.

    Parameters
    ----------
    read : callable
        Takes the token: `Rooms.team` or `Rooms.view`.
    token : str
    seat : str
        At which this page sits, so that others see that somebody is there.
    """
    value, set_value = solara.use_state(None)
    error, set_error = solara.use_state("")

    def look() -> None:
        set_value(read(token))
        set_error("")

    def follow(left: Event) -> None:
        known: object = None
        while not left.is_set():
            try:
                stamp = the_rooms().stamp(token, seat)
                if stamp != known:
                    look()
                    known = stamp
            except GoneError as gone:
                set_value(None)
                set_error(f"{gone}.")
                return
            except TrustsimError as trouble:
                set_error(f"{trouble}.")
                known = None  # so that the next look that succeeds takes the words back
            left.wait(_PACE)

    def begin() -> Callable[[], None]:
        left = Event()  # a task would look on for ever: solara does not end it with its page
        following = Thread(target=follow, args=(left,), name="kept", daemon=True)
        following.start()

        def leave() -> None:
            left.set()
            if following is not current_thread():  # what it read may have drawn the page that ends it
                following.join(_ENDING)  # solara trips over a thread of a page that ends while it closes the page

        return leave

    solara.use_effect(begin, [token, seat])
    return Live(value, error, look)
