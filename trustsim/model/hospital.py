"""The hospital: a Mesa model whose `HospitalModel.step` is the week that the whole of trustsim is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from trustsim import levers, parameters
from trustsim.agents import Administrator, Clinician, DyadLeader, Hospital, Person, Position
from trustsim.agents.hospital import Birth, Member
from trustsim.draws import Luck, check_seed
from trustsim.errors import InputError
from trustsim.interventions import LeverPlan
from trustsim.model.opening import (
    believe_at_first,
    build_positions,
    build_ties,
    build_units,
    draw_graph,
    load_at_first,
)
from trustsim.model.recording import hospital_measures, record
from trustsim.organization import Organization, check, generate
from trustsim.organization.people import births
from trustsim.organization.roles import CLINICAL
from trustsim.rules.arithmetic import approach
from trustsim.rules.people import first_tenure, opening
from trustsim.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["HospitalModel"]

# Whose luck each weekly stream is.
_ENTITIES: Final = {
    "message": "ties",
    "concern": "positions",
    "voice": "positions",
    "decision": "units",
    "participation": "positions",
    "mood": "positions",
    "exit": "positions",
    "safety": "positions",
    "outcome": "units",
    "hours": "positions",
}


class HospitalModel(Hospital):
    """A hospital of clinicians, administrators and dyad leaders.

    Mesa's own tools work: ``agents``, ``agents_by_type``, ``select``, pickling, `mesa.DataCollector` (for people with
    ``agenttype_reporters={Person: ...}``, since dyads are agents without feelings of their own). To change how people
    behave, subclass an agent and name the subclass here::

        class Stoic(Clinician):
            def speak_up(self): ...


        class StoicHospital(HospitalModel):
            clinician_class = Stoic

    Parameters
    ----------
    scenario : Scenario, name or path, optional
        What happens in it; by default the baseline: nothing, for 26 weeks of burn-in and 104 weeks.
    rng : int
        Seed of the events, from 0. Every draw has an address (`trustsim.draws`); Mesa's generators are not used.
    organization : Organization, optional
        By default one is generated, with the sizes that the scenario asks for.
    hospital_seed : int, optional
        Seed of people and ties; by default the scenario's, else `rng`.
    plan : LeverPlan, optional
        Levers to pull in place of the scenario's interventions and shocks.
    values : (n_parameters,) float64 array, optional
        As `trustsim.parameters.resolve`, in place of the scenario's.

    Attributes
    ----------
    week : int
        Weeks done, burn-in counted.
    horizon : int
        Weeks that there are levers for, burn-in counted.
    graph : networkx.DiGraph
        From truster to trustee. Nodes are labels, with ``position`` and ``person`` (None if vacant); edges have a
        ``tie``.

    Raises
    ------
    InputError
        A seed that is none, or a scenario that does not fit the organization.
    """

    clinician_class: ClassVar[type[Clinician]] = Clinician
    administrator_class: ClassVar[type[Administrator]] = Administrator
    dyad_class: ClassVar[type[DyadLeader]] = DyadLeader

    def __init__(
        self,
        scenario: Scenario | str | None = None,
        *,
        rng: int = 1,
        organization: Organization | None = None,
        hospital_seed: int | None = None,
        plan: LeverPlan | None = None,
        values: NDArray[np.float64] | None = None,
    ) -> None:
        scenario = "baseline" if scenario is None else scenario
        scenario = load_scenario(scenario) if isinstance(scenario, str) else scenario
        seed = check_seed(rng)
        super().__init__(rng=seed)
        for chosen in (hospital_seed, scenario.organization_seed, seed):
            if chosen is not None:
                people_seed = check_seed(chosen)
                break
        if organization is None:
            organization = generate(scenario.sizes, seed=people_seed)
        else:
            check(organization)
        self.organization = organization
        self.values = scenario.values() if values is None else values
        self.parameters = dict(zip(parameters.NAMES, self.values.tolist(), strict=True))
        self.plan = scenario.plan(organization, self.values) if plan is None else plan
        self.week, self.horizon = 0, len(self.plan.segment)
        self.events_luck, self.people_luck = Luck(seed), Luck(people_seed)
        self.luck = {}
        self._births: dict[int, list[Birth]] = {}
        self._levers: dict[int, list[dict[str, float]]] = {}
        self._open()

    def _open(self) -> None:
        """Put everybody in place: the first day."""
        organization = self.organization
        self.reputation = self.parameters["feeling.trust_organization"]
        self.units = build_units(self, organization)
        self.positions = build_positions(organization, self.units)
        self.ties = build_ties(organization, self.positions, self.units)
        self.graph: nx.DiGraph = draw_graph(organization, self.positions, self.ties)
        believe_at_first(self.ties, self.positions, self.people_luck, self.parameters)
        load_at_first(self.units, self.people_luck, self.parameters)
        for position in self.positions:
            person = self.hire(position)
            person.tenure = first_tenure(self.birth(position).chance[0])
            person.exhaustion = opening(person.exhaustion, self.parameters["opening.exhaustion"])
            person.cynicism = opening(person.cynicism, self.parameters["opening.cynicism"])
            person.role_understanding = opening(person.role_understanding, self.parameters["opening.understanding"])
        for unit in self.units:
            unit.set_levers(dict.fromkeys(levers.NAMES, 0.0))  # at rest until the first week sets them

    # ---------------------------------------------------------------- a week

    def step(self) -> None:
        """Run a week.

        Every stage reads what stood at its start, so the order of agents makes no difference.

        1. `set_levers`: interventions and shocks in force set this week's levers, per unit; people enter the week,
           rested or exhausted; a breach of trust may come out.
        2. `communicate`: on each tie, perhaps, the trustee says or does something that bears on trust; beliefs move.
        3. `raise_concerns`: clinicians meet problems and raise some; leaders resolve, explain or ignore them.
        4. `decide`: decisions reach units, by administrators, clinicians or a dyad; each side takes them in its way.
        5. `feel`: workload, support and decisions move exhaustion, cynicism, safety and the other feelings.
        6. `leave_and_join`: some clinicians cut their hours and some people leave; vacancies are filled in time, by
           newcomers who know the hospital by its reputation.
        7. `care_for_patients`: patients come, trust and fare; safety events happen or do not.

        Raises
        ------
        InputError
            After the last week that there are levers for.
        """
        if self.week >= self.horizon:
            raise InputError(f"the {self.horizon} weeks of this hospital are over; give its scenario more weeks")
        self._draw_luck()
        self.set_levers()
        self.communicate()
        self.raise_concerns()
        self.decide()
        self.feel()
        self.leave_and_join()
        self.care_for_patients()
        self.week += 1
        self.running = self.week < self.horizon

    def set_levers(self) -> None:
        """Put this week's levers in force in each unit, and let people and dyads enter the week with them."""
        for unit, in_force in zip(self.units, self._levers_in_force(), strict=True):
            unit.set_levers(in_force)
            chairs = unit.chief, unit.manager
            if in_force["dyad"] > 0.0 and unit.dyad is None and all(chair and chair.person for chair in chairs):
                self.dyad_class(self, unit)
        self.let(Person, "prepare")
        self.let(DyadLeader, "share_conduct")
        for unit in self.units:
            unit.suffer_breach()

    def communicate(self) -> None:
        """Let people hear from one another."""
        self.let(Person, "communicate")

    def raise_concerns(self) -> None:
        """Let clinicians meet problems, raise some of them and let go of others."""
        self.let(Clinician, "meet_problem")
        self.let(Clinician, "speak_up")
        self.let(Clinician, "let_go")
        for unit in self.units:
            unit.inform_administration()

    def decide(self) -> None:
        """Let decisions reach the units."""
        for unit in self.units[:-1]:
            unit.receive_decision()

    def feel(self) -> None:
        """Let the week's work be felt."""
        for unit in self.units:
            unit.work()
        self.let(Person, "feel")
        self.let(DyadLeader, "work_together")
        for unit in self.units:
            unit.get_used_to_recognition()

    def leave_and_join(self) -> None:
        """Let people cut hours or leave, and fill the vacancies whose time has come."""
        trust, heads = 0.0, 0.0
        for position in self.positions:
            if position.person is not None:
                trust += position.person.trust_organization
                heads += 1.0
        vacant = [position for position in self.positions if position.person is None]
        self.let(Clinician, "cut_hours")
        self.let(Person, "stay_or_leave")
        for position in vacant:
            if position.search():
                position.occupant += 1
                self.hire(position).meet_everybody()
        for unit in self.units:
            unit.remember_exits()
        rate = self.parameters["trust.reputation_rate"]
        self.reputation = approach(self.reputation, trust / max(heads, 1.0), rate)

    def care_for_patients(self) -> None:
        """Let patients come, and clinicians care for them."""
        for unit in self.units:
            if unit.panel is not None:
                unit.panel.come(unit)
        self.let(Clinician, "care")

    # ---------------------------------------------------------------- agents

    def let(self, kind: type[Member], action: str) -> None:
        """Let all agents of a kind, subclasses included, do something. Their order makes no difference."""
        for agents in [agents for exact, agents in self.agents_by_type.items() if issubclass(exact, kind)]:
            agents.do(action)

    def hire(self, position: Position) -> Person:
        """Put a new person into a position."""
        kind = self.clinician_class if position.role in CLINICAL else self.administrator_class
        return kind(self, position)

    def seat(self, position: Position) -> None:
        """Show on the graph who is in a position now."""
        self.graph.nodes[position.label]["person"] = position.person

    def birth(self, position: Position) -> Birth:
        """Return the luck of birth of a position's present occupant."""
        generation = self._births.get(position.occupant)
        if generation is None:
            drawn = births(self.people_luck, position.occupant, len(self.positions))
            rows = zip(drawn.trait.tolist(), drawn.chance.tolist(), drawn.conduct.tolist(), strict=True)
            generation = self._births[position.occupant] = [Birth(*row) for row in rows]
        return generation[position.number]

    # ---------------------------------------------------------------- levers, luck, measures

    def _levers_in_force(self) -> list[dict[str, float]]:
        segment = int(self.plan.segment[self.week])
        if segment not in self._levers:
            columns = self.plan.values[segment].T.tolist()
            self._levers[segment] = [dict(zip(levers.NAMES, column, strict=True)) for column in columns]
        return self._levers[segment]

    def _draw_luck(self) -> None:
        counts = {"ties": len(self.ties), "positions": len(self.positions), "units": len(self.units) - 1}
        for stream, entities in _ENTITIES.items():
            draws = self.events_luck.uniform(stream, self.week, counts[entities])
            # A tuple for each entity: thousands of small lists a week would keep the garbage collector busy.
            self.luck[stream] = list(zip(*draws.T.tolist(), strict=True))

    def measures(self) -> Mapping[str, float]:
        """Return the measures of the week just done by name (`trustsim.measures.NAMES`), for `mesa.DataCollector`."""
        return {name: float(series[0, 0]) for name, series in hospital_measures(self, record(self)).items()}
