"""A run that is kept says where its numbers come from, comes back as it was, and gives its place to no other."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from trustsim.draws import replicate_seed
from trustsim.errors import InputError, WorkError
from trustsim.measures import NAMES
from trustsim.organization import generate
from trustsim.scenario import load_scenario, with_settings
from trustsim.studies import Recipe, claim, read_run, write_run

SMALL = {"organization.units": 1, "weeks": 30}
SCENARIO, BASELINE = (with_settings(load_scenario(name), SMALL) for name in ("listening_tour", "baseline"))
RECIPE = Recipe(SCENARIO, BASELINE, replicates=2, seed=0, by_unit=True)
STARTED = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def comparison():
    return RECIPE.run()


@pytest.fixture
def kept(tmp_path, comparison):
    return write_run(tmp_path / "run", RECIPE, comparison, command=["trustsim", "run"], started=STARTED)


def test_a_run_folder_holds_its_three_files_and_nothing_else(kept):
    assert sorted(path.name for path in kept.folder.iterdir()) == ["manifest.json", "summary.csv", "weekly.parquet"]
    assert [path.name for path in kept.folder.parent.iterdir()] == ["run"]


def test_every_week_comes_back_as_it_was(kept, comparison):
    pd.testing.assert_frame_equal(read_run(kept.folder).weekly(), comparison.weekly(), check_dtype=False)


def test_the_weekly_table_tells_worlds_units_and_weeks_apart(kept):
    weekly = read_run(kept.folder).weekly()
    assert set(weekly["unit"]) == {"", "Emergency"}
    assert not weekly.duplicated(["replicate", "world", "unit", "week"]).any()
    assert len(weekly) == 2 * 2 * 2 * 30


def test_the_summary_has_the_effect_on_every_measure(kept, comparison):
    summary = read_run(kept.folder).summary()
    assert list(summary.index) == list(NAMES)
    assert summary.loc["open_concerns", "difference"] == pytest.approx(comparison.effect("open_concerns").difference)


def test_the_manifest_says_what_was_run_with_what_and_when(kept):
    manifest = read_run(kept.folder).manifest
    assert manifest["seeds"] == [0, replicate_seed(0, 1)]
    assert manifest["command"] == ["trustsim", "run"]
    assert manifest["started"] == "2026-11-21T09:30:00+00:00" <= manifest["finished"]
    assert manifest["scenario"]["resolved"]["interventions"][0]["follow_through"] == 0.6
    assert manifest["scenario"]["resolved"]["parameters"] == {"organization.units": 1.0}
    assert manifest["scenario"]["digest"] == SCENARIO.digest
    assert manifest["environment"]["packages"]["numpy"]
    assert len(manifest["environment"]["kernel_digest"]) == 16


def test_the_manifest_vouches_for_the_other_files(kept):
    for name, digest in read_run(kept.folder).manifest["files"].items():
        assert hashlib.sha256((kept.folder / name).read_bytes()).hexdigest() == digest
    assert pq.read_schema(kept.folder / "weekly.parquet").metadata[b"trustsim.digest"].decode() == RECIPE.digest


def test_the_same_run_may_be_written_again(kept, comparison):
    again = write_run(kept.folder, RECIPE, comparison, command=["trustsim", "again"], started=STARTED)
    assert read_run(kept.folder).manifest["command"] == again.manifest["command"] == ["trustsim", "again"]
    assert [path.name for path in kept.folder.parent.iterdir()] == ["run"]


def test_another_run_is_refused_the_place(kept, comparison):
    other = Recipe(SCENARIO, BASELINE, replicates=2, seed=7, by_unit=True)
    with pytest.raises(InputError, match="holds another run"):
        write_run(kept.folder, other, comparison, command=[], started=STARTED)
    assert read_run(kept.folder).manifest["seed"] == 0


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(InputError, match="holds no run"):
        claim(tmp_path, RECIPE)
    with pytest.raises(InputError, match="is a file"):
        claim(tmp_path / "thesis.txt", RECIPE)


def test_a_place_under_a_file_is_a_failure_of_the_work(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WorkError, match="cannot be made"):
        claim(tmp_path / "file" / "run", RECIPE)


def test_an_empty_folder_may_be_taken(tmp_path, comparison):
    write_run(tmp_path, RECIPE, comparison, command=[], started=STARTED)
    assert read_run(tmp_path).manifest["digest"] == RECIPE.digest


CHANGES = {
    "seed": {"seed": 1},
    "replicates": {"replicates": 3},
    "hospital seed": {"hospital_seed": 0},
    "engine": {"engine": "mesa"},
    "units": {"by_unit": False},
    "hospital": {"organization": generate({"units": 1}, seed=0)},
    "scenario": {"scenario": with_settings(SCENARIO, {"listening_tour.dose": 0.5})},
    "baseline": {"baseline": with_settings(BASELINE, {"trust.negativity": 2})},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_decides_the_numbers_makes_another_run(change):
    settings = {"scenario": SCENARIO, "baseline": BASELINE, "replicates": 2, "seed": 0, "by_unit": True}
    assert Recipe(**settings).digest == RECIPE.digest
    assert Recipe(**settings | change).digest != RECIPE.digest


def test_a_title_does_not_make_another_run():
    retitled = SCENARIO.model_copy(update={"title": "Rounds"})
    assert Recipe(retitled, BASELINE, replicates=2, seed=0, by_unit=True).digest == RECIPE.digest


def test_the_digest_is_the_same_in_another_process():
    code = "from test_run_folder import RECIPE; print(RECIPE.digest)"
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(Path(__file__).parent)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == RECIPE.digest


def spoil(path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("{", "is no manifest"), ("[]", "is missing"), ('{"format": 99, "digest": ""}', "reads format 1")],
)
def test_a_manifest_that_is_none_is_refused(kept, content, complaint):
    spoil(kept.folder / "manifest.json", content)
    with pytest.raises(InputError, match=complaint):
        read_run(kept.folder)


def test_a_folder_without_a_manifest_is_no_run(tmp_path):
    with pytest.raises(InputError, match="is no run folder"):
        read_run(tmp_path)


def test_a_weekly_table_of_another_run_is_refused(kept):
    manifest = json.loads((kept.folder / "manifest.json").read_text(encoding="utf-8"))
    spoil(kept.folder / "manifest.json", json.dumps(manifest | {"digest": "0" * 64}))
    with pytest.raises(InputError, match=r"is not of the run that manifest\.json describes"):
        read_run(kept.folder).weekly()


def test_a_spoiled_table_is_refused(kept):
    spoil(kept.folder / "weekly.parquet", "no Parquet")
    (kept.folder / "summary.csv").unlink()
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        read_run(kept.folder).weekly()
    with pytest.raises(InputError, match="cannot be read as CSV"):
        read_run(kept.folder).summary()
