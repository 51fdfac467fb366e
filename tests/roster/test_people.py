"""Who leads whom, who is what, and what is settled where a roster leaves it open."""

import numpy as np
import pandas as pd
import pytest

from trustsim.organization.roles import ROLES
from trustsim.roster import inspect_roster, read_organization
from trustsim.roster.findings import Findings
from trustsim.roster.service import read_dates, turnover
from trustsim.roster.titles import read_title

HEADER = "Employee ID,Email,Name,Reports To,Department,Job Title\n"
LEADERS = """\
001,ann@h.example,Ann Adams,,Administration,CEO
002,bob@h.example,Bob Brown,{ann},Administration,Director of Nursing
003,cyd@h.example,Cyd Cole,{bob},Ward A,Nurse Manager
004,dan@h.example,Dan Dorn,{ann},Ward A,Chief of Medicine
"""
STAFF = "".join(f"1{k},n{k}@h.example,Nurse {k},{{cyd}},Ward A,RN\n" for k in range(6))
BY_ID = {"ann": "001", "bob": "002", "cyd": "003", "dan": "004"}


def roster(rows: str, **names: str) -> str:
    return HEADER + (LEADERS + rows).format(**(BY_ID | names))


def positions(organization) -> list[tuple[str, str, str]]:
    """Role, unit and role of the leader of everybody."""
    units = (*organization.unit_names, "")
    roles = [ROLES[code] for code in organization.role]
    return [
        (role, units[unit], roles[leader] if leader >= 0 else "")
        for role, unit, leader in zip(roles, organization.unit, organization.leader, strict=True)
    ]


def assumed(path) -> str:
    account = inspect_roster(path).account
    assert account.is_usable, [str(problem) for problem in account.problems]
    return " | ".join(account.assumptions)


@pytest.mark.parametrize(
    "names",
    [
        {"bob": "BOB@H.example", "cyd": "Cyd@h.example", "ann": "ann@h.EXAMPLE"},
        {"bob": "Bob Brown", "cyd": "cyd cole"},
        {"bob": '"Brown, Bob"', "cyd": '"Cole, Cyd"'},
        {"bob": "Bob Brown (002)", "cyd": "Cyd Cole (003)"},
        {"bob": "Bob Brown (On Leave)", "cyd": "Cyd Cole"},
        {"ann": "1", "bob": "2", "cyd": "3"},
        {"ann": "1.0", "bob": "2.0", "cyd": "3.0"},
    ],
    ids=["e-mail", "name", "last name first", "name and id", "on leave", "lost zeros", "numbers of a spreadsheet"],
)
def test_leaders_are_found_however_they_are_written(folder, names):
    expected = positions(read_organization(folder(people=roster(STAFF))))
    assert positions(read_organization(folder(people=roster(STAFF, **names)))) == expected
    assert expected[:4] == [("executive", "", ""), ("director", "", "executive"), ("chief", "Ward A", "executive"),
                            ("manager", "Ward A", "director")]  # fmt: skip


@pytest.mark.parametrize("header", ["leader", "Leader ID", "Manager", "Reports To", "Line Manager ID"])
def test_a_leader_is_found_under_the_usual_headers(folder, header):
    assert "no reporting lines" not in assumed(folder(people=roster(STAFF).replace("Reports To", header, 1)))


@pytest.mark.parametrize("top", ["", "001", "ann@h.example"])
def test_the_head_reports_to_nobody_or_to_himself(folder, top):
    text = roster(STAFF).replace("Ann Adams,,", f"Ann Adams,{top},")
    assert positions(read_organization(folder(people=text)))[0] == ("executive", "", "")


def test_a_name_that_two_people_have_is_nobody(folder):
    text = roster(STAFF + "20,x@h.example,Cyd Cole,{bob},Ward A,RN\n", cyd="Cyd Cole")
    kinds = {problem.kind for problem in inspect_roster(folder(people=text)).findings.errors}
    assert kinds == {"unknown manager"}


def test_loose_ends_may_be_attached_to_their_unit(folder):
    text = roster(STAFF + "20,x@h.example,Xi,999,Ward A,Hospitalist\n21,y@h.example,Yo,,Ward A,RN\n")
    path = folder(people=text, mapping="loose_ends: attach\n")
    hospital = read_organization(path)
    assert ("physician", "Ward A", "chief") in positions(hospital)
    assert positions(hospital).count(("nurse", "Ward A", "manager")) == 7
    assert "people whose leader is not in the file: 1; they are led by their unit" in assumed(path)


def test_whoever_reports_to_a_nurse_reports_to_the_leader_above(folder):
    path = folder(people=roster(STAFF + "20,x@h.example,Xi,10,Ward A,RN\n"))
    assert positions(read_organization(path)).count(("nurse", "Ward A", "manager")) == 7
    assert "people who report to clinicians who are no chief or manager: 1; they are led by" in assumed(path)


