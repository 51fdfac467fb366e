"""What a team can learn from its game: what each decision did, how it came about, and how much of it was luck.

Nothing here is a score. A decision is judged by leaving it out of the same plan, with the same luck; what two decisions
do together is more or less than what each does alone, so such differences do not add up to the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.comparison import Comparison
from trustsim.errors import InputError
from trustsim.game.episodes import Run, compiled
from trustsim.game.game import Game
from trustsim.game.moves import Pick
from trustsim.game.outcome import Played, play, summary
from trustsim.game.readings import CARD_MEASURES, counted
from trustsim.game.search import Found, gains
from trustsim.game.setup import first_week
from trustsim.simulation import BLOCK, compare, run_worlds

__all__ = ["STRIP", "Debrief", "Effect", "Luck", "debrief"]

STRIP: Final = (
    "leader_hours", "resolution_rate", "open_concerns", "trust_clinician_admin", "psychological_safety",
    "burnout_prevalence", "intent_to_leave", "turnover_annual", "trust_patients", "safety_events", "cost",
)  # fmt: skip
"""The causal strip, from what leaders do to what it comes to: each measure moves the ones after it."""
_HOSPITALS: Final = 11
"""The team's own, and ten with other people and other luck."""
_SHARE_OF_EFFECTS: Final = 0.2  # of the work


class Effect(NamedTuple):
    """What a decision did: the team's hospital against the same one in which all but this was decided.

    Attributes
    ----------
    run : Run
    meanwhile : mapping of str to float
        Difference of each measure of the card over the quarters of the decision.
    changes : mapping of str to float
        Difference of each measure as it stands on the card, so in the last year or over all quarters.
    gains : mapping of str to float
        Steps of improvement of each group (`trustsim.game.search.YARDSTICKS`).
    """

    run: Run
    meanwhile: Mapping[str, float]
    changes: Mapping[str, float]
    gains: Mapping[str, float]


class Luck(NamedTuple):
    """What the same plan would have changed with other people and other luck.

    Attributes
    ----------
    measure : str
    own : float
        Difference of the team's hospital from the one in which nobody decided anything.
    others : tuple of float
        The same in each of the other hospitals.
    """

    measure: str
    own: float
    others: tuple[float, ...]

    @property
    def alike(self) -> int:
        """In how many of the other hospitals it goes the same way."""
        return sum(_sign(other) == _sign(self.own) for other in self.others)


@dataclass(frozen=True, eq=False)
class Debrief:
    """What there is to learn from a game.

    Attributes
    ----------
    team : str
        What the team is called.
    played : Played
    effects : tuple of Effect
        Of each decision, in the order in which they were taken.
    comparison : Comparison
        The team's plan against nobody deciding anything in several hospitals, its own the first.
    rivals : mapping of str to Played
        The other teams, by name.
    found : Found, optional
        The best and the worst plan that a search found.
    """

    team: str
    played: Played
    effects: tuple[Effect, ...]
    comparison: Comparison
    rivals: Mapping[str, Played]
    found: Found | None = None

    @property
    def game(self) -> Game:
        """The team's game."""
        return self.played.game

    def strip(self) -> Mapping[str, tuple[float, ...]]:
        """Return the causal strip: by measure, what the plan changed at the end of each quarter against nobody's."""
        return {
            measure: tuple(
                self.played.value(measure, quarter) - self.played.value(measure, quarter, untouched=True)
                for quarter in range(self.game.quarter)
            )
            for measure in STRIP
        }

    def luck(self) -> tuple[Luck, ...]:
        """Return what other luck would have made of the plan, for each measure of the card."""
        found = []
        for measure in CARD_MEASURES:
            values = self.comparison.values(measure, counted(measure, self.comparison.weeks))
            own, *others = (values[:, 1] - values[:, 0]).tolist()
            found.append(Luck(measure, own, tuple(others)))
        return tuple(found)


def debrief(
    game: Game,
    rivals: Mapping[str, Game] = MappingProxyType({}),
    found: Found | None = None,
    tell: Callable[[float], None] | None = None,
    *,
    team: str = "Your team",
) -> Debrief:
    """Return what there is to learn from a game.

    Parameters
    ----------
    game : Game
        With one quarter or more.
    rivals : mapping of str to Game, optional
        The other teams of the class, by name.
    found : Found, optional
        What `trustsim.game.search` found for as many quarters.
    tell : callable, optional
        Called with the share of the work that is done; may raise to stop it.
    team : str
        What the team is called.

    Raises
    ------
    InputError
        Before the first quarter, or if what was found is of another setup or another number of quarters.
    """
    if not game.turns:
        raise InputError("there is nothing to debrief before the first quarter")
    if found is not None and (found.best.quarter != game.quarter or not _alike(found.best, game)):
        raise InputError("the best and worst plans are of another situation or another number of quarters")
    tell = tell or (lambda _: None)
    effects = _effects(game)
    tell(_SHARE_OF_EFFECTS)
    comparison = compare(
        game.scenario(),
        game.untouched(),
        replicates=_HOSPITALS,
        seed=game.setup.seed,
        after_replicate=lambda done: tell(_SHARE_OF_EFFECTS + (1.0 - _SHARE_OF_EFFECTS) * done / _HOSPITALS),
    )
    others = MappingProxyType({name: play(rival) for name, rival in rivals.items()})
    return Debrief(team, play(game), effects, comparison, others, found)


def _alike(one: Game, other: Game) -> bool:
    """Return whether two games have the same hospital, role and luck; the mode makes no difference to them."""
    return (one.setup.situation, one.setup.role, one.setup.seed) == (
        other.setup.situation, other.setup.role, other.setup.seed,
    )  # fmt: skip


def _effects(game: Game) -> tuple[Effect, ...]:
    """Return what each decision did."""
    picked = [turn.picks for turn in game.turns]
    decisions, hospital = game.decisions, game.setup.hospital()
    found: list[Effect] = []
    for start in range(0, len(decisions), BLOCK - 1):
        block = decisions[start : start + BLOCK - 1]
        worlds = [compiled(game.setup, plan) for plan in (picked, *(_without(picked, run) for run in block))]
        series = run_worlds(worlds, hospital).hospital
        cards = summary(series)
        found += [_effect(run, world, series, cards) for world, run in enumerate(block, 1)]
    return tuple(found)


def _effect(
    run: Run, world: int, series: Mapping[str, NDArray[np.float64]], cards: Mapping[str, NDArray[np.float64]]
) -> Effect:
    """Return what a decision did; world 0 is the team's, the other is the one without it."""
    weeks = slice(first_week(run.first), first_week(run.last + 1))
    meanwhile = {
        name: float(series[name][weeks, 0].mean() - series[name][weeks, world].mean()) for name in CARD_MEASURES
    }
    own, other = ({name: float(cards[name][number]) for name in CARD_MEASURES} for number in (0, world))
    return Effect(run, meanwhile, {name: own[name] - other[name] for name in CARD_MEASURES}, gains(own, other))


def _sign(change: float) -> int:
    return (change > 0.0) - (change < 0.0)


def _without(picked: Sequence[tuple[Pick, ...]], run: Run) -> list[tuple[Pick, ...]]:
    """Return what was picked in each quarter, without one decision."""
    return [
        tuple(pick for pick in picks if not (pick == run.pick and run.first <= quarter <= run.last))
        for quarter, picks in enumerate(picked)
    ]
