"""What others have published comes out: experiments/verification, each with the tolerance that its source gives."""

import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "experiments" / "verification"


@pytest.fixture(scope="module", autouse=True)
def scripts():
    """Let the scripts be imported, as they import each other."""
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


def test_the_printed_table_of_job_demands_and_resources_comes_out():
    import job_demands_resources as model

    for day, found in model.table().items():
        assert found == pytest.approx(model.PUBLISHED[day], abs=model.TOLERANCE)
    assert len(model.table()) == 3


def test_two_weeks_of_delay_decide_between_recovery_and_collapse_as_published():
    import job_demands_resources as model

    found = model.collapsed((14, 28))
    for start, share in model.COLLAPSED.items():
        assert found[start][0] == pytest.approx(share, abs=model.SHARE_TOLERANCE)
    assert found[14][1] == pytest.approx(model.ENERGY_LEFT, abs=1e-4)


def test_the_mean_of_agents_nears_the_mean_field_with_the_root_of_their_number():
    import mean_field as check

    found = check.errors()
    assert check.slope(found) == pytest.approx(check.SLOPE, abs=check.SLOPE_TOLERANCE)
    # All of it is luck: in the largest hospital less than a hundredth of the way that trust goes.
    moved = check.mean_field()[-1] - check.mean_field()[0]
    assert found[max(check.UNITS)][1] < 0.01 * moved


def test_published_turnover_and_time_to_fill_do_not_give_the_published_vacancy():
    import vacancies as check

    assert check.vacancy(check.TURNOVER, check.DAYS_TO_FILL / 365.0) == pytest.approx(check.GIVES, abs=0.0005)
    days = 365.0 * check.years_to_fill(check.TURNOVER, check.VACANCY)
    assert days == pytest.approx(check.NEEDS_DAYS, abs=0.5)


def test_simulated_vacancy_is_what_simulated_turnover_says():
    import vacancies as check

    for turnover, vacant, _, errors in check.simulated():
        assert 0.1 < turnover < 1.0
        assert 0.02 < vacant < 0.5
        assert abs(errors) < check.MOST_ERRORS


def test_each_burned_out_physician_costs_what_the_published_exits_cost():
    import burnout_cost as check

    assert check.LOW < check.by_hand() < check.HIGH
    dollars, error, burned_out, differ = check.simulated()
    _, low, high = check.burned_out_by_hand()
    assert low < (dollars - 2.0 * error) / burned_out
    assert (dollars + 2.0 * error) / burned_out < high
    assert error < 0.1 * check.HIGH
    assert np.isclose(differ, 0.0, atol=1e-9)
