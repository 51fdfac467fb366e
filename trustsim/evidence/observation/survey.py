"""A survey of everybody at one time: the instruments by which people's state is read as studies read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, ROLES, role_code
from trustsim.parameters import row
from trustsim.rules.feeling import burned_out, satisfaction
from trustsim.rules.leaving import cut_chance
from trustsim.rules.patients import event_chance
from trustsim.worlds.state import State

__all__ = ["RELIABILITY", "Survey"]

RELIABILITY: Final = 0.8
"""Share of the variance of a survey's scale that is not error of measurement (V21)."""

_WEIGHTS: Final = [row(f"trust.weight_{name}") for name in ("ability", "benevolence", "integrity")]
_PROPENSITY: Final = row("trust.weight_propensity")
_REFERENCE: Final = row("feeling.reference")
_EVENT, _EVENT_BURNOUT = row("patients.event.physician"), row("patients.event_burnout")
_EVENT_WORKLOAD, _EVENT_SAFETY = row("patients.event_workload"), row("patients.event_safety")
_EVENT_INSIGHT: Final = row("patients.event_insight")
_CUT: Final = [row(name) for name in ("hours.cut", "hours.exhaustion", "exhaustion.reference")]


class Survey:
    """Everybody of one world at the end of a week; arrays are (n,), a value for each position.

    Parameters
    ----------
    organization : Organization
    state : trustsim.worlds.state.State
    world : int
        Its column in `state`.
    values : (n_parameters,) float64 array
    """

    def __init__(self, organization: Organization, state: State, world: int, values: NDArray[np.float64]) -> None:
        self.organization, self._state, self._world, self._values = organization, state, world, values

    def field(self, name: str) -> NDArray[np.float64]:
        """Return a field of `trustsim.worlds.state.People`."""
        column: NDArray[np.float64] = getattr(self._state.people, name)[:, self._world]
        return column

    @cached_property
    def answers(self) -> NDArray[np.bool_]:
        """Who can be asked: in place, and not since this very week (one who just came has not formed any intent)."""
        return np.asarray((self.field("staffed") > 0.0) & (self.field("tenure") > 0.0))

    def of(self, *roles: str) -> NDArray[np.bool_]:
        """Return who of some roles can be asked."""
        return self.answers & np.isin(self.organization.role, [role_code(role) for role in roles])

    @property
    def clinicians(self) -> NDArray[np.bool_]:
        """Clinicians who can be asked."""
        return self.of(*CLINICAL)

    @cached_property
    def burned_out(self) -> NDArray[np.bool_]:
        """Burned out by the Maslach inventory's cuts (B7)."""
        return _each(burned_out, self.field("exhaustion"), self.field("cynicism")) > 0.0

    @cached_property
    def satisfaction(self) -> NDArray[np.float64]:
        """Job satisfaction."""
        names = ("exhaustion", "autonomy", "valued", "felt_leader", "trust_organization")
        return _each(satisfaction, *(self.field(name) for name in names))

    @cached_property
    def leader_score(self) -> NDArray[np.float64]:
        """The score that people give their leader: trust in the leader; missing (nan) where the chair is empty."""
        tie = self.organization.line_tie
        belief = self._state.ties.belief[:, :, self._world]
        score = self._values[_PROPENSITY] * self.field("propensity")
        for kind, weight in enumerate(self._values[_WEIGHTS]):
            score = score + weight * belief[tie, kind]
        led = (tie >= 0) & (self.field("staffed")[self.organization.leader] > 0.0)
        return np.where(led, score, np.nan)

    @cached_property
    def rated_performance(self) -> NDArray[np.float64]:
        """Performance as supervisors rate it: the leader's belief in the person's ability; nan without a leader."""
        rating = np.full(self.organization.n, np.nan)
        ties = np.flatnonzero(self.organization.leader[self.organization.trustee] == self.organization.truster)
        rating[self.organization.trustee[ties]] = self._state.ties.belief[ties, 0, self._world]
        return np.where(np.isnan(self.leader_score), np.nan, rating)

    @property
    def workload(self) -> NDArray[np.float64]:
        """Workload of the units and, last, of the leadership floor, (units + 1,)."""
        column: NDArray[np.float64] = self._state.units.workload[:, self._world]
        return column

    def event_chance(self, people: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return some clinicians' chance to take part in a safety event in this week."""
        values, unit = self._values, self.organization.unit[people]
        overload = values[_EVENT_WORKLOAD] * np.maximum(self.workload[unit] - 1.0, 0.0)
        voiced = values[_EVENT_SAFETY] * (self.field("safety")[people] - values[_REFERENCE])
        voiced = voiced + values[_EVENT_INSIGHT] * self._state.units.insight[unit, self._world]
        ratio = np.where(self.burned_out[people], values[_EVENT_BURNOUT], 1.0)
        return _each(
            event_chance, values[_EVENT + self.organization.role[people].astype(np.intp)], ratio, overload, voiced
        )

    def cut_chance(self, people: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return some clinicians' chance to cut their hours in this week."""
        usual, slope, reference = (np.full(len(people), value) for value in self._values[_CUT])
        return _each(cut_chance, usual, slope, self.field("exhaustion")[people], reference)

    def stayed(self, later: Survey) -> NDArray[np.bool_]:
        """Return who is still in place later on."""
        same = self.field("occupant") == later.field("occupant")
        return np.asarray(same & (later.field("staffed") > 0.0))

    def per_head(self, role: str) -> float:
        """Return positions of a role over people in place: 1 at full staff."""
        positions = self.organization.role == ROLES.index(role)
        return float(positions.sum() / self.field("staffed")[positions].sum())


def _each(rule: Callable[..., float], *columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a rule of `trustsim.rules` for each person."""
    people = zip(*(column.tolist() for column in columns), strict=True)
    return np.array([rule(*person) for person in people], dtype=np.float64)
