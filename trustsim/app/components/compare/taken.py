"""What a visitor takes along from a comparison: link, commands, every week as CSV, and a report of one run."""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Sequence
from typing import Final

import solara

from trustsim.app.components.compare.sides import Side
from trustsim.app.components.compare.tables import csv_of
from trustsim.app.service import Visit
from trustsim.app.state import RunSpec, as_command, as_yaml
from trustsim.app.widgets import ShareW
from trustsim.app.widgets.compare import ReportW
from trustsim.errors import TrustsimError

__all__ = ["Report", "Share", "as_commands"]

_PACE: Final = 0.4  # seconds between two tellings: each has the page drawn anew


@solara.component
def Share(sides: Sequence[Side]) -> None:
    """Offer link, commands and CSV."""
    commands = solara.use_memo(
        lambda: as_commands([(side.letter, side.spec) for side in sides]), [tuple(side.spec for side in sides)]
    )
    ready = all(side.answer for side in sides)
    ShareW.element(
        command=commands, filename="trustsim_compare.csv", ready=ready, on_ask=lambda: csv_of(sides) if ready else ""
    )


@solara.component
def Report(visit: Visit, sides: Sequence[Side]) -> None:
    """Make the one-file report of a run when it is asked for, off the page's thread."""
    done, set_done = solara.use_state(0)
    taken, set_taken = solara.use_state(None)
    asked, set_asked = solara.use_state(sides[0])

    def work(side: Side) -> str | None:
        due = 0.0

        def heard(number: int) -> bool:
            nonlocal due
            if time.monotonic() > due:
                due = time.monotonic() + _PACE
                set_done(number)
            return bool(writing.is_current())

        return visit.report(side.spec, side.alternative.title, heard)

    writing = solara.lab.use_task(work, dependencies=None, raise_error=False, prefer_threaded=True)

    def write(letter: str) -> None:
        for side in sides:
            if side.letter == letter:
                set_asked(side)
                set_done(0)
                writing(side)

    page = writing.value if writing.finished and writing.value is not taken else None
    ReportW.element(
        choices=json.dumps([{"letter": side.letter, "title": side.alternative.title} for side in sides]),
        page=page or "",
        filename=f"trustsim_{asked.letter}_{asked.spec.scenario}.html",
        busy=writing.pending,
        done=done,
        most=asked.spec.replicates,
        error=_wrong(writing.exception) if writing.error else "",
        on_write=write,
        on_drop=writing.cancel,
        on_taken=lambda: set_taken(page),
    )


def as_commands(alternatives: Sequence[tuple[str, RunSpec]]) -> str:
    """Return a shell script that prints the numbers of each alternative; what was built in the app it writes first."""
    lines = []
    for letter, spec in alternatives:
        words = shlex.split(as_command(spec))
        if words[2].endswith(".yaml"):  # edited, each with a file of its own
            words[2] = f"{letter}.yaml"
            lines.append(f"cat > {words[2]} <<'END'\n{as_yaml(spec).partition(chr(10))[2]}END")
        lines.append(shlex.join([*words, "--json"]))
    return "\n".join(lines)


def _wrong(error: BaseException | None) -> str:
    if isinstance(error, TrustsimError):
        return f"It could not be made: {error}"
    return "It could not be made; that is a mistake of ours, and its trace is on the app's console."
