"""Where each team of a room is, and what its decisions changed so far."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import solara

from trustsim.app.rooms import RoomView, Team
from trustsim.app.service.games import played
from trustsim.app.widgets.facilitate import TeamsW
from trustsim.game import CARD, MOVES, PREDICTED, QUARTERS, SEATS, CardMeasure, Game, Played
from trustsim.game.readings import mark, short_change
from trustsim.measures import lookup
from trustsim.report.words import capital, name_of, people

__all__ = ["Outcomes", "Teams", "use_outcomes"]

Outcomes = Mapping[int, Played]
"""What became of the games, by the numbers of their teams."""
_TONES: Final = {"better": "ts-good", "worse": "ts-bad"}
_MARKS: Final = {"better": "\N{CHECK MARK}", "worse": "\N{BALLOT X}"}
"""Better and worse, for those who do not see the colors."""
_NOBODY: Final = "Nobody has joined yet."


def use_outcomes(teams: tuple[Team, ...], visitor: str) -> Outcomes:
    """Return what became of all games, worked out off the page; until it is, what was known before."""
    games = {team.number: team.game for team in teams}

    def work() -> dict[int, Played]:
        found = {}
        for number, game in games.items():
            if not task.is_current():
                return {}
            found[number] = played(game, visitor)
        return found

    task = solara.lab.use_task(work, dependencies=[tuple(games.items())], prefer_threaded=True)
    if task.error and task.exception:
        raise task.exception
    last = solara.use_ref({})
    if task.finished and task.value is not None:
        last.current = task.value
    outcomes: Outcomes = last.current
    return {number: outcomes[number] for number in games if number in outcomes}


@solara.component
def Teams(view: RoomView, outcomes: Outcomes, on_remove: Callable[[str], None]) -> None:
    """Show a row for each team.

    Parameters
    ----------
    view : RoomView
    outcomes : Outcomes
    on_remove : callable
        Takes the partner code of a team that is to be deleted.
    """
    content = solara.use_memo(lambda: json.dumps(_content(view, outcomes)), [view, outcomes])
    TeamsW.element(content=content, on_remove=on_remove)


def _content(view: RoomView, outcomes: Outcomes) -> dict[str, Any]:
    over = sum(team.game.is_over for team in view.teams)
    number = len(view.teams)
    return {
        "title": "Teams" if not number else "1 team" if number == 1 else f"{number} teams",
        "note": f"All {QUARTERS} quarters are played by {over} of {number}." if over else "" if number else _NOBODY,
        "quarters": max((team.game.quarter for team in view.teams), default=0),
        "groups": [
            {
                "title": title,
                "measures": [
                    {
                        "name": capital(name_of(measure)),
                        "unit": people(lookup(measure).unit, change=True)[1].strip(),
                    }
                    for measure in measures
                ],
            }
            for title, measures in CARD.values()
        ],
        "teams": [_row(team, outcomes.get(team.number)) for team in view.teams],
    }


def _row(team: Team, outcome: Played | None) -> dict[str, Any]:
    game = team.game
    return {
        "name": team.name,
        "partner": team.partner_code,
        "quarter": "done" if game.is_over else f"{game.quarter + 1} of {QUARTERS}",
        "here": "both seats" if len(team.present) == len(SEATS) else ", ".join(sorted(team.present)) or "nobody",
        "draft": _drafted(team),
        "right": _right(outcome),
        "cells": _cells(outcome) if outcome is not None and game.quarter else [],
        "decided": _decided(game),
    }


def _drafted(team: Team) -> str:
    if team.game.wants_reflection:
        return "at the three questions"
    picks, predictions = len(team.draft.picks), len(team.draft.predictions)
    if not picks and not predictions:
        return ""
    moves = "1 move" if picks == 1 else f"{picks} moves"
    seats = len(team.present) or 1
    return f"{moves}, {predictions} of {max(seats * len(PREDICTED), predictions)} predicted"


def _right(outcome: Played | None) -> str:
    judged = outcome.predictions() if outcome else ()
    return f"{sum(each.right_direction for each in judged)} of {len(judged)}" if judged else ""


def _cells(outcome: Played) -> list[dict[str, Any]]:
    return [
        {**_cell(measure), "first": index == 0}
        for group in outcome.card()
        for index, measure in enumerate(group.measures)
    ]


def _cell(on_card: CardMeasure) -> dict[str, Any]:
    tone = mark(on_card.measure, on_card.gained)
    text = short_change(on_card.measure, on_card.gained).text
    return {"measure": on_card.measure, "text": f"{_MARKS.get(tone, '')} {text}".strip(), "tone": _TONES.get(tone, "")}


def _decided(game: Game) -> list[list[str]]:
    return [
        [f"{MOVES[pick.move].title}: {MOVES[pick.move].variant(pick.variant).short}" for pick in turn.picks]
        or ["nothing"]
        for turn in game.turns
    ]
