"""A recipe: everything that decides the numbers of a comparison, known before it runs and enough to run it again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import trustsim
from trustsim._jit import kernel_digest
from trustsim.organization import Organization
from trustsim.roster import withheld
from trustsim.scenario import Scenario
from trustsim.simulation import Engine, compare
from trustsim.studies.provenance import describe, fingerprint

if TYPE_CHECKING:
    from trustsim.comparison import Comparison

__all__ = ["Recipe"]


@dataclass(frozen=True)
class Recipe:
    """What decides the numbers of a comparison.

    Attributes
    ----------
    scenario, baseline : Scenario
        Both say how many weeks they run.
    replicates, seed : int
        Replicate r has the seed `trustsim.draws.replicate_seed` of it and r.
    hospital_seed : int, optional
        Of the people and ties, if it is not to follow `seed`.
    engine : {"worlds", "mesa"}
    by_unit : bool
        Whether each unit is recorded.
    organization : Organization, optional
        A real hospital to use instead of a generated one.
    """

    scenario: Scenario
    baseline: Scenario
    replicates: int = 30
    seed: int = 1
    hospital_seed: int | None = None
    engine: Engine = "worlds"
    by_unit: bool = False
    organization: Organization | None = None

    def describe(self) -> dict[str, Any]:
        """Return the recipe as plain data."""
        return {
            "scenario": describe(self.scenario),
            "baseline": describe(self.baseline),
            "weeks": self.scenario.weeks,
            "replicates": self.replicates,
            "seed": self.seed,
            "hospital_seed": self.hospital_seed,
            "organization": None if self.organization is None else self.organization.digest,
            "engine": self.engine,
            "by_unit": self.by_unit,
        }

    @cached_property
    def digest(self) -> str:
        """Hash of all that decides the numbers, this version of the model too: 64 hexadecimal digits."""
        decides = self.describe()
        for world in ("scenario", "baseline"):  # titles and sources decide nothing
            decides[world] = [decides[world][key] for key in ("name", "digest")]
        return fingerprint({"trustsim": trustsim.__version__, "kernels": kernel_digest(), **decides})

    def run(
        self, *, executor: Executor | None = None, after_replicate: Callable[[int], None] | None = None
    ) -> Comparison:
        """Run the comparison; parameters and errors are those of `trustsim.simulation.compare`.

        In a real hospital, what stands for fewer than five people is missing (`trustsim.roster.withheld`).
        """
        comparison = compare(
            self.scenario,
            self.baseline,
            replicates=self.replicates,
            seed=self.seed,
            weeks=self.scenario.weeks,
            hospital_seed=self.hospital_seed,
            organization=self.organization,
            engine=self.engine,
            by_unit=self.by_unit,
            executor=executor,
            after_replicate=after_replicate,
        )
        return comparison if self.organization is None else withheld(comparison, self.organization)
