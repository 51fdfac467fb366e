"""``trustsim app``: the laboratory in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["app"]


def app(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 for any that is free.", min=0, max=65535)] = 8765,
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's own expose it.")] = (
        "127.0.0.1"
    ),
    rooms: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File that the rooms of classes are kept in; with the user's own data unless named."
        ),
    ] = None,
    org: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PATH",
            help="A real hospital that all visitors may use, under the name of its folder or file; may be repeated.",
        ),
    ] = None,
    study: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR",
            help="Folder of a study by Sobol' indices that Compare shows to all visitors; may be repeated.",
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open/--no-open", help="Open a browser.")] = True,
) -> None:
    """Explore scenarios in a browser.

    Nothing is loaded from the internet and nothing leaves this machine. Ctrl-C ends it.
    """
    from trustsim.app.address import is_loopback
    from trustsim.app.rooms import default_path
    from trustsim.app.server import serve

    if not is_loopback(host):
        typer.echo(
            f"Everybody who can reach {host} on your network can now open the app: run simulations on this machine, "
            f"within the app's limits, and see no files of yours{_but(org, study)}. There are no passwords and the "
            "connection is not encrypted. Stop it when the session is over.",
            err=True,
        )
    serve(
        host,
        port,
        rooms=rooms or default_path(),
        hospitals=org or (),
        studies=study or (),
        tell=lambda what: typer.echo(what, err=True),
        open_page=open_page,
    )


def _but(org: list[Path] | None, study: list[Path] | None) -> str:
    named = ["the hospitals of --org, with pseudonyms"] if org else []
    named += ["what the studies of --study found"] if study else []
    return f" but {' and '.join(named)}" if named else ""
