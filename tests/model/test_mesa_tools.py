"""The hospital is a Mesa model like any other: Mesa's own tools work on it, and it can be extended."""

import copy
import gc
import pickle
import subprocess
import sys
import tracemalloc
import weakref
from pathlib import Path

import mesa
import networkx as nx
import numpy as np
import pytest

from trustsim.agents import Administrator, Clinician, Person, Tie
from trustsim.measures import NAMES
from trustsim.model import HospitalModel
from trustsim.organization import generate
from trustsim.parameters import resolve
from trustsim.scenario import Scenario, load_scenario

SMALL = generate({"units": 3, "nurses": 4, "physicians": 2, "executives": 3}, seed=5)
RESTLESS = resolve({f"leaving.hazard.{role}": 0.03 for role in ("nurse", "physician", "chief", "manager")})


def hospital(**options) -> HospitalModel:
    scenario = Scenario(
        name="dyads",
        weeks=30,
        burn_in=2,
        interventions=[{"kind": "dyad_leadership", "start": 0, "weeks": 30}, {"kind": "listening_tour", "start": 4}],
    )
    return HospitalModel(scenario, organization=SMALL, values=RESTLESS, **options)


def run(model: HospitalModel, weeks: int) -> list[dict[str, float]]:
    rows = []
    for _ in range(weeks):
        model.step()
        rows.append(model.measures())
    return rows


def assert_same(one: list[dict[str, float]], other: list[dict[str, float]]) -> None:
    for ours, theirs in zip(one, other, strict=True):
        np.testing.assert_array_equal(list(ours.values()), list(theirs.values()))


# ---------------------------------------------------------------- looking at it


def test_agents_can_be_selected_by_type_and_by_state():
    model = HospitalModel(organization=SMALL)
    clinicians = model.agents_by_type[Clinician]
    assert len(clinicians) + len(model.agents_by_type[Administrator]) == SMALL.n == len(model.agents)
    tired = model.agents.select(lambda person: person.exhaustion > 0.5, agent_type=Clinician)
    assert 0 < len(tired) < len(clinicians)
    assert min(tired.get("exhaustion")) > 0.5


def test_the_graph_carries_people_and_ties():
    model = HospitalModel(organization=SMALL)
    assert isinstance(model.graph, nx.DiGraph)
    for truster, trustee, tie in model.graph.edges(data="tie"):
        assert isinstance(tie, Tie)
        assert model.graph.nodes[truster]["person"].position.number == tie.truster
        assert model.graph.nodes[trustee]["position"] is model.positions[tie.trustee]
    before = [tie.ability for _, _, tie in model.graph.edges(data="tie")]
    model.step()
    assert before != [tie.ability for _, _, tie in model.graph.edges(data="tie")]


def test_a_data_collector_records_measures_and_people():
    model = hospital()
    collector = mesa.DataCollector(
        model_reporters={"measures": HospitalModel.measures, "week": "week"},
        agenttype_reporters={Person: {"exhaustion": "exhaustion", "trust_in_leader": "trust_in_leader"}},
    )
    for _ in range(3):
        model.step()
        collector.collect(model)
    table = collector.get_model_vars_dataframe()
    assert list(table["week"]) == [1, 2, 3]
    assert set(table["measures"][2]) == set(NAMES)
    assert table["measures"][2] == pytest.approx(model.measures(), nan_ok=True, abs=0.0)
    people = collector.get_agenttype_vars_dataframe(Person).loc[3]
    assert len(people) == len(model.agents.select(agent_type=Person)) < len(model.agents)
    assert list(people["exhaustion"]) == model.agents.select(agent_type=Person).get("exhaustion")
    assert people["trust_in_leader"].between(0, 1).all()


# ---------------------------------------------------------------- keeping it


def test_a_pickled_hospital_goes_on_as_if_nothing_had_happened():
    model = hospital()
    run(model, 12)
    twin = pickle.loads(pickle.dumps(model))
    assert twin is not model
    assert_same(run(twin, 12), run(model, 12))
    ids = [agent.unique_id for agent in twin.agents]
    assert len(set(ids)) == len(ids)


