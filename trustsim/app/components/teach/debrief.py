"""The end of a game: the debrief, first without the plans that a search finds, then with them; files to take along."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import solara

from trustsim.app.rooms import Team, the_rooms
from trustsim.app.service.errand import Check, Errand, Note, Progress
from trustsim.app.service.games import found, found_before, reported
from trustsim.app.widgets.teach import DebriefW, FilesW, SearchW
from trustsim.game import Game, as_yaml
from trustsim.report.blocks import Block, Bullets, Card, Cards, Cell, Chart, Charts, Code, Report, Section, Table
from trustsim.report.page import html

__all__ = ["Debriefing"]

_WORKING: Final = "Working out what each decision did ..."
_SEARCHING: Final = "Searching for the best and the worst plan that were possible; the rest is here already ..."
_LATER: Final = (
    "Other teams that have finished: {finished}. Open this page again to see those that finish later beside yours."
)
_OPEN: Final = ("outcome", "decisions")
"""Sections that are unfolded from the start."""


@solara.component
def Debriefing(token: str, team: Team, visitor: str) -> None:
    """Show the debrief of a game that is over."""
    rivals = solara.use_memo(lambda: dict(the_rooms().rivals(token)), [team.game])
    first, second = use_debrief(team, rivals, visitor)
    report = second.result or first.result
    SearchW.element(
        doing=_doing(first, second),
        error=_failed(first) or _failed(second),
        percent=round(100.0 * (second if first.stage == "done" else first).share),
        note=_LATER.format(finished=len(rivals)) if team.code else "",
    )
    if report is not None:
        Files(team.game, report)
        for section in report.sections:
            Part(section).key(section.key)


@solara.component
def Part(section: Section) -> None:
    """Show a section of the debrief."""
    content = solara.use_memo(lambda: json.dumps(_section(section)), [section])
    DebriefW.element(content=content, unfolded=section.key in _OPEN)


@solara.component
def Files(game: Game, report: Report) -> None:
    """Offer the debrief as a page, the decisions as files for the command line, and the log of the game."""
    plan, nobodys = (partial(as_yaml, scenario, "untouched.yaml") for scenario in (game.scenario(), game.untouched()))
    offered: dict[str, tuple[str, str, str, Callable[[], str]]] = {
        "debrief": ("Debrief", "trustsim_debrief.html", "text/html", partial(html, report)),
        "team": ("Your plan", "team.yaml", "text/yaml", plan),
        "untouched": ("Nobody's plan", "untouched.yaml", "text/yaml", nobodys),
        "game": ("Log of the game", "game.json", "application/json", game.to_json),
    }

    def make(key: str) -> str:
        if key not in offered:
            return ""
        _, name, kind, write = offered[key]
        return json.dumps({"name": name, "type": kind, "text": write()})

    files = [{"key": key, "text": f"{text} ({name})"} for key, (text, name, _, _) in offered.items()]
    FilesW.element(
        files=json.dumps(files),
        note=f"The debrief opens without a network. The two plans, in one folder, give the same numbers again: "
        f"trustsim run team.yaml --seed {game.setup.seed} --replicates 11",
        on_ask=make,
    )


def use_debrief(team: Team, rivals: Mapping[str, Game], visitor: str) -> tuple[Progress[Report], Progress[Report]]:
    """Work out the debrief, and then search for the plans that it is held against; return how far both are."""
    game = team.game
    errand: Errand[Report] = solara.use_memo(Errand, [])
    first, show_first = solara.use_state(Progress[Report]())
    second, show_second = solara.use_state(Progress[Report]())
    name = team.name if team.code else "Your hospital"
    report = partial(reported, game, visitor, team=name, rivals=rivals)

    def debriefed(note: Note, check: Check) -> Report:
        return report(lambda share: note(_WORKING, share), check, best=found_before(game.setup))

    def with_plans(note: Note, check: Check) -> Report:
        best = found(game.setup, visitor, lambda share: note(_SEARCHING, share), check)
        return report(lambda share: note(_WORKING, share), check, best=best)

    def begin() -> Callable[[], None]:
        show_second(Progress[Report]())
        errand.start(debriefed, show_first)
        return errand.stop

    def go_on() -> None:
        if first.result is not None and not _is_whole(first.result):
            errand.start(with_plans, show_second)

    solara.use_effect(begin, [game])
    solara.use_effect(go_on, [first.result])
    return first, second


def _doing(first: Progress[Report], second: Progress[Report]) -> str:
    if first.stage != "done":
        return "" if first.stage == "failed" else first.doing or _WORKING
    is_searching = second.stage in {"idle", "working"} and first.result is not None and not _is_whole(first.result)
    return second.doing or _SEARCHING if is_searching else ""


def _is_whole(report: Report) -> bool:
    """Whether a debrief has the plans that were searched for."""
    return any(section.key == "hindsight" for section in report.sections)


def _failed(progress: Progress[Report]) -> str:
    return f"That did not work: {progress.error}." if progress.stage == "failed" else ""


def _section(section: Section) -> dict[str, Any]:
    return {"key": section.key, "title": section.title, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": block.kind}
    if isinstance(block, Bullets):
        plain["items"] = list(block.items)
    elif isinstance(block, Code):
        plain["lines"] = list(block.lines)
    elif isinstance(block, Table):
        plain |= _table(block)
    elif isinstance(block, Cards):
        plain["cards"] = [_card(card) for card in block.cards]
    elif isinstance(block, Charts):
        plain["charts"] = [_chart(chart) for chart in block.charts]
    else:
        plain |= {"text": block.text, "tone": getattr(block, "tone", "")}
    return plain


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": [_cells(row) for row in table.rows],
        "tones": [list(row) for row in table.tones],
    }


def _cells(row: Sequence[Cell]) -> list[str]:
    return [cell if isinstance(cell, str) else cell.text for cell in row]


def _card(card: Card) -> dict[str, str]:
    return {
        "name": card.name,
        "change": card.change.text,
        "verdict": card.verdict,
        "levels": card.levels,
        "interval": card.interval,
        "tone": card.tone,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {"svg": chart.svg, "alt": chart.alt, "caption": chart.caption, "data": _table(chart.data)}
