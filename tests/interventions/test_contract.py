"""What every intervention and shock must keep to, whatever its parameters: run over the whole registry."""

import math
from importlib import import_module
from inspect import getmro
from pkgutil import iter_modules

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from trustsim import interventions
from trustsim.interventions import INTERVENTIONS, SHOCKS, Episode, Intervention, Shock, compile_plan
from trustsim.levers import LEVERS, Contribution
from trustsim.organization import generate
from trustsim.parameters import REGISTER, resolve

KINDS = {**INTERVENTIONS, **SHOCKS}
VALUES = resolve({})
HOSPITAL = generate({"units": 6})
NAMES = HOSPITAL.unit_names

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def plan_of(*episodes: Episode, weeks: int = 30, burn_in: int = 2):
    chosen = [each for each in episodes if isinstance(each, Intervention)]
    shocks = [each for each in episodes if isinstance(each, Shock)]
    return compile_plan(chosen, shocks, HOSPITAL, weeks=weeks, burn_in=burn_in, values=VALUES)


def settings_of(kind: type[Episode]) -> st.SearchStrategy[dict]:
    """Any value of each of a kind's own parameters."""
    own = [row for row in kind.settings() if row.name not in {"start", "weeks", "dose"}]
    values = {
        row.name: st.sampled_from(row.choices)
        if row.kind == "choice"
        else st.integers(row.low, row.high)
        if row.kind == "integer"
        else st.floats(row.low, row.high)
        for row in own
    }
    return st.fixed_dictionaries(values)


def episodes(kind: type[Episode]) -> st.SearchStrategy[Episode]:
    """Any episode of a kind that fits into 30 weeks of the hospital."""
    units = st.one_of(
        st.just("all"),
        st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
        st.floats(0, 1).map(lambda share: {"share": share}),
    )
    when = {"start": st.integers(0, 29), "weeks": st.integers(1, 40), "units": units, "dose": st.floats(0, 2)}
    return st.tuples(st.fixed_dictionaries(when), settings_of(kind)).map(lambda parts: kind(**parts[0], **parts[1]))


def one_of_each() -> st.SearchStrategy[list[Episode]]:
    """Some episodes of different kinds, in any order."""
    return (
        st.lists(st.sampled_from(list(KINDS)), unique=True, min_size=1, max_size=8)
        .flatmap(lambda names: st.tuples(*(episodes(KINDS[name]) for name in names)))
        .flatmap(st.permutations)
    )


def test_registry_and_kinds_agree():
    for registry, base in ((INTERVENTIONS, Intervention), (SHOCKS, Shock)):
        for name, kind in registry.items():
            assert kind().kind == name
            assert kind().name == name
            assert base in getmro(kind)
    assert not INTERVENTIONS.keys() & SHOCKS.keys()


def descendants(base: type) -> set[type]:
    """What nobody builds upon: a class that others build upon is a shape, not a kind."""
    below = base.__subclasses__()
    return set().union(*map(descendants, below)) if below else {base}


def test_every_kind_that_is_written_is_registered():
    for module in iter_modules(interventions.__path__):
        import_module(f"{interventions.__name__}.{module.name}")
    written = {*descendants(Intervention), *descendants(Shock)}
    assert {kind for kind in written if kind.__module__.startswith(interventions.__name__)} == set(KINDS.values())


def test_no_kind_has_the_name_of_a_group_of_parameters():
    assert not KINDS.keys() & {known.group for known in REGISTER.values()}


@every_kind
def test_it_declares_what_it_is_and_where_it_comes_from(kind):
    assert kind.title
    assert kind.sources
    assert all(row.split(".")[0].isdigit() for row in kind.sources)
    assert kind.evidence
    if issubclass(kind, Intervention):
        assert kind.backfires.endswith(".")
        assert 0 <= kind.cooldown <= 52


@every_kind
def test_each_of_its_settings_has_range_unit_and_meaning(kind):
    for row in kind.settings():
        assert row.unit
        assert row.meaning.endswith(".")
        if row.kind == "choice":
            assert row.default in row.choices
        else:
            assert row.low <= row.default <= row.high


@every_kind
def test_values_outside_the_range_are_refused(kind):
    for row in kind.settings():
        for wrong in ["nobody"] if row.kind == "choice" else [row.low - 1, row.high + 1, "1", True, None, math.nan]:
            with pytest.raises(ValidationError, match=row.name):
                kind(**{row.name: wrong})
    with pytest.raises(ValidationError, match="no_such_setting"):
        kind(no_such_setting=1)


