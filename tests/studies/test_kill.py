"""A study that is killed at any moment, however often, ends as the one that nobody disturbed."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from trustsim.studies import load_study, read_results

KILLS = 20


def writer_of(folder: Path) -> int | None:
    """Return the process that has begun to write a study."""
    with contextlib.suppress(OSError, ValueError):  # not there yet, or being written
        return json.loads((folder / ".writer.json").read_text())["pid"]
    return None


def test_a_study_that_is_killed_twenty_times_ends_like_one_that_was_not(study, tmp_path, kept):
    """Real processes, real SIGKILL: while it starts, runs, writes, merges or is done."""
    study = replace(study, replicates=20)
    whole = kept(study.run(tmp_path / "whole").folder)  # first, so that kernels are compiled before anybody is killed
    folder, chance, done = tmp_path / "out", random.Random(20261121), [0]
    for attempt in range(KILLS):
        parts = set(folder.glob("runs/part-*"))
        process = get_context("forkserver").Process(target=study.run, args=(folder,), kwargs={"workers": 2, "block": 2})
        process.start()
        # Every other one is left to write something; the rest may die before that.
        while process.is_alive() and (
            set(folder.glob("runs/part-*")) == parts if attempt % 2 else writer_of(folder) != process.pid
        ):
            process.join(0.01)
        process.join(chance.uniform(0.0, 0.8))
        process.kill()
        process.join()
        done.append(read_results(folder).counts["done"] if (folder / "manifest.json").exists() else 0)
    assert done == sorted(done)  # what is kept stays kept
    assert len(set(done)) > 3  # a study that never gets anywhere would prove nothing
    study.run(folder)
    assert kept(folder) == whole


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_the_end_of_a_cluster_job_pause_a_study(write_study, tmp_path, kept, how):
    path = write_study(write_study().read_text().replace("replicates: 3", "replicates: 60"))
    command = [sys.executable, "-m", "trustsim", "sweep", str(path), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    waited = time.monotonic()
    while not list(tmp_path.glob("out/runs/part-*.parquet")):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() - waited < 300.0
        time.sleep(0.05)
    os.kill(process.pid, how)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "paused; what was done is in" in said
    counts = read_results(tmp_path / "out").counts
    assert 0 < counts["done"] < counts["planned"]
    assert not list(tmp_path.glob("out/runs/.*"))
    few = load_study(path)
    assert read_results(tmp_path / "out").manifest["state"] == "paused"
    results = few.run(tmp_path / "out")
    assert results.counts["done"] == counts["planned"]
    assert kept(tmp_path / "out") == kept(few.run(tmp_path / "whole").folder)
