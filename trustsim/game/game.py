"""A game: a log of decisions. Everything else follows from the log and the seed.

A turn is a quarter: what is picked, what the two seats predict, and, after every second one, what the team thinks about
it. A `Game` never changes; each step gives a new one, and one that breaks the rules cannot be made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from trustsim.errors import InputError, did_you_mean
from trustsim.game.episodes import Run, compiled, runs
from trustsim.game.moves import MOVES, Pick, Price, find
from trustsim.game.offers import Offer, offers
from trustsim.game.setup import QUARTERS, ROLES, SITUATIONS, Setup
from trustsim.game.turns import Prediction, Turn, check_answers, check_predictions, questions
from trustsim.scenario import Scenario

__all__ = ["Budget", "Game"]

_ROUNDING: Final = 1e-6


class Budget(NamedTuple):
    """What a team may spend in a quarter: hours of leaders, and thousand dollars. What is left over is lost."""

    leader_hours: float
    money: float


@dataclass(frozen=True)
class Game:
    """A setup and the turns so far.

    Parameters
    ----------
    setup : Setup
    turns : tuple of Turn

    Raises
    ------
    InputError
        If a turn breaks the rules.
    """

    setup: Setup
    turns: tuple[Turn, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a log that no play could have led to."""
        if len(self.turns) > QUARTERS:
            raise InputError(f"a game has {QUARTERS} quarters, not {len(self.turns)}")
        for quarter, turn in enumerate(self.turns):
            self._check_picks(turn.picks, quarter)
            check_predictions(turn.predictions)
            if turn.reflection:
                check_answers(turn.reflection, quarter + 1)

    @property
    def quarter(self) -> int:
        """The number of the quarter that is decided next, from 0; after the last one, the number of quarters."""
        return len(self.turns)

    @property
    def is_over(self) -> bool:
        """Whether all quarters are played."""
        return self.quarter == QUARTERS

    @property
    def wants_reflection(self) -> bool:
        """Whether there is a card of questions that was neither answered nor skipped."""
        return bool(self.questions) and not self.turns[-1].reflection

    @property
    def questions(self) -> tuple[str, ...]:
        """The card of questions after the quarters so far; none after most."""
        return questions(self.quarter)

    @property
    def budget(self) -> Budget:
        """What the team may spend in the next quarter."""
        role = ROLES[self.setup.role]
        return Budget(role.leader_hours, role.money)

    @property
    def decisions(self) -> tuple[Run, ...]:
        """What was decided so far; quarters in a row of the same pick are one decision."""
        return runs([turn.picks for turn in self.turns])

    def offers(self) -> tuple[Offer, ...]:
        """Return what may be picked for the next quarter, and what may not and why; nothing once it is over."""
        return () if self.is_over else self._offers[-1]

    def cost(self, picks: Sequence[Pick]) -> Price:
        """Return what picks take in the next quarter.

        Raises
        ------
        InputError
            If one is none of this role's.
        """
        return self._cost(picks, self.quarter)

    def check(self, picks: Sequence[Pick]) -> None:
        """Raise unless picks can be committed.

        Raises
        ------
        InputError
            What does not fit: an unknown move, one that rests, two ways of the same, a budget that is overdrawn.
        """
        if self.is_over:
            raise InputError(f"all {QUARTERS} quarters are played")
        self._check_picks(picks, self.quarter)

    def commit(self, picks: Sequence[Pick] = (), predictions: Sequence[Prediction] = ()) -> Game:
        """Return the game after a quarter with these picks.

        Raises
        ------
        InputError
            As `check`; or a prediction of an unknown seat or measure, twice, or out of range.
        """
        picked = [Pick(*pick) for pick in picks]
        self.check(picked)
        order = list(MOVES)
        in_order = sorted(picked, key=lambda pick: order.index(pick.move))
        turn = Turn(tuple(in_order), tuple(Prediction(*prediction) for prediction in predictions))
        return replace(self, turns=(*self.turns, turn))

    def reflect(self, answers: Sequence[str]) -> Game:
        """Return the game with answers to the card of questions; empty ones skip it.

        Raises
        ------
        InputError
            If there is no card, or not as many answers as questions, or one is too long.
        """
        if not self.wants_reflection:
            raise InputError("there are no questions to answer now: a card comes after every second quarter")
        turn = self.turns[-1]._replace(reflection=tuple(answers))
        return replace(self, turns=(*self.turns[:-1], turn))

    def undo(self) -> Game:
        """Return the game without its last turn.

        Raises
        ------
        InputError
            If there is none, or in an assessed game.
        """
        self._for_practice("no turn can be taken back")
        if not self.turns:
            raise InputError("there is no turn to take back")
        return replace(self, turns=self.turns[:-1])

    def restart(self) -> Game:
        """Return the game before its first turn: the same hospital and the same luck.

        Raises
        ------
        InputError
            In an assessed game.
        """
        self._for_practice("it cannot be started anew")
        return replace(self, turns=())

    def scenario(self) -> Scenario:
        """Return the scenario of the quarters so far, with `trustsim.game.BEFORE` weeks before the first."""
        return compiled(self.setup, [turn.picks for turn in self.turns])

    def untouched(self) -> Scenario:
        """Return the scenario of the same quarters in which nobody decided anything."""
        nobody = compiled(self.setup, [()] * self.quarter)
        title = f"{SITUATIONS[self.setup.situation].title}, with nobody deciding"
        return nobody.model_copy(update={"name": f"{nobody.name}_untouched", "title": title})

    def to_json(self) -> str:
        """Return the log as JSON, for `from_json`."""
        from trustsim.game.record import write

        return write(self)

    @staticmethod
    def from_json(text: str) -> Game:
        """Return the game of a log.

        Raises
        ------
        InputError
            If it is none, or breaks the rules.
        """
        from trustsim.game.record import read

        return read(text)

    @cached_property
    def _offers(self) -> tuple[tuple[Offer, ...], ...]:
        """The offers of each quarter up to the next."""
        picked = [turn.picks for turn in self.turns]
        return tuple(offers(self.setup, runs(picked[:quarter]), quarter) for quarter in range(self.quarter + 1))

    def _for_practice(self, what: str) -> None:
        if self.setup.mode != "practice":
            raise InputError(f"this game is assessed: {what}")

    def _chosen(self, picks: Sequence[Pick], quarter: int) -> list[Offer]:
        offered = {offer.pick: offer for offer in self._offers[quarter]}
        role = ROLES[self.setup.role]
        for pick in picks:
            find(pick)
            if pick.move not in role.moves:
                hint = did_you_mean(pick.move, role.moves) or f"; its moves are {', '.join(role.moves)}"
                raise InputError(f"{pick.move} is no move of the {role.title.lower()}{hint}")
        return [offered[pick] for pick in picks]

    def _cost(self, picks: Sequence[Pick], quarter: int) -> Price:
        total = Price(0.0, 0.0)
        for offer in self._chosen(picks, quarter):
            total = total.plus(offer.price)
        return total

    def _check_picks(self, picks: Sequence[Pick], quarter: int) -> None:
        chosen: dict[str, Offer] = {}
        for offer in self._chosen(picks, quarter):
            title = offer.move.title
            if offer.move.key in chosen:
                raise InputError(f"{title} is picked twice; one way of it fits in a quarter")
            if not offer.is_available:
                raise InputError(f"{title} cannot be picked in quarter {quarter + 1}: {offer.why}")
            chosen[offer.move.key] = offer
        cost, budget = self._cost(picks, quarter), self.budget
        over = [
            f"{spent:,.0f} of {allowed:,.0f} {what}, {spent - allowed:,.0f} too many"
            for spent, allowed, what in (
                (cost.leader_hours, budget.leader_hours, "leader-hours"),
                (cost.money, budget.money, "thousand dollars"),
            )
            if spent > allowed + _ROUNDING
        ]
        if over:
            raise InputError(f"quarter {quarter + 1} takes {' and '.join(over)}; leave something out")
