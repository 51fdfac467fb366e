"""Runs for visitors: one at a time each, off the thread of the page, with progress, a way to stop, and a memory.

What was asked for before, by whomever, is answered at once: the same recipe gives the same numbers.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import wait
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import uuid4

from trustsim.app.service.answer import Answer, answer_of
from trustsim.app.service.biography import biography
from trustsim.app.service.fair_pool import shared_pool
from trustsim.app.service.film import Film, film
from trustsim.app.service.memory import Memory
from trustsim.app.service.report import report_of
from trustsim.app.service.stopped import Stopped
from trustsim.app.state import RunSpec
from trustsim.errors import TrustsimError
from trustsim.scenario import Scenario
from trustsim.simulation import Hospital, open_hospital
from trustsim.studies import Recipe
from trustsim.worlds.engine import is_compiling

__all__ = ["Outcome", "Stage", "Visit", "person_of", "warm_up"]

_ANSWERS: Final = 32  # a megabyte each for a hospital of usual size
_BIOGRAPHIES: Final = 64
_OWN_ANSWERS: Final = 8
_PACE: Final = 0.4  # seconds between two tellings: each has the page drawn anew, which takes time from the run
_PATIENCE: Final = 0.2  # seconds between two looks at whether something is still wanted

Stage = Literal["waiting", "compiling", "running", "done", "stopped", "failed"]

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """How far a run is.

    Attributes
    ----------
    spec : RunSpec
    stage : {"waiting", "compiling", "running", "done", "stopped", "failed"}
    done : int
        Replicates so far.
    film : Film, optional
        There before the answer is.
    answer : Answer, optional
    error : str
        Why it failed.
    """

    spec: RunSpec
    stage: Stage = "waiting"
    done: int = 0
    film: Film | None = None
    answer: Answer | None = None
    error: str = ""

    @property
    def is_busy(self) -> bool:
        """Whether there is more to come."""
        return self.stage in {"waiting", "compiling", "running"}


class _Remembered:
    """What was worked out."""

    def __init__(self, answers: int, biographies: int) -> None:
        self.answers, self.films = Memory[Answer](answers), Memory[Film](answers)
        self.biographies = Memory[dict[str, Any]](biographies)


_shared: Final = _Remembered(_ANSWERS, _BIOGRAPHIES)


class Visit:
    """One visitor's place at the machine: a run at a time; a new one takes the place of the last.

    What is worked out of hospitals that the visitor uploaded is remembered here, and forgotten with the visit.

    Parameters
    ----------
    browser : str, optional
        Visits of one browser have one turn among those of others; by default this one has a turn of its own.
    """

    def __init__(self, browser: str = "") -> None:
        self._name, self._own = browser or uuid4().hex, _Remembered(_OWN_ANSWERS, _OWN_ANSWERS)
        self._running = threading.Lock()
        self._newest: object = None

    def start(self, spec: RunSpec, tell: Callable[[Outcome], None]) -> None:
        """Run a spec in a thread of its own, in place of what ran before.

        Parameters
        ----------
        spec : RunSpec
        tell : callable
            Called from that thread with each `Outcome`, the last of which is not busy.
        """
        ticket = self._newest = object()
        # Started here and not taken from the pool, since solara lets a thread that a page starts know whose page it is.
        threading.Thread(target=self._run, args=(spec, tell, ticket), name="run", daemon=True).start()

    def stop(self) -> None:
        """Stop what runs, at the next replicate."""
        self._newest = None

    def person(self, spec: RunSpec, label: str, is_wanted: Callable[[], bool]) -> dict[str, Any] | None:
        """Return what `person_of` does, worked out in this visitor's turn, ahead of the replicates of a run.

        Parameters
        ----------
        spec : RunSpec
        label : str
        is_wanted : callable
            Asked from this thread while it waits; once it is false, what was not begun is canceled.
        """
        with shared_pool().share(self._name, ahead=True) as share:
            telling = share.submit(person_of, spec, label, self._remembered(spec))
            while not wait((telling,), _PATIENCE).done:
                if not is_wanted():
                    return None
            return telling.result()

    def _remembered(self, spec: RunSpec) -> _Remembered:
        return self._own if spec.hospital is not None and spec.hospital.is_upload else _shared

    def report(self, spec: RunSpec, title: str, is_wanted: Callable[[int], bool]) -> str | None:
        """Return the report of a run (`report_of`), worked out in this visitor's turn.

        Parameters
        ----------
        spec : RunSpec
        title : str
            What the visitor calls the scenario.
        is_wanted : callable
            Called from this thread with the number of replicates done; once it is false, the rest is canceled.
        """

        def check(done: int) -> None:
            if not is_wanted(done):
                raise Stopped

        try:
            with shared_pool().share(self._name) as share:
                return report_of(spec, title, executor=share, after_replicate=check)
        except Stopped:
            return None

    def _run(self, spec: RunSpec, tell: Callable[[Outcome], None], ticket: object) -> None:
        def check() -> None:
            if self._newest is not ticket:
                raise Stopped

        with self._running:
            outcome = Outcome(spec)
            try:
                check()
                outcome = self._worked_out(spec, tell, check)
            except Stopped:
                outcome = Outcome(spec, "stopped")
            except TrustsimError as error:
                outcome = Outcome(spec, "failed", error=str(error))
            except MemoryError:
                outcome = Outcome(spec, "failed", error="there is not enough memory for a hospital of this size")
            except Exception:  # noqa: BLE001 - a defect of ours must not leave a page waiting for ever
                _log.exception("a run broke")
                outcome = Outcome(spec, "failed", error="that is a mistake of ours; its trace is on the app's console")
            if self._newest is ticket or (self._newest is None and outcome.stage == "stopped"):
                tell(outcome)

    def _worked_out(self, spec: RunSpec, tell: Callable[[Outcome], None], check: Callable[[], None]) -> Outcome:
        recipe, remembered = spec.recipe(), self._remembered(spec)
        tell(Outcome(spec, "compiling" if is_compiling() else "running"))
        with shared_pool().share(self._name) as share:  # leaving it cancels what was not begun
            filming = share.submit(_film_of, recipe, remembered, check)
            shown, due = False, time.monotonic() + _PACE

            def after_replicate(done: int) -> None:
                nonlocal shown, due
                check()
                if (filming.done() and not shown) or time.monotonic() > due:
                    shown, due = filming.done(), time.monotonic() + _PACE
                    tell(Outcome(spec, "running", done, filming.result() if shown else None))

            def compare() -> Answer:
                return answer_of(recipe.run(executor=share, after_replicate=after_replicate))

            answer = remembered.answers.get(recipe.digest, compare, check)
            while not wait((filming,), _PATIENCE).done:  # it waits for its turn, even where the answer was known
                check()
            return Outcome(spec, "done", spec.replicates, filming.result(), answer)


def _film_of(recipe: Recipe, remembered: _Remembered, check: Callable[[], None]) -> Film:
    def shoot() -> Film:
        return film(_first_worlds(recipe), _first_hospital(recipe), weeks=recipe.scenario.weeks)

    return remembered.films.get(_first_of(recipe), shoot, check)


def _first_hospital(recipe: Recipe) -> Hospital:
    return open_hospital(recipe.scenario, recipe.seed, organization=recipe.organization)


def _first_of(recipe: Recipe) -> tuple[Hashable, ...]:
    """Return what decides the first replicate."""
    real = None if recipe.organization is None else recipe.organization.digest
    return real, recipe.scenario.digest, recipe.baseline.digest, recipe.seed


def _first_worlds(recipe: Recipe) -> tuple[Scenario, Scenario]:
    """Return baseline and scenario as they are in the first replicate, the one that is shown."""
    return recipe.baseline.of_replicate(0), recipe.scenario.of_replicate(0)


def person_of(spec: RunSpec, label: str, remembered: _Remembered = _shared) -> dict[str, Any] | None:
    """Return the `biography` of a position in the first replicate of a run; None if its hospital has no such one."""
    recipe = spec.recipe()
    hospital = _first_hospital(recipe)
    if label not in hospital.organization.labels:
        return None
    person = hospital.organization.labels.index(label)

    def write() -> dict[str, Any]:
        return biography(person, _first_worlds(recipe), hospital, weeks=recipe.scenario.weeks)

    return remembered.biographies.get((*_first_of(recipe), person), write, lambda: None)


def warm_up() -> None:
    """Run a week of a small hospital: where the engine is not compiled yet, that compiles it."""
    recipe = RunSpec("baseline", settings=(("organization.units", 1), ("weeks", 1))).recipe()
    _film_of(recipe, _shared, lambda: None)
