"""The Mesa model and the compiled engine are the same model, to the last bit; worlds side by side are worlds alone.

Everything that could make a difference is drawn: hospitals that the generator makes and hospitals that only people
could think of, parameters over their whole ranges, every intervention and shock, levers that no intervention pulls,
seeds, and how many worlds run side by side. No tolerance anywhere.
"""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from trustsim import levers, parameters
from trustsim.interventions import INTERVENTIONS, SHOCKS, LeverPlan, compile_plan
from trustsim.model import HospitalModel, advance_agents
from trustsim.organization import Organization, Position, Tie, build, generate
from trustsim.organization.roles import ADMINISTRATIVE, CLINICAL
from trustsim.rules.conduct import BELIEFS
from trustsim.worlds.engine import Result, WeeksOfLuck, advance
from trustsim.worlds.state import People, Units

SEEDS = st.integers(0, 2**64 - 1)
RANDOM = st.integers(0, 2**32 - 1).map(np.random.default_rng)
MOST_WORLDS = 40

# ---------------------------------------------------------------- hospitals

SIZES = st.fixed_dictionaries(
    {
        "units": st.integers(1, 4),
        "physicians": st.integers(0, 3),
        "nurses": st.integers(0, 4),
        "apps": st.integers(0, 2),
        "allied": st.integers(0, 2),
        "units_per_director": st.integers(1, 3),
        "executives": st.integers(1, 6),
        "peer_degree": st.integers(0, 6),
        "peer_rewiring": st.floats(0, 1),
        "consult_degree": st.floats(0, 4),
        "bridging": st.floats(0, 1),
        "social_share": st.floats(0, 1),
    }
)


def odd_hospital(random: np.random.Generator) -> Organization:
    """Make a hospital as crooked as the checks allow: missing leaders, leaders in other units, ties of all kinds."""
    people = [Position("CEO", "executive", None, None)]
    people += [Position(f"VP {number}", "executive", None, "CEO") for number in range(random.integers(3))]
    people += [Position(f"director {number}", "director", None, "CEO") for number in range(random.integers(3))]
    for unit in (f"unit {number}" for number in range(random.integers(1, 4))):
        leaders = [("manager",), ("chief",), ("manager", "chief")][random.integers(3)]
        for role in leaders:
            above = [place.label for place in people if place.role != "chief"]
            people.append(Position(f"{unit}/{role}", role, unit, str(random.choice(above))))
    units = [place.unit for place in people if place.unit]
    for number in range(random.integers(12)):
        above = [place.label for place in people if not place.label.startswith("staff")]
        role, unit = str(random.choice(CLINICAL[:-1])), str(random.choice(units))
        people.append(Position(f"staff {number}", role, unit, str(random.choice(above))))
    return build(people, odd_ties(people, random))


def odd_ties(people: list[Position], random: np.random.Generator) -> list[Tie]:
    kinds = {}
    for person in people:
        if person.leader:
            kinds[person.label, person.leader] = kinds[person.leader, person.label] = "line"
    looks_to: set[str] = set()
    density = random.random()
    for one in people:
        for other in people:
            ends = one.label, other.label
            if one == other or ends in kinds or random.random() > density:
                continue
            kind = str(random.choice(kinds_between(one.role, other.role)))
            if kind == "executive" and one.role in CLINICAL:  # people look to one executive
                if one.label in looks_to:
                    continue
                looks_to.add(one.label)
            kinds[ends] = kind
    return [Tie(truster, trustee, kind) for (truster, trustee), kind in kinds.items()]


def kinds_between(one: str, other: str) -> list[str]:
    roles = {one, other}
    if roles <= set(ADMINISTRATIVE):
        return ["peer"]
    if roles <= set(CLINICAL):
        return ["peer", "consult", *(["dyad"] if "chief" in roles else [])]
    kinds = ["social"]
    kinds += ["operations", "dyad"] if "manager" in roles else []
    kinds += ["executive"] if "executive" in roles else []
    kinds += ["liaison"] if "chief" in roles and roles & {"manager", "director"} else []
    return kinds


HOSPITALS = st.one_of(st.builds(lambda sizes, seed: generate(sizes, seed=seed), SIZES, SEEDS), RANDOM.map(odd_hospital))

# ---------------------------------------------------------------- what happens in them


def any_values(random: np.random.Generator) -> np.ndarray:
    """Draw parameters over their whole ranges, the ends of the ranges often."""
    overrides, share = {}, random.choice([0.0, 0.1, 1.0])
    for one in parameters.REGISTER.values():
        if one.group != "organization" and random.random() < share:
            where = random.choice([0.0, 1.0, random.random(), random.random()])
            value = min(one.low + where * (one.high - one.low), one.high)
            overrides[one.name] = float(round(value)) if one.kind == "integer" else float(value)
    return parameters.resolve(overrides)


