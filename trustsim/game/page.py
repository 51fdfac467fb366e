"""A debrief as one page that needs nothing else: for the team, the facilitator and whoever could not be there."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from itertools import count

from trustsim.errors import InputError
from trustsim.game import sections
from trustsim.game.classroom import hindsight, spread
from trustsim.game.debrief import Debrief
from trustsim.game.decisions import decisions
from trustsim.game.figures import curve
from trustsim.game.game import Game
from trustsim.game.outcome import play
from trustsim.game.portion import portion
from trustsim.game.setup import ROLES, SITUATIONS
from trustsim.report.blocks import Block, Charts, Heading, Report, Section, Text
from trustsim.report.common import what_it_is_not
from trustsim.report.page import html

__all__ = ["debrief_html", "debrief_report"]


def debrief_html(debriefs: Debrief | Sequence[Debrief], executor: Executor | None = None) -> str:
    """Return a debrief as one HTML document; parameters and errors are those of `debrief_report`."""
    return html(debrief_report(debriefs, executor))


def debrief_report(debriefs: Debrief | Sequence[Debrief], executor: Executor | None = None) -> Report:
    """Return a debrief laid out in sections: of a team, or of a class if there are several.

    Parameters
    ----------
    debriefs : Debrief or sequence of Debrief
    executor : concurrent.futures.Executor, optional
        Is given one team at a time; by default all is done here.

    Raises
    ------
    InputError
        If there is none.
    """
    of = [debriefs] if isinstance(debriefs, Debrief) else list(debriefs)
    if not of:
        raise InputError("there is no team to debrief")
    return portion(executor, _of_team, of[0]) if len(of) == 1 else _of_class(of, executor)


def _of_team(debrief: Debrief) -> Report:
    numbers = count(1)
    played = {"the team": debrief.played}
    if debrief.found is not None:
        played |= {"best found": play(debrief.found.best), "worst found": play(debrief.found.worst)}
    curves = Charts([curve(measure, played, numbers) for measure in sections.FIRST])
    parts = [
        Section("outcome", "What became of the hospital", [*sections.outcome(debrief), curves]),
        Section("decisions", "What was decided, and what each decision did", decisions(debrief)),
        Section("strip", "How it came about", sections.strip(debrief)),
        Section("predictions", "What was expected", sections.predictions(debrief.played, numbers)),
        Section("luck", "How much of it was luck", sections.luck(debrief)),
    ]
    teams = {debrief.team: debrief.played, **debrief.rivals}
    if debrief.rivals:
        parts.append(Section("class", "The class", spread(teams, debrief.found, numbers)))
    if debrief.found is not None:
        parts.append(Section("hindsight", "The best and the worst plan", hindsight(debrief, debrief.found, teams)))
    parts += [
        Section("reflection", "What the team wrote", sections.reflection(debrief.game)),
        what_it_is_not(),
        Section("reproduce", "How to make these numbers again", sections.reproduce(debrief.game)),
    ]
    return Report(f"Debrief: {debrief.team}", _setting(debrief.game), parts)


def _of_class(debriefs: Sequence[Debrief], executor: Executor | None) -> Report:
    """Return the debrief of a class: where the teams stand, then each of them in short."""
    first = next((debrief for debrief in debriefs if debrief.found is not None), debriefs[0])
    numbers = count(1)
    teams = {debrief.team: debrief.played for debrief in debriefs}
    where = portion(executor, spread, teams, first.found, numbers)
    parts = [Section("class", "The class", [_briefing(first.game), *where])]
    parts += [
        Section(f"team-{number}", debrief.team, portion(executor, _in_short, debrief, numbers))
        for number, debrief in enumerate(debriefs, 1)
    ]
    if first.found is not None:
        plans = portion(executor, hindsight, first, first.found, teams, own=False)
        parts.append(Section("hindsight", "The best and the worst plan", plans))
    return Report("Debrief of the class", _setting(first.game), [*parts, what_it_is_not()])


def _in_short(debrief: Debrief, numbers: count[int]) -> list[Block]:
    return [
        *sections.outcome(debrief),
        *decisions(debrief),
        Heading("What was expected"),
        *sections.predictions(debrief.played, numbers),
        Heading("What the team wrote"),
        *sections.reflection(debrief.game),
    ]


def _briefing(game: Game) -> Text:
    return Text(SITUATIONS[game.setup.situation].briefing)


def _setting(game: Game) -> str:
    situation, role = SITUATIONS[game.setup.situation].title, ROLES[game.setup.role].title
    quarters = "1 quarter" if game.quarter == 1 else f"{game.quarter} quarters"
    return f"{situation}, led by the {role.lower()}; {quarters}, seed {game.setup.seed}"
