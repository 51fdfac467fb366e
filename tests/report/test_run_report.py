"""What the report of a run says."""

import json
import math
import shutil
from datetime import UTC, datetime
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from trustsim.errors import InputError
from trustsim.measures import HEADLINE
from trustsim.organization import generate
from trustsim.report.blocks import Bullets, Cards, Charts, Report, Section, Table, Text
from trustsim.report.folder import report_of
from trustsim.report.kept import comparison_of
from trustsim.report.money import items, turnover_cost
from trustsim.report.words import TURNOVER_COST, capital, name_of
from trustsim.roster import withheld
from trustsim.scenario import load_scenario, with_settings
from trustsim.studies import Recipe, read_run, write_run

SECTIONS = [
    "question", "answer", "key-figures", "over-time", "drivers", "backfires", "money", "assumptions", "not",
    "reproduce",
]  # fmt: skip
SMALL = {"organization.units": 2, "weeks": 60}


def section(report: Report, key: str) -> Section:
    return next(each for each in report.sections if each.key == key)


def blocks(report: Report, key: str, kind: type) -> list:
    return [block for block in section(report, key).blocks if isinstance(block, kind)]


def words(report: Report, key: str) -> str:
    bullets = [item for block in blocks(report, key, Bullets) for item in block.items]
    return " ".join([block.text for block in blocks(report, key, Text)] + bullets)


def charts(report: Report) -> list:
    return [chart for each in report.sections for chart in charts_of(each)]


def charts_of(part: Section) -> list:
    return [chart for block in part.blocks if isinstance(block, Charts) for chart in block.charts]


@pytest.fixture(scope="module")
def found(tour: SimpleNamespace):
    return comparison_of(read_run(tour.folder))


def test_the_sections_come_in_the_order_in_which_people_ask(tour, sobol):
    for report in (tour.report, sobol.report):
        assert [each.key for each in report.sections] == SECTIONS


def test_a_run_folder_gives_back_the_comparison_that_it_keeps(tour, found):
    kept = read_run(tour.folder).summary()
    for name in HEADLINE:
        effect = found.effect(name)
        assert effect.difference == pytest.approx(kept.difference[name], rel=1e-12, abs=1e-15)
        assert effect.high == pytest.approx(kept.high[name], rel=1e-12, abs=1e-15)


def test_key_figures_are_those_of_the_comparison(tour, found):
    (cards,) = blocks(tour.report, "key-figures", Cards)
    shown = {card.name: card.change.value for card in cards.cards}
    assert len(shown) == 9
    for name in ("trust_clinician_admin", "silo_gap", "burnout_prevalence", "turnover_annual", "leader_hours", "cost"):
        assert shown[capital(name_of(name))] == found.effect(name).difference


def test_the_answer_names_sizes_of_what_is_clear_and_no_sizes_of_what_is_not(tour, found):
    said = words(tour.report, "answer")
    for name in ("trust_clinician_admin", "burnout_prevalence", "turnover_annual"):
        effect = found.effect(name)
        assert name_of(name) in said
        assert (f"{name_of(name)} {'rose' if effect.difference > 0 else 'fell'} by" in said) == effect.is_clear
    assert said.count("95 % interval") == sum(
        found.effect(name).is_clear for name in ("trust_clinician_admin", "burnout_prevalence", "turnover_annual")
    )


def test_every_figure_has_words_and_the_numbers_that_it_draws(tour, sobol):
    for report in (tour.report, sobol.report):
        assert charts(report)
        for chart in charts(report):
            assert len(chart.alt) > 20
            assert chart.caption
            assert len(chart.data.rows) >= 2
            assert all(len(row) == len(chart.data.columns) for row in chart.data.rows)


def test_the_weeks_behind_a_curve_are_the_paired_weeks_of_the_run(tour):
    (trust, *_) = charts_of(section(tour.report, "over-time"))
    weekly = read_run(tour.folder).weekly()
    month = weekly[weekly["week"].between(37, 40) & (weekly["unit"] == "")]
    without, with_it = (month[month["world"] == world]["trust_clinician_admin"].mean() for world in (0, 1))
    assert trust.data.rows[40][3].value == pytest.approx(with_it - without, rel=1e-9)
    assert len(trust.data.rows) == SMALL["weeks"]


def test_the_money_adds_up_and_turnover_is_exits_at_their_prices(tour, found):
    *parts, (_, total) = items(found, is_generated=True)
    assert sum(effect.difference for _, effect in parts) == pytest.approx(total.difference, rel=1e-9)
    assert total.difference == pytest.approx(found.effect("cost", (0, 60)).difference * 60, rel=1e-9)
    bought = dict(parts)["What the program buys"]
    # 4 visits a week from week 26 on, of which 60 % of what is raised is put right at 1,000 dollars a visit.
    assert bought.difference == pytest.approx(4 * 0.6 * (60 - 26))
    lost = dict(parts)["Income lost to waiting lists"]
    assert lost.baseline > -1e-6
    (table,) = blocks(tour.report, "money", Table)
    assert table.rows[-1][1].value == total.difference


def test_what_an_imported_hospital_buys_is_not_guessed(found):
    names = [name for name, _ in items(found, is_generated=False)]
    assert "What the program buys" not in names
    assert names[-1] == "All in all"


