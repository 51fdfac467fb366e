"""A study gives the same bytes however it is run, and numbers that anybody can check by hand."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pyarrow.parquet as pq
import pytest

from trustsim.draws import replicate_seed
from trustsim.errors import InputError, WorkError
from trustsim.scenario import with_settings
from trustsim.simulation import open_hospital, run_worlds
from trustsim.studies import load_study, read_results


def test_outcomes_are_scenario_minus_baseline_with_the_same_luck(study, tmp_path):
    results = study.run(tmp_path / "out")
    outcomes = results.outcomes("trust_clinician_admin")
    for row, replicate in ((0, 0), (7, 2), (40, 1)):
        settings = study.problem.decode(study.points.X[[row]])[0]
        baseline = with_settings(study.baseline, {"trust.negativity": settings["trust.negativity"]})
        hospital = open_hospital(study.baseline, replicate_seed(study.seed, replicate))
        weeks = run_worlds([with_settings(study.scenario, settings), baseline], hospital).hospital[
            "trust_clinician_admin"
        ]
        scenario, against = weeks[6:12].mean(axis=0)
        assert outcomes[row, replicate] == pytest.approx(scenario - against, abs=1e-12)


def test_the_dummy_changes_nothing_at_all(study, tmp_path):
    outcomes = study.run(tmp_path / "out").outcomes("open_concerns").reshape(16, 6, 3)  # A, three factors, dummy, B
    assert np.array_equal(outcomes[:, 0], outcomes[:, 4])
    assert not np.array_equal(outcomes[:, 0], outcomes[:, 1])


def test_replicates_differ(study, tmp_path):
    outcomes = study.run(tmp_path / "out").outcomes("trust_clinician_admin")
    assert len({column.tobytes() for column in outcomes.T}) == study.replicates


@pytest.mark.parametrize("block", [1, 2, 7, 32, 64, 200])
@pytest.mark.parametrize("workers", [1, 4])
def test_bytes_do_not_depend_on_blocks_and_workers(study, tmp_path, block, workers, kept):
    reference = study.run(tmp_path / "reference", workers=2)
    other = study.run(tmp_path / "other", workers=workers, block=block)
    assert kept(other.folder) == kept(reference.folder)


def test_bytes_do_not_depend_on_the_executor(study, tmp_path, kept):
    reference = study.run(tmp_path / "reference")
    with ThreadPoolExecutor(3) as threads:
        study.run(tmp_path / "threads", executor=threads)
    with ProcessPoolExecutor(2, mp_context=get_context("forkserver")) as processes:
        study.run(tmp_path / "processes", executor=processes, workers=2)
    assert kept(tmp_path / "threads") == kept(reference.folder)
    assert kept(tmp_path / "processes") == kept(reference.folder)


def test_a_study_that_is_done_is_not_run_again(study, tmp_path, kept):
    first = study.run(tmp_path / "out")
    told = []
    study.run(tmp_path / "out", after=told.append)
    assert told == []
    assert kept(first.folder) == kept(tmp_path / "out")


def test_a_study_grows_in_points_and_replicates_and_keeps_what_it_has(study, tmp_path, write_study, kept):
    study.run(tmp_path / "grown")
    text = write_study().read_text().replace("n: 16", "n: 32").replace("replicates: 3", "replicates: 4")
    larger = load_study(write_study(text, "larger.yaml"))
    told = []
    larger.run(tmp_path / "grown", after=told.append)
    assert told[-1].here == len(larger.points) * 4 - len(study.points) * 3
    larger.run(tmp_path / "at_once")
    names = kept(tmp_path / "at_once").keys() - {"study.yaml"}  # which says another name
    assert {name: kept(tmp_path / "grown")[name] for name in names} == {
        name: kept(tmp_path / "at_once")[name] for name in names
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("n: 16", "n: 8"), "design.n was 16, is 8"),
        (("replicates: 3", "replicates: 2"), "replicates was 3, is 2"),
        (("[1, 5]", "[1, 4]"), r"factors.trust.negativity was \[1.0, 5.0\], is \[1.0, 4.0\]"),
        (("seed: 5", "seed: 6"), "seed was 5, is 6"),
        (("open_concerns", "voice_rate"), "measures was"),
    ],
)
def test_another_study_is_refused_with_what_differs(study, tmp_path, write_study, change, said, kept):
    study.run(tmp_path / "out")
    untouched = kept(tmp_path / "out")
    other = load_study(write_study(write_study().read_text().replace(*change)))
    with pytest.raises(InputError, match=said):
        other.run(tmp_path / "out")
    assert kept(tmp_path / "out") == untouched


def test_another_scenario_is_refused_with_what_differs(study, tmp_path, write_study):
    study.run(tmp_path / "out")
    scenario = tmp_path / "visits.yaml"
    scenario.write_text(scenario.read_text().replace("start: 2", "start: 3"))
    with pytest.raises(InputError, match=r"scenario\.resolved\.interventions was"):
        load_study(write_study()).run(tmp_path / "out")


def test_a_reworded_question_is_the_same_study(study, tmp_path):
    study.run(tmp_path / "out")
    told = []
    replace(study, question="Another wording?").run(tmp_path / "out", after=told.append)
    assert told == []


def test_sizes_of_the_hospital_are_factors_too(write_study, tmp_path, kept):
    text = "factors: {organization.units: [1, 4], listening_tour.visits_per_week: [1, 8]}\nreplicates: 2\n"
    study = load_study(write_study(f"scenario: visits.yaml\ndesign: {{method: lhs, n: 12}}\n{text}"))
    reference = study.run(tmp_path / "a", workers=1)
    other = study.run(tmp_path / "b", workers=2, block=3)
    assert kept(reference.folder) == kept(other.folder)
    assert np.isfinite(reference.outcomes("trust_clinician_admin")).all()


def test_without_a_baseline_outcomes_are_levels(write_study, tmp_path):
    study = load_study(write_study(write_study().read_text() + "baseline: none\n"))
    results = study.run(tmp_path / "out")
    levels, baseline = results.levels("trust_clinician_admin")
    assert baseline is None
    assert ((levels > 0.2) & (levels < 0.9)).all()
    assert "baseline.trust_clinician_admin" not in results.runs().columns


CLASH = """
scenario: twice.yaml
factors: {again.start: [0, 8], trust.gain: [0.02, 0.08]}
design: {method: lhs, n: 12}
replicates: 2
"""


@pytest.fixture
def clashing(write_study, tmp_path):
    """A study some of whose points fail: a second tour within the cooldown of the first is refused."""
    visits = (tmp_path / "visits.yaml").read_text().partition("interventions")[0]
    tours = (
        "interventions: [{kind: listening_tour, weeks: 2}, {kind: listening_tour, name: again, start: 11, weeks: 1}]"
    )
    (tmp_path / "twice.yaml").write_text(f"{visits}{tours}\n")
    return load_study(write_study(CLASH.replace("[0, 8]", "[0, 11]")))


def test_a_run_that_fails_is_a_row_and_takes_no_other_with_it(clashing, tmp_path):
    results = clashing.run(tmp_path / "out")
    starts = results.design()["again.start"].to_numpy()
    failed = np.isnan(results.outcomes("cost")).all(axis=1)
    assert 0 < failed.sum() < 12
    assert (failed == (starts < 10)).all()  # cooldown is 8 weeks
    assert results.counts["failed"] == 2 * failed.sum()


def test_a_failure_comes_with_its_reason_and_the_command_that_runs_it_again(clashing, tmp_path):
    results = clashing.run(tmp_path / "out")
    failures = pq.read_table(tmp_path / "out/failures.parquet").to_pandas()
    assert len(failures) == results.counts["failed"]
    assert failures["error"].str.contains("cooldown|weeks").all()
    first = failures.iloc[0]
    assert first["command"] == f"trustsim reproduce . --point {first['point_id']} --replicate {first['replicate']}"


def test_bytes_do_not_depend_on_blocks_where_runs_fail(clashing, tmp_path, kept):
    clashing.run(tmp_path / "a", block=64)
    clashing.run(tmp_path / "b", block=2)
    clashing.run(tmp_path / "b", block=2)  # tries what failed once more
    assert kept(tmp_path / "a") == kept(tmp_path / "b")


def test_a_worker_that_dies_stops_the_study_and_loses_nothing(study, tmp_path, kept):
    with ProcessPoolExecutor(1, mp_context=get_context("forkserver")) as processes:

        def kill(progress):
            if progress.done > 0:
                os.kill(next(iter(processes._processes)), signal.SIGKILL)

        with pytest.raises(WorkError, match=r"BrokenProcessPool.*run the same command again"):
            study.run(tmp_path / "out", executor=processes, workers=1, block=2, after=kill)
    assert 0 < read_results(tmp_path / "out").counts["done"] < len(study.points) * 3
    study.run(tmp_path / "out")
    study.run(tmp_path / "whole")
    assert kept(tmp_path / "out") == kept(tmp_path / "whole")


LIGHT = """
import sys
from trustsim.studies import load_study
study = load_study(sys.argv[1])
study.pilot()
study.run(sys.argv[2])
print(*sys.modules.keys() & {"matplotlib", "mesa", "rich", "solara", "typer", "distributed"})
"""


def test_a_sweep_loads_neither_mesa_nor_figures_nor_a_console(write_study, tmp_path):
    arguments = [sys.executable, "-c", LIGHT, str(write_study()), str(tmp_path / "out")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_blocks_and_workers_are_counted_from_one(study, tmp_path):
    with pytest.raises(InputError, match="blocks of 0 worlds"):
        study.run(tmp_path / "out", block=0)
    with pytest.raises(InputError, match="0 workers"):
        study.run(tmp_path / "out", workers=0)
    with pytest.raises(InputError, match="did you mean 'threads'"):
        study.run(tmp_path / "out", executor="thread")
