"""A run and a view travel in a link, and nothing that somebody writes into one does harm."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustsim.app.limits import MOST_POSITIONS, MOST_REPLICATES, MOST_WEEKS, positions
from trustsim.app.state import COLORS, CURVES, RunSpec, View, read_link, write_link
from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS
from trustsim.measures import NAMES
from trustsim.organization import generate
from trustsim.parameters import REGISTER
from trustsim.scenario import scenario_names

NOT_SIZES = sorted(name for name, known in REGISTER.items() if known.group != "organization" and known.kind == "number")
views = st.builds(
    View,
    week=st.integers(0, MOST_WEEKS - 1),
    color=st.sampled_from(list(COLORS)),
    world=st.sampled_from(["scenario", "baseline"]),
    person=st.sampled_from(["", "CEO", "Intensive care/nurse 7"]),
    measure=st.sampled_from(NAMES),
    curve=st.sampled_from(list(CURVES)),
)


@st.composite
def specs(draw: st.DrawFn) -> RunSpec:
    """Runs that the app offers, one click at a time."""
    spec = RunSpec(
        scenario=draw(st.sampled_from(scenario_names())),
        replicates=draw(st.integers(2, 20)),
        seed=draw(st.integers(0, 2**53 - 1)),
    )
    for kind in draw(st.lists(st.sampled_from(sorted(INTERVENTIONS)), max_size=2, unique=True)):
        if kind not in {episode.name for episode in spec.worlds()[0].episodes}:
            spec = spec.adding(kind)
    for name in draw(st.lists(st.sampled_from(NOT_SIZES), max_size=3, unique=True)):
        spec = spec.setting(name, draw(st.floats(REGISTER[name].low, REGISTER[name].high)))
    for episode in spec.worlds()[0].episodes[:1]:
        if draw(st.booleans()):
            spec = spec.without(episode.name)
        else:
            spec = spec.setting(f"{episode.name}.dose", draw(st.floats(0.0, 2.0)))
    return spec


@given(specs(), views)
def test_a_link_says_all_there_is_to_say(spec: RunSpec, view: View):
    again, looked, notes = read_link(write_link(spec, view))
    assert (again, looked, notes) == (spec, view, ())
    assert again.recipe().digest == spec.recipe().digest


@given(
    st.lists(st.tuples(st.sampled_from([*"ab", "week", "seed", "add", "trust.gain", "weeks"]), st.text()), max_size=6)
)
def test_no_link_is_an_error_page(pairs: list[tuple[str, str]]):
    from urllib.parse import urlencode

    spec, view, _ = read_link(urlencode(pairs, errors="replace"))
    spec.worlds()
    assert 0 <= view.week < MOST_WEEKS


@given(st.text())
def test_not_even_one_that_is_no_query(text: str):
    read_link(text)[0].worlds()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("scenario=../../etc/passwd", "scenario=../../etc/passwd: there is none"),
        ("scenario=listening_tuor", "did you mean 'listening_tour'?"),
        ("scenario=%3Cscript%3E", "there is none"),
        ("trust.negativity=nan", "no number that can be used"),
        ("trust.negativity=1e9", "is outside"),
        ("trust.negativty=2", "did you mean 'trust.negativity'?"),
        ("week=1.5", "is no number"),
        ("week=-3", "is outside 0 to"),
        ("replicates=1000000", f"{MOST_REPLICATES} is used"),
        ("organization.units=10000", "too many for the app"),
        ("organization.units=100", "leaves room for 19 replicates in the app, not 20"),
        ("weeks=520", "520 weeks are too many"),
        ("weeks=20", "starts in week 26, after the last"),
        ("add=world_peace", "add=world_peace: there is none"),
        ("without=breakfast", "has no 'breakfast' to leave out"),
        ("seed=1&seed=2", "stands in the link 2 times"),
        ("color=" + "x" * 9000, "too many to be one of ours"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_said(query: str, said: str):
    spec, view, (note,) = read_link(query)
    assert said in note
    assert (spec.scenario, view.color) == ("listening_tour", "trust")
    spec.worlds()


def test_one_setting_that_does_not_fit_takes_no_other_with_it():
    spec, _, notes = read_link("weeks=20&trust.negativity=2&listening_tour.follow_through=0.1")
    assert dict(spec.settings) == {"trust.negativity": 2.0, "listening_tour.follow_through": 0.1}
    assert len(notes) == 1


def test_a_large_hospital_gets_fewer_replicates_not_a_slow_machine():
    spec, _, (note,) = read_link("organization.units=100&replicates=100")
    assert "leaves room for" in note
    assert spec.replicates == spec.most_replicates < 100
    assert read_link("organization.units=100&replicates=5")[2] == ()
    with pytest.raises(InputError, match="leave room for"):
        replace(spec, replicates=spec.replicates + 1).worlds()


@given(st.dictionaries(st.sampled_from(["units", "nurses", "physicians", "apps", "allied"]), st.integers(1, 12)))
def test_a_hospital_is_counted_without_being_made(sizes: dict[str, int]):
    assert positions(sizes) == generate(sizes).n


def test_the_limit_is_beyond_the_hospital_that_ships():
    assert positions({}) * 5 < MOST_POSITIONS


def test_a_setting_put_back_leaves_no_trace():
    spec = RunSpec().setting("trust.negativity", 3.0)
    assert spec.setting("trust.negativity", None) == RunSpec()


def test_an_intervention_left_out_and_added_again_is_the_scenario_as_it_ships():
    spec = RunSpec().setting("listening_tour.dose", 0.5).without("listening_tour")
    assert spec.worlds()[0].interventions == ()
    assert spec.adding("listening_tour") == RunSpec()
