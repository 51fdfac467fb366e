"""``measures.csv``: aggregates are read, everything else is refused with its line and a remedy."""

from pathlib import Path

import pytest

from trustsim.errors import InputError
from trustsim.organization import Organization, generate
from trustsim.roster.files import find_sources
from trustsim.roster.findings import Findings
from trustsim.survey import Cell, inspect_survey, read_survey

HEADER = "unit_id,role,instrument,construct,value,stat,n,wave_date\n"
GOOD = "unit 1,nurse,mbi,emotional_exhaustion,27.4,mean,14,2026-03-01\n"


@pytest.fixture(scope="module")
def hospital() -> Organization:
    return generate({"units": 2, "nurses": 20}, seed=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text("person_id\n1\n")
    return tmp_path


def write(folder: Path, text: str) -> Path:
    (folder / "measures.csv").write_text(text)
    return folder


def test_a_row_says_who_was_asked_what_and_when(hospital: Organization, folder: Path) -> None:
    unit = hospital.unit_names[0]
    survey = read_survey(write(folder, HEADER + GOOD.replace("unit 1", unit)), hospital)
    assert survey is not None
    (row,) = survey.rows
    assert (row.cell, row.value, row.n, row.wave.isoformat()) == (Cell(unit, "nurse"), 27.4, 14, "2026-03-01")
    assert (row.item.feeling, row.line) == ("exhaustion", 2)


def test_the_file_may_be_called_in_capitals(hospital: Organization, folder: Path) -> None:
    write(folder, HEADER + GOOD.replace("unit 1", "")).joinpath("measures.csv").rename(folder / "Measures.CSV")
    survey = read_survey(folder, hospital)
    assert survey is not None
    assert len(survey.rows) == 1
    assert find_sources(folder).unread == ()


def test_no_survey_is_no_mistake(hospital: Organization, folder: Path) -> None:
    assert read_survey(folder, hospital) is None
    assert read_survey(folder / "people.csv", hospital) is None


def test_a_unit_may_be_called_by_its_id_and_left_out(hospital: Organization, folder: Path) -> None:
    (folder / "units.csv").write_text(f"unit_id,name\n4N,{hospital.unit_names[0]}\n")
    rows = (
        GOOD.replace("unit 1", "4N")
        + GOOD.replace("unit 1,nurse", ",")
        + GOOD.replace("unit 1,nurse", "all,clinicians")
    )
    findings = Findings()
    survey = inspect_survey(write(folder, HEADER + rows), hospital, findings)
    assert survey is not None
    assert [row.cell for row in survey.rows] == [Cell(hospital.unit_names[0], "nurse"), Cell()]
    assert "stands in line 3 too" in findings.errors[0].what


def test_role_may_be_missing_and_columns_in_any_order(hospital: Organization, folder: Path) -> None:
    header = "Wave Date;N;Stat;Value;Construct;Instrument;Unit ID\n"
    text = header + "2026-03-01;30;pct_favorable;61.5;Communication Openness;SOPS;\n"
    survey = read_survey(write(folder, text), hospital)
    assert survey is not None
    assert survey.rows[0].item.name == "sops communication_openness (pct_favourable)"


def test_the_first_wave_is_that_of_each_instrument_within_a_quarter(hospital: Organization, folder: Path) -> None:
    unit = hospital.unit_names[0]
    rows = [
        f"{unit},nurse,mbi,emotional_exhaustion,27,mean,14,2026-03-01",
        f"{unit},nurse,sops,communication_openness,61,pct_favourable,14,2026-04-15",
        f"{unit},nurse,mbi,emotional_exhaustion,25,mean,12,2026-09-01",
        f"{unit},nurse,biopsy,feeling_valued,50,pct_favourable,12,2026-12-01",
    ]
    survey = read_survey(write(folder, HEADER + "\n".join(rows)), hospital)
    assert survey is not None
    assert [row.line for row in survey.first] == [2, 3]
    assert [(row.line, survey.week(row)) for row in survey.later] == [(4, 26), (5, 39)]


@pytest.mark.parametrize(
    ("wrong", "said", "remedy"),
    [
        (("14", "4"), "n is 4; cells of fewer than 5 people are not read", "remove the row, or report the unit"),
        (("14", "some"), "n is 'some'", "write the number of answers"),
        (("27.4", "27,4"), "value is '27,4'", "with a point"),
        (("27.4", "57"), "value is 57", "goes from 0 to 54"),
        (("27.4", "nan"), "value is nan", "goes from 0 to 54"),
        (("2026-03-01", "1.3.2026"), "wave_date is '1.3.2026'", "such as 2026-03-01"),
        (("mbi", "mbl"), "unknown instrument 'mbl'", "did you mean 'mbi'"),
        (("emotional_exhaustion", "depersonalisasion"), "unknown construct", "did you mean 'depersonalization'"),
        (("mean", "median"), "unknown stat 'median'", "there is mean"),
        (("nurse", "nurses"), "unknown role 'nurses'", "did you mean 'nurse'"),
        (("UNIT", "UNITY"), "unknown unit", "did you mean"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_remedy(
    hospital: Organization, folder: Path, wrong: tuple[str, str], said: str, remedy: str
) -> None:
    good = GOOD.replace("unit 1", hospital.unit_names[0]).replace("\n", "")
    row = (
        good.replace(hospital.unit_names[0], hospital.unit_names[0] + "x")
        if wrong[0] == "UNIT"
        else good.replace(*wrong, 1)
    )
    cells = [
        f'"{cell}"' if "27,4" in row and cell == "27,4" else cell for cell in row.replace("27,4", "27;4").split(",")
    ]
    text = HEADER + ",".join('"27,4"' if cell == "27;4" else cell for cell in cells) + "\n"
    with pytest.raises(InputError, match=r"measures\.csv:2: ") as refused:
        read_survey(write(folder, text), hospital)
    assert said in str(refused.value)
    assert remedy in str(refused.value)


def test_all_mistakes_are_told_at_once(hospital: Organization, folder: Path) -> None:
    good = GOOD.replace("unit 1", hospital.unit_names[0])
    text = HEADER + good.replace("14", "3") + good + good.replace("mbi", "mbx")
    with pytest.raises(InputError) as refused:
        read_survey(write(folder, text), hospital)
    assert "measures.csv:2: n is 3" in str(refused.value)
    assert "measures.csv:4: unknown instrument" in str(refused.value)


def test_a_missing_column_is_named(hospital: Organization, folder: Path) -> None:
    with pytest.raises(InputError, match=r"measures.csv:1: no column 'wave_date'.*did you mean 'wave'"):
        read_survey(write(folder, HEADER.replace("wave_date", "wave") + GOOD), hospital)


def test_the_smallest_cell_may_be_larger_and_never_smaller(hospital: Organization, folder: Path) -> None:
    write(folder, HEADER + GOOD.replace("unit 1", hospital.unit_names[0]))
    with pytest.raises(InputError, match="cells of fewer than 15 people"):
        read_survey(folder, hospital, smallest=15)
    with pytest.raises(InputError, match="a cell has 5 answers or more"):
        read_survey(folder, hospital, smallest=4)


def test_a_cell_of_nobody_is_left_out_and_said(hospital: Organization, folder: Path) -> None:
    findings = Findings()
    good = GOOD.replace("unit 1", hospital.unit_names[0])
    survey = inspect_survey(write(folder, HEADER + good.replace("nurse", "director") + good), hospital, findings)
    assert survey is not None
    assert len(survey.rows) == 1
    assert "nobody is there" in findings.problems[0].what


def test_more_answers_than_people_are_looked_at(hospital: Organization, folder: Path) -> None:
    findings = Findings()
    inspect_survey(
        write(folder, HEADER + GOOD.replace("unit 1", hospital.unit_names[0]).replace("14", "90")), hospital, findings
    )
    assert "90 answers" in findings.problems[0].what
