"""A study's folder survives bad disks, other writers and other people's files: by a clear error, or unharmed."""

import json
import resource
import subprocess
import sys
from concurrent.futures import Future
from multiprocessing import get_context
from pathlib import Path

import pytest

from trustsim.errors import InputError, WorkError
from trustsim.studies import load_study, read_results
from trustsim.studies.status import status_of
from trustsim.studies.store import open_store


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 1
    path.write_bytes(content)


def flip_a_bit_in_the_footer(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-20] ^= 1
    path.write_bytes(content)


def overwrite(path: Path) -> None:
    path.write_text("no Parquet at all")


def part_of(folder: Path, replicate: int) -> Path:
    """Return the merged part of a replicate."""
    (part,) = folder.glob(f"runs/part-r{replicate:05d}-*.parquet")
    return part


@pytest.mark.parametrize("damage", [truncate, flip_a_bit, flip_a_bit_in_the_footer, overwrite])
def test_a_damaged_part_is_set_aside_and_done_again(study, tmp_path, kept, damage):
    whole = kept(study.run(tmp_path / "out").folder)
    part = part_of(tmp_path / "out", 1)
    damage(part)
    results = study.run(tmp_path / "out")
    assert len(results.notices) == 1
    assert f"damaged-{part.name}, its runs are done again" in results.notices[0]
    assert part.with_name(f"damaged-{part.name}").exists()
    assert kept(tmp_path / "out") == whole


def test_a_damaged_part_is_named_when_it_is_read(study, tmp_path):
    results = study.run(tmp_path / "out")
    part = part_of(tmp_path / "out", 1)
    truncate(part)
    with pytest.raises(InputError, match=rf"{part.name}: is damaged"):
        results.outcomes("open_concerns")


def test_a_part_that_was_not_merged_yet_is_found_damaged_too(study, tmp_path, kept, write_study):
    whole = kept(study.run(tmp_path / "whole").folder)
    stop_half_way(study, tmp_path / "out")
    (part, *_) = (tmp_path / "out/runs").glob("part-*.parquet")
    flip_a_bit(part)
    results = study.run(tmp_path / "out")
    assert "damaged" in results.notices[0]
    assert kept(tmp_path / "out") == whole


def test_parts_of_another_study_are_set_aside(study, tmp_path, kept, write_study):
    whole = kept(study.run(tmp_path / "out").folder)
    text = write_study().read_text().replace("seed: 5", "seed: 6")
    load_study(write_study(text, "other.yaml")).run(tmp_path / "other")
    stranger = part_of(tmp_path / "other", 0)
    stranger.replace(tmp_path / "out/runs" / stranger.name)
    results = study.run(tmp_path / "out")
    assert "holds runs of another study" in results.notices[0]
    assert kept(tmp_path / "out") == whole


def test_a_part_that_is_gone_is_done_again(study, tmp_path, kept):
    whole = kept(study.run(tmp_path / "out").folder)
    part_of(tmp_path / "out", 2).unlink()
    study.run(tmp_path / "out")
    assert kept(tmp_path / "out") == whole


def test_half_written_files_of_a_process_that_died_are_cleared_away(study, tmp_path):
    folder = study.run(tmp_path / "out").folder
    left = folder / "runs/.part-r00000.parquet.1234.partial"
    left.write_text("half")
    study.run(folder)
    assert not left.exists()


def stop_half_way(study, folder: Path) -> None:
    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study.run(folder, workers=1, block=2, after=stop)


def test_an_interrupt_keeps_what_is_done_and_the_same_call_continues(study, tmp_path, kept):
    stop_half_way(study, tmp_path / "out")
    counts = read_results(tmp_path / "out").counts
    assert 0 < counts["done"] < counts["planned"]
    told = []
    study.run(tmp_path / "out", after=told.append)
    assert told[-1].here == counts["planned"] - counts["done"]
    assert kept(tmp_path / "out") == kept(study.run(tmp_path / "whole").folder)
    sessions = json.loads((tmp_path / "out/manifest.json").read_text())["sessions"]
    assert len(sessions) == 2


