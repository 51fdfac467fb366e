"""The best and the worst plan that a search finds, knowing everything that is going to happen.

Nobody could have known the best one: it is found with hindsight, in the very hospital and luck of the game, by trying
many plans. It says what was possible, and which decisions made the difference; it is no advice for another hospital,
and with more trials a better one might be found.

What is sought, for want of anything better, is the mean over the four groups of the card of what a plan changes against
nobody deciding anything, each measure by a yardstick (`YARDSTICKS`). No team is judged by that number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.game.episodes import compiled
from trustsim.game.game import Game
from trustsim.game.moves import Pick
from trustsim.game.outcome import summary
from trustsim.game.plans import Plan, allowed, picks_of
from trustsim.game.portion import portion
from trustsim.game.readings import CARD
from trustsim.game.setup import QUARTERS, Setup
from trustsim.game.turns import Turn
from trustsim.measures import lookup
from trustsim.simulation import BLOCK, Hospital, run_worlds

__all__ = ["YARDSTICKS", "Found", "gains", "search"]

YARDSTICKS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "trust_clinician_admin": 0.05,
        "silo_gap": 0.05,
        "burnout_prevalence": 0.10,
        "intent_to_leave": 0.05,
        "turnover_annual": 0.03,
        "trust_patients": 0.05,
        "safety_events": 0.10,
        "waiting_list": 0.10,
        "cost": 10.0,
    }
)
"""A difference of each measure of the card that leaders would call clear, in its unit: one step of improvement."""
_ROUNDS: Final = 40
_KEPT: Final = 12
"""Plans, of the best and of the worst, from which a round makes its new ones."""
_MOST_CHANGES: Final = 3


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes
    ----------
    best, worst : Game
        Without predictions or reflections.
    tried : int
        How many plans were simulated.
    """

    best: Game
    worst: Game
    tried: int


def gains(card: Mapping[str, float], untouched: Mapping[str, float]) -> dict[str, float]:
    """Return how many steps (`YARDSTICKS`) each group of the card is better than another world's.

    Parameters
    ----------
    card, untouched : mapping of str to float
        The measures of the card in the two worlds.
    """
    found = {}
    for key, (_, measures) in CARD.items():
        total = 0.0
        for measure in measures:
            sign = 1.0 if lookup(measure).better == "up" else -1.0
            total += sign * (card[measure] - untouched[measure]) / YARDSTICKS[measure]
        found[key] = total / len(measures)
    return found


def search(
    setup: Setup,
    tell: Callable[[float], None] | None = None,
    check: Callable[[], None] | None = None,
    *,
    quarters: int = QUARTERS,
    rounds: int = _ROUNDS,
    executor: Executor | None = None,
) -> Found:
    """Look for the best and the worst plan that a setup allows.

    Parameters
    ----------
    setup : Setup
    tell : callable, optional
        Called with the share of the work that is done.
    check : callable, optional
        Called often; raises to stop the search.
    quarters : int
        How long a plan is.
    rounds : int
        Each tries `trustsim.simulation.BLOCK` plans.
    executor : concurrent.futures.Executor, optional
        Is given one round at a time; by default all is done here.

    Returns
    -------
    Found
        The same for the same setup and rounds.
    """
    luck = np.random.default_rng([setup.seed, quarters])
    hospital = portion(executor, setup.hospital)
    scores: dict[Plan, float] = {}

    def try_more() -> None:
        wanted = _next(setup, scores, luck) if scores else _first(setup, quarters, luck)
        fresh = [plan for plan in dict.fromkeys(wanted) if plan not in scores]
        scores.update(zip(fresh, _scores(setup, hospital, fresh, check), strict=True))

    for done in range(rounds):
        portion(executor, try_more)
        if tell is not None:
            tell((done + 1) / rounds)
    ranked = _ranked(scores)
    best, worst = (Game(setup, tuple(Turn(picks) for picks in plan)) for plan in (ranked[0], ranked[-1]))
    return Found(best, worst, len(scores))


def _scores(
    setup: Setup, hospital: Hospital, plans: Sequence[Plan], check: Callable[[], None] | None
) -> NDArray[np.float64]:
    """Return the mean improvement of the four groups under each plan."""
    if not plans:
        return np.empty(0)
    worlds = [compiled(setup, plan) for plan in (((),) * len(plans[0]), *plans)]
    result = run_worlds(worlds, hospital, after_week=None if check is None else lambda _: check())
    cards = summary(result.hospital)
    of_world = [{name: float(values[world]) for name, values in cards.items()} for world in range(len(worlds))]
    return np.array([np.mean([*gains(card, of_world[0]).values()]) for card in of_world[1:]])


def _first(setup: Setup, quarters: int, luck: np.random.Generator) -> list[Plan]:
    """Return what a search starts from: each way of each move all the time, then plans by chance."""
    picks = picks_of(setup)
    steady = [allowed(setup, [{pick}] * quarters, luck) for pick in picks]
    count = BLOCK - 1 - len(steady)
    chances = luck.uniform(0.05, 0.5, count)
    return steady + [allowed(setup, [_some(picks, chance, luck)] * quarters, luck) for chance in chances]


def _next(setup: Setup, scores: Mapping[Plan, float], luck: np.random.Generator) -> list[Plan]:
    """Return changed copies of the best and of the worst plans so far."""
    ranked = _ranked(scores)
    plans = []
    for number in range(BLOCK - 1):
        kept = ranked[:_KEPT] if number % 2 else ranked[-_KEPT:]
        plans.append(_changed(setup, kept[luck.integers(len(kept))], kept[luck.integers(len(kept))], luck))
    return plans


def _ranked(scores: Mapping[Plan, float]) -> list[Plan]:
    return sorted(scores, key=lambda plan: -scores[plan])


def _changed(setup: Setup, plan: Plan, other: Plan, luck: np.random.Generator) -> Plan:
    """Return a plan with some moves started, dropped or taken from another plan for some quarters."""
    picks = picks_of(setup)
    wanted = [set(quarter) for quarter in plan]
    for _ in range(luck.integers(1, _MOST_CHANGES + 1)):
        first, last = sorted(luck.integers(0, len(plan), 2).tolist())
        pick = picks[luck.integers(len(picks))]
        crossed = luck.random() < 0.25
        for quarter in range(first, last + 1):
            if crossed:
                wanted[quarter] = set(other[quarter])
            elif pick in wanted[quarter]:
                wanted[quarter].discard(pick)
            else:
                wanted[quarter] = {mine for mine in wanted[quarter] if mine.move != pick.move} | {pick}
    return allowed(setup, wanted, luck)


def _some(picks: Sequence[Pick], chance: float, luck: np.random.Generator) -> set[Pick]:
    return {pick for pick in picks if luck.random() < chance}
