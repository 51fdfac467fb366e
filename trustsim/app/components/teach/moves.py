"""What can be done in a quarter: cards of moves with their ways, prices, rest, harm and sources, against the budget."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

import solara

from trustsim.app.widgets.teach import MovesW
from trustsim.errors import InputError
from trustsim.evidence import cited
from trustsim.game import MOVES, Game, Move, Offer, Pick, Price
from trustsim.report.words import dollars, join

__all__ = ["Moves", "priced"]


@solara.component
def Moves(
    game: Game,
    picks: tuple[Pick, ...],
    frozen: bool,
    on_pick: Callable[[str, str], None],
    on_again: Callable[[tuple[Pick, ...]], None],
) -> None:
    """Show the moves.

    Parameters
    ----------
    game : Game
    picks : tuple of Pick
        What the team is about to decide.
    frozen : bool
        Whether nothing can be chosen now.
    on_pick : callable
        Takes a move and a variant of it, "" for none.
    on_again : callable
        Takes the picks of the quarter before that can go on.
    """
    again = _going_on(game)
    MovesW.element(
        content=json.dumps(_content(game, picks, frozen, again)), on_pick=on_pick, on_again=lambda: on_again(again)
    )


def priced(price: Price) -> str:
    """Return a price in words."""
    hours = "no leaders' time" if round(price.leader_hours) == 0 else f"{price.leader_hours:,.0f} leader-hours"
    money = "no money" if round(price.money) == 0 else dollars(price.money)
    return f"{hours}, {money}"


def _going_on(game: Game) -> tuple[Pick, ...]:
    return tuple(offer.pick for offer in game.offers() if offer.state == "continues")


def _content(game: Game, picks: tuple[Pick, ...], frozen: bool, again: tuple[Pick, ...]) -> dict[str, Any]:
    cost = game.cost(picks)
    by_move = groupby(game.offers(), key=lambda offer: offer.move.key)
    moves = [_move([*offers], dict(picks)) for _, offers in by_move]
    return {
        "title": f"Decide quarter {game.quarter + 1}",
        "note": "Choose what you do in these three months, or nothing. What is going on and not chosen again ends.",
        "budgets": [
            _budget("Leaders' hours", cost.leader_hours, game.budget.leader_hours, lambda hours: f"{hours:,.0f}"),
            _budget("Money", cost.money, game.budget.money, dollars),
        ],
        "refused": _refused(game, picks),
        "again": f"Go on with: {join([MOVES[pick.move].title for pick in again])}" if set(again) - set(picks) else "",
        "frozen": frozen,
        "moves": sorted(moves, key=lambda move: (move["badge"] != "going on", not move["open"])),
    }


def _budget(name: str, used: float, of: float, say: Callable[[float], str]) -> dict[str, Any]:
    return {
        "name": name,
        "used": round(used),
        "of": of,
        "percent": min(100.0 * used / of, 100.0) if of else 0.0,
        "over": round(used, 3) > of,
        "text": f"{say(used)} of {say(of)}",
    }


def _move(offers: Sequence[Offer], picked: dict[str, str]) -> dict[str, Any]:
    move = offers[0].move
    goes_on = any(offer.state == "continues" for offer in offers)
    is_open = any(offer.is_available for offer in offers)
    why = next((offer.why for offer in offers if offer.state == "continues"), offers[0].why)
    return {
        "key": move.key,
        "title": move.title,
        "about": move.about,
        "open": is_open,
        "badge": "going on" if goes_on else "" if is_open else "not now",
        "why": why or _rest(move),
        "chosen": picked.get(move.key, ""),
        "backfires": move.backfires,
        "rests": _rests(move),
        "variants": [
            {
                "key": offer.variant.key,
                "short": offer.variant.short,
                "title": offer.variant.title,
                "price": priced(offer.price),
                "open": offer.is_available,
            }
            for offer in offers
        ],
    }


def _rest(move: Move) -> str:
    if move.lasting:
        return "Done once; it stays in force."
    if not move.cooldown:
        return ""
    quarters = "a quarter" if move.cooldown == 1 else f"{move.cooldown} quarters"
    return f"Once ended, it cannot be started again for {quarters}."


def _rests(move: Move) -> str:
    """Return on which published findings the model's version of a move rests."""
    known = cited(move.intervention.evidence)
    named = [f"{key}: {each.sources[0].citation}" if each.sources else key for key, each in known.items()]
    if not named:
        return "It rests on assumptions of the model."
    is_whole = len(known) == len(move.intervention.evidence)
    return f"It rests on {'; '.join(named)}{'' if is_whole else '; and on assumptions of the model'}."


def _refused(game: Game, picks: tuple[Pick, ...]) -> str:
    try:
        game.check(picks)
    except InputError as error:
        return f"That does not fit: {error}."
    return ""