@every_kind
@given(data=st.data())
def test_it_contributes_to_known_levers_within_their_ranges(kind, data):
    episode = data.draw(episodes(kind))
    week, units = data.draw(st.integers(0, 60)), data.draw(st.integers(1, 20))
    contributions = list(episode.contributions(week, units))
    for contribution in contributions:
        assert type(contribution) is Contribution
        lever = LEVERS[contribution.lever]
        assert lever.low <= contribution.value <= lever.high, contribution
        assert contribution.weight >= 0.0
        assert lever.rule == "mean" or contribution.weight == 1.0
    names = [contribution.lever for contribution in contributions]
    assert len(set(names)) == len(names)
    assert not set(names) & {"work.meetings", "hours.leaders", "hours.staff", "cost"}, "hours and dollars say these"


@every_kind
@given(data=st.data())
def test_it_takes_hours_and_money_but_gives_none(kind, data):
    episode = data.draw(episodes(kind))
    week, units = data.draw(st.integers(0, 60)), data.draw(st.integers(1, 20))
    amounts = [*episode.hours(week, units), episode.dollars(week, units)]
    assert all(math.isfinite(amount) and amount >= 0.0 for amount in amounts)


@every_kind
@settings(max_examples=20)
@given(data=st.data())
def test_weeks_of_one_phase_are_alike(kind, data):
    episode = data.draw(episodes(kind))
    units = data.draw(st.integers(1, 20))
    seen = {}
    for week in range(60):
        week_is = (tuple(episode.contributions(week, units)), episode.hours(week, units), episode.dollars(week, units))
        assert seen.setdefault(episode.phase(week), week_is) == week_is


@every_kind
def test_with_its_defaults_it_does_something(kind):
    assert plan_of(kind()).values.any()


@every_kind
@settings(max_examples=20)
@given(data=st.data())
def test_at_dose_zero_it_is_as_good_as_left_out(kind, data):
    others = data.draw(one_of_each())
    others = [each for each in others if each.kind != kind().kind]
    nothing = kind(**data.draw(settings_of(kind)), dose=0.0)
    with_it, without = plan_of(nothing, *others), plan_of(*others)
    assert with_it.values.tobytes() == without.values.tobytes()
    assert with_it.segment.tobytes() == without.segment.tobytes()


@every_kind
@settings(max_examples=20)
@given(data=st.data())
def test_it_touches_its_target_units_in_its_weeks_and_nothing_else(kind, data):
    episode = data.draw(episodes(kind))
    plan = plan_of(episode)
    levers = plan.values[plan.segment]
    assert not levers[: 2 + episode.start].any()
    assert not levers[2 + episode.end :].any()
    if isinstance(episode.units, tuple):
        others = [number for number, name in enumerate(NAMES) if name not in episode.units]
        assert not levers[:, :, [*others, len(NAMES)]].any()
    elif episode.units != "all":
        touched = levers.any(axis=(0, 1))
        assert not touched[len(NAMES)]
        assert touched.sum() in {0, int(episode.units.share * len(NAMES) + 0.5)}


@given(chosen=one_of_each(), data=st.data())
def test_the_order_in_which_they_are_given_makes_no_difference(chosen, data):
    shuffled = data.draw(st.permutations(chosen))
    one, other = plan_of(*chosen), plan_of(*shuffled)
    assert one.segment.tobytes() == other.segment.tobytes()
    assert one.values.tobytes() == other.values.tobytes()


@given(chosen=one_of_each())
def test_together_they_stay_within_what_levers_allow(chosen):
    plan = plan_of(*chosen)
    low = np.array([lever.low for lever in LEVERS.values()])[:, None]
    high = np.array([lever.high for lever in LEVERS.values()])[:, None]
    assert np.isfinite(plan.values).all()
    accounts = [number for number, name in enumerate(LEVERS) if name == "hours.staff"]  # a product, not a contribution
    inside = np.delete((plan.values >= low) & (plan.values <= high), accounts, axis=1)
    assert inside.all()


@given(chosen=one_of_each())
def test_no_hour_of_a_leader_is_spent_twice(chosen):
    plan = plan_of(*chosen)
    executives, leaders = 5, 2 * 6 + 2  # chiefs and managers of six units, and two directors
    has = executives * REGISTER["work.executive_hours"].default + leaders * REGISTER["work.leader_hours"].default
    assert (plan.lever("hours.leaders").sum(axis=1) <= has * (1 + 1e-12)).all()
