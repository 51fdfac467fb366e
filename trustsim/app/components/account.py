"""What was understood of an uploaded hospital, in plain words: who is who, what is assumed, what to mend."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from trustsim.app.service.hospitals import Reading

__all__ = ["counted", "told_of"]

_MOST_ROWS: Final = 40
_FEW: Final = "fewer than 5"
_PRIVACY: Final = (
    "Nothing leaves the machine that runs the app, and nothing of the files was kept on its disk. Names and e-mails "
    "were used to find who leads whom and dropped; people have pseudonyms. Figures for fewer than five people are left "
    "blank. Only this visit knows the hospital: when the page is closed or loaded anew, it is gone."
)


def told_of(reading: Reading) -> str:
    """Return what there is to tell of files that were read, as JSON: a title, lines, and parts that can be opened."""
    account = reading.account
    if not account:
        return json.dumps({"title": "", "lines": [], "parts": []})
    if reading.hospital is None:
        count = account["problems"]["to mend"]
        title = f"{counted(count, 'things')} to mend before this hospital can be used"
        lines = ["Nothing was kept. Mend the files and choose them again."]
    else:
        title = (
            f"Understood: {counted(account['counts']['in the model'], 'people')} in "
            f"{counted(len(account['units']), 'units')}, {counted(account['levels'], 'levels')} of leadership"
        )
        lines = [_PRIVACY]
        if account["survey"] is not None:
            lines.append(
                f"measures.csv has {account['survey']:,} scores and is in order. The app begins as hospitals usually "
                "do; trustsim run --org begins as the survey found people."
            )
    parts = [*_problems(account), *_people(account)]
    return json.dumps({"title": title, "wrong": reading.hospital is None, "lines": lines, "parts": parts})


def counted(number: int, things: str) -> str:
    """Return how many things there are: "1 unit", "2 units"."""
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"


def _problems(account: Mapping[str, Any]) -> list[dict[str, Any]]:
    parts = (
        ("To mend", account["problems"]["errors"], True),
        ("Look at", account["problems"]["warnings"], True),
        ("Assumed, since the files do not say it", account["assumptions"], False),
    )
    return [_lines(title, lines, is_open) for title, lines, is_open in parts if lines]


def _people(account: Mapping[str, Any]) -> list[dict[str, Any]]:
    titles = [(row["title"] or "(none)", f"{row['people']:,}", row["role"], row["rule"]) for row in account["titles"]]
    has_titles = any(row["title"] for row in account["titles"])  # else the file has roles of ours
    roles = [(role, f"{people:,}", *_of_role(account, role)) for role, people in account["roles"].items()]
    units = [(unit["name"], f"{unit['people']:,}", unit["chief"], unit["manager"]) for unit in account["units"]]
    ties = [(kind, f"{count['read']:,}", f"{count['generated']:,}") for kind, count in account["ties"].items()]
    tables = (
        ("Who is who: titles and roles", ("title", "people", "role", "because of"), titles if has_titles else []),
        ("Roles", ("role", "people", "lead (median, most)", "years here", "left a year"), roles),
        ("Units", ("unit", "people", "chief", "manager"), units),
        ("Ties, one way", ("ties", "from the files", "made by rule"), ties),
    )
    parts = [_table(*each) for each in tables if each[-1]]
    return [*parts, _lines("How the files were read", _files(account), False)]


def _of_role(account: Mapping[str, Any], role: str) -> tuple[str, str, str]:
    span, years, turnover = (account[name].get(role, "") for name in ("spans", "tenure_years", "turnover"))
    return (
        f"{span['median']:.0f}, {span['most']:.0f}" if span else "",
        _FEW if years is None else str(years),
        f"{turnover['annual_rate']:.1%}" if turnover else _FEW if turnover is None else "",
    )


def _files(account: Mapping[str, Any]) -> list[str]:
    renamed = [f"{name} is read as {ours}" for name, ours in account.get("read as", {}).items()]
    read = []
    for name, how in account["files"].items():
        used = ", ".join(f"{field} from {header!r}" for field, header in account["columns"][name]["used"].items())
        read.append(f"{name}: {how}; {used}")
    counts = ", ".join(f"{count:,} {what}" for what, count in account["counts"].items())
    return [*renamed, *read, *([f"People: {counts}"] if counts else [])]


def _lines(title: str, lines: Iterable[str], is_open: bool) -> dict[str, Any]:
    return {"title": title, "lines": list(lines), "open": is_open}


def _table(title: str, columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> dict[str, Any]:
    more = len(rows) - _MOST_ROWS
    last = [(f"... and {more:,} more",)] if more > 0 else []
    return {"title": title, "columns": columns, "rows": [*rows[:_MOST_ROWS], *last], "open": False}
