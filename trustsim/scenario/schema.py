"""What a scenario is: a horizon, a hospital, and the interventions and shocks that come over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    model_validator,
)
from pydantic import field_validator as check_field
from pydantic.json_schema import SkipJsonSchema

from trustsim import parameters
from trustsim.draws import check_seed
from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import Episode, LeverPlan, compile_plan
from trustsim.interventions.base import LONGEST
from trustsim.interventions.setting import parameter
from trustsim.interventions.timetable import late, problems
from trustsim.organization import Organization
from trustsim.scenario.document import Document
from trustsim.scenario.kinds import AnyIntervention, AnyShock, refused
from trustsim.scenario.parameter_set import FROM, ParameterSet, find_parameter_set

__all__ = ["ORGANIZATION", "Scenario", "check_organization"]

ORGANIZATION: Final = "organization."
"""What parameters that make a hospital start with; under the key ``organization`` they are written without it."""

_ORGANIZATION_NAMES: Final = frozenset({"seed", *(name.removeprefix(ORGANIZATION) for name in parameters.NAMES)})
_PARAMETER_NAMES: Final = frozenset(parameters.NAMES)
_GROUPS: Final = frozenset(known.group for known in parameters.REGISTER.values())


def check_organization(name: str, value: object) -> float | int:
    """Return a setting of the hospital's generator (without ``organization.``), or its seed, if it is allowed.

    Raises
    ------
    InputError
        Unknown name, wrong type or out of range.
    """
    if name == "seed":
        return check_seed(value)
    if ORGANIZATION + name not in parameters.REGISTER:
        known = [
            "seed",
            *(known.removeprefix(ORGANIZATION) for known in parameters.NAMES if known.startswith(ORGANIZATION)),
        ]
        raise InputError(
            f"no setting {name!r} of an organization{did_you_mean(name, known) or '; there are ' + ', '.join(known)}"
        )
    checked = parameters.check(ORGANIZATION + name, value)
    return int(checked) if parameters.lookup(ORGANIZATION + name).kind == "integer" else checked


class Scenario(BaseModel):
    """One world to run: what is in force in which weeks of which hospital.

    Constructing one by hand raises pydantic's ``ValidationError`` (a ValueError) on wrong input; `load_scenario` and
    `with_settings` raise `InputError` with place and nearest name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    name: str = Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=80, description="What runs and folders call it."
    )
    title: str = Field(default="", description="What tables and figures call it.")
    baseline: str = Field(default="baseline", description="The scenario that it is compared with: a name or a path.")
    extends: str | None = Field(default=None, description="The scenario that it builds on: a name or a path.")
    sources: tuple[str, ...] = Field(
        default=(), strict=False, description='Rows of the source articles, such as "1.1".'
    )
    weeks: int = parameter(104, "weeks", "How long it runs after burn-in.", low=1, high=LONGEST)
    burn_in: int = parameter(
        26, "weeks", "Weeks before it without interventions, which settle the hospital.", low=0, high=104
    )
    interventions: tuple[AnyIntervention, ...] = Field(default=(), strict=False, description="What leaders do.")
    shocks: tuple[AnyShock, ...] = Field(default=(), strict=False, description="What happens to the hospital.")
    parameters: dict[str, float] = Field(
        default={},
        description="Values in place of the register's defaults; from: names a set of plausible ones, which they beat.",
    )
    parameter_set: SkipJsonSchema[ParameterSet | None] = Field(
        default=None, exclude=True, description="What parameters: {from: ...} names."
    )
    organization: dict[str, float | int] = Field(
        default={},
        description="Size and shape of the hospital; seed fixes its people and ties whatever seed a run has.",
    )

    _document: Document | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _from_a_set(cls, given: Any) -> Any:
        """Read the set that ``parameters: {from: ...}`` names."""
        written = given.get("parameters") if isinstance(given, Mapping) else None
        if not isinstance(written, Mapping) or FROM not in written:
            return given
        try:
            found = find_parameter_set(written[FROM])
        except InputError as error:
            raise refused([(("parameters", FROM), str(error))]) from None
        values = {name: value for name, value in written.items() if name != FROM}
        return {**given, "parameters": values, "parameter_set": found}

    @check_field("parameters", mode="before")
    @classmethod
    def _known_parameters(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            for name in given:
                if isinstance(name, str) and name.startswith(ORGANIZATION):
                    short = name.removeprefix(ORGANIZATION)
                    raise refused([((name,), f"{name} is written under organization, as {short}")], kind="unknown_key")
            return _checked(given, parameters.check, _PARAMETER_NAMES)
        return given

    @check_field("organization", mode="before")
    @classmethod
    def _known_organization(cls, given: Any) -> Any:
        return _checked(given, check_organization, _ORGANIZATION_NAMES) if isinstance(given, Mapping) else given

    @model_validator(mode="after")
    def _fits_together(self) -> Scenario:
        """Names are unique and free, and nothing starts after the last week."""
        found = [*late("interventions", self.interventions, self.weeks), *late("shocks", self.shocks, self.weeks)]
        if found:
            raise refused(found)
        taken: set[str] = set()
        for key, episodes in (("interventions", self.interventions), ("shocks", self.shocks)):
            for number, episode in enumerate(episodes):
                if episode.name in taken:
                    raise refused([((key, number, "name"), f"two are called {episode.name!r}; give one another name")])
                if episode.name in _GROUPS:
                    what = f"{episode.name!r} is taken: settings called {episode.name}.* are parameters of the model"
                    raise refused([((key, number, "name"), what)])
                taken.add(episode.name)
        return self

    @property
    def document(self) -> Document | None:
        """The file that it was written in, if it was."""
        return self._document

    def written_in(self, document: Document | None) -> Scenario:
        """Return it after noting where it was written, so that what only shows later can name its place."""
        self._document = document
        return self

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """Interventions, then shocks."""
        return (*self.interventions, *self.shocks)

    @property
    def overrides(self) -> dict[str, float]:
        """All values in place of the register's, those of the organization included, for `parameters.resolve`.

        Of a set of parameters, those of its reference vector.
        """
        of_set = {} if self.parameter_set is None else self.parameter_set.reference
        return {**of_set, **self.parameters, **{ORGANIZATION + name: float(size) for name, size in self.sizes.items()}}

    @property
    def sizes(self) -> dict[str, float]:
        """Settings of the hospital's generator, for `trustsim.organization.generate`."""
        return {name: size for name, size in self.organization.items() if name != "seed"}

    @property
    def organization_seed(self) -> int | None:
        """The hospital's own seed, if the scenario fixes it."""
        seed = self.organization.get("seed")
        return None if seed is None else int(seed)

    def of_replicate(self, replicate: int) -> Scenario:
        """Return the scenario with the parameters of one replicate: itself, unless they come from a set.

        What the scenario says of a parameter beats the set.
        """
        if self.parameter_set is None:
            return self
        values = {**self.parameter_set.vector(replicate), **self.parameters}
        same = {name: getattr(self, name) for name in Scenario.model_fields}
        drawn = Scenario.model_validate({**same, "parameters": values, "parameter_set": None})
        return drawn.written_in(self._document)

    def values(self) -> NDArray[np.float64]:
        """Return the values of all parameters, as `trustsim.parameters.resolve`."""
        return parameters.resolve(self.overrides)

    def plan(
        self, organization: Organization, values: NDArray[np.float64] | None = None, *, weeks: int | None = None
    ) -> LeverPlan:
        """Return the levers of every week and unit of a hospital.

        Parameters
        ----------
        organization : Organization
        values : (n_parameters,) float64 array, optional
            What `values` returned, if it is at hand.
        weeks : int, optional
            Another horizon than the scenario's own.

        Raises
        ------
        InputError
            What only shows with the hospital at hand (unknown units, cooldowns), with its place in the scenario's file.
        """
        horizon = self.weeks if weeks is None else weeks
        try:
            return compile_plan(
                self.interventions,
                self.shocks,
                organization,
                weeks=horizon,
                burn_in=self.burn_in,
                values=self.values() if values is None else values,
            )
        except InputError:
            if self._document is not None:
                for problem in problems(self.interventions, self.shocks, organization.unit_names, horizon):
                    raise self._document.error(problem.what, problem.path) from None
            raise

    def canonical(self) -> dict[str, Any]:
        """Return what decides the runs, in one form however it was written.

        Order, title and spelled-out defaults make no difference: parameters that equal the register's are left out.
        """
        changed = {
            name: value for name, value in sorted(self.overrides.items()) if value != parameters.REGISTER[name].default
        }
        of_set = {} if self.parameter_set is None else {"parameter_set": self.parameter_set.digest}
        return {
            "weeks": self.weeks,
            "burn_in": self.burn_in,
            "interventions": [part.model_dump(mode="json") for part in sorted(self.interventions, key=_by_name)],
            "shocks": [part.model_dump(mode="json") for part in sorted(self.shocks, key=_by_name)],
            "parameters": changed,
            "organization_seed": self.organization_seed,
            **of_set,
        }

    @cached_property
    def digest(self) -> str:
        """Hash of the canonical form: 64 hexadecimal digits."""
        text = json.dumps(self.canonical(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def __eq__(self, other: object) -> bool:
        # Not pydantic's way: where a scenario was written, or whether its digest was asked for, is no part of it.
        if not isinstance(other, Scenario):
            return NotImplemented
        return self.model_dump() == other.model_dump() and self.parameter_set == other.parameter_set

    def __hash__(self) -> int:
        return hash(self.digest)


def _by_name(episode: Episode) -> str:
    return episode.name


def _checked(given: Mapping[Any, Any], check: Callable[[str, object], float], known: frozenset[str]) -> dict[str, Any]:
    """Return the values if each is allowed."""
    checked = {}
    for name, value in given.items():
        try:
            checked[name] = check(str(name), value)
        except InputError as error:
            raise refused([((name,), error.what)], kind="refused" if name in known else "unknown_key") from None
    return checked
