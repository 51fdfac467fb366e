"""What is told of single people is what the run counted, and what the Mesa model did."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from trustsim.agents import Administrator, Clinician
from trustsim.errors import InputError
from trustsim.model import HospitalModel
from trustsim.organization.roles import CLINICAL
from trustsim.scenario import Scenario, load_baseline, load_scenario, with_settings
from trustsim.simulation import Hospital, every_week, happened, open_hospital, run_worlds, trust_of_ties
from trustsim.worlds.engine import Result

WEEKS = 34
CHOSEN = {
    "organization.units": 3,
    "listening_tour.start": 4,
    "listening_tour.weeks": 30,
    "listening_tour.visits_per_week": 12.0,
}


@pytest.fixture(scope="module")
def worlds() -> tuple[Scenario, Scenario]:
    """A baseline and a tour that visits often, in a small hospital."""
    given = load_scenario("listening_tour")
    sizes = {"organization.units": 3}
    return with_settings(load_baseline(given), sizes), with_settings(given, CHOSEN)


@pytest.fixture(scope="module")
def hospital(worlds: tuple[Scenario, Scenario]) -> Hospital:
    return open_hospital(worlds[1], 11)


@pytest.fixture(scope="module")
def run(worlds: tuple[Scenario, Scenario], hospital: Hospital) -> Result:
    return run_worlds(worlds, hospital, weeks=WEEKS)


@pytest.fixture(scope="module")
def told(worlds: tuple[Scenario, Scenario], hospital: Hospital) -> dict[str, np.ndarray]:
    """Sums over all people of what happened to each, (weeks, 2)."""
    names = ("raised", "resolved", "exits", "clinicians", "decisions")
    sums = {name: np.zeros((WEEKS, 2)) for name in names}
    organization = hospital.organization
    for week in every_week(worlds, hospital, weeks=WEEKS):
        for world in (0, 1):
            clinical = organization.role < len(CLINICAL)
            sums["clinicians"][week.number, world] = week.after.people.staffed[clinical, world].sum()
            for person in range(organization.n):
                what = happened(person, week, world, hospital)
                sums["raised"][week.number, world] += what.raised is not None
                sums["resolved"][week.number, world] += what.raised is not None and what.raised.outcome == "resolved"
                sums["exits"][week.number, world] += what.left and clinical[person]
                sums["decisions"][week.number, world] += what.decision is not None
    return sums


def test_the_concerns_that_people_raised_are_those_that_were_counted(told: dict[str, np.ndarray], run: Result):
    counted = run.hospital["voice_rate"] * told["clinicians"]
    assert told["raised"].sum() > 50
    assert (told["raised"][:, 0] != told["raised"][:, 1]).any()  # through the tour's channel
    np.testing.assert_allclose(told["raised"], counted, atol=1e-9)


def test_so_are_those_that_were_resolved(told: dict[str, np.ndarray], run: Result):
    counted = np.nan_to_num(run.hospital["resolution_rate"]) * told["raised"]
    np.testing.assert_allclose(told["resolved"], counted, atol=1e-9)


def test_so_are_the_people_who_left(told: dict[str, np.ndarray], run: Result):
    np.testing.assert_array_equal(told["exits"], run.hospital["exits"])


class Remembers:
    """Of the decisions that people of the Mesa model judge: week, position, who made it, and the say that they felt."""

    def judge(self, decision: Any) -> None:
        say = decision.felt_say(self.silo, self.model.parameters["decision.legitimacy"])
        self.model.judged.add((self.model.week, self.position.number, decision.deciders, say))
        super().judge(decision)


class RememberingClinician(Remembers, Clinician):
    pass


class RememberingAdministrator(Remembers, Administrator):
    pass


class RememberingModel(HospitalModel):
    clinician_class = RememberingClinician
    administrator_class = RememberingAdministrator

    def __init__(self, *given: Any, **options: Any) -> None:
        self.judged: set[tuple[Any, ...]] = set()
        super().__init__(*given, **options)


@pytest.mark.parametrize("name", ["shared_governance", "autocratic_in_crisis", "dyad_leadership"])
def test_decisions_are_those_that_people_of_the_mesa_model_judged(name: str):
    scenario = with_settings(
        load_scenario(name), {"organization.units": 2, "decision.rate": 0.5, "decision.by_dyad": 0.9}
    )
    hospital = open_hospital(scenario, 4)
    model = RememberingModel(scenario, rng=4, organization=hospital.organization)
    first = scenario.burn_in + 20
    while model.week < scenario.burn_in + 60:
        model.step()
    silos = {"administration": ("administrative",), "clinicians": ("clinical",)}
    told = set()
    for week in every_week([scenario], hospital, weeks=60):
        for person in range(hospital.organization.n):
            what = happened(person, week, 0, hospital)
            if what.decision is not None:
                deciders = silos.get(what.decision.by, ("clinical", "administrative"))
                told.add((week.burn_in + week.number, person, frozenset(deciders), what.decision.say))
    judged = {(week, person, frozenset(deciders), say) for week, person, deciders, say in model.judged}
    assert len(told) > 500
    assert {one for one in told if one[0] >= first} == {one for one in judged if one[0] >= first}


def test_both_worlds_hear_of_the_same_decisions(told: dict[str, np.ndarray]):
    assert told["decisions"].sum() > 0
    np.testing.assert_array_equal(told["decisions"][:, 0], told["decisions"][:, 1])


def test_week_by_week_is_the_same_run_as_all_at_once(
    worlds: tuple[Scenario, Scenario], hospital: Hospital, run: Result
):
    *_, last = every_week(worlds, hospital, weeks=WEEKS)
    assert last.number == WEEKS - 1
    for ours, theirs in zip(last.after.people, run.snapshots[-1].state.people, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_array_equal(last.after.ties.belief, run.snapshots[-1].state.ties.belief)


def test_each_week_begins_where_the_one_before_ended(worlds: tuple[Scenario, Scenario], hospital: Hospital):
    weeks = list(every_week(worlds, hospital, weeks=15))
    assert [week.number for week in weeks] == list(range(15))
    for one, following in pairwise(weeks):
        np.testing.assert_array_equal(one.after.people.exhaustion, following.before.people.exhaustion)


def test_trust_in_administrators_is_the_mean_over_the_ties_to_them(
    worlds: tuple[Scenario, Scenario], hospital: Hospital, run: Result
):
    organization = hospital.organization
    *_, last = every_week(worlds, hospital, weeks=WEEKS)
    clinical = organization.role < len(CLINICAL)
    ties = np.flatnonzero(clinical[organization.truster] & ~clinical[organization.trustee])
    staffed = last.after.people.staffed > 0.0
    both = staffed[organization.truster[ties]] & staffed[organization.trustee[ties]]
    trust = trust_of_ties(last.after, ties, organization, last.values)
    mean = [trust[both[:, world], world].mean() for world in (0, 1)]
    np.testing.assert_allclose(mean, run.hospital["trust_clinician_admin"][-1], rtol=1e-12)


def test_nobody_hears_from_an_empty_chair(worlds: tuple[Scenario, Scenario], hospital: Hospital):
    organization, silent = hospital.organization, 0
    for week in every_week(worlds, hospital, weeks=WEEKS):
        staffed = week.before.people.staffed[:, 1] > 0.0
        silent += int((~staffed).sum())
        for person in range(organization.n):
            what = happened(person, week, 1, hospital)
            assert staffed[organization.trustee[what.heard]].all()
            assert staffed[person] or (what.heard.size == 0 and what.raised is None and what.decision is None)
    assert silent > 0


def test_the_week_before_the_first_is_part_of_burn_in(worlds: tuple[Scenario, Scenario], hospital: Hospital):
    unsettled = [with_settings(world, {"burn_in": 0}) for world in worlds]
    with pytest.raises(InputError, match="burn_in of 1 or more"):
        list(every_week(unsettled, hospital, weeks=3))
