"""``trustsim odd``: the description of the model, as the model is now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trustsim.errors import InputError, WorkError

if TYPE_CHECKING:
    from trustsim.evidence.odd.writer import Document

__all__ = ["odd"]


def odd(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write, or with --check to compare; else stdout.")
    ] = None,
    trace: Annotated[bool, typer.Option("--trace", help="TRACE: what speaks for the model, and what against.")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="A summary of the ODD, as papers have it.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare with ODD.md (or TRACE.md) in this folder, and write nothing.")
    ] = False,
) -> None:
    """Write the ODD protocol of the model, in Markdown.

    What can be told from code and data is told from them, so that the document is always that of this version.
    """
    if trace and summary:
        raise InputError("--trace and --summary are two documents; ask for one of them")
    document: Document = "trace" if trace else "summary" if summary else "odd"
    if check:
        _compare(document, out)
        return
    from trustsim.evidence.odd import write

    text = write(document)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
        typer.echo(f"{out} is written.")


def _compare(document: Document, path: Path | None) -> None:
    """Complain of the first line in which a file is not what the model says now."""
    from itertools import zip_longest

    from trustsim.evidence.odd import DOCUMENTS, write

    if path is None:
        if document not in DOCUMENTS:
            raise InputError(f"no file of the {document} is kept; name one with --out")
        path = Path(DOCUMENTS[document])
    if not path.is_file():
        raise InputError(f"there is no {path} to compare with; --out names another file")
    option = "" if document == "odd" else f" --{document}"
    pairs = zip_longest(path.read_text(encoding="utf-8").splitlines(), write(document).splitlines())
    for number, (kept, now) in enumerate(pairs, start=1):
        if kept != now:
            raise WorkError(
                f"{path}:{number}: this is not what the model says now; "
                f"read what changed, and write it anew: trustsim odd{option} --out {path}"
            )
    typer.echo(f"{path} is what the model says now.")
