"""How many replicates a study needs: enough when they are run, no more than it asks for, and with their cost."""

import numpy as np
import pytest
from scipy.stats import t

from trustsim.analysis import replicates
from trustsim.errors import InputError
from trustsim.studies import load_study
from trustsim.studies.planner import Goal, plan_replicates


def test_a_narrower_interval_needs_more_replicates_and_more_runs(study):
    wide, narrow = (plan_replicates(study, {"open_concerns": Goal(width=width)}) for width in (0.1, 0.02))
    assert narrow.replicates > wide.replicates >= 2
    assert narrow.size.runs == narrow.replicates * len(study.points)
    assert narrow.size.bytes_on_disk > wide.size.bytes_on_disk
    assert 0.0 < narrow.minutes(1) == 2.0 * narrow.minutes(2)


def test_the_measure_that_needs_most_decides_and_others_are_only_told_of(study):
    goals = {"open_concerns": Goal(width=0.02), "trust_clinician_admin": Goal(width=0.5)}
    plan = plan_replicates(study, goals)
    needed = {measure.measure: measure.replicates for measure in plan.measures}
    assert plan.replicates == needed["open_concerns"] > needed["trust_clinician_admin"]
    assert needed["burnout_prevalence"] is None


def test_with_the_planned_replicates_intervals_are_as_narrow_as_asked(study, tmp_path):
    # The pilot's spread is an upper bound, 80 % sure; the widest of 16 points is narrow enough with these seeds.
    plan = plan_replicates(study, {"open_concerns": Goal(width=0.05)})
    outcomes = study.with_replicates(plan.replicates).run(tmp_path / "out").outcomes("open_concerns")
    some = study.points.first_row[np.unique(np.linspace(0, len(study.points) - 1, 16).astype(int))]
    quantile = t.ppf(0.975, plan.replicates - 1)
    widths = 2.0 * quantile * outcomes[some].std(axis=1, ddof=1) / np.sqrt(plan.replicates)
    assert widths.max() <= 0.05


def test_without_a_question_the_study_keeps_its_replicates(study):
    plan = plan_replicates(study, {}, pilot=3)
    assert (plan.replicates, plan.pilot_replicates, plan.pilot_points) == (3, 3, 16)
    assert all(measure.width > measure.spread > 0.0 for measure in plan.measures)


def test_between_the_points_of_a_study_of_levels_luck_is_shared_too(write_study):
    levels = load_study(write_study(write_study().read_text() + "baseline: none\n"))
    goal = {"open_concerns": Goal(effect=0.05)}
    spread = plan_replicates(levels, {}).measures[2].spread
    alone = replicates.for_power(np.array([-1.0, 1.0] * 5) * spread, 0.05).replicates
    assert plan_replicates(levels, goal).replicates < alone


@pytest.mark.parametrize(
    ("goals", "options", "message"),
    [
        ({"open_concern": Goal(width=1.0)}, {}, "did you mean 'open_concerns'"),
        ({"open_concerns": Goal(width=0.0)}, {}, "open_concerns: found the half-width 0.0"),
        ({"open_concerns": Goal(effect=1.0)}, {"power": 2.0}, "open_concerns: found the power 2.0"),
        ({}, {"pilot": 1}, "pilot of 1 replicates"),
    ],
)
def test_a_wrong_question_is_refused(study, goals, options, message):
    with pytest.raises(InputError, match=message):
        plan_replicates(study, goals, **options)
