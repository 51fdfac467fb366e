"""What happened to one person in a week, read off the states before and after it, the week's luck and the rules.

No engine keeps a log: a draw has an address and a rule is a function, so what happened can be worked out again for the
one person who is asked about. What is said here happened in exactly that run; the tests hold the sum over all people
against what the run counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.levers import row as lever
from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, TIE_KINDS, tie_code
from trustsim.parameters import row
from trustsim.rules.arithmetic import either, share
from trustsim.rules.decision import custom, decides_jointly, effective_say, joint_custom
from trustsim.rules.trust import trust
from trustsim.rules.voice import (
    at_ease,
    concern_chance,
    escalated,
    explained,
    local_resolution,
    new_concern,
    resolved,
    speaks_up,
)
from trustsim.simulation.hospital import Hospital
from trustsim.simulation.weeks import Week
from trustsim.worlds.state import State
from trustsim.worlds.week import WeeksLuck

__all__ = ["Decision", "Happened", "Raised", "happened", "trust_of_ties"]

Outcome = Literal["resolved", "explained", "ignored"]
Deciders = Literal["administration", "clinicians", "dyad"]

_LINE: Final = tie_code("line")
_CONTACT_BASE, _CONTACT = row(f"contact.base.{TIE_KINDS[0]}"), lever(f"contact.{TIE_KINDS[0]}")
_WEIGHTS: Final = [row(f"trust.weight_{part}") for part in ("ability", "benevolence", "integrity", "propensity")]


class Raised(NamedTuple):
    """A concern that was raised: in the line or through a channel that an intervention opened, and what came of it."""

    in_line: bool
    outcome: Outcome


class Decision(NamedTuple):
    """A decision that reached the person's unit: who made it, and the say that the person's silo felt to have."""

    by: Deciders
    say: float


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to the person in a position in one week.

    Attributes
    ----------
    staffed, left, arrived : bool
        Whether somebody was there at the start of the week, left in it, or came in it.
    heard : (k,) intp array
        Ties on which somebody communicated with the person.
    problem : bool
        Whether a new concern turned up.
    raised : Raised, optional
    decision : Decision, optional
    """

    staffed: bool
    left: bool
    arrived: bool
    heard: NDArray[np.intp]
    problem: bool = False
    raised: Raised | None = None
    decision: Decision | None = None


def happened(person: int, week: Week, world: int, hospital: Hospital) -> Happened:
    """Return what happened to a person in a week of a world.

    Parameters
    ----------
    person : int
        A position of the hospital's organization.
    week : Week
        From `trustsim.simulation.weeks.every_week`.
    world : int
        Which of the worlds.
    hospital : Hospital
        The one that `week` happened in.
    """
    look = _Look(person, week, world, hospital)
    people, after = week.before.people, week.after.people
    here = people.staffed[person, world] > 0.0
    left = here and after.staffed[person, world] == 0.0
    arrived = bool(after.occupant[person, world] > people.occupant[person, world])
    heard = look.heard() if here else np.empty(0, dtype=np.intp)
    if not here:
        return Happened(here, left, arrived, heard)
    clinical = hospital.organization.role[person] < len(CLINICAL)
    problem = clinical and look.meets_problem()
    raised = look.raises(1.0 if problem else 0.0) if clinical else None
    return Happened(here, left, arrived, heard, bool(problem), raised, look.decision(clinical))


def trust_of_ties(state: State, ties: NDArray[Any], organization: Organization, values: NDArray[np.float64]) -> Any:
    """Return the trust on some ties in all worlds, (ties, W) float64.

    Parameters
    ----------
    state : State
    ties : (k,) int array
        Numbers of ties.
    organization : Organization
    values : (parameters, W) float64 array
    """
    belief = state.ties.belief[ties]
    propensity = state.people.propensity[organization.truster[ties]]
    by = [values[number] for number in _WEIGHTS]
    # Multiplication, addition and nothing else, so the rule takes arrays as it takes numbers.
    of_arrays: Any = trust
    return of_arrays(belief[:, 0], belief[:, 1], belief[:, 2], propensity, *by)


