"""``trustsim schema``: the JSON Schema of scenario files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

__all__ = ["schema"]


def schema(
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write to, in place of stdout.")] = None,
) -> None:
    """Write the JSON Schema of scenario files, for editors.

    They complete and check such files with it. The first line of a scenario file then says:
    # yaml-language-server: $schema=PATH
    """
    from trustsim.scenario import json_schema

    text = json.dumps(json_schema(), indent=2)
    if out is None:
        typer.echo(text)
    else:
        out.write_text(text + "\n", encoding="utf-8")
