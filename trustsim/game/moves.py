"""What a team can do: moves of one or several variants, and what they take of leaders' hours and of money."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from trustsim import parameters
from trustsim.errors import InputError, did_you_mean
from trustsim.game.setup import ORGANIZATION, WEEKS, table
from trustsim.interventions import INTERVENTIONS, Intervention
from trustsim.organization import Organization, generate
from trustsim.scenario import Scenario

__all__ = ["MOVES", "Move", "Pick", "Price", "Variant", "find", "price"]


class Pick(NamedTuple):
    """A move and the variant of it that was chosen, by their keys."""

    move: str
    variant: str


class Price(NamedTuple):
    """What something takes in a quarter.

    Attributes
    ----------
    leader_hours : float
        Hours of executives, chiefs, managers and directors.
    money : float
        Thousand dollars: what is bought, and clinicians' hours at the model's price of one.
    staff_hours : float
        Clinicians' hours, which are in `money`.
    """

    leader_hours: float
    money: float
    staff_hours: float = 0.0

    def plus(self, other: Price) -> Price:
        """Return the sum of two prices."""
        return Price(*(mine + more for mine, more in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Variant:
    """A way to do a move: what it sets of the intervention; `short` is for tables."""

    key: str
    title: str
    short: str
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class Move:
    """Something that a team can do for a quarter.

    Attributes
    ----------
    key, title, about : str
    kind : str
        Of `trustsim.interventions.INTERVENTIONS`.
    variants : tuple of Variant
    lasting : bool
        Whether it is done once, in one quarter, and stays in force.
    answers : str
        The kind of shock without which it cannot be started, or ``""``.
    """

    key: str
    kind: str
    title: str
    about: str
    variants: tuple[Variant, ...]
    lasting: bool = False
    answers: str = ""

    @property
    def intervention(self) -> type[Intervention]:
        """The class of the intervention."""
        return INTERVENTIONS[self.kind]

    @property
    def cooldown(self) -> int:
        """Quarters of rest after it, before it can be started again."""
        return math.ceil(self.intervention.cooldown / WEEKS)

    @property
    def backfires(self) -> str:
        """How it can do harm."""
        return self.intervention.backfires

    def variant(self, key: str) -> Variant:
        """Return a variant.

        Raises
        ------
        InputError
            If there is none of this key.
        """
        for variant in self.variants:
            if variant.key == key:
                return variant
        known = [variant.key for variant in self.variants]
        raise InputError(
            f"{self.key} has no variant {key!r}{did_you_mean(key, known) or '; there are ' + ', '.join(known)}"
        )


def find(pick: Pick) -> tuple[Move, Variant]:
    """Return the move and the variant of a pick.

    Raises
    ------
    InputError
        If there is none of these keys.
    """
    if pick.move not in MOVES:
        raise InputError(f"no move {pick.move!r}{did_you_mean(pick.move, MOVES) or '; there are ' + ', '.join(MOVES)}")
    move = MOVES[pick.move]
    return move, move.variant(pick.variant)


@cache
def price(pick: Pick, running: int = 0) -> Price:
    """Return what a pick takes in a quarter, as the model counts it; the same in all hospitals, which are of one size.

    Parameters
    ----------
    pick : Pick
    running : int
        Quarters for which it has been going on: a course that is over takes no more time.

    Raises
    ------
    InputError
        If there is no such move or variant.
    """
    move, variant = find(pick)
    first, end = running * WEEKS, (running + 1) * WEEKS
    episode = move.intervention.model_validate({"kind": move.kind, "weeks": end, **variant.settings})
    plan = Scenario(name="price", weeks=end, burn_in=0, interventions=(episode,)).plan(_hospital())
    hours, staff, bought = (
        float(plan.lever(lever)[first:].sum()) for lever in ("hours.leaders", "hours.staff", "cost")
    )
    return Price(hours, bought + staff * parameters.lookup("cost.staff_hour").default, staff)


@cache
def _hospital() -> Organization:
    return generate(ORGANIZATION)


def _move(key: str, written: dict[str, Any]) -> Move:
    variants = tuple(Variant(**variant) for variant in written["variants"])
    return Move(key, variants=variants, **{name: value for name, value in written.items() if name != "variants"})


MOVES: Final[Mapping[str, Move]] = MappingProxyType(
    {key: _move(key, written) for key, written in table("moves").items()}
)