def test_what_turnover_costs_is_not_told_short_of_the_roles_that_are_withheld(found, tmp_path):
    small = generate({"units": 2})  # fewer than five directors, executives and so on
    told, known = withheld(found, small), dict(items(found, is_generated=False))
    parts = dict(items(told, is_generated=False))
    assert "Turnover" in known
    assert "Turnover" not in parts
    assert math.isnan(turnover_cost(told).difference)
    assert parts["Turnover, what the program buys, and income lost to waiting lists"].difference == pytest.approx(
        known["Turnover"].difference + known["What the program buys, and income lost to waiting lists"].difference
    )
    recipe = Recipe(found.scenario, found.baseline, replicates=2, organization=small)
    write_run(tmp_path / "run", recipe, recipe.run(), command=["trustsim", "run"], started=datetime.now(UTC))
    said = str(section(report_of(tmp_path / "run"), "key-figures"))
    assert capital(name_of("turnover_annual")) in said
    assert capital(name_of(TURNOVER_COST)) not in said


def test_harm_is_told_in_words_with_published_evidence_against_the_obvious(tour):
    said = words(tour.report, "backfires")
    assert "Asking raises expectations" in said
    assert (
        "Without follow-through" in said or "without follow-through: clinicians' trust in administrators fell" in said
    )
    assert "(Tucker 2015; finding E3, grade A)" in said
    assert "_" not in said


def test_assumptions_have_values_bases_and_publications(tour):
    tables = blocks(tour.report, "assumptions", Table)
    rows = {str(row[0]): row for table in tables for row in table.rows}
    assert rows["An hour of a leader's time"][1] == "$150"
    assert rows["An hour of a leader's time"][3] == "assumed"
    assert any(item.startswith("E2: ") for block in blocks(tour.report, "assumptions", Bullets) for item in block.items)


def test_how_to_reproduce_has_the_command_and_all_that_decides_the_numbers(tour):
    manifest = read_run(tour.folder).manifest
    (table,) = blocks(tour.report, "reproduce", Table)
    said = " ".join(str(cell) for row in table.rows for cell in row)
    environment = manifest["environment"]
    for fact in (
        manifest["digest"],
        manifest["scenario"]["digest"],
        environment["kernel_digest"],
        environment["python"],
    ):
        assert fact in said


def test_a_hospital_compared_with_itself_differs_in_nothing(keep_run, tmp_path):
    same = with_settings(load_scenario("baseline"), {"organization.units": 1, "weeks": 30})
    report = report_of(keep_run(tmp_path / "same", same, same, replicates=2))
    assert "nothing can differ" in words(report, "answer")
    (cards,) = blocks(report, "key-figures", Cards)
    assert {card.verdict for card in cards.cards} == {"no difference at all"}


def test_settings_and_parameters_that_differ_are_told(keep_run, tmp_path):
    small = {"organization.units": 1, "weeks": 30}
    scenario = with_settings(load_scenario("crisis"), {**small, "trust.negativity": 3})
    report = report_of(keep_run(tmp_path / "crisis", scenario, with_settings(load_scenario("baseline"), small), 2))
    assert "trust.negativity: 1.5 -> 3" in words(report, "drivers")
    assert any("Crisis" in table.caption for table in blocks(report, "drivers", Table))
    assert any(row[0] == "How much more a bad experience weighs than a good one" for row in rows_of(report))


def rows_of(report: Report) -> list:
    return [row for table in blocks(report, "assumptions", Table) for row in table.rows]


def changed(tour: SimpleNamespace, tmp_path, **changes: object):
    """Return a copy of the run's folder with another manifest."""
    copy = tmp_path / "copy"
    shutil.copytree(tour.folder, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, **changes}))
    return copy, manifest


def test_a_run_of_another_version_of_the_model_is_told_as_such(tour, tmp_path):
    environment = read_run(tour.folder).manifest["environment"]
    copy, _ = changed(tour, tmp_path, environment={**environment, "kernel_digest": "0" * 16})
    assert "another version of the model" in words(report_of(copy), "question")
    assert "another version of the model" not in words(tour.report, "question")


def test_a_run_that_lacks_a_measure_of_today_is_told_without_it(tour, tmp_path):
    copy, _ = changed(tour, tmp_path)
    weekly = pq.read_table(copy / "weekly.parquet")
    pq.write_table(weekly.drop_columns(["vacancy_rate"]), copy / "weekly.parquet")
    (drawn,) = blocks(report_of(copy), "key-figures", Charts)
    rows = {str(row[0]): row for row in drawn.charts[0].data.rows}
    assert rows["Vacant positions"][3].text == "unknown"


def test_a_scenario_that_this_version_does_not_know_is_an_error_that_says_so(tour, tmp_path):
    copy, manifest = changed(tour, tmp_path)
    manifest["scenario"]["resolved"]["interventions"][0]["visits_per_weak"] = 3
    (copy / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match="whose scenario this version cannot read"):
        report_of(copy)


def test_weeks_of_another_run_are_refused(tour, tmp_path):
    copy, _ = changed(tour, tmp_path, digest="f" * 64)
    with pytest.raises(InputError, match="is not of the run"):
        report_of(copy)


def test_the_cost_of_turnover_is_among_the_key_figures(tour):
    (cards,) = blocks(tour.report, "key-figures", Cards)
    assert capital(name_of(TURNOVER_COST)) in {card.name for card in cards.cards}
