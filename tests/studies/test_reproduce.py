"""Whoever has the folder of a study can run it again, and is told of any number that is not what it was."""

import hashlib
import json
from dataclasses import replace

import pyarrow.parquet as pq
import pytest

from trustsim.draws import replicate_seed
from trustsim.errors import InputError
from trustsim.studies import load_study
from trustsim.studies.crate import write_crate
from trustsim.studies.durable import as_parquet
from trustsim.studies.reproduce import reproduce


def tamper(path, column: str, by: float) -> None:
    """Change one number of a part on purpose, so that its name fits its content again."""
    table = pq.read_table(path)
    values = table.column(column).to_pylist()
    values[3] += by
    place = table.schema.get_field_index(column)
    content = as_parquet(table.set_column(place, table.schema.field(place), [values]))
    digest = hashlib.sha256(content).hexdigest()[:16]
    path.with_name(f"{path.stem.rpartition('-')[0]}-{digest}.parquet").write_bytes(content)
    path.unlink()


def test_a_study_that_nobody_touched_is_identical(study, tmp_path):
    study.run(tmp_path / "out")
    check = reproduce(tmp_path / "out", sample=None)
    assert check.is_identical
    assert check.runs == len(study.points) * 3
    assert check.changed == ()


def test_the_last_bit_of_one_number_is_noticed_and_named(study, tmp_path):
    study.run(tmp_path / "out")
    (part,) = (tmp_path / "out/runs").glob("part-r00001-*")
    tamper(part, "baseline.open_concerns", 1e-15)
    check = reproduce(tmp_path / "out", sample=None)
    assert not check.is_identical
    assert check.difference.point_id == study.points.ids[3]
    assert (check.difference.replicate, check.difference.measure) == (1, "baseline.open_concerns")
    assert "was" in str(check.difference)


def test_a_sample_is_chosen_by_its_seed(study, tmp_path):
    study.run(tmp_path / "out")
    assert reproduce(tmp_path / "out", sample=4, seed=0).runs == 4


def test_one_run_can_be_asked_for(study, tmp_path):
    study.run(tmp_path / "out")
    point = str(study.points.ids[5])
    assert reproduce(tmp_path / "out", point=point).runs == 3
    assert reproduce(tmp_path / "out", point=point, replicate=2).runs == 1
    with pytest.raises(InputError, match=r"no point '0'"):
        reproduce(tmp_path / "out", point="0")
    with pytest.raises(InputError, match="no run of replicate 7"):
        reproduce(tmp_path / "out", replicate=7)


def test_another_version_of_the_model_is_said_so(study, tmp_path):
    study.run(tmp_path / "out")
    path = tmp_path / "out/manifest.json"
    manifest = json.loads(path.read_text())
    manifest["model"] = "another"
    manifest["environment"]["packages"]["numpy"] = "1.0"
    path.write_text(json.dumps(manifest))
    check = reproduce(tmp_path / "out", sample=1)
    assert check.changed[0] == "the model's code is another"
    assert any(change.startswith("numpy was 1.0, is ") for change in check.changed)


def test_the_folder_alone_runs_the_study_again_from_anywhere(study, tmp_path, kept):
    study.run(tmp_path / "out")
    again = load_study(tmp_path / "out")
    assert again.identity == study.identity
    assert list(again.points.ids) == list(study.points.ids)
    again.run(tmp_path / "again")
    assert kept(tmp_path / "again") == kept(tmp_path / "out")


def test_the_manifest_says_what_was_run_by_what_and_how_far(study, tmp_path):
    results = study.run(tmp_path / "out")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text())
    assert manifest["state"] == "complete"
    assert manifest["runs"] == results.counts
    assert manifest["seeds"] == [replicate_seed(5, replicate) for replicate in range(3)]
    assert manifest["environment"]["kernel_digest"]
    assert manifest["study"]["scenario"]["digest"] == study.scenario.digest
    assert set(manifest["files"]) >= {"design.parquet", "failures.parquet"}
    assert len(manifest["files"]) == 2 + 3


def test_the_crate_names_every_file_that_is_there_and_each_once(study, tmp_path):
    replace(study, question="Why?").run(tmp_path / "out")
    crate = json.loads(write_crate(tmp_path / "out").read_text())
    graph = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(graph) == len(crate["@graph"])
    assert graph["./"]["description"] == "Why?"
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    assert parts == {
        "manifest.json", "study.yaml", "scenario.yaml", "baseline.yaml", "design.parquet", "failures.parquet", "runs/",
    }  # fmt: skip
    assert parts <= graph.keys()
    assert all((tmp_path / "out" / part).exists() for part in parts)
    assert graph["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
