"""Serve the app: our own program around Solara's routes, since `solara run` checks neither who asks nor how much."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
import warnings
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trustsim.app.address import listening
from trustsim.app.browser_assets import FOLDER, missing
from trustsim.errors import WorkError

if TYPE_CHECKING:
    from uvicorn import Server

__all__ = ["MOST_VISITORS", "serve"]

MOST_VISITORS: Final = 100
"""Open pages at a time, four megabytes each: forty teams of two seats, their facilitator, and some who reload."""
_MOST_EACH: Final = 20  # pages in one browser
_LARGEST_MESSAGE: Final = 512 * 1024  # bytes; pages send names and numbers
_SETTINGS: Final = {
    "SOLARA_APP": "trustsim.app.pages",
    "SOLARA_MODE": "production",  # the other mode loads 14 MB and two pages of another site
    "SOLARA_ASSETS_PROXY": "True",
    "SOLARA_ASSETS_PROXY_CACHE_DIR": str(FOLDER),
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "trustsim",
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_KERNEL_CULL_TIMEOUT": "15m",  # a page that was left; the usual is a day
    "SOLARA_SESSION_HTTP_ONLY": "True",
}


def serve(
    host: str,
    port: int,
    *,
    rooms: Path,
    hospitals: Sequence[Path] = (),
    studies: Sequence[Path] = (),
    tell: Callable[[str], None],
    open_page: bool,
) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    host : str
        Address to listen on.
    port : int
        0 for any that is free.
    rooms : Path
        File that the rooms of classes are kept in.
    hospitals : sequence of Path
        Real hospitals that all visitors may use, by the names of their folders or files.
    studies : sequence of Path
        Folders of studies by Sobol' indices that visitors may see.
    tell : callable
        Called with what a person at the console should know.
    open_page : bool
        Whether to open a browser once the server is up.

    Raises
    ------
    WorkError
        If the extra ``app`` or the browser's files are missing, or the address or the file of rooms cannot be had.
    InputError
        If the file of rooms is something else, or a hospital or a study cannot be used.
    """
    from trustsim.app.service.hospitals import give
    from trustsim.app.service.studies import lay_out

    _check_parts()
    give(hospitals)
    lay_out(studies)
    os.environ.update(_SETTINGS)  # solara reads them when it is imported
    try:
        import uvicorn

        from trustsim.app.rooms import open_rooms

        app = _application(host)
    except ImportError as error:
        raise WorkError(f"the app needs its extra: pip install 'trustsim[app]' ({error})") from error
    # Solara wishes for https, so that its cookie works inside pages of other sites; ours may not be shown there.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none", category=UserWarning)
    sys.setswitchinterval(0.0005)  # runs and pages share the interpreter; pages should not wait for runs
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # in order, so that no file is left behind
    with _listening(host, port) as listener, closing(open_rooms(rooms)):
        address = f"{listening(host, listener.getsockname()[1]).url}/"
        config = uvicorn.Config(
            app,
            ws_max_size=_LARGEST_MESSAGE,
            access_log=False,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        threading.Thread(target=_when_up, args=(server, address, tell, open_page), daemon=True).start()
        server.run(sockets=[listener])


def _check_parts() -> None:
    lacking = missing()
    if lacking:
        names = ", ".join(package.name for package in lacking)
        raise WorkError(f"what browsers load is missing ({names}): run make assets in the checkout, which takes npm")


def _application(host: str) -> Any:
    from solara.server.starlette import app as solara_app

    from trustsim.app.guard import Guard
    from trustsim.app.places import SolaraPlaces
    from trustsim.app.service import shared_pool
    from trustsim.app.widgets.events import only_events

    only_events()
    shared_pool()  # a thread holds on to the page that starts it, so no page may be the one that starts these
    names = {"localhost", host, socket.gethostname(), socket.getfqdn()}
    return Guard(
        solara_app, names=names, assets=FOLDER, places=SolaraPlaces(), most=MOST_VISITORS, most_each=_MOST_EACH
    )


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = error.strerror or error
        raise WorkError(f"cannot listen on {host}, port {port}: {reason}; another one: --port") from error


def _when_up(server: Server, address: str, tell: Callable[[str], None], open_page: bool) -> None:
    from trustsim.app.service import warm_up
    from trustsim.worlds.engine import is_compiling

    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    tell(f"trustsim app: {address} (Ctrl-C ends it)")
    if open_page:
        webbrowser.open(address)
    if is_compiling():
        tell("compiling, first run only ...")
        warm_up()
