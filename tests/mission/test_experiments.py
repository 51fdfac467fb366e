"""The studies of the mission: each loads, asks a question, and varies something that its scenario has."""

from pathlib import Path

import numpy as np
import pytest

from trustsim.studies import load_study

FOLDER = Path(__file__).parents[2] / "experiments"
OF_THE_MISSION = {
    "small_steps_or_big_gesture",
    "workplace_or_worker",
    "follow_through_break_even",
    "timing_of_repair",
    "dose_of_recognition",
    "formal_channel_only",
}


def test_the_studies_of_the_mission_are_there():
    assert {path.stem for path in FOLDER.glob("*.yaml")} >= OF_THE_MISSION


@pytest.mark.parametrize("name", sorted(OF_THE_MISSION))
def test_a_study_asks_something_that_its_scenario_can_answer(name):
    study = load_study(FOLDER / f"{name}.yaml")
    assert study.name == name
    assert study.question.endswith("?")
    assert study.inert == ()
    assert study.replicates >= 10
    assert len(study.points.ids) > 4


def test_all_points_of_small_steps_and_big_gestures_spend_the_same(tmp_path):
    study = load_study(FOLDER / "small_steps_or_big_gesture.yaml").with_replicates(2)
    results = study.run(tmp_path / "study", workers=1)
    hours = results.outcomes("staff_hours")
    np.testing.assert_allclose(hours, hours.mean())
