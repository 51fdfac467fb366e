"""The sides of a comparison: each alternative with letter and color, how far it is, and what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trustsim.app.service import Answer, Film, Outcome
from trustsim.app.service.film import side_by_side
from trustsim.app.state import RunSpec
from trustsim.app.state.compare import LETTERS, Alternative

__all__ = ["Baseline", "Side", "baselines_of", "film_of", "names_of_worlds", "sides_of"]

_LINES: Final[tuple[str | list[int], ...]] = ("solid", [10, 4], [2, 3], [10, 3, 2, 3])


@dataclass(frozen=True, eq=False)  # equal only to itself, so that nothing compares arrays
class Side:
    """An alternative on the page.

    Attributes
    ----------
    letter : str
    color : str
        Of the page's style.
    line : str or list of int
        How its curves are drawn.
    alternative : Alternative
    outcome : Outcome
    """

    letter: str
    color: str
    line: str | list[int]
    alternative: Alternative
    outcome: Outcome

    @property
    def spec(self) -> RunSpec:
        """What is run."""
        return self.alternative.spec

    @property
    def answer(self) -> Answer | None:
        """What came out."""
        return self.outcome.answer


@dataclass(frozen=True, eq=False)
class Baseline:
    """A baseline on the page, which several sides may have.

    Attributes
    ----------
    name : str
    side : Side
        The first that has it.
    """

    name: str
    side: Side


def sides_of(alternatives: Sequence[Alternative], outcomes: Mapping[RunSpec, Outcome]) -> tuple[Side, ...]:
    """Return the sides of a comparison, as far as they are."""
    return tuple(
        Side(letter, f"world-{number + 1}", line, each, outcomes.get(each.spec, Outcome(each.spec)))
        for number, (letter, line, each) in enumerate(zip(LETTERS, _LINES, alternatives, strict=False))
    )


def baselines_of(sides: Sequence[Side]) -> list[Baseline]:
    """Return the baselines, each once."""
    with_it: dict[str, list[Side]] = {}
    for side in sides:
        with_it.setdefault(side.spec.worlds()[1].digest, []).append(side)
    if len(with_it) == 1:
        return [Baseline("baseline", sides[0])]
    return [Baseline(f"baseline of {', '.join(side.letter for side in those)}", those[0]) for those in with_it.values()]


def film_of(sides: Sequence[Side]) -> Film | None:
    """Return a film of all worlds, baselines first; None until all are shot."""
    shot = [(base.side.outcome.film, 0) for base in baselines_of(sides)] + [(side.outcome.film, 1) for side in sides]
    known = [(film, world) for film, world in shot if film is not None]
    return side_by_side(known) if len(known) == len(shot) else None


def names_of_worlds(sides: Sequence[Side]) -> list[dict[str, str]]:
    """Return what the worlds of `film_of` are called, as plain data."""
    bases = [{"letter": "", "name": base.name, "color": "baseline"} for base in baselines_of(sides)]
    return bases + [{"letter": side.letter, "name": side.alternative.title, "color": side.color} for side in sides]
