"""Which points a study runs: the designs that a study file may ask for, each a thin layer over `trustsim.sampling`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, PlainValidator, SerializeAsAny

from trustsim.errors import did_you_mean
from trustsim.sampling import Problem, grid, lhs, listed, morris, sobol
from trustsim.sampling.factors import Value
from trustsim.scenario.kinds import refused

__all__ = ["DESIGNS", "AnyDesign", "Design"]


class Design(BaseModel, ABC):
    """How the points of a study are chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    method: str

    @property
    def groups_of_factors(self) -> Mapping[str, Sequence[str]]:
        """Factors that move together, by the name of their group; none, unless the method knows groups."""
        return {}

    @abstractmethod
    def sample(self, problem: Problem, *, seed: int) -> NDArray[np.float64]:
        """Return the design, ``(rows, columns) float64``; the same seed gives the same bytes."""


class ListDesign(Design):
    """The very points that are written down."""

    method: Literal["list"] = "list"
    points: tuple[dict[str, Value], ...] = Field(strict=False, min_length=1, description="A value for every factor.")

    def sample(self, problem: Problem, *, seed: int) -> NDArray[np.float64]:
        """Return the points in the order of the list."""
        return listed.sample(problem, seed=seed, points=self.points)


class GridDesign(Design):
    """Every combination of some levels of each factor."""

    method: Literal["grid"] = "grid"
    n: int = Field(default=3, ge=2, le=10_000, description="Levels of each factor.")
    levels: dict[str, int] = Field(default={}, description="Another number of levels for some factors.")

    def sample(self, problem: Problem, *, seed: int) -> NDArray[np.float64]:
        """Return all combinations."""
        return grid.sample(problem, self.n, seed=seed, levels=self.levels)


class LatinHypercube(Design):
    """Points spread evenly along every factor."""

    method: Literal["lhs"] = "lhs"
    n: int = Field(default=256, ge=2, le=10_000_000, description="Points.")

    def sample(self, problem: Problem, *, seed: int) -> NDArray[np.float64]:
        """Return a latin hypercube."""
        return lhs.sample(problem, self.n, seed=seed)


class _Grouped(Design):
    """A design whose factors may move together."""

    groups: dict[str, list[str]] = Field(default={}, description="Factors that move together.")
    dummy: bool = Field(default=True, description="Whether to add a factor that changes nothing: the noise floor.")

    @property
    def groups_of_factors(self) -> Mapping[str, Sequence[str]]:
        """The groups."""
        return self.groups


class MorrisDesign(_Grouped):
    """Trajectories that move one factor at a time: a cheap screen of many factors."""

    method: Literal["morris"] = "morris"
    n: int = Field(default=20, ge=2, le=100_000, description="Trajectories.")
    levels: int = Field(default=4, ge=2, le=100, description="Levels of the grid, even.")

    def sample(self, problem: Problem, *, seed: int) -> NDArray[np.float64]:
        """Return trajectories."""
        return morris.sample(problem, self.n, seed=seed, levels=self.levels, dummy=self.dummy)


class SobolDesign(_Grouped):
    """Saltelli's design, from which first, total and second-order indices are estimated."""

    method: Literal["sobol"] = "sobol"
    n: int = Field(default=256, ge=2, le=1_048_576, description="Base rows, rounded up to a power of two.")
    second_order: bool = Field(default=False, description="Whether interactions of pairs can be estimated.")

    def sample(self, problem: Problem, *, seed: int) -> NDArray[np.float64]:
        """Return Saltelli's design."""
        rows = sobol.base_rows(self.n)
        return sobol.sample(problem, rows, seed=seed, second_order=self.second_order, dummy=self.dummy)


DESIGNS: Final[dict[str, type[Design]]] = {
    "list": ListDesign,
    "grid": GridDesign,
    "lhs": LatinHypercube,
    "morris": MorrisDesign,
    "sobol": SobolDesign,
}


def _chosen(value: Any) -> Design:
    if isinstance(value, Design):
        return value
    if not isinstance(value, Mapping) or "method" not in value:
        raise refused([((), f"a design is given by its method, one of {', '.join(DESIGNS)}, and its settings")])
    method = value["method"]
    if not isinstance(method, str) or method not in DESIGNS:
        hint = did_you_mean(method, DESIGNS) or f"; there are {', '.join(DESIGNS)}"
        raise refused([(("method",), f"no design {method!r}{hint}")])
    return DESIGNS[method].model_validate(value)


AnyDesign = Annotated[SerializeAsAny[Design], PlainValidator(_chosen)]
