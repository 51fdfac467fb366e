"""A week of the Mesa model: its stages in order, people who come and go, dyads that form and dissolve."""

import inspect
import re

import numpy as np
import pytest

from trustsim import levers
from trustsim.agents import Administrator, Clinician, DyadLeader, Person
from trustsim.errors import InputError
from trustsim.interventions import LeverPlan
from trustsim.model import HospitalModel
from trustsim.organization import Organization, generate
from trustsim.organization.roles import ADMINISTRATIVE
from trustsim.parameters import resolve
from trustsim.scenario import Scenario

SMALL = generate({"units": 2, "nurses": 4, "physicians": 2, "executives": 3}, seed=5)
RESTLESS = resolve({"leaving.hazard.nurse": 0.05, "leaving.hazard.physician": 0.05, "leaving.fill_weeks.nurse": 3.0})


def plan(hospital: Organization, *weeks: dict[str, float]) -> LeverPlan:
    """Return a plan that pulls these levers in all units, a week each; in the first week none."""
    values = np.zeros((len(weeks) + 1, len(levers.NAMES), hospital.n_units + 1))
    for week, pulled in enumerate(weeks, start=1):
        for name, value in pulled.items():
            values[week, levers.row(name)] = value
    return LeverPlan(values, np.arange(len(weeks) + 1, dtype=np.int32))


def in_place(model: HospitalModel) -> list[Person]:
    return [position.person for position in model.positions if position.person is not None]


# ---------------------------------------------------------------- the order


def test_the_docstring_tells_the_order_in_which_the_stages_run():
    told = re.findall(r"^ *\d\. `(\w+)`", inspect.getdoc(HospitalModel.step) or "", re.MULTILINE)
    ran = []

    class Watched(HospitalModel):
        pass

    for stage in told:
        setattr(Watched, stage, lambda self, stage=stage: (ran.append(stage), getattr(HospitalModel, stage)(self)))
    model = Watched(organization=SMALL)
    called = {name for name in HospitalModel.step.__code__.co_names if callable(getattr(HospitalModel, name, None))}
    model.step()
    assert ran == told
    assert called == {*told, "_draw_luck"}


def test_a_hospital_runs_for_its_horizon_and_then_says_so():
    model = HospitalModel(Scenario(name="short", weeks=2, burn_in=1), organization=SMALL)
    model.run_model()
    assert (model.week, model.horizon, model.running) == (3, 3, False)
    with pytest.raises(InputError, match="3 weeks of this hospital are over"):
        model.step()


@pytest.mark.parametrize("seed", [-1, 1.5, True, "one", np.random.default_rng(1)])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(InputError, match="a seed is a whole number"):
        HospitalModel(rng=seed, organization=SMALL)


def test_the_hospital_has_a_seed_of_its_own():
    one, same_people, same_events = (
        HospitalModel(rng=rng, hospital_seed=people) for rng, people in ((1, 3), (2, 3), (1, 4))
    )
    assert one.organization == same_people.organization
    assert one.organization != same_events.organization
    assert [person.exhaustion for person in one.agents] == [person.exhaustion for person in same_people.agents]
    assert [person.exhaustion for person in one.agents] != [person.exhaustion for person in same_events.agents]
    one.step(), same_people.step(), same_events.step()
    assert one.luck["voice"] != same_people.luck["voice"]
    assert one.luck["voice"] == same_events.luck["voice"][: len(one.positions)]


def test_a_scenario_may_fix_the_hospitals_seed_and_sizes():
    scenario = Scenario(name="fixed", organization={"units": 2, "seed": 5})
    assert HospitalModel(scenario, rng=9).organization == generate({"units": 2}, seed=5)
    assert HospitalModel(scenario, rng=9, hospital_seed=6).organization == generate({"units": 2}, seed=6)


# ---------------------------------------------------------------- people come and go


def test_everybody_is_an_agent_of_their_silo():
    model = HospitalModel(organization=SMALL)
    assert len(model.agents) == SMALL.n
    for position in model.positions:
        kind = Administrator if position.role in ADMINISTRATIVE else Clinician
        assert type(position.person) is kind
        assert position.person.silo == ("administrative" if kind is Administrator else "clinical")


def test_positions_stay_while_people_come_and_go():
    model = HospitalModel(Scenario(name="restless", weeks=60, burn_in=0), organization=SMALL, values=RESTLESS)
    first, left, arrived = set(model.agents), 0, 0
    for _ in range(60):
        before = set(model.agents)
        model.step()
        now = set(model.agents)
        left, arrived = left + len(before - now), arrived + len(now - before)
        assert sum(sum(unit.exits.values()) for unit in model.units) == len(before - now)
        vacant = [position for position in model.positions if position.person is None]
        assert len(now) + len(vacant) == SMALL.n
        assert set(in_place(model)) == now
        for position in model.positions:
            assert model.graph.nodes[position.label]["person"] is position.person
    assert left > 10
    assert arrived > 10
    assert len({person.unique_id for person in (*first, *model.agents)}) == len({*first, *model.agents})


def test_newcomers_know_the_hospital_by_its_reputation_and_are_known_by_it():
    model = HospitalModel(Scenario(name="restless", weeks=60, burn_in=0), organization=SMALL, values=RESTLESS)
    newcomers = []
    while not newcomers:
        reputation, before = model.reputation, set(model.agents)
        model.step()
        newcomers = [person for person in model.agents if person not in before]
    for newcomer in newcomers:
        position = newcomer.position
        assert newcomer.tenure == 0.0
        assert newcomer.trust_organization == reputation
        for tie in (*position.ties, *(model.ties[number] for number in position.ties_in)):
            assert (tie.ability, tie.benevolence, tie.integrity, tie.scar) == (reputation, reputation, reputation, 1.0)


