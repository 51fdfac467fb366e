"""Whole plans, without the team that makes them: which picks a role has, and what of a wish the rules allow."""

from __future__ import annotations

from collections.abc import Sequence, Set

import numpy as np

from trustsim.game.episodes import runs
from trustsim.game.moves import MOVES, Pick
from trustsim.game.offers import offers
from trustsim.game.setup import ROLES, Setup

__all__ = ["Plan", "allowed", "picks_of"]

Plan = tuple[tuple[Pick, ...], ...]
"""What is picked in each quarter."""


def picks_of(setup: Setup) -> list[Pick]:
    """Return every way of every move of a role."""
    return [Pick(key, variant.key) for key in ROLES[setup.role].moves for variant in MOVES[key].variants]


def allowed(setup: Setup, wanted: Sequence[Set[Pick]], luck: np.random.Generator) -> Plan:
    """Return a plan as near to a wish as the rules allow: what rests or is too dear is left out, by chance.

    Parameters
    ----------
    setup : Setup
    wanted : sequence of sets of Pick
        For each quarter.
    luck : numpy.random.Generator
        Decides what is left out.
    """
    role = ROLES[setup.role]
    plan: list[tuple[Pick, ...]] = []
    for quarter, picks in enumerate(wanted):
        before = runs(plan)
        offered = {offer.pick: offer for offer in offers(setup, before, quarter) if offer.is_available}
        hours, money = role.leader_hours, role.money
        chosen: dict[str, Pick] = {}
        in_order = sorted(picks)
        # What goes on already comes first, so that a plan does not fall apart by one change.
        going_on = plan[-1] if plan else ()
        shuffled = [in_order[place] for place in luck.permutation(len(in_order)).tolist()]
        for pick in sorted(shuffled, key=lambda pick: pick not in going_on):
            price = offered[pick].price if pick in offered else None
            if price is None or pick.move in chosen or price.leader_hours > hours or price.money > money:
                continue
            chosen[pick.move] = pick
            hours, money = hours - price.leader_hours, money - price.money
        plan.append(tuple(pick for key in MOVES if (pick := chosen.get(key)) is not None))
    return tuple(plan)
