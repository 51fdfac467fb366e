"""Calibration: it moves what is free, aims at CAL targets alone, and goes on to the bit where it was stopped."""

import ast
import json
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from trustsim.cli import app
from trustsim.errors import InputError, WorkError
from trustsim.evidence import calibration as room
from trustsim.evidence import tables, targets
from trustsim.evidence.calibration import Plan, calibrate
from trustsim.evidence.calibration.goal import CUT_OFF, Aim, aims, implausibility, objective
from trustsim.evidence.calibration.result import spread
from trustsim.evidence.calibration.space import as_parameters, at_start, space
from trustsim.parameters import REGISTER
from trustsim.scenario import find_parameter_set

SMALL = Plan(trials=64, seeds=2, fresh=2)
CAL = """\
V16:
  about: Nurses who leave in a year
  population: nurses, nothing in force
  horizon: a year after burn-in
  role: CAL
  basis: [T9]
  parts:
    level: {measure: turnover_annual.nurse, metric: mean, unit: share per year, published: 0.30, low: 0.26, high: 0.34}
"""
OUT_OF_REACH = """\
V14:
  about: Physicians burned out
  population: physicians, nothing in force
  horizon: at one time
  role: CAL
  basis: [B1]
  parts:
    level: {measure: burnout_prevalence.physician, metric: mean, unit: share, published: 0.95, low: 0.93, high: 0.99}
"""
HOLD = """\
V20:
  about: Units differ in burnout
  population: units
  horizon: at one time
  role: HOLD
  basis: [B6]
  parts:
    spread: {measure: burnout_prevalence, metric: spread, unit: share, published: 0.1, low: 0.05, high: 0.16}
"""


