"""Observation: the model seen as studies see hospitals."""

import numpy as np
import pytest

from trustsim import parameters
from trustsim.errors import InputError
from trustsim.evidence import target, targets
from trustsim.evidence.observation import observe, part_names, rounds, why_missing
from trustsim.evidence.observation.registry import NO_MEASURE, RECIPES
from trustsim.evidence.observation.worlds import BASELINE, Column, Need, Seen, grouped, world
from trustsim.organization.roles import CLINICAL
from trustsim.scenario import with_settings
from trustsim.simulation import open_hospital, run_worlds

SMALL = {"units": 3}
SEEDS = (11, 12, 13)


def some(*keys):
    return {key: target(key) for key in keys}


def numbers(*arguments, **options):
    seen = observe(*arguments, seeds=SEEDS, sizes=SMALL, **options)
    return dict(zip(seen.names, seen.values.T, strict=True))


# ---------------------------------------------------------------- what is worked out


def test_each_part_of_a_target_is_worked_out_or_says_why_not():
    assert {*RECIPES} | {*NO_MEASURE} == set(part_names(targets()))
    assert all(why_missing(name) is None for name in RECIPES)
    assert all(why_missing(name) for name in NO_MEASURE)


@pytest.mark.parametrize("name", RECIPES)
def test_how_a_part_is_worked_out_is_told_where_it_is_done(name):
    assert (RECIPES[name].observe.__doc__ or "").startswith(name.split(".")[0] + ". ")


# ---------------------------------------------------------------- what is simulated


def test_calibration_simulates_a_year_of_three_worlds_a_vector():
    needs = [need for name in part_names(targets("CAL")) if name in RECIPES for need in RECIPES[name].needs]
    (group,) = grouped(needs)
    assert group.weeks == 52
    assert [each.scenario for each in group.worlds] == ["baseline", "demand_surge", "demand_surge"]


def test_a_world_is_simulated_once_however_many_ask_for_it():
    crisis = world("crisis", {"crisis.start": 0})
    needs = [Need(BASELINE, 52, (52,)), Need(crisis, 156), Need(BASELINE, 156, (0,)), Need(BASELINE, 26)]
    (group,) = grouped(needs)
    assert group == ((BASELINE, crisis), 156, (0, 52))


def test_a_check_of_rules_simulates_nothing():
    assert grouped(need for name in part_names(some("V24")) for need in RECIPES[name].needs) == []


# ---------------------------------------------------------------- what it may not depend on


def test_a_value_depends_neither_on_workers_nor_on_what_else_is_observed():
    alone = numbers(some("V3"), workers=1)
    together = numbers(some("V17", "V3", "V15"), [{}, {"leaving.trust": 0.5}], workers=3)
    assert together["V3.ratio"][0] == alone["V3.ratio"][0]
    assert together["V3.ratio"][1] != alone["V3.ratio"][0]


def test_vectors_that_do_not_fit_side_by_side_are_run_in_turn():
    vectors = [{"leaving.trust": trust} for trust in np.linspace(0.0, 2.0, 25)]  # three worlds each
    many = numbers(some("V6", "V3"), vectors)
    for number in (0, 24):
        few = numbers(some("V6", "V3"), [vectors[number]])
        assert [many[name][number] for name in few] == [value[0] for value in few.values()]


# ---------------------------------------------------------------- what it finds


def test_the_odds_of_leaving_follow_what_burnout_does_to_intent():
    # Whoever is burned out also trusts less and feels less valued; here neither bears on leaving.
    apart = {"leaving.leader": 0.0, "leaving.trust": 0.0, "leaving.valued": 0.0}
    vectors = [{"leaving.burnout.physician": ratio, **apart} for ratio in (1.0, 2.0, 4.0)]
    found = numbers(some("V3"), vectors)["V3.ratio"]
    assert found[0] == pytest.approx(1.0, abs=0.05)
    assert found[1] / found[0] == pytest.approx(2.0, rel=0.1)
    assert found[2] / found[1] == pytest.approx(2.0, rel=0.1)


def test_the_deeper_the_scar_the_less_trust_comes_back_after_a_deception():
    depths = [{"trust.scar_depth": depth} for depth in (0.95, 0.8, 0.5)]
    found = numbers(some("V24"), depths)
    assert 1.0 > found["V24.deception"][0] > found["V24.deception"][1] > found["V24.deception"][2]
    assert found["V24.competence"] == pytest.approx([1.0] * 3)


def test_the_odds_of_cutting_hours_follow_what_exhaustion_does_to_them():
    found = numbers(some("V19"), [{"hours.exhaustion": slope} for slope in (0.0, 2.4, 6.0)])["V19.ratio"]
    assert found[0] == pytest.approx(1.0)
    assert found[0] < found[1] < found[2]