def any_levers(random: np.random.Generator, units: int, weeks: int) -> LeverPlan:
    """Draw levers that differ between units and weeks, far beyond what any intervention does."""
    segments = int(random.integers(2, 5))
    values = np.zeros((segments, len(levers.NAMES), units + 1))
    share = random.choice([0.05, 0.5, 1.0])
    for number, lever in enumerate(levers.LEVERS.values()):
        drawn = lever.low + random.random(values[1:, number].shape) * (lever.high - lever.low)
        drawn = np.where(random.random(drawn.shape) < 0.1, lever.high, drawn)
        values[1:, number] = np.where(random.random(drawn.shape) < share, drawn, 0.0)
    return LeverPlan(values, random.integers(0, segments, weeks).astype(np.int32))


def any_episodes(random: np.random.Generator, registry: dict[str, Any], weeks: int) -> list[Any]:
    """Draw each kind at most once, with settings over their whole ranges."""
    episodes = []
    for kind in registry.values():
        if random.random() < 0.5:
            continue
        chosen: dict[str, Any] = {"units": [(), {"share": float(random.random())}, "all"][random.integers(1, 3)]}
        for setting in kind.settings():
            if setting.kind == "choice":
                chosen[setting.name] = str(random.choice(setting.choices))
            elif setting.kind == "integer":
                chosen[setting.name] = int(random.integers(int(setting.low), int(setting.high) + 1))
            else:
                chosen[setting.name] = float(random.uniform(setting.low, setting.high))
        chosen |= {"start": int(random.integers(weeks)), "weeks": int(random.integers(1, weeks + 1))}
        episodes.append(kind(kind=kind.model_fields["kind"].default, **chosen))
    return episodes


def any_plan(random: np.random.Generator, hospital: Organization, weeks: int, burn_in: int) -> LeverPlan:
    if random.random() < 0.5:
        return any_levers(random, hospital.n_units, burn_in + weeks)
    interventions, shocks = (any_episodes(random, registry, weeks) for registry in (INTERVENTIONS, SHOCKS))
    return compile_plan(interventions, shocks, hospital, weeks=weeks, burn_in=burn_in, values=parameters.resolve({}))


# ---------------------------------------------------------------- what has to be equal

IN_THE_MESA_MODEL = {
    "safety": "psychological_safety",
    "understanding": "role_understanding",
    "concerns": "open_concerns",
    "intent": "intent_to_leave",
}


def of_person(person: Any, field: str) -> float | list[float]:
    if field == "conduct":
        return [getattr(person.conduct, belief) for belief in BELIEFS]
    if field == "staffed":
        return 1.0
    if field == "no_problem":
        return float(getattr(person, "sees_no_problem", False))
    if field in ("vacancy", "occupant"):
        return float(getattr(person.position, field))
    owner = person
    if field.startswith("own_"):
        owner, field = person.usual, field.removeprefix("own_")
    return float(getattr(owner, IN_THE_MESA_MODEL.get(field, field)))


def of_unit(unit: Any, field: str) -> float:
    of_panel = {"patient_trust": "trust", "waiting": "waiting"}
    return getattr(unit.panel, of_panel[field]) if field in of_panel else getattr(unit, field)


def assert_equal_states(model: HospitalModel, state: Any, world: int) -> None:
    """Compare all fields of all people, ties, units; of empty chairs what there is of them."""
    staffed = np.array([position.person is not None for position in model.positions])
    np.testing.assert_array_equal(staffed, state.people.staffed[:, world] == 1.0, "staffed")
    for field in ("occupant", "vacancy"):
        of_positions = [getattr(position, field) for position in model.positions]
        np.testing.assert_array_equal(of_positions, getattr(state.people, field)[:, world], field)
    for field in People._fields:
        of_people = [of_person(position.person, field) for position in model.positions if position.person]
        in_worlds = getattr(state.people, field)[staffed][..., world]
        np.testing.assert_array_equal(np.reshape(of_people, in_worlds.shape), in_worlds, field)
    known = np.array([staffed[tie.truster] and staffed[tie.trustee] for tie in model.ties], dtype=np.bool_)
    beliefs = np.array([[getattr(tie, belief) for belief in BELIEFS] for tie in model.ties]).reshape(-1, len(BELIEFS))
    np.testing.assert_array_equal(beliefs[known], state.ties.belief[known][..., world], "belief")
    scars = np.array([tie.scar for tie in model.ties])
    np.testing.assert_array_equal(scars[known], state.ties.scar[known, world], "scar")
    rapport = np.array([tie.rapport for tie in model.ties])
    np.testing.assert_array_equal(rapport[known], state.ties.rapport[known, world], "rapport")
    for field in Units._fields:
        units = [unit for unit in model.units if unit.panel or field not in ("patient_trust", "waiting")]
        of_units = [of_unit(unit, field) for unit in units]
        np.testing.assert_array_equal(of_units, getattr(state.units, field)[: len(units), world], field)
    assert model.reputation == state.reputation[0, world]