class _Look:
    """One person's week in one world: the numbers that the rules ask for, at hand by name."""

    def __init__(self, person: int, week: Week, world: int, hospital: Hospital) -> None:
        self.i, self.w = person, world
        self.organization = hospital.organization
        self.state = week.before
        self.values = week.values[:, world]
        self.levers = week.levers(world)
        self.luck: WeeksLuck = hospital.luck.week(week.burn_in + week.number)
        self.u = int(self.organization.unit[person])

    def value(self, name: str) -> float:
        return float(self.values[row(name)])

    def lever(self, name: str) -> float:
        return float(self.levers[lever(name), self.u])

    def of(self, name: str, person: int | None = None) -> float:
        """Return a field of a person (this one, unless another is named) at the start of the week."""
        return float(getattr(self.state.people, name)[self.i if person is None else person, self.w])

    def contact(self, ties: NDArray[Any]) -> Any:
        kind, unit = self.organization.kind[ties], self.organization.tie_unit[ties]
        of_arrays: Any = either
        return of_arrays(self.values[_CONTACT_BASE + kind], self.levers[_CONTACT + kind, unit])

    def heard(self) -> NDArray[np.intp]:
        first, end = self.organization.first_out[self.i], self.organization.first_out[self.i + 1]
        ties = np.arange(first, end)
        there = self.state.people.staffed[self.organization.trustee[ties], self.w] > 0.0
        heard: NDArray[np.intp] = ties[there & (self.luck.message[ties, 0] < self.contact(ties))]
        return heard

    def meets_problem(self) -> bool:
        workload = float(self.state.units.workload[self.u, self.w])
        chance = concern_chance(self.value("voice.concern_rate"), self.value("voice.concern_workload"), workload)
        return bool(self.luck.concern[self.i, 0] < chance)

    def raises(self, new: float) -> Raised | None:
        """Return what came of the concern that the person raised, if any; the rules are those of `worlds.voice`."""
        concerns = new_concern(self.of("concerns"), new, self.value("voice.most_concerns"))
        silent, safe, safety = self.value("voice.silent"), self.value("voice.safe"), self.of("safety")
        in_line = self._occasion() * speaks_up(safety, silent, safe, concerns)
        eased = at_ease(safety, self.lever("voice.anonymity"))
        asked = self.lever("voice.access") * speaks_up(eased, silent, safe, concerns)
        speaks, outcome = self.luck.voice[self.i]
        if not speaks < either(in_line, asked):
            return None
        by_line = bool(speaks < in_line)
        resolution, reason = self._chances_in_line() if by_line else self._chances_of_channel()
        if outcome < resolution:
            return Raised(by_line, "resolved")
        return Raised(by_line, "explained" if outcome < explained(resolution, reason) else "ignored")

    def _occasion(self) -> float:
        """Return the chance of a contact in the line, if this week's luck brings one and the leader is there."""
        line = int(self.organization.line_tie[self.i])
        if line < 0:
            return 0.0
        chance = float(self.contact(np.array([line]))[0])
        there = self.of("staffed", int(self.organization.leader[self.i]))
        return there if self.luck.message[line, 0] < chance else 0.0

    def _chances_of_channel(self) -> tuple[float, float]:
        return self.lever("voice.follow_through"), self.lever("voice.explanation")

    def _chances_in_line(self) -> tuple[float, float]:
        leader = int(self.organization.leader[self.i])
        local = local_resolution(
            self.value("voice.resolve"),
            self.lever("voice.resolve"),
            self.value("voice.leader_burden"),
            self.of("exhaustion", leader),
            float(self.state.people.conduct[leader, 0, self.w]),
        )
        local = local * (1.0 - self.value("silo.denial") * self.of("no_problem", leader))
        hops = float(self.organization.hops[self.i])
        reach = escalated(self.value("voice.fidelity"), self.lever("voice.fidelity"), hops)
        reason = share(self.value("voice.explain") + self.lever("voice.explain"))
        return resolved(local, reach, self.value("voice.top_resolve")), reason

    def decision(self, clinical: bool) -> Decision | None:
        """Return the decision that reached the unit, if one did; the rules are those of `worlds.decide`."""
        if self.u == self.organization.n_units:
            return None
        arrives, who = self.luck.decision[self.u]
        if not arrives < either(self.value("decision.rate"), self.lever("decision.rate")):
            return None
        cohesion = float(self.state.units.cohesion[self.u, self.w])
        jointly = decides_jointly(self.value("decision.by_dyad"), cohesion)
        by_administration = custom(self.value("decision.by_administration"), self.lever("decision.by_administration"))
        alone = (1.0 - jointly) * by_administration
        by: Deciders = "dyad" if who < jointly else "administration" if who < jointly + alone else "clinicians"
        other = "clinicians" if clinical else "administrators"
        say = custom(self.value("decision.inclusion"), self.lever(f"decision.inclusion_{other}"))
        if by == "dyad":
            say = joint_custom(say, cohesion)
        say = 1.0 if by == ("clinicians" if clinical else "administration") else say
        return Decision(by, effective_say(say, self.lever("decision.urgency"), self.value("decision.legitimacy")))
