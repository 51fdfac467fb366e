"""Not every kindness helps: null and negative findings of the literature that the model has to show as well.

Keys such as E3 are those of the evidence digest.
"""

import pytest

from trustsim.scenario import load_scenario, with_settings

SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
END = (78, 104)


@pytest.fixture(scope="module")
def tours(runs):
    """Listening tours on which less or more of what is raised gets resolved, and nothing else is answered."""
    baseline = load_scenario("baseline")
    tour = with_settings(load_scenario("listening_tour"), {"listening_tour.explanation": 0})
    by_share = {share: with_settings(tour, {"listening_tour.follow_through": share}) for share in SHARES}
    found = runs([baseline, *by_share.values()], ["trust_clinician_admin", "psychological_safety", "cynicism"])
    return {
        share: {name: found.effect(world, baseline, name) for name in ("trust_clinician_admin", "psychological_safety")}
        for share, world in by_share.items()
    }


@pytest.mark.parametrize("measure", ["trust_clinician_admin", "psychological_safety"])
def test_listening_harms_if_nothing_is_resolved_and_helps_if_all_is(tours, measure):  # E3, E1
    assert tours[0.0][measure].high < 0.0
    assert tours[1.0][measure].low > 0.0


@pytest.mark.parametrize("measure", ["trust_clinician_admin", "psychological_safety"])
def test_the_more_is_resolved_the_better_so_that_it_breaks_even_once(tours, measure):
    effects = [tours[share][measure].difference for share in SHARES]
    assert effects == sorted(effects)


def test_rounds_that_reach_a_third_of_the_staff_do_about_nothing_on_average(runs):  # E2: a trial of three visits
    baseline = load_scenario("baseline")
    rounds = with_settings(load_scenario("listening_tour"), {"listening_tour.weeks": 12, "listening_tour.reach": 0.3})
    everybody = with_settings(rounds, {"listening_tour.reach": 1.0})
    found = runs([baseline, rounds, everybody], ["psychological_safety"])
    after = (36, 40)
    third, all_of_them = (found.effect(world, baseline, "psychological_safety", after) for world in (rounds, everybody))
    spread = 0.12  # standard deviation of safety between people: half-width .3 over sqrt 6
    assert abs(third.difference) / spread < 0.2
    assert all_of_them.difference > third.difference


def test_telling_survey_results_without_change_does_nothing_good(runs):  # E6
    baseline, told = load_scenario("baseline"), load_scenario("anonymous_survey_without_action")
    good = {
        "trust_clinician_admin": "up",
        "trust_organization": "up",
        "psychological_safety": "up",
        "burnout_prevalence": "down",
        "intent_to_leave": "down",
    }
    found = runs([baseline, told], good)
    for measure, way in good.items():
        effect = found.effect(told, baseline, measure)
        assert not (effect.is_clear and (effect.difference > 0.0) == (way == "up")), effect


def test_exits_of_staff_who_are_no_clinicians_hardly_follow_burnout(runs):  # T2
    with_allied = {"organization.allied": 8, "organization.units": 8}
    calm, winter = (with_settings(load_scenario(name), with_allied) for name in ("baseline", "demand_surge"))
    measures = [f"{name}.{role}" for name in ("burnout_prevalence", "intent_to_leave") for role in ("allied", "nurse")]
    found = runs([calm, winter], measures)
    effects = {name: found.effect(winter, calm, name, (26, 52)) for name in measures}
    assert effects["burnout_prevalence.allied"].low > 0.0
    assert effects["intent_to_leave.nurse"].low > 0.0
    of_nurses, of_allied = (
        effects[f"intent_to_leave.{role}"].difference / effects[f"burnout_prevalence.{role}"].difference
        for role in ("nurse", "allied")
    )
    assert abs(of_allied) < 0.25 * of_nurses


def test_objective_outcomes_of_patients_do_not_follow_their_trust(runs):  # D5
    baseline, practice = load_scenario("baseline"), load_scenario("care_management")
    found = runs([baseline, practice], ["objective_outcome", "self_rated_outcome"])
    assert found.effect(practice, baseline, "self_rated_outcome", END).low > 0.0
    assert (found.weekly(practice, "objective_outcome") == found.weekly(baseline, "objective_outcome")).all()


def test_individual_training_does_less_for_burnout_than_a_changed_workplace(runs):  # F2
    worker, workplace = load_scenario("resilience_training"), load_scenario("fix_the_workplace")
    baseline = load_scenario("baseline")
    found = runs([baseline, worker, workplace], ["mbi_ee"])
    of_worker, of_workplace = (found.effect(world, baseline, "mbi_ee") for world in (worker, workplace))
    assert of_workplace.high < of_worker.low < 0.0