def test_a_vacancy_lasts_the_roles_time_to_fill():
    values = resolve({"leaving.fill_weeks.manager": 3.0})
    push = {"leaving.leaders": 1.0}
    model = HospitalModel(organization=SMALL, values=values, plan=plan(SMALL, push, *[{}] * 6))
    model.step()
    chair = model.units[0].manager
    first = chair.person
    model.step()  # all leaders leave
    vacant = 0
    while chair.person is None:
        vacant += 1
        model.step()
    assert vacant == 3
    assert chair.person is not first
    assert chair.occupant == 1


def test_clinicians_without_a_team_cut_hours_for_good_and_their_unit_feels_it():
    restless = {"hours.cut": 0.005, "hours.exhaustion": 6.0, "hours.reduced": 0.5, "leaving.hazard.nurse": 0.05}
    values = resolve(restless)
    model = HospitalModel(Scenario(name="tiring", weeks=60, burn_in=0), organization=SMALL, values=values)
    cut: set[Person] = set()
    for _ in range(60):
        before = set(model.agents)
        model.step()
        now = {person for person in model.agents if person.hours < 1.0}
        assert cut & set(model.agents) <= now
        assert {person.hours for person in now} <= {0.5}
        assert all(person.hours == 1.0 for person in set(model.agents) - before)
        cut |= now
    assert cut
    assert not any(person.leads or person.silo == "administrative" for person in cut)
    unit = model.units[0]
    unit.load = 0.5  # far from the most that a unit can bear
    for person in unit.people():
        person.hours = 0.5
    unit.work()
    less = unit.workload
    for person in unit.people():
        person.hours = 1.0
    unit.work()
    assert less - unit.rework == pytest.approx(2.0 * (unit.workload - unit.rework))


def test_a_new_pair_gets_on_in_its_own_way_and_keeps_at_it():
    model = HospitalModel(Scenario(name="calm", weeks=4, burn_in=0), rng=3)
    position = next(position for position in model.positions if position.role == "manager")
    tie = model.ties[position.ties_in[0]]
    first = tie.rapport
    model.step()
    assert tie.rapport == first
    position.person.remove()
    position.vacancy = 0.0
    model.step()
    assert position.occupant == 1
    assert tie.rapport != first


def test_meeting_an_executive_in_person_moves_safety_to_the_respect_shown():
    model = HospitalModel(Scenario(name="calm", weeks=4, burn_in=0), rng=3)
    model.step()
    met = [person for person in model.agents if person.met_executive is not None]
    assert met  # contacts are rare: of hundreds of people a few meet an executive in a week
    assert len(met) < len(model.agents) / 10
    person = met[0]
    before = person.psychological_safety
    person.met_executive = 1.0
    with_it = person._next_safety(person.trust_in_leader)
    person.met_executive = None
    without = person._next_safety(person.trust_in_leader)
    assert with_it == pytest.approx(without + model.parameters["feeling.safety_met"] * (1.0 - without))
    assert person.psychological_safety == before


def test_a_hiring_freeze_leaves_chairs_empty():
    push, freeze = {"leaving.leaders": 1.0}, {"leaving.freeze": 1.0}
    values = resolve({f"leaving.fill_weeks.{role}": 1.0 for role in ("manager", "chief", "director", "executive")})
    model = HospitalModel(organization=SMALL, values=values, plan=plan(SMALL, push, *[freeze] * 10))
    model.run_model()
    assert not model.agents.select(agent_type=Administrator)


# ---------------------------------------------------------------- dyads


def test_repair_without_a_breach_repairs_nothing():
    repairing = {"repair": 1.0, "promise": 1.0}
    weeks = {"nothing": [{}] * 8, "repair": [repairing] * 8, "breach": [{"breach.competence": 1.0}, *[{}] * 7]}
    weeks["both"] = [{"breach.competence": 1.0}, *[repairing] * 7]
    trust = {}
    for name, levers_of_weeks in weeks.items():
        model = HospitalModel(organization=SMALL, plan=plan(SMALL, *levers_of_weeks))
        model.run_model()
        trust[name] = model.measures()["trust_clinician_admin"]
    assert trust["repair"] == trust["nothing"]
    assert trust["breach"] < trust["both"] < trust["nothing"]


def test_a_dyad_forms_with_joint_work_grows_and_dissolves_when_a_half_leaves():
    joint = {"dyad": 1.0}
    model = HospitalModel(organization=SMALL, plan=plan(SMALL, joint, joint, joint, {}))
    model.step()
    assert DyadLeader not in model.agents_by_type
    cohesion = []
    for _ in range(3):
        model.step()
        cohesion.append(model.units[0].dyad.cohesion)
    assert 0.0 < cohesion[0] < cohesion[1] < cohesion[2] < 1.0
    assert len(model.agents_by_type[DyadLeader]) == 2
    dyad = model.units[0].dyad
    assert [half.role for half in dyad.halves] == ["chief", "manager"]
    model.units[0].chief.person.remove()
    model.step()
    assert model.units[0].dyad is None
    assert dyad not in model.agents
    assert model.units[1].dyad.cohesion < cohesion[2]  # no joint work in the last week


def test_a_dyad_shares_its_better_conduct():
    joint = {"dyad": 1.0}
    model = HospitalModel(organization=SMALL, plan=plan(SMALL, joint, joint), values=resolve({"dyad.growth": 0.2}))
    for _ in range(3):
        model.step()
    model.let(Person, "prepare")
    dyad = model.units[0].dyad
    before = [half.shown for half in dyad.halves]
    dyad.share_conduct()
    for half, own, partner in zip(dyad.halves, before, reversed(before), strict=True):
        for now, was, other in zip(half.shown, own, partner, strict=True):
            assert (now > was) == (other > was)
            assert now <= max(was, other)