def test_listening_does_harm_when_nothing_is_resolved_and_good_when_all_is():
    found = numbers(some("V8"))
    assert found["V8.ignored"][0] < 0.0 < found["V8.resolved"][0]


def test_what_errors_share_is_in_their_covariance():
    seen = observe(some("V18"), seeds=SEEDS, sizes=SMALL)
    (covariance,) = seen.covariance
    assert np.sqrt(np.diag(covariance)) == pytest.approx(seen.se[0])
    assert np.allclose(covariance, covariance.T)
    assert np.linalg.eigvalsh(covariance).min() > -1e-12


def test_what_the_model_has_no_measure_of_is_missing():
    missing = {key: targets()[key] for key in {name.split(".")[0] for name in NO_MEASURE}}
    assert all(np.isnan(numbers(missing)[name]).all() for name in NO_MEASURE)


# ---------------------------------------------------------------- the instruments


@pytest.fixture(scope="module")
def seen():
    """Weeks 30 and 31 of a busy listening tour in a hospital where much happens, beside a world without the tour."""
    much = {f"patients.event.{role}": 0.02 for role in ("physician", "nurse", "app")} | {"patients.event_insight": 1.0}
    much |= {f"leaving.{what}.manager": most for what, most in (("intent", 0.8), ("hazard", 0.05))}
    tour = {"listening_tour.visits_per_week": 12.0, "listening_tour.reach": 0.3, "listening_tour.start": 20}
    scenario = with_settings(rounds.ROUNDS.load({"units": 6}), much | tour)
    hospital = open_hospital(scenario, 5)
    worlds = [with_settings(scenario, {"listening_tour.dose": 0.0}), scenario]
    result = run_worlds(worlds, hospital, weeks=40, snapshots=[scenario.burn_in + week for week in (30, 31)])
    return Seen({rounds.ROUNDS: Column(scenario, hospital, result, 1)}, parameters.resolve(much))


@pytest.mark.parametrize(("measure", "instrument"), [
    ("trust_leader", "leader_score"), ("burnout_prevalence", "burned_out"), ("satisfaction", "satisfaction"),
])  # fmt: skip
def test_a_survey_of_everybody_says_what_the_week_recorded(seen, measure, instrument):
    survey = seen.survey(rounds.ROUNDS, 30)
    assert np.isnan(survey.leader_score[survey.clinicians]).any()  # empty chairs are there to be overlooked
    answers = getattr(survey, instrument)[
        (survey.field("staffed") > 0.0) & np.isin(survey.organization.role, range(len(CLINICAL)))
    ]
    recorded = seen.series(rounds.ROUNDS, measure)[29]
    assert np.nanmean(answers) == pytest.approx(recorded, rel=1e-12)


def test_the_chances_of_events_are_those_by_which_they_were_drawn(seen):
    for week in (30, 31):
        survey, column = seen.survey(rounds.ROUNDS, week), seen.column(rounds.ROUNDS)
        clinicians = np.flatnonzero(np.isin(survey.organization.role, range(len(CLINICAL))))
        luck = column.hospital.luck.week(column.scenario.burn_in + week - 1).safety[clinicians, 0]
        events = np.count_nonzero(luck < survey.event_chance(clinicians) * survey.field("staffed")[clinicians])
        assert events == seen.series(rounds.ROUNDS, "safety_events")[week - 1] > 0


def test_who_raised_something_is_found_again_from_the_addresses_of_luck(seen):
    week, column = rounds._Week(seen, 30), seen.column(rounds.ROUNDS)
    luck = column.hospital.luck.week(column.scenario.burn_in + 30).voice[:, 0]
    after = seen.survey(rounds.ROUNDS, 31)
    clinicians = np.isin(after.organization.role, range(len(CLINICAL)))
    before = np.flatnonzero(clinicians & (week.before.field("staffed") > 0.0))
    raised = sum(luck[person] < week.chances(person)[1] for person in before)
    with_leaders = sum(luck[person] < week.chances(person)[0] for person in before)
    heads = np.count_nonzero(clinicians & (after.field("staffed") > 0.0))
    assert raised == round(seen.series(rounds.ROUNDS, "voice_rate")[30] * heads)
    assert raised > with_leaders > 0


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(("vector", "complaint"), [
    ({"leaving.trusts": 1.0}, "did you mean 'leaving.trust'"),
    ({"leaving.trust": 9.0}, "outside 0 to 2"),
    ({"organization.units": 4.0}, "give it in sizes, as 'units'"),
])  # fmt: skip
def test_a_vector_that_cannot_be_is_refused(vector, complaint):
    with pytest.raises(InputError, match=complaint):
        observe(some("V3"), [vector], seeds=SEEDS)


def test_one_seed_has_no_standard_error():
    with pytest.raises(InputError, match="2 seeds or more, not 1"):
        observe(some("V3"), seeds=(1,))