def test_two_processes_do_not_write_one_study(study, tmp_path, kept):
    """The second is told who the first is; when that one dies, by whatever signal, its lock goes with it."""
    process = get_context("forkserver").Process(target=study.with_replicates(10_000).run, args=(tmp_path / "out",))
    process.start()
    try:
        while not list(tmp_path.glob("out/runs/part-*.parquet")):
            process.join(0.05)
            assert process.is_alive()
        with pytest.raises(WorkError, match=f"process {process.pid} on .* is writing this study"):
            study.with_replicates(10_000).run(tmp_path / "out")
    finally:
        process.kill()
        process.join()
    with open_store(study.with_replicates(10_000), tmp_path / "out") as store:
        assert store.counts["done"] > 0


def test_a_study_can_be_asked_how_far_it_is_while_it_runs(study, tmp_path):
    study = study.with_replicates(60)
    process = get_context("forkserver").Process(target=study.run, args=(tmp_path / "out",), kwargs={"block": 8})
    process.start()
    told = []
    while process.is_alive():
        process.join(0.02)
        if (tmp_path / "out/design.parquet").exists():
            told.append(status_of(tmp_path / "out").done)
    assert process.exitcode == 0
    assert 0 < status_of(tmp_path / "out").done == len(study.points) * 60
    assert len(told) > 2


SMALL_DISK = """
import resource, sys
from trustsim.studies import load_study
from trustsim.errors import WorkError
study = load_study(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    study.run(sys.argv[2])
except WorkError as error:
    print(error)
"""


def test_a_disk_that_fills_up_stops_the_study_and_loses_nothing(study, tmp_path, kept, write_study):
    """The system refuses to make a file larger than a limit, here one that a replicate's merged runs exceed."""
    text = (
        write_study().read_text().replace("measures: [trust_clinician_admin, burnout_prevalence, open_concerns]\n", "")
    )
    path = write_study(text, "wide.yaml")
    whole = load_study(path).run(tmp_path / "whole").folder
    limit = (whole / "design.parquet").stat().st_size + 2000
    assert limit < part_of(whole, 0).stat().st_size
    arguments = [sys.executable, "-c", SMALL_DISK, str(path), str(tmp_path / "out"), str(limit)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert "could not be written: the disk is full" in done.stdout
    assert not list((tmp_path / "out").rglob("*.partial"))
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != limit
    load_study(path).run(tmp_path / "out")
    assert kept(tmp_path / "out") == kept(whole)


def test_a_folder_that_cannot_be_made_is_said_so_before_anything_is_run(study, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkError, match="cannot be made"):
        study.run(tmp_path / "file/out")
    with pytest.raises(InputError, match="is a file"):
        study.run(tmp_path / "file")


def test_a_folder_with_something_else_in_it_is_left_alone(study, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("six years of work")
    with pytest.raises(InputError, match="is not empty and holds no study"):
        study.run(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("{", "is no JSON"),
        ("[]", "is no JSON object"),
        ("{}", "not the manifest"),
        ('{"kind": "study"}', "format None"),
    ],
)
def test_a_folder_whose_manifest_makes_no_sense_is_left_alone(study, tmp_path, manifest, said):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/manifest.json").write_text(manifest)
    with pytest.raises(InputError, match=said):
        study.run(tmp_path / "out")


def test_a_folder_that_is_no_study_is_not_read(tmp_path):
    with pytest.raises(InputError, match="is no folder of a study"):
        read_results(tmp_path)


def test_futures_that_never_began_are_dropped(study, tmp_path):
    """An executor that never runs anything and is then interrupted leaves a study without runs, not a broken one."""

    futures = []

    class Asleep:
        def submit(self, work, task):
            futures.append(Future())
            if len(futures) == 3:
                raise KeyboardInterrupt
            return futures[-1]

    with pytest.raises(KeyboardInterrupt):
        study.run(tmp_path / "out", executor=Asleep())
    assert [future.cancelled() for future in futures] == [True, True, False]
    assert read_results(tmp_path / "out").counts["done"] == 0
