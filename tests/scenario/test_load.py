"""Scenario files: what they inherit, where they are found, and what YAML means by what is written."""

from pathlib import Path
from textwrap import dedent

import pytest

from trustsim.errors import InputError
from trustsim.interventions import INTERVENTIONS
from trustsim.organization import generate
from trustsim.scenario import load_baseline, load_scenario, read_value, scenario_names, scenarios_folder

SHIPPED = {
    "autocratic_decisions",
    "autocratic_in_crisis",
    "baseline",
    "crisis",
    "dyad_leadership",
    "inclusive_in_crisis",
    "listening_tour",
    "listening_tour_without_follow_through",
    "recognition",
    "town_hall",
}


def written(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(dedent(text).lstrip(), encoding="utf-8")
    return folder / f"{next(iter(files))}.yaml"


@pytest.fixture(scope="module")
def hospital():
    return generate()


def test_the_scenarios_of_the_articles_are_shipped():
    assert set(scenario_names()) >= SHIPPED


@pytest.mark.parametrize("name", scenario_names())
def test_a_shipped_scenario_runs_as_it_is_called(name, hospital):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title
    assert name == "baseline" or scenario.sources
    plan = scenario.plan(hospital)
    assert plan.segment.size == scenario.burn_in + scenario.weeks
    assert not plan.segment[: scenario.burn_in].any()
    # A mechanism is shown by a parameter that differs, not by something that is done.
    assert (plan.values.any() or bool(scenario.parameters)) == (name != "baseline")


@pytest.mark.parametrize("name", scenario_names())
def test_what_leaders_do_lasts_to_the_end_of_the_weeks_compared_unless_it_answers_a_shock(name):
    scenario = load_scenario(name)
    last = max((episode.end for episode in scenario.episodes), default=scenario.weeks)
    assert last <= scenario.weeks
    assert last == scenario.weeks or scenario.shocks


@pytest.mark.parametrize("name", scenario_names())
def test_a_shipped_scenario_says_in_comments_what_to_expect(name):
    comments = [
        line
        for line in (scenarios_folder() / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    ]
    assert len(comments) >= (1 if name == "baseline" else 2)


def test_the_crisis_scenarios_are_compared_with_the_crisis_alone():
    for name in ("autocratic_in_crisis", "inclusive_in_crisis"):
        scenario = load_scenario(name)
        assert load_baseline(scenario) == load_scenario("crisis")
        assert scenario.shocks == load_scenario("crisis").shocks


def test_the_two_tours_differ_in_what_follows_and_in_nothing_else():
    with_it, without = (load_scenario(f"listening_tour{end}") for end in ("", "_without_follow_through"))
    changed = {name for name, value in with_it.interventions[0] if getattr(without.interventions[0], name) != value}
    assert changed == {"follow_through", "explanation"}


def test_a_child_inherits_key_by_key_and_replaces_lists(tmp_path):
    child = written(
        tmp_path,
        child="""
            extends: parent
            weeks: 30
            parameters: {trust.gain: 0.02}
            interventions: [{kind: town_hall}]
            """,
        parent="""
            title: Parent
            sources: ["1.1"]
            weeks: 60
            burn_in: 10
            baseline: crisis
            parameters: {trust.gain: 0.03, trust.negativity: 2}
            interventions: [{kind: recognition}, {kind: listening_tour}]
            shocks: [{kind: demand_surge}]
            """,
    )
    scenario = load_scenario(child)
    assert (scenario.name, scenario.title, scenario.sources, scenario.extends) == ("child", "", (), "parent")
    assert (scenario.weeks, scenario.burn_in, scenario.baseline) == (30, 10, "crisis")
    assert scenario.parameters == {"trust.gain": 0.02, "trust.negativity": 2.0}
    assert [episode.kind for episode in scenario.episodes] == ["town_hall", "demand_surge"]


def test_a_grandchild_inherits_through_its_parent(tmp_path):
    scenario = load_scenario(
        written(tmp_path, c="extends: b\n", b="extends: a\nweeks: 9\n", a="weeks: 8\nburn_in: 3\n")
    )
    assert (scenario.weeks, scenario.burn_in) == (9, 3)


def test_a_key_without_a_value_changes_nothing(tmp_path):
    scenario = load_scenario(written(tmp_path, mine="extends: crisis\nweeks:\nshocks:\ninterventions:\n"))
    assert scenario.shocks == load_scenario("crisis").shocks
    assert scenario.weeks == 104


def test_an_empty_list_takes_away_what_would_be_inherited(tmp_path):
    assert load_scenario(written(tmp_path, mine="extends: crisis\nshocks: []\n")).shocks == ()


def test_a_file_without_a_name_is_called_as_the_file(tmp_path):
    assert load_scenario(written(tmp_path, mine="weeks: 10\n")).name == "mine"


def test_a_parent_beside_the_file_goes_before_a_shipped_one_of_that_name(tmp_path):
    path = written(tmp_path, mine="extends: crisis\n", crisis="weeks: 7\n")
    assert load_scenario(path).weeks == 7


def test_a_file_may_extend_the_shipped_scenario_of_its_own_name(tmp_path):
    path = written(tmp_path, crisis="extends: crisis\nweeks: 60\n")
    assert load_scenario(path).weeks == 60
    assert load_scenario(path).shocks == load_scenario("crisis").shocks


def test_a_parent_may_be_given_as_a_path_from_the_file(tmp_path):
    (tmp_path / "sub").mkdir()
    written(tmp_path, base="weeks: 7\n")
    assert load_scenario(written(tmp_path / "sub", mine="extends: ../base.yaml\n")).weeks == 7


def test_a_scenario_that_names_itself_is_its_own_baseline():
    baseline = load_scenario("baseline")
    assert load_baseline(baseline) == baseline


def test_a_baseline_is_looked_for_beside_the_file_first(tmp_path):
    scenario = load_scenario(written(tmp_path, mine="baseline: before\n", before="weeks: 7\n"))
    assert load_baseline(scenario).weeks == 7


def test_a_baseline_that_does_not_exist_is_blamed_where_it_stands(tmp_path):
    scenario = load_scenario(written(tmp_path, mine="name: a\nbaseline: basline\n"))
    with pytest.raises(InputError, match="baseline: no scenario 'basline'; did you mean 'baseline'") as caught:
        load_baseline(scenario)
    assert (caught.value.path, caught.value.line, caught.value.column) == (tmp_path / "mine.yaml", 2, 11)


def test_a_name_finds_the_shipped_scenario_and_not_a_file_in_the_working_folder(tmp_path, monkeypatch):
    written(tmp_path, crisis="weeks: 7\n")
    monkeypatch.chdir(tmp_path)
    assert load_scenario("crisis").weeks == 104
    assert load_scenario("crisis.yaml").weeks == 7


def test_units_may_be_all_some_or_a_share(tmp_path):
    scenario = load_scenario(
        written(
            tmp_path,
            mine="""
            interventions:
              - {kind: recognition, name: a, units: all}
              - {kind: recognition, name: b, units: [no, 4E, 2024-01-01]}
              - {kind: recognition, name: c, units: {share: 1}}
            """,
        )
    )
    everywhere, named, share = (each.units for each in scenario.interventions)
    assert everywhere == "all"
    assert named == ("no", "4E", "2024-01-01")  # text in YAML 1.2, or as good as
    assert share.share == 1.0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", 4),
        ("012", 12),
        ("0o14", 12),
        ("0.5", 0.5),
        ("1e3", 1000.0),
        ("-2", -2),
        ("true", True),
        ("no", "no"),
        ("off", "off"),
        ("'4'", "4"),
        ("2024-01-01", "2024-01-01"),
        ("12:30", "12:30"),
        ("[a, 1]", ["a", 1]),
        ("{share: 0.5}", {"share": 0.5}),
        ("~", None),
        ("", None),
    ],
)
def test_a_value_of_the_command_line_means_what_it_means_in_a_file(text, value):
    read = read_value(text)
    assert read == value
    assert type(read) is type(value)


def test_a_value_that_is_no_yaml_is_refused():
    with pytest.raises(InputError, match="not valid YAML"):
        read_value("[1, 2")


def test_each_intervention_has_a_scenario():
    shown = {episode.kind for name in scenario_names() for episode in load_scenario(name).interventions}
    assert shown >= INTERVENTIONS.keys()
