"""How fast trustsim runs: ``python experiments/benchmarks/bench.py``, with ``--help`` for its options.

Each part is a file beside this one and yields figures: medians with 95 % bootstrap intervals, of things measured by
turns in this process. Nothing passes or fails; what is aimed at stands beside a figure. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import batch
import engines
import scaling
import startup
import tie_loop
from measure import BUSY, Figure, load, machine
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

PARTS = {"engines": engines, "tie_loop": tie_loop, "batch": batch, "scaling": scaling, "startup": startup}
_WIDTH = 120


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print tables as parts are done, and write the figures to a file if asked to."""
    options = _parse(arguments)
    console = Console(width=_WIDTH)
    about: dict[str, Any] = {"machine": machine(), "quick": options.quick, "load_before": load()}
    for name, value in about["machine"].items():
        console.print(f"{name}: {value}", highlight=False)
    _warn_if_busy(console, about["load_before"])
    parts: dict[str, list[Figure]] = {}
    for name in options.only or PARTS:
        begin = time.perf_counter()
        parts[name] = list(PARTS[name].figures(quick=options.quick))
        console.print(_table(PARTS[name].TITLE, parts[name], f"{time.perf_counter() - begin:.0f} s, load {load():.1f}"))
    about["load_after"] = load()
    if options.json:
        figures = {name: [asdict(figure) for figure in found] for name, found in parts.items()}
        text = json.dumps(_without_nan({**about, "figures": figures}), indent=1, allow_nan=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.markdown:
        options.markdown.write_text(_markdown(about, parts), encoding="utf-8")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how fast trustsim runs.")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: about a minute in place of several")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART", help=f"some of {', '.join(PARTS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write a short table of them there")
    return parser.parse_args(arguments)


def _warn_if_busy(console: Console, now: float) -> None:
    console.print(f"load average: {now:.2f}", highlight=False)
    if now > BUSY:
        console.print(
            "This machine is busy. Processor times and ratios still say something; figures by the clock say little.",
            style="bold yellow",
        )


def _table(title: str, figures: Sequence[Figure], caption: str) -> Table:
    table = Table(title=title, caption=caption, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    table.add_column("what", no_wrap=True)
    table.add_column("median", justify="right")
    table.add_column("95 % interval", justify="right")
    for column in ("unit", "aim", "note"):
        table.add_column(column, overflow="fold")
    for figure in figures:
        table.add_row(*_cells(figure))
    return table


def _markdown(about: dict[str, Any], parts: dict[str, list[Figure]]) -> str:
    facts = ", ".join(f"{name} {value}" for name, value in about["machine"].items())
    lines = ["# How fast trustsim runs", "", f"Load average {about['load_before']:.2f}; {facts}."]
    for name, figures in parts.items():
        lines += ["", f"## {PARTS[name].TITLE}", "", "| what | median | 95 % interval | unit | aim | note |"]
        lines += ["|---|---:|---:|---|---|---|", *(f"| {' | '.join(_cells(figure))} |" for figure in figures)]
    return "\n".join(lines) + "\n"


def _cells(figure: Figure) -> list[str]:
    interval = "" if figure.low is None else f"{_short(figure.low)} to {_short(figure.high)}"
    return [figure.name, _short(figure.value), interval, figure.unit, figure.aim, figure.note]


def _short(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else f"{value:,.3g}" if value < 1e3 else f"{value:,.0f}"


def _without_nan(found: Any) -> Any:
    """Return it with None for what is not a number, which JSON does not know."""
    if isinstance(found, dict):
        return {key: _without_nan(value) for key, value in found.items()}
    if isinstance(found, list):
        return [_without_nan(value) for value in found]
    return None if isinstance(found, float) and math.isnan(found) else found


if __name__ == "__main__":
    main()
