"""From decisions to episodes: what a team does quarter by quarter, as the interventions of one scenario.

Quarters in a row of the same pick are one episode, which grows as the game goes on. So a course, a habit or a scar of
the model takes its time across quarters, and the weeks that were played stay what they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from trustsim.game.moves import Move, Pick, find
from trustsim.game.setup import ORGANIZATION, ROLES, SITUATIONS, Setup, Situation, first_week
from trustsim.interventions import Intervention
from trustsim.interventions.base import LONGEST
from trustsim.scenario import Scenario

__all__ = ["Run", "compiled", "runs", "to_answer"]


class Run(NamedTuple):
    """A pick in quarters in a row, from `first` to `last`, both included; a lasting move has its one quarter."""

    pick: Pick
    first: int
    last: int


def runs(quarters: Sequence[Sequence[Pick]]) -> tuple[Run, ...]:
    """Return the decisions of a log, in the order in which they were taken.

    Parameters
    ----------
    quarters : sequence of sequences of Pick
        What was picked in each quarter so far.
    """
    found: dict[tuple[Pick, int], Run] = {}
    going_on: dict[Pick, Run] = {}
    for quarter, picks in enumerate(quarters):
        going_on = {
            pick: going_on[pick]._replace(last=quarter) if pick in going_on else Run(pick, quarter, quarter)
            for pick in picks
        }
        found |= {(run.pick, run.first): run for run in going_on.values()}
    return tuple(found.values())


def to_answer(move: Move, situation: Situation, quarter: int) -> int | None:
    """Return the week of the last shock, up to the start of a quarter, that a move is an answer to."""
    weeks = [shock.start for shock in situation.shocks if shock.kind == move.answers]
    return max((week for week in weeks if week <= first_week(quarter)), default=None)


def compiled(setup: Setup, quarters: Sequence[Sequence[Pick]]) -> Scenario:
    """Return the scenario of a team's decisions so far.

    Parameters
    ----------
    setup : Setup
    quarters : sequence of sequences of Pick
        What was picked in each quarter; the scenario ends with the last of them.
    """
    situation, weeks = SITUATIONS[setup.situation], first_week(len(quarters))
    decided = tuple(_episode(run, situation) for run in runs(quarters))
    inherited = (_until_replaced(episode, decided) for episode in situation.inherited)
    return Scenario(
        name=f"{setup.situation}_{setup.role}",
        title=f"{situation.title}, led by the {ROLES[setup.role].title.lower()}",
        weeks=weeks,
        organization=dict(ORGANIZATION),
        interventions=(*(episode for episode in inherited if episode.start < weeks), *decided),
        shocks=tuple(shock for shock in situation.shocks if shock.start < weeks),
    )


def _episode(run: Run, situation: Situation) -> Intervention:
    move, variant = find(run.pick)
    start, end = first_week(run.first), first_week(run.last + 1)
    settings = dict(variant.settings)
    broken = to_answer(move, situation, run.first)
    if broken is not None:
        # The silence since the breach is part of the repair, and makes it worth less.
        start, settings["delay"] = broken, max(start - broken, 1)
    settings |= {"start": start, "weeks": (LONGEST if move.lasting else end) - start}
    return move.intervention.model_validate(
        {"kind": move.kind, "name": f"{move.key}_from_quarter_{run.first + 1}", **settings}
    )


def _until_replaced(episode: Intervention, decided: Sequence[Intervention]) -> Intervention:
    """Return what others do, until the team does the same in its own way."""
    replaced = [mine.start for mine in decided if mine.kind == episode.kind and mine.start < episode.end]
    return episode.model_copy(update={"weeks": min(replaced) - episode.start}) if replaced else episode
