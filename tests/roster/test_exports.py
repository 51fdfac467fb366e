"""Three exports as different systems write them: what is in them is understood, in time, and said."""

from datetime import date

import numpy as np
import pytest

from trustsim.organization.roles import ROLES, role_code, tie_code

EXPORTS = ("of_workday", "of_organimi", "of_orgchart")


@pytest.fixture(params=EXPORTS)
def export(request):
    return request.getfixturevalue(request.param)


def roles_of(hospital) -> dict[str, int]:
    counts = np.bincount(hospital.role, minlength=len(ROLES)).tolist()
    return {role: count for role, count in zip(ROLES, counts, strict=True) if count}


def test_nothing_has_to_be_mended(export):
    assert [str(problem) for problem in export.roster.findings.errors] == []


def test_everybody_has_the_role_that_the_title_means(export):
    assert export.roster.account.roles == roles_of(export.hospital)


def test_units_are_those_of_the_hospital_and_as_large(export):
    sizes = np.bincount(export.hospital.unit)[:-1].tolist()
    truth = dict(zip(export.hospital.unit_names, sizes, strict=True))
    assert {unit["name"]: unit["people"] for unit in export.roster.account.units} == truth
    assert all(unit["chief"] == unit["manager"] == "in the file" for unit in export.roster.account.units)


def test_everybody_is_led_by_whom_the_file_says(export):
    def lines(hospital):
        led = hospital.leader >= 0
        one, other = np.flatnonzero(led), hospital.leader[led]
        units = np.array([*hospital.unit_names, ""])
        lines = zip(
            hospital.role[one],
            units[hospital.unit[one]],
            hospital.role[other],
            units[hospital.unit[other]],
            strict=True,
        )
        return sorted(tuple(map(str, line)) for line in lines)

    assert lines(export.roster.organization) == lines(export.hospital)


def test_levels_and_spans_are_counted(export):
    account, hospital = export.roster.account, export.hospital
    led = np.bincount(hospital.leader[hospital.leader >= 0], minlength=hospital.n)
    managers = led[hospital.role == role_code("manager")]
    assert account.levels == 5
    assert account.spans["manager"] == {"leaders": len(managers), "median": managers[0], "most": managers.max()}


def test_lines_are_read_and_all_other_ties_are_made(export):
    made = {kind: sources["generated"] for kind, sources in export.roster.account.ties.items()}
    counts = np.bincount(export.roster.organization.kind)
    assert made["line"] == 0
    assert export.roster.account.ties["line"]["read"] == counts[tie_code("line")]
    assert made["peer"] == counts[tie_code("peer")] > 0


def test_a_hospital_of_20_000_is_read_within_ten_seconds(of_workday):
    assert len(of_workday.people) > 20_000
    assert of_workday.seconds < 10.0


def test_workers_who_left_are_no_longer_there_and_count_as_turnover(of_workday):
    account = of_workday.roster.account
    nurses = account.roles["nurse"]
    assert account.counts["no longer there"] == 1501
    assert account.turnover["nurse"]["leavers"] == 1500
    start = date(2025, 9, 28)  # those who leave do so on the 28th of the nine months to September
    years = sum((date(2026, month, 28) - start).days for month in range(1, 10)) / 9 / 365.25
    assert account.turnover["nurse"]["person_years"] == pytest.approx(nurses + 1500 * years, rel=1e-3)
    assert account.turnover["physician"] == {"leavers": 0, "person_years": 2400.0, "annual_rate": 0.0}
    assert account.as_of == "2026-09-28"
    assert account.tenure_years["physician"] == pytest.approx(11.6, abs=0.1)


def test_whoever_is_led_by_somebody_who_left_is_led_by_the_next_above(of_workday):
    hospital = of_workday.roster.organization
    nurses = np.flatnonzero(hospital.role == role_code("nurse"))
    assert set(hospital.role[hospital.leader[nurses]].tolist()) == {role_code("manager")}


def test_nothing_is_assumed_but_who_is_left_out(of_workday):
    assert [sentence.split(" (")[0] for sentence in of_workday.roster.account.assumptions] == [
        "left out: staff in no role of the model, such as technology, kitchen, security",
        "left out: managers and directors under whom no clinician works, such as finance and technology",
    ]


def test_units_called_after_their_leader_lose_the_name(of_workday):
    assert b"Emergency (" in of_workday.path.read_bytes()
    assert not any("(" in name for name in of_workday.roster.organization.unit_names)


def test_kitchen_and_technology_are_left_out_and_counted(export):
    counts = export.roster.account.counts
    support = sum(person.unit == "Support Services" for person in export.people)
    assert counts["other staff"] == support - 1
    assert counts["administrators without clinicians"] == 1
    left_out = counts["no longer there"] + support
    assert counts["read"] == counts["in the model"] + left_out


def test_the_account_says_how_the_file_was_read(of_organimi, of_orgchart, of_workday):
    assert of_organimi.roster.account.files == {"organimi.csv": "cp1252, separator ';', header in line 1"}
    assert of_orgchart.roster.account.files == {"orgchart.csv": "utf-8, separator '\\t', header in line 4"}
    assert of_workday.roster.account.files == {"workers.csv": "utf-8-sig, separator ',', header in line 1"}
    assert of_workday.roster.account.columns["workers.csv"]["used"]["person_id"] == "Employee ID"
    assert of_workday.roster.account.columns["workers.csv"]["ignored"] == ["Cost Center - ID", "Favorite Color"]


def test_each_title_names_the_rule_that_decided(of_orgchart):
    rules = {row["title"]: (row["role"], row["rule"]) for row in of_orgchart.roster.account.titles}
    assert rules["Sr. Director, Service Line"] == ("director", "director")
    assert rules["Medical Director"] == ("chief", "medical director")
    assert rules["Physician Assistant"] == ("app", "physician assistant")
    assert rules["President & CEO"] == ("executive", "president and ceo")
    assert rules["Cook"] == ("other", "cook")


def test_a_total_below_the_table_is_no_person(of_orgchart):
    stray = [problem for problem in of_orgchart.roster.account.problems if problem.kind == "stray row"]
    assert [(problem.severity, problem.line) for problem in stray] == [("warning", len(of_orgchart.people) + 5)]


def test_a_dotted_line_is_a_tie_of_its_own(of_organimi):
    assert of_organimi.roster.account.ties["social"]["read"] >= 2 * 2
