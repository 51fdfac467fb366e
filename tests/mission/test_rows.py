"""Every system of the source articles has a place in the model, a scenario that shows it, and a tested direction."""

from importlib import import_module

import pytest

from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.interventions.mission import ARTICLES, mission, table
from trustsim.measures import lookup
from trustsim.scenario import load_scenario, scenario_names, scenarios_folder

KINDS = {**INTERVENTIONS, **SHOCKS}
SYSTEMS = {"1": 13, "2": 7, "3": 7, "4": 6, "5": 17}  # as many as each article describes
ROWS = mission().values()

every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.number)


def test_every_system_of_every_article_has_a_row():
    assert list(mission()) == [f"{article}.{n}" for article, most in SYSTEMS.items() for n in range(1, most + 1)]
    assert list(ARTICLES) == list(SYSTEMS)


@every_row
def test_a_row_lives_somewhere_is_shown_and_goes_somewhere(row):
    assert row.what
    assert row.kinds or row.mechanism
    assert set(row.kinds) <= set(KINDS)
    assert row.expect
    assert set(row.scenarios) <= set(scenario_names())


@every_row
def test_the_rules_of_a_row_are_in_the_model(row):
    for rule in row.mechanism:
        module, name = rule.split(".")
        assert name in import_module(f"trustsim.rules.{module}").__all__


@every_row
def test_a_row_expects_something_of_a_measure_in_weeks_that_are_run(row):
    for one in row.expect:
        lookup(one.measure)
        first, end = one.weeks
        assert 0 <= first < end <= load_scenario(one.scenario).weeks
        assert one.goes in {"up", "down", "same"}


@every_row
def test_what_stands_for_a_row_is_in_force_in_a_scenario_of_the_row(row):
    shown = {episode.kind for name in row.scenarios for episode in load_scenario(name).episodes}
    assert set(row.kinds) <= shown


@pytest.mark.parametrize("kind", KINDS)
def test_every_intervention_and_shock_stands_for_the_rows_that_it_names_as_sources(kind):
    named = set(KINDS[kind].sources)
    assert named
    assert named <= set(mission())
    standing = {row.number for row in ROWS if kind in row.kinds}
    assert standing, f"{kind} is in no row"
    assert standing & named


@pytest.mark.parametrize("name", scenario_names())
def test_the_sources_of_a_scenario_are_rows(name):
    assert set(load_scenario(name).sources) <= set(mission())


def test_the_table_for_readers_is_up_to_date():
    # Written anew by: Path("scenarios/README.md").write_text(table())
    assert (scenarios_folder() / "README.md").read_text(encoding="utf-8") == table()


def test_every_shipped_scenario_is_tested_somewhere_in_the_mission():
    named = {one.scenario for row in ROWS for one in row.expect} | {one.against for row in ROWS for one in row.expect}
    elsewhere = {"baseline", "crisis", "sharp_crisis", "everything_at_once"}  # baselines, and test_bundles
    assert set(scenario_names()) - named <= elsewhere