def assert_equal_measures(one: Result, other: Result, world: int, other_world: int) -> None:
    for ours, theirs in ((one.hospital, other.hospital), (one.units, other.units)):
        assert list(ours) == list(theirs)
        for name, series in ours.items():
            np.testing.assert_array_equal(series[..., world], theirs[name][..., other_world], name)


LENGTHS = st.integers(1, 16)


@given(HOSPITALS, st.tuples(SEEDS, SEEDS), st.integers(1, MOST_WORLDS), LENGTHS, st.integers(0, 3), RANDOM)
@settings(max_examples=150)
def test_both_engines_agree_to_the_bit(hospital, seeds, worlds, weeks, burn_in, random):
    seed, hospital_seed = seeds
    plans = [any_plan(random, hospital, weeks, burn_in) for _ in range(worlds)]
    values = np.stack([any_values(random) for _ in range(worlds)], axis=1)
    luck = WeeksOfLuck(seed, hospital_seed, hospital)
    compiled = advance(hospital, plans, values, luck, weeks=weeks, burn_in=burn_in, by_unit=True)
    for world in sorted({0, int(random.integers(worlds))}):
        setting = {"organization": hospital, "hospital_seed": hospital_seed, "values": values[:, world]}
        model = HospitalModel(rng=seed, plan=plans[world], **setting)
        model.run_model()
        assert_equal_states(model, compiled.snapshots[-1].state, world)
        options = {"seed": seed, "hospital_seed": hospital_seed, "weeks": weeks, "burn_in": burn_in, "by_unit": True}
        read = advance_agents(hospital, [plans[world]], values[:, [world]], **options)
        assert_equal_measures(read, compiled, 0, world)


@given(HOSPITALS, SEEDS, st.integers(2, MOST_WORLDS), LENGTHS, RANDOM)
@settings(max_examples=60)
def test_a_world_does_not_notice_its_neighbors(hospital, seed, worlds, weeks, random):
    plans = [any_plan(random, hospital, weeks, 0) for _ in range(worlds)]
    values = np.stack([any_values(random) for _ in range(worlds)], axis=1)
    together = advance(hospital, plans, values, WeeksOfLuck(seed, 1, hospital), weeks=weeks, burn_in=0, by_unit=True)
    others = random.permutation(worlds)[: random.integers(1, worlds + 1)]
    moved = advance(
        hospital,
        [plans[world] for world in others],
        values[:, others],
        WeeksOfLuck(seed, 1, hospital),
        weeks=weeks,
        burn_in=0,
        by_unit=True,
    )
    for place, world in enumerate(others):
        assert_equal_measures(moved, together, place, world)


@given(HOSPITALS, SEEDS, st.integers(1, 4), st.integers(2, 16), RANDOM)
@settings(max_examples=60)
def test_a_run_continued_from_a_snapshot_is_the_uninterrupted_run(hospital, seed, worlds, weeks, random):
    plans = [any_plan(random, hospital, weeks, 1) for _ in range(worlds)]
    values = np.stack([any_values(random) for _ in range(worlds)], axis=1)
    stop = int(random.integers(1, weeks + 1))
    options = {"weeks": weeks, "burn_in": 1, "by_unit": True}
    whole = advance(hospital, plans, values, WeeksOfLuck(seed, 1, hospital), snapshots=[stop], **options)
    snapshot = whole.snapshots[0]
    assert snapshot.week == stop
    rest = advance(hospital, plans, values, WeeksOfLuck(seed, 1, hospital), start=snapshot, **options)
    for ours, theirs in ((rest.hospital, whole.hospital), (rest.units, whole.units)):
        for name, series in ours.items():
            np.testing.assert_array_equal(series[stop - 1 :], theirs[name][stop - 1 :], name)
            assert np.isnan(series[: stop - 1]).all(), name
    for ours, theirs in zip(flat(rest.snapshots[-1].state), flat(whole.snapshots[-1].state), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def flat(state: Any) -> list[np.ndarray]:
    return [*state.people, *state.ties, *state.units, state.reputation]
