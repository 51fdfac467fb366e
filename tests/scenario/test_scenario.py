"""A scenario is one world: the same however it is written, changed by name, compared with another line by line."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trustsim import parameters
from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.organization import generate
from trustsim.scenario import (
    Scenario,
    difference,
    json_schema,
    load_scenario,
    scenario_names,
    settings_of,
    shared_settings,
    with_settings,
)


@pytest.fixture(scope="module")
def tour():
    return load_scenario("listening_tour")


def test_order_titles_and_spelled_out_defaults_make_no_other_world():
    recognition, town_hall = ({"kind": kind, "start": 3} for kind in ("recognition", "town_hall"))
    one = Scenario(name="one", interventions=[recognition, town_hall])
    other = Scenario(
        name="other",
        title="Something else",
        interventions=[town_hall | {"dose": 1}, recognition | {"units": "all"}],
        parameters={"trust.negativity": parameters.REGISTER["trust.negativity"].default},
        organization={"units": 16},
    )
    assert one.digest == other.digest
    assert one != other


@pytest.mark.parametrize(
    "change",
    [
        {"weeks": 90},
        {"burn_in": 0},
        {"listening_tour.dose": 0.5},
        {"listening_tour.start": 27},
        {"listening_tour.units": ["Surgery"]},
        {"trust.negativity": 2.0},
        {"organization.units": 8},
        {"organization.seed": 0},
    ],
    ids=str,
)
def test_whatever_can_matter_to_a_run_makes_another_world(tour, change):
    changed = with_settings(tour, change)
    assert changed.digest != tour.digest
    assert len(difference(tour, changed)) == 1
    assert changed.name == tour.name


def test_a_scenario_comes_back_from_a_worker_as_it_went(tour):
    back = pickle.loads(pickle.dumps(tour))
    assert back == tour
    assert hash(back) == hash(tour)
    assert back.document.path == tour.document.path


def test_seed_0_of_the_hospital_is_a_seed(tour):
    assert tour.organization_seed is None
    assert with_settings(tour, {"organization.seed": 0}).organization_seed == 0


def test_the_hospital_is_made_as_the_scenario_says(tour):
    small = with_settings(tour, {"organization.units": 3, "organization.seed": 7})
    assert small.sizes == {"units": 3}
    assert generate(small.sizes, seed=small.organization_seed).n_units == 3


def test_values_hold_the_overrides_and_the_defaults(tour):
    values = with_settings(tour, {"trust.negativity": 3, "organization.units": 8}).values()
    assert values[parameters.row("trust.negativity")] == 3.0
    assert values[parameters.row("organization.units")] == 8.0
    assert values[parameters.row("trust.gain")] == parameters.REGISTER["trust.gain"].default


def test_samplers_may_give_whole_numbers_as_numpy_has_them(tour):
    changed = with_settings(tour, {"listening_tour.start": np.float32(10.0), "organization.units": np.int64(8)})
    assert changed.interventions[0].start == 10
    assert isinstance(changed.interventions[0].start, int)
    assert changed == with_settings(tour, {"listening_tour.start": 10, "organization.units": 8})


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("listening_tour.follow_throgh", 1, "unknown key listening_tour.follow_throgh; did you mean 'follow_through'"),
        ("listening_tour.follow_through", 2, "listening_tour.follow_through = 2: allowed is a number from 0 to 1"),
        ("listening_tour.start", 1.5, "a whole number from 0 to 519"),
        ("listening_tour.start", 104, "starts in week 104, after the last of 104 weeks"),
        ("listening_tour.dose", True, "listening_tour.dose = True"),
        ("listening_tour.units", "Surgery", "units is all, a list of unit names"),
        ("listning_tour.dose", 1, "did you mean 'listening_tour.dose'"),
        ("recognition.dose", 1, "no setting 'recognition.dose' .* interventions and shocks are listening_tour"),
        ("trust.negativty", 1, "did you mean 'trust.negativity'"),
        ("trust.negativity", 99, "outside 1 to 5"),
        ("organization.unit", 3, "did you mean 'organization.units'"),
        ("organization.units", 1.5, "whole number"),
        ("organization.seed", -1, "a seed is a whole number"),
        ("weeks", 0, "weeks = 0: allowed is a whole number from 1 to 520"),
        ("week", 3, "did you mean 'weeks'"),
        ("name", "x", "no setting 'name'"),
    ],
)
def test_a_wrong_setting_is_refused_with_what_is_allowed(tour, name, value, message):
    with pytest.raises(InputError, match=message):
        with_settings(tour, {name: value})


def test_no_setting_of_a_kind_that_is_not_in_the_scenario():
    with pytest.raises(InputError, match="interventions and shocks are none"):
        with_settings(load_scenario("baseline"), {"listening_tour.dose": 1})


@pytest.mark.parametrize("name", scenario_names())
def test_every_setting_that_is_listed_can_be_set_to_both_ends(name):
    scenario = load_scenario(name)
    for setting, row in settings_of(scenario).items():
        if setting == "weeks" or setting.endswith(".start"):
            continue  # the two bound one another
        for end in row.choices or (row.low, row.high):
            assert with_settings(scenario, {setting: end}).name == name


def test_a_named_episode_is_set_by_its_name():
    two = Scenario(
        name="two", interventions=[{"kind": "recognition", "name": n, "start": s} for n, s in [("a", 0), ("b", 60)]]
    )
    changed = with_settings(two, {"b.rate": 2})
    assert [each.rate for each in changed.interventions] == [1.0, 2.0]


def test_an_intervention_of_ones_own_needs_no_registry():
    class Thanks(INTERVENTIONS["recognition"]):
        pass

    scenario = Scenario(name="mine", interventions=[Thanks(rate=3)])
    assert type(scenario.interventions[0]) is Thanks
    assert type(with_settings(scenario, {"recognition.rate": 2}).interventions[0]) is Thanks


def test_a_scenario_made_by_hand_is_checked_too():
    with pytest.raises(ValidationError, match="no intervention 'listening'; did you mean 'listening_tour'"):
        Scenario(name="x", interventions=[{"kind": "listening"}])


def test_a_scenario_cannot_be_changed_in_place(tour):
    with pytest.raises(ValidationError, match="frozen"):
        tour.weeks = 3


def test_the_difference_names_what_was_added_changed_and_taken_away():
    changed = with_settings(load_scenario("recognition"), {"trust.negativity": 3, "weeks": 90})
    lines = difference(load_scenario("crisis"), changed)
    assert lines == [
        "- crisis: kind crisis, start 26, weeks 26, units all, dose 1, demand 0.25, urgency 0.9",
        "+ recognition: kind recognition, start 26, weeks 78, units all, dose 1, rate 1, sincerity 0.8",
        "weeks: 104 -> 90",
        "trust.negativity: 1.5 -> 3",
    ]


def test_a_scenario_differs_from_itself_in_nothing(tour):
    assert difference(tour, tour) == []


def test_the_difference_without_follow_through_is_what_follows(tour):
    assert difference(tour, load_scenario("listening_tour_without_follow_through")) == [
        "listening_tour.follow_through: 0.6 -> 0.05",
        "listening_tour.explanation: 0.5 -> 0.1",
    ]


@given(dose=st.floats(0, 2), negativity=st.floats(1, 5))
def test_a_scenario_written_out_and_read_again_is_the_same_world(dose, negativity):
    scenario = with_settings(load_scenario("crisis"), {"crisis.dose": dose, "trust.negativity": negativity})
    again = Scenario.model_validate(scenario.model_dump(mode="json"))
    assert again == scenario
    assert again.digest == scenario.digest


def test_a_shorter_horizon_must_leave_room_for_the_tour(tour):
    hospital = generate()
    assert tour.plan(hospital, weeks=40).segment.size == 66
    with pytest.raises(InputError, match=r"listening_tour\.yaml:9:12: .* after the last of 20 weeks"):
        tour.plan(hospital, weeks=20)


def test_the_plan_uses_the_hours_that_the_scenario_gives(tour):
    hospital = generate()
    scarce = with_settings(tour, {"work.executive_hours": 1.0, "listening_tour.visits_per_week": 12})
    hours = scarce.plan(hospital).lever("hours.leaders").sum(axis=1)
    # 12 visits ask for 12 * 4.3 executive hours and 12 of the hosts; five executives have 5.
    assert hours[-1] == pytest.approx((12 * 4.3 + 12) * 5 / (12 * 4.3))


def test_editors_are_told_of_every_kind_and_parameter():
    schema = json_schema()
    kinds = {
        definition["properties"]["kind"]["const"]
        for definition in schema["$defs"].values()
        if "kind" in definition["properties"]
    }
    assert kinds == {*INTERVENTIONS, *SHOCKS}
    negativity = schema["properties"]["parameters"]["properties"]["trust.negativity"]
    assert (negativity["minimum"], negativity["maximum"], negativity["default"]) == (1.0, 5.0, 1.5)
    assert "organization.units" not in schema["properties"]["parameters"]["properties"]
    assert schema["properties"]["organization"]["properties"]["units"]["type"] == "integer"
    assert schema["$defs"]["ListeningTour"]["properties"]["visits_per_week"]["maximum"] == 12


def test_every_reference_of_the_json_schema_leads_somewhere():
    schema = json_schema()

    def references(part):
        if isinstance(part, dict):
            yield from ([part["$ref"]] if "$ref" in part else [])
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from references(each)

    found = set(references(schema))
    assert len(found) > len(INTERVENTIONS)
    assert found <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_what_leaders_choose_is_not_shared_with_the_baseline_and_what_the_world_is_like_is():
    scenario, baseline = load_scenario("autocratic_in_crisis"), load_scenario("crisis")
    (style, *_), (crisis, *_) = scenario.interventions, scenario.shocks
    world = {"trust.gain", "organization.units", "weeks", f"{crisis.name}.urgency"}
    assert shared_settings({f"{style.name}.dose", *world}, scenario, baseline) == world
    # A shock of the scenario alone is what it is about.
    assert shared_settings({f"{crisis.name}.urgency"}, scenario, load_scenario("baseline")) == frozenset()
