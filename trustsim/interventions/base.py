"""What an intervention or a shock is: a small declaration of what it asks for and what it contributes to the levers.

An episode is in force for some weeks in some units. It says what one target unit gets in one of its weeks; how doses,
scarce hours and several episodes combine is the business of `plan`. It never touches the state of people.

To add an intervention:

- must: subclass `Intervention` in a theme module with ``kind``, the class-level declarations and `contributions`;
- optional: own parameters (`parameter`), `hours`, `dollars`, and `phase` if its weeks are not all alike;
- then name it in the registry and write one scenario. The contract tests, the schema and the sliders pick it up.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from trustsim.interventions.setting import Setting, declared, parameter
from trustsim.levers import Contribution

__all__ = ["LONGEST", "WEEKS_PER_MONTH", "Episode", "Hours", "Intervention", "Share", "Shock"]

LONGEST = 520
"""Weeks of the longest scenario: ten years."""
WEEKS_PER_MONTH = 52.0 / 12.0


class Hours(NamedTuple):
    """Time that an intervention takes in a week at dose 1.

    Attributes
    ----------
    executives, leaders : float
        Hours of all executives together, and of all chiefs, managers and directors together. Both are scarce.
    staff : float
        Hours of each clinician of a target unit.
    """

    executives: float = 0.0
    leaders: float = 0.0
    staff: float = 0.0


class Share(BaseModel):
    """A share of all units, spread evenly over the list of units."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    share: float = Field(ge=0.0, le=1.0, description="Share of all units.")


def _units(value: object) -> object:
    """Return what was written for ``units`` in the form that is kept, or explain what may be written."""
    if isinstance(value, (list, tuple)) and value and all(isinstance(name, str) for name in value):
        if len(set(value)) < len(value):
            raise ValueError("names a unit twice")
        return tuple(value)
    if isinstance(value, dict) and set(value) == {"share"}:
        share = value["share"]
        if isinstance(share, (int, float)) and not isinstance(share, bool) and 0.0 <= share <= 1.0:
            return Share(share=share)
    elif value == "all" or isinstance(value, Share):
        return value
    raise ValueError("is all, a list of unit names, or {share: 0 to 1}")


Units = Annotated[Literal["all"] | tuple[str, ...] | Share, BeforeValidator(_units)]


class Episode(BaseModel, ABC):
    """Something in force for some weeks in some units: the shape that interventions and shocks share."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    title: ClassVar[str]
    """What it is, in a few words."""
    sources: ClassVar[tuple[str, ...]]
    """Rows of the source articles that describe it, such as ``"1.1"``."""
    evidence: ClassVar[tuple[str, ...]]
    """Keys of the evidence digest, such as ``"E3"``, or ``"assumption"``."""

    kind: str = Field(default="", description="Which one it is; each kind fixes its own.")
    name: str = Field(
        default_factory=lambda made: made.get("kind", ""),
        pattern=r"^[a-z][a-z0-9_]*$",
        description="What settings and sweep factors call it; by default its kind.",
    )
    start: int = parameter(0, "weeks after burn-in", "First week in force.", low=0, high=LONGEST - 1)
    weeks: int = parameter(52, "weeks", "How long it is in force.", low=1, high=LONGEST)
    units: Units = Field(default="all", description="all, a list of unit names, or {share: 0 to 1}.")
    dose: float = parameter(1.0, "ratio", "How much of it: 0 is bit-identical to leaving it out.", low=0.0, high=2.0)

    @property
    def end(self) -> int:
        """The first week after it, counted from the end of burn-in."""
        return self.start + self.weeks

    @abstractmethod
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return what it adds to the levers of one target unit at dose 1.

        Parameters
        ----------
        week : int
            Week since its start, from 0.
        units : int
            How many units are targeted in all, from 1.
        """

    def phase(self, week: int) -> Hashable:  # noqa: ARG002 - the same in every week, unless a subclass says otherwise
        """Return what distinguishes one of its weeks: weeks of one phase contribute and cost the same."""
        return 0

    def hours(self, week: int, units: int) -> Hours:  # noqa: ARG002 - none, unless a subclass says otherwise
        """Return the time it takes in a week at dose 1, in all target units together (`Hours`)."""
        return Hours()

    def dollars(self, week: int, units: int) -> float:  # noqa: ARG002 - none, unless a subclass says otherwise
        """Return the money it takes in a week at dose 1, in thousand dollars, in all target units together."""
        return 0.0

    @classmethod
    def settings(cls) -> tuple[Setting, ...]:
        """Return what can be set to more or less, own parameters first; kind, name and units cannot."""
        own = [name for name in cls.model_fields if name not in Episode.model_fields]
        return declared(cls, (*own, "start", "weeks", "dose"))


class Intervention(Episode):
    """What leaders choose to do."""

    cooldown: ClassVar[int]
    """Weeks from the end of one to the start of the next of the same kind in the same unit."""
    backfires: ClassVar[str]
    """How it can do harm, in one sentence."""


class Shock(Episode):
    """What happens to the hospital."""
