"""Validation: what passes, what does not, and what is told of it."""

import json
import math

import pytest
from typer.testing import CliRunner

from trustsim.cli import app
from trustsim.evidence import target, targets
from trustsim.evidence.validation import SEED, Row, Score, scores, validate

KEYS = {"id", "part", "role", "measure", "metric", "unit", "published", "low", "high", "value", "se", "pass"}


def row(key, name, value, se=0.01):
    return Row(key, name, target(key), target(key).parts[name], value, se)


def told(*options):
    done = CliRunner().invoke(app, ("validate", "--seeds", "3", *options), env={"COLUMNS": "100"})
    assert done.exit_code == 0, done.output
    return done


def test_a_value_passes_inside_its_tolerance_bounds_included():
    assert [row("V1", "level", value).passes for value in (0.049, 0.05, 0.09, 0.091)] == [False, True, True, False]
    assert row("V8", "ignored", -1.0).passes
    assert not row("V8", "ignored", 0.1).passes


def test_a_judgment_that_other_seeds_might_turn_says_so():
    assert not row("V1", "level", 0.07, se=0.009).is_close
    assert row("V1", "level", 0.07, se=0.011).is_close
    assert row("V1", "level", 0.1, se=0.011).is_close
    assert not row("V8", "ignored", -0.02, se=0.001).is_close
    assert not row("V19", "ratio", math.nan, se=math.nan).is_close


def test_a_value_that_does_not_exist_passes_nowhere_and_says_so():
    missing = row("V19", "ratio", math.nan)
    assert not missing.passes
    assert missing.why_missing
    assert row("V2", "ratio", math.nan).why_missing == "there is no estimate from these seeds"


def test_a_target_passes_if_all_its_parts_do():
    half = [row("V10", "burnout", 0.5), row("V10", "intent", 0.9), row("V1", "level", 0.07)]
    assert scores(half)["CAL"] == Score(1, 2)
    assert scores([row("V10", "burnout", 0.5), row("V10", "intent", 0.3)])["CAL"] == Score(1, 1)
    assert scores(half)["HOLD"] == Score(0, 0)


def test_only_the_targets_that_are_given_are_judged():
    rows = validate({"V24": target("V24")}, seeds=2)
    assert [row.name for row in rows] == ["competence", "deception", "difference", "promise"]
    assert all(row.se == 0.0 for row in rows)


def test_the_document_has_a_row_for_each_part():
    document = json.loads(told("--json").stdout)
    assert (document["seed"], document["seeds"]) == (SEED, 3)
    rows = document["rows"]
    assert [(each["id"], each["part"]) for each in rows] == [
        (key, part) for key, each in targets().items() for part in each.parts
    ]
    assert all(set(each) >= KEYS for each in rows)
    assert all(each["no_measure"] if each["value"] is None else each["se"] >= 0.0 for each in rows)
    totals = {role: score["of"] for role, score in document["totals"].items()}
    assert totals == {role: len(targets(role)) for role in ("CAL", "HOLD", "VERIFY")}


def test_people_read_it_on_100_columns():
    text = told().stdout
    assert max(map(len, text.splitlines())) <= 100
    for each in targets().values():
        for word in each.about.split():
            assert word in text
    assert text.index("CAL: ") < text.index("HOLD: ") < text.index("VERIFY: ")
    assert text.splitlines()[-1] == "With fewer than 30 seeds this is no judgment."
    assert text.splitlines()[-2].startswith("CAL ")


@pytest.mark.parametrize(("options", "complaint"), [
    (("--seeds", "1"), "needs 2 seeds or more"),
    (("--workers", "0"), "--workers"),
])  # fmt: skip
def test_what_cannot_be_simulated_is_refused(options, complaint):
    done = CliRunner().invoke(app, ("validate", *options))
    assert done.exit_code != 0
    assert complaint in done.output + str(done.exception)
