"""The studies that ship can be run: their files are right, and a pilot of each finds nothing wrong."""

from pathlib import Path

import pytest

from trustsim.studies import load_study

FOLDER = Path(__file__).parents[2] / "experiments"
STUDIES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", STUDIES)
def test_a_shipped_study_asks_a_question_of_a_scenario_that_exists(name):
    study = load_study(FOLDER / f"{name}.yaml")
    assert study.name == name
    assert study.question.endswith("?")


def test_the_study_of_the_listening_tour_has_the_runs_that_it_says():
    study = load_study(FOLDER / "sobol_listening_tour.yaml")
    assert len(study.problem.names) == 12
    assert len(study.points.X) == 28_672  # the dummy's rows among them
    assert len(study.points) * study.replicates == 532_480


def test_no_run_of_a_pilot_of_the_cliff_in_timing_fails():
    pilot = load_study(FOLDER / "timing_cliff.yaml").pilot()
    assert (pilot.failed, pilot.inert) == ((), ())