@pytest.mark.parametrize(
    ("status", "end", "present"),
    [
        ("Active", "", True), ("On Leave", "", True), ("Terminated", "", False), ("", "2026-01-31", False),
        ("Active", "2999-12-31", True), ("Active", "2026-12-31", True), ("Retired", "2026-12-31", False),
    ],
)  # fmt: skip
def test_whoever_is_gone_by_status_or_date_is_left_out(folder, status, end, present):
    text = roster(STAFF).replace("Job Title", "Job Title,Status,End date")
    first, *rows = text.splitlines()
    rows = [f"{row},,2026-06-30" if row.startswith("15") else f"{row},," for row in rows]
    rows[4] = text.splitlines()[5] + f",{status},{end}"
    account = inspect_roster(folder(people="\n".join([first, *rows]), mapping='as_of: "2026-07-01"')).account
    assert account.roles["nurse"] == 4 + present


def test_whoever_is_led_by_somebody_gone_is_led_by_the_next_above_without_ado(folder):
    text = roster(STAFF + "60,g@h.example,Gone,{cyd},Ward A,Nurse Manager\n61,y@h.example,Yo,60,Ward A,RN\n")
    first, *rows = text.splitlines()
    rows = [f"{row},{'Terminated' if row.startswith('60') else 'Active'}" for row in rows]
    path = folder(people="\n".join([f"{first},Status", *rows]))
    assert positions(read_organization(path)).count(("nurse", "Ward A", "manager")) == 7
    assert assumed(path) == ""


def test_whoever_is_led_by_somebody_left_out_is_led_by_the_next_above(folder):
    path = folder(people=roster(STAFF + "20,x@h.example,Xi,{cyd},Ward A,Secretary\n21,y@h.example,Yo,20,Ward A,RN\n"))
    said = assumed(path)
    assert "security (1); whom they led (1) is led by the next leader above" in said
    assert "people who report to clinicians" not in said


def test_blanks_around_cells_and_quotation_marks_are_nothing(folder):
    text = (
        roster(STAFF.replace("Ward A", '"Ward, A" ').replace("{cyd}", "{cyd}  "))
        .replace("Ward A", ' "Ward, A" ')
        .replace("\n003,", "\n003  ,")
    )
    assert read_organization(folder(people=text)).unit_names == ("Ward, A",)


def test_turnover_counts_those_who_left_within_the_year():
    day = pd.Timestamp("2026-07-01")
    left = pd.Series(pd.to_datetime(["2026-06-30", "2024-06-30", "2027-01-01", *[None] * 6]))
    hired = pd.Series(pd.to_datetime(["2026-01-01", "2020-01-01", *[None] * 7]))
    told = turnover(pd.Series(["nurse"] * 8 + ["chief"]), hired, left, day)
    assert told["chief"] is None
    assert told["nurse"]["leavers"] == 1
    assert told["nurse"]["person_years"] == pytest.approx(6.5, abs=0.05)


def test_a_unit_without_leaders_gets_an_assumed_manager(folder):
    rows = "".join(f"3{k},w{k}@h.example,W {k},{{bob}},Ward B,RN\n" for k in range(4))
    path = folder(people=roster(STAFF + rows))
    hospital = read_organization(path)
    assert positions(hospital).count(("nurse", "Ward B", "manager")) == 4
    assert "assumed manager of Ward B" in hospital.labels
    assert "units without chief and manager; a position of manager is assumed, led from above: Ward B" in assumed(path)
    assert {unit["name"]: unit["manager"] for unit in inspect_roster(path).account.units}["Ward B"] == "assumed"


def test_whoever_leads_most_of_a_unit_without_leaders_is_its_manager(folder):
    rows = "30,w@h.example,W,{bob},Ward B,Charge Nurse\n" + "".join(
        f"3{k},w{k}@h.example,W {k},30,Ward B,RN\n" for k in range(1, 4)
    )
    path = folder(people=roster(STAFF + rows))
    assert positions(read_organization(path)).count(("nurse", "Ward B", "manager")) == 3
    assert "somebody of them who leads others is it: Ward B" in assumed(path)


def test_a_department_of_several_managers_is_several_units(folder):
    rows = "40,m@h.example,M,{bob},Ward A,Nurse Manager\n" + "".join(
        f"4{k},v{k}@h.example,V {k},40,Ward A,RN\n" for k in range(1, 4)
    )
    path = folder(people=roster(STAFF + rows))
    hospital = read_organization(path)
    assert hospital.unit_names == ("Ward A", "Ward A 2")
    assert positions(hospital).count(("nurse", "Ward A 2", "manager")) == 3
    assert "managers who lead staff of a unit that has a manager already: 1" in assumed(path)


def test_a_manager_of_leaders_only_is_a_director_and_one_of_nobody_is_left_out(folder):
    rows = (
        "50,a@h.example,A,{bob},Nursing office,Operations Manager\n51,b@h.example,B,50,Ward C,Nurse Manager\n"
        "52,c@h.example,C,51,Ward C,RN\n53,d@h.example,D,{ann},Finance,Finance Director\n"
    )
    path = folder(people=roster(STAFF + rows))
    assert ("manager", "Ward C", "director") in positions(read_organization(path))
    assert "managers who lead leaders only: 1; they count as directors" in assumed(path)
    assert inspect_roster(path).account.counts["administrators without clinicians"] == 1


