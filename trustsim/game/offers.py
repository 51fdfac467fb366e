"""What a team may do in the quarter that it decides next, and why it may not do the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from trustsim.game.episodes import Run, to_answer
from trustsim.game.moves import MOVES, Move, Pick, Price, Variant, price
from trustsim.game.setup import ROLES, SITUATIONS, WEEKS, Setup, first_week

__all__ = ["AVAILABLE", "Offer", "State", "offer"]

State = Literal["open", "continues", "cooling", "running other variant", "closed"]
AVAILABLE: Final = ("open", "continues")
_TOO_LATE: Final = 52
"""Weeks after which nobody listens to a repair any more; the longest silence that the model knows."""


@dataclass(frozen=True)
class Offer:
    """A variant of a move in the quarter that is decided next.

    Attributes
    ----------
    move : Move
    variant : Variant
    price : Price
        Of this quarter.
    state : {"open", "continues", "cooling", "running other variant", "closed"}
        Whether it can be picked (open, continues), later (cooling, running other variant) or not at all as things are.
    until : int, optional
        The quarter in which it can be picked again, if one can be named.
    why : str
        The reason in a sentence, or ``""`` if it is open.
    """

    move: Move
    variant: Variant
    price: Price
    state: State
    until: int | None = None
    why: str = ""

    @property
    def pick(self) -> Pick:
        """What is committed if it is chosen."""
        return Pick(self.move.key, self.variant.key)

    @property
    def is_available(self) -> bool:
        """Whether it can be picked now, as far as the budget goes."""
        return self.state in AVAILABLE


def offer(move: Move, variant: Variant, setup: Setup, before: Sequence[Run], quarter: int) -> Offer:
    """Return whether a variant of a move can be picked.

    Parameters
    ----------
    move, variant : Move, Variant
    setup : Setup
    before : sequence of Run
        What the team has decided so far.
    quarter : int
        That is decided next.
    """
    mine = [run for run in before if run.pick.move == move.key]
    same = next((run for run in mine if run.pick.variant == variant.key and run.last == quarter - 1), None)
    state, until, why = _state(move, mine, same, setup, quarter)
    broken = to_answer(move, SITUATIONS[setup.situation], quarter)
    if broken is not None:  # weeks of silence belong to a repair
        running = (first_week(quarter) - broken) // WEEKS
    else:
        running = quarter - same.first if same is not None else 0
    return Offer(move, variant, price(Pick(move.key, variant.key), running), state, until, why)


def _state(
    move: Move, mine: Sequence[Run], same: Run | None, setup: Setup, quarter: int
) -> tuple[State, int | None, str]:
    if move.lasting and mine:
        return "closed", None, f"Done in quarter {mine[0].first + 1}; it stays in force and is not done twice."
    if move.answers:
        refused = _refused(move, mine, same, setup, quarter)
        if refused:
            return "closed", None, refused
    if same is not None:
        return "continues", None, f"Goes on since quarter {same.first + 1}."
    if not mine:
        return "open", None, ""
    last = mine[-1].last
    until = last + 1 + move.cooldown
    if quarter >= until:
        return "open", None, ""
    rest = f"it needs {move.cooldown} {'quarter' if move.cooldown == 1 else 'quarters'} of rest"
    if last == quarter - 1:
        other = move.variant(mine[-1].pick.variant).title
        why = f"Another way of it is going on ({other}); to change, {rest} first, until quarter {until + 1}."
        return "running other variant", until, why
    return "cooling", until, f"It ended with quarter {last + 1} and {rest}, until quarter {until + 1}."


def _refused(move: Move, mine: Sequence[Run], same: Run | None, setup: Setup, quarter: int) -> str:
    """Return why an answer to a shock cannot be given, or ``""``."""
    week = to_answer(move, SITUATIONS[setup.situation], quarter)
    if week is None:
        return "Nothing has come out that there would be to repair."
    if same is None and any(first_week(run.last) >= week for run in mine):
        return "It was begun in another way or dropped; people do not hear the same apology twice."
    if same is None and first_week(quarter) - week > _TOO_LATE:
        return "It is too late: more than a year has gone by in silence."
    return ""


def offers(setup: Setup, before: Sequence[Run], quarter: int) -> tuple[Offer, ...]:
    """Return all variants of all moves of the team's role."""
    moves = (MOVES[key] for key in ROLES[setup.role].moves)
    return tuple(offer(move, variant, setup, before, quarter) for move in moves for variant in move.variants)
