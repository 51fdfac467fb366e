"""A study: which worlds are run, what they have in common, and what would make another study of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import trustsim
from trustsim.sampling import Problem
from trustsim.scenario import Scenario
from trustsim.studies.points import Points
from trustsim.studies.provenance import describe, fingerprint, model_digest
from trustsim.studies.schema import NO_BASELINE, FactorText
from trustsim.studies.worker import Work

if TYPE_CHECKING:
    from trustsim.studies.design import Design
    from trustsim.studies.pilot import Pilot
    from trustsim.studies.results import Results
    from trustsim.studies.run import Progress

__all__ = ["BLOCK", "Study"]

BLOCK: Final = 64
"""Worlds that run side by side: so many that vector instructions pay, so few that their state stays in cache."""


@dataclass(frozen=True)
class Study:
    """A study file with everything looked up.

    Attributes
    ----------
    name, question, expect : str
    scenario : Scenario
    baseline : Scenario or None
        What outcomes are differences from; None where levels are studied.
    factors : dict of str to FactorText
        As they were written.
    problem : Problem
        The same factors for samplers and analyses.
    inert : tuple of str
        Factors of interventions and shocks that the scenario does not have; they change nothing.
    shared : frozenset of str
        Factors that change the baseline too.
    design : Design
    replicates : int
        Replicate r of every point has the seed `trustsim.draws.replicate_seed` of it and r.
    measures : tuple of str
    window : tuple of int
        First week, and the week after the last, of which outcomes are means.
    seed : int
        Of the design and of the first replicate.
    """

    name: str
    question: str
    expect: str
    scenario: Scenario
    baseline: Scenario | None
    factors: Mapping[str, FactorText]
    problem: Problem
    inert: tuple[str, ...]
    shared: frozenset[str]
    design: Design
    replicates: int
    measures: tuple[str, ...]
    window: tuple[int, int]
    seed: int

    @cached_property
    def points(self) -> Points:
        """The points of the design."""
        applied = [name for name in self.problem.names if name not in self.inert]
        return Points.of(self.problem, self.design.sample(self.problem, seed=self.seed), applied)

    @property
    def work(self) -> Work:
        """What a worker needs to know."""
        return Work(self.scenario, self.baseline, self.shared, self.measures, self.window)

    @cached_property
    def identity(self) -> str:
        """Hash of all that runs have in common, the model's code too; a store holds runs of one identity."""
        baseline = None if self.baseline is None else self.baseline.digest
        shared = {"scenario": self.scenario.digest, "baseline": baseline, "window": self.window, "seed": self.seed}
        model = {"trustsim": trustsim.__version__, "model": model_digest()}
        return fingerprint({**shared, **model, "measures": self.measures})

    def as_file(self) -> dict[str, Any]:
        """Return what a study file beside ``scenario.yaml`` and ``baseline.yaml`` says, defaults spelled out."""
        return {
            "study": self.name,
            "question": self.question,
            "expect": self.expect,
            "scenario": "scenario.yaml",
            "baseline": NO_BASELINE if self.baseline is None else "baseline.yaml",
            "factors": {name: factor.as_written() for name, factor in self.factors.items()},
            "design": self.design.model_dump(mode="json"),
            "replicates": self.replicates,
            "measures": list(self.measures),
            "window": list(self.window),
            "seed": self.seed,
        }

    def describe(self) -> dict[str, Any]:
        """Return the study in full for a manifest."""
        return {
            **self.as_file(),
            "scenario": describe(self.scenario),
            "baseline": None if self.baseline is None else describe(self.baseline),
        }

    def with_replicates(self, replicates: int) -> Study:
        """Return the same study with another number of replicates."""
        return replace(self, replicates=replicates)

    def pilot(self, *, block: int = BLOCK) -> Pilot:
        """Run a few worlds, to learn what the study costs and which factors do nothing."""
        from trustsim.studies.pilot import fly

        return fly(self, block=block)

    def run(
        self,
        folder: str | Path,
        *,
        executor: Executor | str = "threads",
        workers: int | None = None,
        after: Callable[[Progress], None] | None = None,
        block: int = BLOCK,
    ) -> Results:
        """Run the study, or what is missing of it, into a folder.

        Parameters
        ----------
        folder : str or Path
            Free, or of the same study, which is then continued.
        executor : concurrent.futures.Executor or str
            ``"threads"``, ``"dask"`` (workers on this machine), ``"dask=ADDRESS"`` (of a scheduler), or an executor of
            your own. Results do not depend on it.
        workers : int, optional
            One for each core unless given.
        after : callable, optional
            Called with a `Progress` whenever runs are done.
        block : int
            Worlds that run side by side.

        Returns
        -------
        Results

        Raises
        ------
        InputError
            If the folder holds something else, or another study.
        WorkError
            If it cannot be written, another process is writing it, or workers are lost. What was done is kept.
        KeyboardInterrupt
            After Ctrl-C, with everything that was done kept; the same call continues.
        """
        from trustsim.studies.run import run_study

        return run_study(self, Path(folder), executor=executor, workers=workers, after=after, block=block)
