"""How things unfold: slow erosion, repair sooner or later, small steps, and bundles within the hours that there are."""

import numpy as np
import pytest

from trustsim.interventions import INTERVENTIONS
from trustsim.organization.roles import ROLES
from trustsim.scenario import load_scenario, with_settings
from trustsim.simulation import open_hospital, run_worlds

BOTH_PARTS = (26, 104)


def test_trust_erodes_without_a_week_that_anybody_could_name(runs):
    baseline, erosion = load_scenario("baseline"), load_scenario("slow_erosion")
    found = runs([baseline, erosion], ["trust_clinician_admin"])
    lost = (found.weekly(erosion, "trust_clinician_admin") - found.weekly(baseline, "trust_clinician_admin")).mean(
        axis=0
    )
    quarters = lost.reshape(8, 13).mean(axis=1)
    assert (np.diff(quarters) < 0.0).all()
    assert np.abs(np.diff(lost)).max() < 0.05 * -lost[-1]  # no week takes a twentieth of it


def test_the_sooner_the_repair_the_sooner_trust_is_back(runs):
    repair = load_scenario("trust_repair")
    delays = [with_settings(repair, {"trust_repair.delay": delay}) for delay in (0, 4, 12, 24)]
    found = runs([repair, *delays], ["trust_clinician_admin"])
    means = [found.values(world, "trust_clinician_admin", (27, 79)).mean() for world in delays]
    assert means == sorted(means, reverse=True)


def test_a_failure_is_made_good_in_time_and_a_deception_never_in_full():
    # Four years with hardly any exits, since whoever comes new has nothing to forgive.
    stay = {f"leaving.hazard.{role}": 0.0005 for role in ROLES}
    names = ("baseline", "breach_of_trust", "deception")
    worlds = [with_settings(load_scenario(name), stay) for name in names]
    worlds[1:] = [with_settings(world, {"breach_of_trust.severity": 1.0}) for world in worlds[1:]]
    seeds = [run_worlds(worlds, open_hospital(worlds[0], seed), weeks=208).hospital for seed in range(1, 5)]
    baseline, failure, deception = np.mean([each["trust_clinician_admin"][-1] for each in seeds], axis=0)
    assert failure / baseline > 0.95 > deception / baseline


def test_a_big_gesture_takes_the_same_hours_as_the_small_steps_that_it_replaces(runs):
    steps, gesture = load_scenario("care_management"), load_scenario("big_gesture")
    found = runs([steps, gesture], ["staff_hours", "trust_patients"])
    hours = [found.values(world, "staff_hours", BOTH_PARTS).mean() for world in (steps, gesture)]
    assert hours[0] == pytest.approx(hours[1])


@pytest.fixture(scope="module")
def bundles(runs):
    """Everything at once, the same with leaders who have the time, and a few things done well."""
    everything = load_scenario("everything_at_once")
    worlds = {
        "baseline": load_scenario("baseline"),
        "everything": everything,
        "with time": with_settings(everything, {"work.executive_hours": 30.0, "work.leader_hours": 10.0}),
        "a few": load_scenario("fix_the_workplace"),
    }
    measures = [
        "trust_clinician_admin",
        "burnout_prevalence",
        "mbi_ee",
        "intent_to_leave",
        "leader_hours",
        "staff_hours",
    ]
    found = runs(worlds.values(), measures)
    return lambda one, other, measure: found.effect(worlds[one], worlds[other], measure)


def test_everything_at_once_asks_for_more_hours_than_leaders_have():
    scenario, units = load_scenario("everything_at_once"), 16
    asked = sum(part.hours(0, units).leaders for part in scenario.interventions)
    assert asked > 2 * 3.0 * (16 + 16 + 4)  # chiefs, managers and directors with three hours each
    assert len(scenario.interventions) > len(INTERVENTIONS) / 2


@pytest.mark.parametrize(("measure", "good"), [("trust_clinician_admin", 1), ("mbi_ee", -1), ("intent_to_leave", -1)])
def test_everything_at_once_does_worse_than_a_few_things_done_well(bundles, measure, good):
    effect = bundles("everything", "a few", measure)
    assert effect.is_clear
    assert effect.difference * good < 0.0


def test_it_takes_more_hours_to_do_so(bundles):
    assert bundles("everything", "a few", "leader_hours").low > 0.0
    assert bundles("everything", "a few", "staff_hours").low > 0.0


@pytest.mark.parametrize(("measure", "good"), [("trust_clinician_admin", 1), ("mbi_ee", -1), ("intent_to_leave", -1)])
def test_what_is_missing_is_time(bundles, measure, good):
    effect = bundles("with time", "everything", measure)
    assert effect.is_clear
    assert effect.difference * good > 0.0