def test_a_head_of_an_unknown_title_is_an_executive(folder):
    path = folder(people=roster(STAFF).replace("CEO", "Hospital Wizard"))
    assert positions(read_organization(path))[0] == ("executive", "", "")
    assert "the head of the hospital (line 2, Hospital Wizard) is an executive" in assumed(path)


def test_without_units_each_leaders_team_is_one(folder):
    text = roster(STAFF).replace("Department", "Shoe size")
    path = folder(people=text)
    assert "no column of units: each leader's team is one" in assumed(path)
    assert [unit["people"] for unit in inspect_roster(path).account.units] == [7, 1]


def test_clinicians_without_a_unit_are_of_their_leaders(folder):
    path = folder(people=roster(STAFF + "20,x@h.example,Xi,{cyd},,RN\n"))
    assert positions(read_organization(path)).count(("nurse", "Ward A", "manager")) == 7
    assert "clinicians without a unit: 1; they are of their leader's" in assumed(path)


def test_months_of_service_stand_in_for_days_of_hiring(folder):
    text = roster(STAFF).replace("Job Title", "Job Title,Tenure months,Location")
    text = "\n".join([text.splitlines()[0], *(f"{line},{12 * k},Here" for k, line in enumerate(text.splitlines()[1:]))])
    account = inspect_roster(folder(people=text)).account
    assert account.tenure_years["nurse"] == 6.5  # 4 to 9 years
    assert account.columns["people.csv"]["aside"] == ["Location"]


def test_mapping_yaml_names_columns_titles_encoding_and_dates(folder):
    rows = ["Nr;Chef;Station;Tätigkeit;Eintritt", "1;;Verwaltung;Geschäftsführung;03.04.2001",
            "2;1;Station 1;Pflegedienstleitung;03.04.2011"]  # fmt: skip
    rows += [f"{k};2;Station 1;Pflegekraft;01.10.2019" for k in range(3, 9)]
    guide = """\
encoding: latin-1
separator: ";"
columns: {person_id: Nr, manager_id: Chef, unit_id: Station, title: Tätigkeit, hire_date: Eintritt}
titles: {Geschäftsführung: executive, Pflegedienstleitung: manager, Pflegekraft: nurse}
date_format: "%d.%m.%Y"
as_of: "2026-10-01"
"""
    account = inspect_roster(folder(people="\n".join(rows).encode("latin-1"), mapping=guide)).account
    assert account.roles == {"nurse": 6, "manager": 1, "executive": 1}
    assert account.tenure_years == {"executive": None, "manager": None, "nurse": 7.0}
    assert account.problems == []


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("RN", "nurse"), ("Sr. Registered Nurse (ICU)", "nurse"), ("Nurse Manager", "manager"),
        ("Chief Nursing Officer", "executive"), ("Director of Nursing", "director"), ("Nurse Practitioner", "app"),
        ("Chief Resident", "physician"), ("Chief of Surgery", "chief"), ("Chief Quality Officer", "executive"),
        ("Physician Assistant", "app"), ("Physician Recruiter", "other"), ("Executive Assistant", "other"),
        ("VP, Patient Care", "executive"), ("Associate Vice President", "director"), ("Pharmacy Technician", "allied"),
        ("IT Technician", "other"), ("Case Manager", "allied"), ("Nurse's Aide", "allied"),
        ("Medical Director", "chief"),
        ("Nurse Manager, Anesthesiologist Team", "manager"), ("Administrative Assistant", "other"),
        ("Attending Physician & Professor", "physician"), ("Wizard", "?"),
    ],
)  # fmt: skip
def test_the_most_specific_rule_decides_what_a_title_means(title, role):
    assert read_title(title, {}).role == role


@pytest.mark.parametrize(
    ("dates", "read", "said"),
    [
        (("2020-02-01", "2021-12-24"), ("2020-02-01", "2021-12-24"), ""),
        (("02/13/2020", "12/01/2021"), ("2020-02-13", "2021-12-01"), ""),
        (("13/02/2020", "01/12/2021"), ("2020-02-13", "2021-12-01"), ""),
        (("01.02.2020", "24.12.2021 08:00"), ("2020-02-01", "2021-12-24"), ""),
        (("02/03/2020", "04/05/2021"), ("2020-02-03", "2021-04-05"), "would be as good as %d/%m/%Y"),
        (("1-Feb-2020", "12/31/9999"), ("2020-02-01", "NaT"), ""),
    ],
)
def test_dates_are_read_in_the_format_that_fits_all(tmp_path, dates, read, said):
    findings = Findings()
    found = read_dates(pd.Series(dates, name="Hire Date"), None, findings, tmp_path, np.arange(2))
    assert [str(day)[:10] for day in found] == list(read)
    assert (said in "".join(findings.assumptions)) if said else not findings.assumptions
    assert not findings.problems
