"""What a worker sends home does not depend on the company in which a world ran."""

import pickle

import numpy as np
import pytest

from trustsim.studies.points import Task
from trustsim.studies.worker import window_mean


def test_a_world_has_the_same_mean_alone_and_in_company():
    weeks = np.random.default_rng(0).random((104, 5))
    together = window_mean(weeks, (4, 104))
    alone = [window_mean(weeks[:, [world]], (4, 104))[0] for world in range(5)]
    assert together.tolist() == alone
    assert together == pytest.approx(weeks[4:].mean(axis=0))


def test_weeks_in_which_a_measure_is_missing_do_not_count():
    weeks = np.array([[0.0, np.nan], [np.nan, np.nan], [2.0, np.nan]])
    mean = window_mean(weeks, (0, 3))
    assert mean[0] == 1.0
    assert np.isnan(mean[1])


def test_work_and_tasks_travel_to_another_process_and_give_the_same(study):
    task = Task(0, 5, (0, 1), tuple(study.points.settings([0, 1])))
    here = study.work(task)
    there = pickle.loads(pickle.dumps(study.work))(pickle.loads(pickle.dumps(task)))
    assert np.array_equal(here.scenario, there.scenario)
    assert np.array_equal(here.baseline, there.baseline)
