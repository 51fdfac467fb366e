"""What a study file says, key by key; whether the names in it exist is checked in `load`, where scenarios are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic import field_validator as check_field

from trustsim.errors import InputError
from trustsim.measures import HEADLINE, lookup
from trustsim.sampling.factors import Value
from trustsim.scenario.kinds import refused
from trustsim.studies.design import AnyDesign

__all__ = ["FULL", "NO_BASELINE", "FactorText", "StudyFile"]

FULL: Final = "full"
"""What stands for the whole range, or all choices, that a setting allows."""

NO_BASELINE: Final = "none"
"""What stands for the baseline where levels are studied rather than differences."""
_LARGEST_SEED: Final = 2**32 - 1  # what samplers take


class FactorText(BaseModel):
    """A factor as it is written: ``[low, high]``, a list of choices, ``{choices: [...]}``, or ``full``.

    With neither choices nor ends it is full.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    choices: tuple[Value, ...] = Field(default=(), strict=False)
    ends: tuple[float, float] | None = Field(default=None, strict=False)

    def as_written(self) -> object:
        """Return the factor as a study file says it."""
        if self.ends is not None:
            return list(self.ends)
        return {"choices": list(self.choices)}


def _factor(given: object) -> object:
    if isinstance(given, FactorText):
        return given
    if given == FULL:
        return FactorText()
    if isinstance(given, Sequence) and not isinstance(given, str):
        numbers = [isinstance(value, int | float) and not isinstance(value, bool) for value in given]
        return FactorText(ends=(given[0], given[1])) if numbers == [True, True] else FactorText(choices=tuple(given))
    if isinstance(given, Mapping) and set(given) == {"choices"} and isinstance(given["choices"], list):
        return FactorText(choices=tuple(given["choices"]))
    raise refused(
        [((), f"found {given!r}; a factor is a range [low, high], a list of choices, {{choices: [...]}}, or full")]
    )


class StudyFile(BaseModel):
    """A study file: a question to a scenario, the factors that may decide the answer, and how to find out."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    study: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80, description="What folders and tables call it."
    )
    question: str = Field(default="", description="What it asks, in a sentence.")
    expect: str = Field(default="", description="What is expected to come out, written before it is run.")
    scenario: str = Field(description="The scenario: a name, or a path from the file's folder.")
    baseline: str | None = Field(
        default=None,
        description="What outcomes are differences from; the scenario's own unless given, none for levels.",
    )
    parameters: dict[str, Any] = Field(
        default={},
        description="Values for the scenario and its baseline; from: names a set of plausible values, one a replicate.",
    )
    factors: dict[str, Annotated[FactorText, BeforeValidator(_factor)]] = Field(
        min_length=1,
        description="What varies: settings of the scenario, each with a range or choices; * stands for any letters.",
    )
    design: AnyDesign = Field(description="Which points of the factors' ranges are run.")
    replicates: int = Field(default=20, ge=1, le=100_000, description="Runs of each point; r has the seed plus r.")
    measures: tuple[str, ...] = Field(default=HEADLINE, strict=False, min_length=1, description="What is recorded.")
    window: tuple[int, int] | None = Field(
        default=None, strict=False, description="First week and the week after the last; the last 26 unless given."
    )
    seed: int = Field(default=1, ge=0, le=_LARGEST_SEED, description="Of the design and of the first replicate.")

    @check_field("measures")
    @classmethod
    def _known_measures(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for number, name in enumerate(names):
            try:
                lookup(name)
            except InputError as error:
                raise refused([((number,), error.what)]) from None
            if name in names[:number]:
                raise refused([((number,), f"{name} stands here a second time")])
        return names
