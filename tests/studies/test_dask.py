"""A Dask cluster gives the same bytes as threads, also when one of its workers dies."""

import os
import signal
import time

import pytest

from trustsim.errors import InputError, WorkError
from trustsim.studies.executors import check_executor, open_executor

distributed = pytest.importorskip("distributed")
# What Dask does with its sockets and event loops when it closes is not ours to judge.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes with a scheduler; a worker that dies is started anew."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


def test_a_cluster_gives_the_same_bytes_as_threads(study, tmp_path, kept, cluster):
    study.run(tmp_path / "cluster", executor=f"dask={cluster.scheduler_address}", block=8)
    study.run(tmp_path / "threads")
    assert kept(tmp_path / "cluster") == kept(tmp_path / "threads")


def test_a_worker_that_is_killed_is_replaced_and_its_runs_are_done_elsewhere(study, tmp_path, kept, cluster):
    study = study.with_replicates(12)
    with distributed.Client(cluster) as client:
        before = set(client.run(os.getpid).values())
    killed = []

    def kill_one(progress):
        if not killed and progress.done > 0:
            killed.append(min(before))
            os.kill(killed[0], signal.SIGKILL)

    results = study.run(tmp_path / "cluster", executor=f"dask={cluster.scheduler_address}", block=2, after=kill_one)
    assert killed
    assert results.counts["failed"] == 0
    assert kept(tmp_path / "cluster") == kept(study.run(tmp_path / "threads").folder)
    with distributed.Client(cluster) as client:
        waited = time.monotonic()
        while len(after := set(client.run(os.getpid).values())) < 2 and time.monotonic() - waited < 30.0:
            time.sleep(0.1)
    assert killed[0] not in after


def test_workers_of_this_machine_are_started_and_stopped_for_a_study(study, tmp_path, kept):
    study.run(tmp_path / "dask", executor="dask", workers=1)
    study.run(tmp_path / "threads")
    assert kept(tmp_path / "dask") == kept(tmp_path / "threads")


def test_a_scheduler_that_does_not_answer_is_said_so(monkeypatch):
    monkeypatch.setattr("trustsim.studies.executors._SECONDS", 1)
    with (
        pytest.raises(WorkError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        open_executor("dask=tcp://127.0.0.1:9"),
    ):
        pass


@pytest.mark.parametrize("name", ["dusk", "threads=4", "dask=", ""])
def test_an_unknown_executor_is_refused_with_those_that_there_are(name):
    with pytest.raises(InputError, match="there are threads, dask and dask=ADDRESS"):
        check_executor(name)