@pytest.fixture
def with_targets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Put other targets in place of the real ones: a calibration on one of them takes a second."""

    def write(text: str) -> None:
        path = tmp_path / "targets.yaml"
        path.write_text(text)
        monkeypatch.setattr(tables, "TARGETS", path)
        tables._all_targets.cache_clear()

    yield write
    monkeypatch.undo()
    tables._all_targets.cache_clear()


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def test_it_aims_at_every_part_of_the_cal_targets_and_at_nothing_else():
    assert {aim.name.partition(".")[0] for aim in aims()} <= set(targets("CAL"))
    assert {"V1.level", "V3.ratio", "V10.burnout", "V10.intent", "V14.level"} <= {aim.name for aim in aims()}


def test_no_line_of_it_asks_for_targets_other_than_cal():
    calls = []
    for path in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"targets", "target", "tables.targets"}:
                calls.append(ast.unparse(node))
            if isinstance(node, ast.Constant):
                assert node.value not in {"HOLD", "VERIFY"}
            if isinstance(node, ast.ImportFrom) and node.module is not None:
                assert not node.module.startswith("trustsim.evidence.validation")
                assert node.module != "trustsim.evidence.tables" or [each.name for each in node.names] == ["targets"]
    assert calls
    assert set(calls) == {"targets('CAL')"}


def test_other_values_of_held_out_targets_change_nothing_to_the_bit(with_targets, tmp_path):
    with_targets(CAL + HOLD)
    calibrate(tmp_path / "as published", SMALL)
    with_targets(CAL + HOLD.replace("published: 0.1, low: 0.05, high: 0.16", "published: 0.9, low: 0.8, high: 1.0"))
    calibrate(tmp_path / "poisoned", SMALL)
    with_targets(CAL)
    calibrate(tmp_path / "without", SMALL)
    as_published = kept(tmp_path / "as published")
    assert "parameters.yaml" in as_published
    assert as_published == kept(tmp_path / "poisoned") == kept(tmp_path / "without")


def test_it_brings_the_model_to_a_target_that_the_defaults_miss(with_targets, tmp_path):
    with_targets(CAL)
    outcome = calibrate(tmp_path / "made", SMALL)
    (row,) = outcome.rows
    assert row.before < row.aim.low <= row.after <= row.aim.high
    assert outcome.parameter_set.reference["leaving.hazard.nurse"] > REGISTER["leaving.hazard.nurse"].default
    assert 1 < len(outcome.parameter_set.plausible) <= outcome.passed <= outcome.tried_again <= 192
    assert find_parameter_set(str(outcome.path)) == outcome.parameter_set
    assert outcome.parameter_set.provenance["targets"]["V16.level"]["published"] == 0.30


def test_a_calibration_that_was_stopped_ends_as_if_it_had_not_been(with_targets, tmp_path):
    with_targets(CAL)
    longer = Plan(trials=128, seeds=2, fresh=2)
    calibrate(tmp_path / "at once", longer)

    def stop(done: int) -> None:
        if done >= 64 * longer.seeds:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibrate(tmp_path / "in pieces", longer, after=stop)
    assert set(kept(tmp_path / "in pieces")) == {"calibration.json", "generation-000.json"}
    told: list[int] = []
    calibrate(tmp_path / "in pieces", longer, workers=1, after=told.append)
    assert told[0] == 64 * longer.seeds
    assert kept(tmp_path / "in pieces") == kept(tmp_path / "at once")


def test_more_trials_go_on_where_fewer_ended_and_other_plans_are_refused(with_targets, tmp_path):
    with_targets(CAL)
    calibrate(tmp_path / "made", SMALL)
    first = kept(tmp_path / "made")["generation-000.json"]
    calibrate(tmp_path / "made", Plan(trials=128, seeds=2, fresh=2))
    assert kept(tmp_path / "made")["generation-000.json"] == first
    assert "generation-001.json" in kept(tmp_path / "made")
    with pytest.raises(InputError, match=r"holds another calibration; what differs: seeds\. .*Only trials may grow"):
        calibrate(tmp_path / "made", Plan(trials=128, seeds=3, fresh=2))
    with_targets(CAL.replace("0.34", "0.35"))
    with pytest.raises(InputError, match="what differs: targets"):
        calibrate(tmp_path / "made", SMALL)


def test_a_folder_of_something_else_stays_as_it_is(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="is not empty and holds no calibration"):
        calibrate(tmp_path, SMALL)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_target_out_of_reach_is_said_and_no_set_is_written(with_targets, tmp_path):
    with_targets(CAL + OUT_OF_REACH)
    with pytest.raises(WorkError, match=r"the nearest misses V14\.level = 0\.\d+, not 0\.93 to 0\.99\. More trials"):
        calibrate(tmp_path / "made", SMALL)
    assert "parameters.yaml" not in kept(tmp_path / "made")


@pytest.mark.parametrize("wrong", [{"trials": 10}, {"seeds": 1}, {"fresh": 0}])
def test_too_small_a_plan_is_refused(wrong):
    with pytest.raises(InputError, match=f"found {next(iter(wrong.values()))} {next(iter(wrong))}, needed are"):
        Plan(**wrong)


def test_the_search_and_the_second_try_share_no_seed_with_one_another():
    plan = Plan()
    assert not set(plan.search_seeds) & set(plan.fresh_seeds)
    assert len(set(plan.fresh_seeds)) == plan.fresh


def test_what_may_move_starts_inside_its_range_and_the_default_is_in_it():
    for dimension in space():
        assert dimension.low < dimension.start < dimension.high
        assert all(dimension.low <= REGISTER[name].default <= dimension.high for name in dimension.parameters)
        assert dimension.why.endswith(".")
    names = [name for dimension in space() for name in dimension.parameters]
    assert len(names) == len(set(names))


def test_places_are_values_and_back():
    middle = as_parameters(space(), np.full(len(space()), 0.5))
    assert middle["leaving.valued"] == 2.0
    at = at_start(space())
    assert as_parameters(space(), at)["exhaustion.workload"] == 0.13
    assert ((at > 0.0) & (at < 1.0)).all()


AIMED = (Aim("V1.level", 0.0, 6.0, 2.0), Aim("V2.level", -1.0, 1.0, None))


def test_the_ends_of_a_tolerance_are_where_a_vector_becomes_implausible():
    found = implausibility(np.array([[0.0, 0.0], [6.0, -1.0]]), np.zeros((2, 2)), AIMED)
    assert found.tolist() == [[CUT_OFF, 0.0], [CUT_OFF, CUT_OFF]]


def test_what_is_known_less_well_is_less_implausible():
    values, se = np.array([[6.0, 0.5]]), np.array([[1.0, 0.0]])
    assert implausibility(values, se, AIMED)[0, 0] == pytest.approx(3.0 / np.sqrt(2.0))


def test_a_vector_without_a_number_is_implausible():
    assert implausibility(np.array([[np.nan, 0.0]]), np.array([[np.nan, 0.1]]), AIMED)[0, 0] > CUT_OFF


def test_of_vectors_equally_near_to_the_targets_the_one_nearest_to_what_was_documented_wins():
    distances, start = np.array([[1.0, 1.0], [1.0, 1.0], [1.5, 1.0]]), np.array([0.5])
    far, near, off = objective(distances, np.array([[0.7], [0.6], [0.5]]), start)
    assert near < far < off


def test_what_is_kept_is_far_from_one_another():
    places = np.array([[0.5], [0.51], [0.0], [1.0], [0.52], [0.5]])
    assert spread(places, 3, first=0) == [0, 2, 3]
    assert spread(places, 10, first=0)[:3] == [0, 2, 3]
    assert len(spread(places, 10, first=0)) == 5


def test_what_is_kept_of_a_generation_says_all_there_is(with_targets, tmp_path):
    with_targets(CAL)
    calibrate(tmp_path / "made", SMALL)
    trials = json.loads(kept(tmp_path / "made")["generation-000.json"])
    assert {name: len(rows) for name, rows in trials.items()} == {"places": 64, "values": 64, "se": 64}


def console(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["calibrate", *arguments], env={"COLUMNS": "80"}, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_console_tells_before_and_after_and_how_to_use_the_set(with_targets, tmp_path):
    with_targets(CAL)
    small = ("--out", str(tmp_path / "made"), "--trials", "64", "--seeds", "2", "--fresh", "2")
    text = console(*small)
    assert "V16.level" in text
    assert "parameters: {from:" in text
    assert max(map(len, text.splitlines())) <= 80 + len(str(tmp_path))
    document = json.loads(console(*small, "--json"))
    assert document["targets"][0]["before"] < 0.26 <= document["targets"][0]["after"]
    assert document["plausible"] == len(find_parameter_set(document["path"]).plausible)


def test_without_its_extra_a_calibration_says_what_to_install(tmp_path, monkeypatch):
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("trustsim.evidence.calibration.plan.version", missing)
    with pytest.raises(InputError, match=r"pip install 'trustsim\[calibration\]'"):
        calibrate(tmp_path / "made", SMALL)
    assert not (tmp_path / "made").exists()


def test_the_set_that_ships_holds_what_may_move_and_met_every_target():
    shipped = find_parameter_set("calibration")
    assert list(shipped.reference) == [name for dimension in space() for name in dimension.parameters]
    assert len(shipped.plausible) > 1
    assert dict(zip(shipped.reference, shipped.plausible[0], strict=True)) == shipped.reference
    met = shipped.provenance["targets"]
    assert set(met) == {aim.name for aim in aims()}
    assert all(aim.low <= met[aim.name]["after"] <= aim.high for aim in aims())
