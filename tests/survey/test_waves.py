"""Later waves lie over the simulation: where the hospital went as simulated, they agree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from trustsim.organization import Organization
from trustsim.scenario import load_scenario, with_settings
from trustsim.survey import Cell, Measured, Survey, find_item, lay_over

DAY = date(2026, 3, 1)
RUNS = 6


@pytest.fixture(scope="module")
def first() -> Measured:
    return Measured(Cell("", "nurse"), find_item("mbi", "emotional exhaustion", "mean"), 25.0, 150, DAY, 2)


def laid(hospital: Organization, *rows: Measured, weeks: int = 40):
    baseline = with_settings(load_scenario("baseline"), {"weeks": weeks})
    scenario = with_settings(load_scenario("listening_tour"), {"weeks": weeks})
    return lay_over(hospital, Survey(rows), baseline, scenario, runs=RUNS)


def test_which_rows_are_of_the_first_wave_is_found_once(first: Measured) -> None:
    class Counted(tuple[Measured, ...]):
        times = 0

        def __iter__(self) -> Iterator[Measured]:
            Counted.times += 1
            return super().__iter__()

    survey = Survey(Counted([first, *(replace(first, wave=DAY + timedelta(weeks=week)) for week in range(20, 60))]))
    for row in survey.rows[1:]:
        assert row in survey.later
        assert survey.week(row) >= 20
    assert survey.first == [first]
    assert Counted.times <= 4  # of 40 rows


def test_a_wave_like_the_simulation_agrees_and_another_does_not(hospital: Organization, first: Measured) -> None:
    then = DAY + timedelta(weeks=35)
    (one,) = laid(hospital, first, replace(first, wave=then))
    middle = one.baseline[1]
    like, unlike = (
        laid(hospital, first, replace(first, wave=then, value=value))[0] for value in (middle, middle + 15.0)
    )
    assert like.agrees["baseline"]
    assert not unlike.agrees["baseline"]
    assert like.week == 35
    assert like.low < like.row.value < like.high
    assert like.baseline[0] <= like.baseline[1] <= like.baseline[2]
    assert like.as_document()["observed"] == middle


def test_waves_after_the_end_are_not_laid(hospital: Organization, first: Measured) -> None:
    assert laid(hospital, first, replace(first, wave=DAY + timedelta(weeks=41))) == []


def test_a_single_wave_has_nothing_to_lay(hospital: Organization, first: Measured) -> None:
    assert laid(hospital, first) == []


def test_a_score_has_to_meet_the_band_only_as_well_as_both_surveys_know(
    hospital: Organization, first: Measured
) -> None:
    few, later = replace(first, n=8), replace(first, n=8, wave=DAY + timedelta(weeks=35))
    (of_many,), (of_few,) = laid(hospital, first, replace(later, n=150)), laid(hospital, few, later)
    assert of_many.margin == pytest.approx(1.96 * 12.0 * (2.0 / 150.0) ** 0.5)
    assert of_few.margin > of_few.high - of_few.row.value > of_many.margin