def test_a_hospital_pickled_in_another_process_goes_on_the_same(tmp_path):
    file = tmp_path / "hospital.pickle"
    code = f"""
import pickle
from pathlib import Path
from trustsim.model import HospitalModel
from trustsim.scenario import Scenario
model = HospitalModel(Scenario(name="short", weeks=20, burn_in=0, organization={{"units": 2, "seed": 1}}), rng=3)
for _ in range(5):
    model.step()
Path({str(file)!r}).write_bytes(pickle.dumps(model))
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    continued = pickle.loads(Path(file).read_bytes())
    whole = HospitalModel(Scenario(name="short", weeks=20, burn_in=0, organization={"units": 2, "seed": 1}), rng=3)
    run(whole, 5)
    assert_same(run(continued, 15), run(whole, 15))
    ids = [agent.unique_id for agent in continued.agents]
    assert len(set(ids)) == len(ids)


def test_a_large_hospital_can_be_pickled():
    model = HospitalModel(organization=generate({"units": 150, "nurses": 2}, seed=1))
    assert len(pickle.loads(pickle.dumps(model)).positions) == len(model.positions) > 1000


def test_a_copied_hospital_is_a_branch_of_its_own():
    model = hospital()
    run(model, 5)
    branch = copy.deepcopy(model)
    branch.units[0].chief.person.remove()
    ahead = run(branch, 8)
    twin = hospital()
    run(twin, 5)
    assert_same(run(model, 8), run(twin, 8))
    assert ahead[0]["vacancy_rate.chief"] > model.measures()["vacancy_rate.chief"]


def test_hospitals_that_are_dropped_leave_no_memory_behind():
    def build_and_drop(count: int) -> list[weakref.ref]:
        seen = []
        for _ in range(count):
            model = hospital()
            model.step()
            seen += [weakref.ref(model), weakref.ref(next(iter(model.agents)))]
        del model
        gc.collect()
        return seen

    build_and_drop(2)
    tracemalloc.start()
    build_and_drop(5)
    before, _ = tracemalloc.get_traced_memory()
    dropped = build_and_drop(50)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not any(reference() for reference in dropped)
    assert after - before < 200_000  # one small hospital is ten times that


# ---------------------------------------------------------------- the order of agents


def test_the_order_of_agents_makes_no_difference():
    class Shuffled(HospitalModel):
        def let(self, kind, action):
            for agents in self.agents_by_type.values():
                agents.shuffle(inplace=True)
            super().let(kind, action)

    shuffled = Shuffled(load_scenario("dyad_leadership"), rng=2, organization=SMALL, values=RESTLESS)
    as_it_is = HospitalModel(load_scenario("dyad_leadership"), rng=2, organization=SMALL, values=RESTLESS)
    assert_same(run(shuffled, 60), run(as_it_is, 60))
    assert list(shuffled.agents_by_type[Clinician]) != sorted(
        shuffled.agents_by_type[Clinician], key=lambda person: person.position.number
    )


# ---------------------------------------------------------------- extending it


class Stoic(Clinician):
    """A clinician who never speaks up."""

    def speak_up(self) -> None:
        """Keep it."""


class StoicHospital(HospitalModel):
    clinician_class = Stoic


def test_a_hospital_of_stoics_hears_nothing_and_its_people_grow_cynical():
    stoics, others = (model(rng=4, organization=SMALL) for model in (StoicHospital, HospitalModel))
    assert Clinician not in stoics.agents_by_type
    quiet, loud = run(stoics, 60), run(others, 60)
    assert all(row["voice_rate"] == 0.0 for row in quiet)
    assert any(row["voice_rate"] > 0.0 for row in loud)
    assert quiet[-1]["open_concerns"] > loud[-1]["open_concerns"]
    assert all(unit.insight == 0.0 for unit in stoics.units)
    assert any(unit.insight > 0.0 for unit in others.units)


def test_newcomers_are_of_the_class_that_was_chosen():
    model = StoicHospital(Scenario(name="x", weeks=60, burn_in=0), organization=SMALL, values=RESTLESS)
    model.run_model()
    assert any(position.occupant for position in model.positions)
    assert {type(person) for person in model.agents if person.silo == "clinical"} == {Stoic}


def test_a_generous_administrator_includes_everybody():
    class Generous(Administrator):
        def decide(self, unit):
            decision = super().decide(unit)
            return type(decision)(
                decision.deciders, {**decision.say, "clinical": 1.0}, 1.0, decision.urgency, decision.fit
            )

    class GenerousHospital(HospitalModel):
        administrator_class = Generous

    generous, usual = (model(rng=4, organization=SMALL) for model in (GenerousHospital, HospitalModel))
    better, as_ever = run(generous, 60)[-1], run(usual, 60)[-1]
    assert better["autonomy"] > as_ever["autonomy"]
    assert better["trust_clinician_admin"] > as_ever["trust_clinician_admin"]
