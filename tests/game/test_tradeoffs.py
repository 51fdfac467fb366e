"""What there is to learn from playing: what helps, what looks good and backfires, and what helps only in its time.

Directions, not numbers, and in each of three hospitals with luck of their own. All plans of a situation run side by
side, so that each hospital is simulated once.
"""

from functools import cache
from itertools import product

import numpy as np
import pytest

from trustsim.game import BEFORE, CARD, QUARTERS, ROLES, SITUATIONS, WEEKS, Pick, Setup, search
from trustsim.game.episodes import compiled
from trustsim.game.outcome import summary
from trustsim.game.plans import Plan, allowed
from trustsim.game.search import gains
from trustsim.simulation import run_worlds

SEEDS = (1, 2, 3)
ALONE = Pick("autocratic_decisions", "all")
COUNCILS, CANDID = Pick("shared_governance", "real"), Pick("transparent_communication", "candid")
DYADS, TRAINING = Pick("dyad_leadership", "weekly"), Pick("leadership_training", "course")
PLANS = {
    "decent ceo": [{COUNCILS, CANDID}] * QUARTERS,
    "decent cmo": [{DYADS, CANDID}] * QUARTERS,
    "decent nurse_executive": [{COUNCILS, Pick("recognition", "personal")}] * QUARTERS,
    "tempting ceo": [{Pick("listening_tour", "listening_only")}] * QUARTERS,
    "tempting cmo": [{Pick("metric_walkthrough", "vague"), Pick("shared_dashboard", "bought")}] * QUARTERS,
    "tempting nurse_executive": [{Pick("huddles", "unanswered")}] * QUARTERS,
    "tour ceo": [{Pick("listening_tour", "followed")}] * QUARTERS,
    "alone ceo": [{ALONE}] * QUARTERS,
    "relief ceo": [{Pick("staffing_relief", "full")}] * QUARTERS,
    "care cmo": [{Pick("care_management", "weekly")}] * QUARTERS,
    "repair ceo": [{Pick("trust_repair", "full")}] * QUARTERS,
    "letter ceo": [{Pick("trust_repair", "words")}] * QUARTERS,
    "course cmo": [{TRAINING}, *[{DYADS, CANDID}] * (QUARTERS - 1)],
}
"""What is wanted in each quarter, by a name that ends with the role; the rules may not allow all of it."""
EVERYWHERE = list(product(SITUATIONS, ROLES))


def plan(situation: str, name: str) -> Plan:
    return allowed(Setup(situation, name.rsplit(maxsplit=1)[-1]), PLANS[name], np.random.default_rng(0))


@cache
def hospitals(situation: str) -> list[dict[str, np.ndarray]]:
    """Return every measure in every week of each hospital: nobody deciding first, then the plans."""
    plans = [((),) * QUARTERS, *(plan(situation, name) for name in PLANS)]
    setups = [Setup(situation, "ceo", seed) for seed in SEEDS]
    return [run_worlds([compiled(setup, each) for each in plans], setup.hospital()).hospital for setup in setups]


def improved(situation: str, name: str, group: str) -> np.ndarray:
    """Return how many steps a plan improves a group of the card against nobody deciding, in each hospital."""
    world, found = 1 + list(PLANS).index(name), []
    for hospital in hospitals(situation):
        cards = summary(hospital)
        own, nobody = ({measure: float(values[w]) for measure, values in cards.items()} for w in (world, 0))
        found.append(gains(own, nobody)[group])
    return np.array(found)


def in_first_quarter(situation: str, name: str | None, measure: str) -> np.ndarray:
    """Return the mean of a measure over the first quarter, in each hospital; of nobody deciding without a plan."""
    world = 0 if name is None else 1 + list(PLANS).index(name)
    return np.array([hospital[measure][BEFORE : BEFORE + WEEKS, world].mean() for hospital in hospitals(situation)])


@pytest.mark.parametrize(("situation", "role"), EVERYWHERE)
def test_a_decent_plan_leaves_trust_and_people_better_off_than_doing_nothing(situation, role):
    assert min(improved(situation, f"decent {role}", "trust")) > 0.2
    assert min(improved(situation, f"decent {role}", "people")) > 0.3


@pytest.mark.parametrize(("situation", "role"), EVERYWHERE)
def test_each_role_is_tempted_by_something_that_is_worse_than_doing_nothing(situation, role):
    assert max(improved(situation, f"tempting {role}", "people")) < 0.0
    assert improved(situation, f"tempting {role}", "trust").mean() < 0.0


@pytest.mark.parametrize("situation", SITUATIONS)
def test_listening_helps_if_something_comes_of_it(situation):
    assert min(improved(situation, "tour ceo", "people")) > 0.2
    assert min(improved(situation, "tour ceo", "trust")) > max(improved(situation, "tempting ceo", "trust"))


def test_in_the_sharp_quarter_of_a_crisis_deciding_alone_spares_people():
    alone, councils, nobody = (
        in_first_quarter("acute_crisis", name, "burnout_prevalence") for name in ("alone ceo", "decent ceo", None)
    )
    assert all(alone < nobody)
    assert all(alone < councils)


@pytest.mark.parametrize("situation", [name for name in SITUATIONS if name != "acute_crisis"])
def test_without_a_crisis_deciding_alone_costs_trust_at_once(situation):
    alone, nobody = (in_first_quarter(situation, name, "trust_clinician_admin") for name in ("alone ceo", None))
    assert all(alone < nobody)


@pytest.mark.parametrize(("situation", "group"), list(product(SITUATIONS, ("trust", "people", "money"))))
def test_deciding_alone_for_three_years_is_worse_than_nothing_even_after_a_crisis(situation, group):
    assert max(improved(situation, "alone ceo", group)) < 0.0


@pytest.mark.parametrize("situation", SITUATIONS)
def test_relief_lets_more_patients_be_seen_and_costs_more_than_it_saves(situation):
    assert min(improved(situation, "relief ceo", "patients")) > 0.0
    assert max(improved(situation, "relief ceo", "money")) < 0.0


@pytest.mark.parametrize("situation", SITUATIONS)
def test_care_management_buys_patients_trust_with_clinicians_time(situation):
    assert min(improved(situation, "care cmo", "patients")) > 0.3
    assert improved(situation, "care cmo", "money").mean() < 0.0
    assert max(abs(improved(situation, "care cmo", "trust"))) < 0.05


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_repair_helps_and_a_letter_of_regret_does_not(situation):
    assert min(improved(situation, "repair ceo", "trust")) > 0.0
    assert improved(situation, "letter ceo", "trust").mean() < 0.0


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_course_first_delays_dyads_and_pays_later(situation):
    course, dyads = (
        in_first_quarter(situation, name, "trust_clinician_admin") for name in ("course cmo", "decent cmo")
    )
    assert all(course < dyads)
    assert all(improved(situation, "course cmo", "people") > improved(situation, "decent cmo", "people"))


@pytest.mark.parametrize(("situation", "role"), EVERYWHERE)
def test_even_a_short_search_finds_plans_that_help_and_plans_that_harm(situation, role):
    setup = Setup(situation, role)
    found = search(setup, rounds=1)
    worlds = [game.scenario() for game in (found.best, found.worst)]
    cards = summary(run_worlds([*worlds, found.best.untouched()], setup.hospital()).hospital)
    best, worst, nobody = ({name: float(values[world]) for name, values in cards.items()} for world in range(3))
    assert sum(gain > 0.1 for gain in gains(best, nobody).values()) >= 2
    assert sum(gain < -0.1 for gain in gains(worst, nobody).values()) >= 1
    assert list(gains(best, nobody)) == list(CARD)
