"""How students get into a room, and what its facilitator can do with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import solara

from trustsim.app.address import Address, our_address
from trustsim.app.components.facilitate.opening import described
from trustsim.app.rooms import RoomView
from trustsim.app.widgets.facilitate import DoorW

__all__ = ["Door", "shown"]

_USUAL_PORT = 8765


@solara.component
def Door(view: RoomView, said: str, on_pause: Callable[[bool], None], on_close: Callable[[], None]) -> None:
    """Show the code in large letters, the address to type, and the buttons of the room.

    Parameters
    ----------
    view : RoomView
    said : str
        What has just happened.
    on_pause : callable
        Takes whether the games are to be held.
    on_close : callable
    """
    DoorW.element(content=json.dumps(shown(view, our_address())), said=said, on_pause=on_pause, on_close=on_close)


def shown(view: RoomView, address: Address) -> dict[str, Any]:
    """Return what the door says, where students cannot reach the app as well."""
    return {
        "code": view.code,
        "url": f"{address.url}/teach",
        "unreachable": not address.is_for_others,
        "command": _command(address),
        "paused": view.paused,
        "summary": f"{described(view.setup)}.",
        "kept": f"{view.kept_until:%d %B %Y}".lstrip("0"),
    }


def _command(address: Address) -> str:
    port = "" if address.port == _USUAL_PORT else f" --port {address.port}"
    return f"trustsim app --host 0.0.0.0{port}"
