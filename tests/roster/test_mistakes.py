"""Broken rosters: each mistake is named with its place and what to do, and all of them at once."""

import pytest

from trustsim.errors import InputError
from trustsim.roster import inspect_roster, read_organization

PEOPLE = """\
person_id,manager_id,unit_id,role,title
E1,,,executive,CEO
E2,E1,,executive,Chief Medical Officer
D1,E1,,director,Director of Nursing
C1,E2,Ward,chief,Chief of Medicine
M1,D1,Ward,manager,Nurse Manager
P1,C1,Ward,physician,Hospitalist
P2,C1,Ward,physician,Hospitalist
N1,M1,Ward,nurse,RN
N2,M1,Ward,nurse,RN
N3,M1,Ward,nurse,RN
"""


def changed(*changes: tuple[str, str]) -> str:
    text = PEOPLE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def header(text: str) -> str:
    return changed(("person_id,manager_id,unit_id,role,title", text))


ERRORS = {
    "duplicate id": (changed(("N2,", "n1,")), "people.csv:9", "id 'N1' stands here and in line 10"),
    "unknown manager": (
        changed(("P1,C1", "P1,CC1")),
        "people.csv:7",
        "the leader 'CC1' is nobody in this file; did you mean 'C1'?",
    ),
    "circle of two": (
        changed(("C1,E2", "C1,P1")), "people.csv:5", "leaders in a circle: C1 -> P1 -> C1; one of them reports"
    ),
    "circle of three": (
        changed(("E2,E1", "E2,P1")), "people.csv:3", "leaders in a circle: E2 -> P1 -> C1 -> E2"
    ),
    "two heads": (
        changed(("M1,D1", "M1,")),
        "people.csv:6",
        "'M1' has no leader and leads 3 people, and the head of the hospital is 'E1'",
    ),
    "orphan": (changed(("N3,M1", "N3,")), "people.csv:11", "'N3' has no leader, and the head of the hospital is 'E1'"),
    "blank id": (changed(("N3,M1", ",M1")), "people.csv:11", "person_id is blank; give everybody an id"),
    "long row": (changed(("N3,M1,Ward,nurse,", "N3,M1,Ward,nurse,x,y,")), "people.csv:11", "7 cells under 5 headers"),
    "only a header": ("person_id,manager_id,title\n", "people.csv:1", "has a header and nobody below it"),
    "no header": ("1,2,3\n4,5,6\n", "people.csv:1", "no header that is known, such as person_id"),
    "no ids": (header("x,manager_id,unit_id,role,title"), "people.csv:1", "no column of ids"),
    "nobody with a role": (header("person_id,manager_id,unit_id,x,y"), "people.csv", "nobody is a physician, nurse"),
    "empty": ("", "people.csv", "is empty"),
    "a spreadsheet": (b"PK\x03\x04rest", "people.csv", "is a spreadsheet or zip archive; save the sheet as CSV"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0rest", "people.csv", "is an old spreadsheet"),
    "a PDF": (b"%PDF-1.7", "people.csv", "is a PDF; ask for the table"),
    "UTF-16 without its mark": (PEOPLE.encode("utf-16-le"), "people.csv:1", "holds a NUL"),
    "an open quotation mark": (
        changed(("D1,", '"D1,')) + "x" * 12_000, "people.csv:", "perhaps a quotation mark is not closed"
    ),
    "a huge cell": (changed(("Hospitalist", "H" * 200_000)), "people.csv:", "perhaps a quotation mark is not closed"),
}  # fmt: skip


@pytest.mark.parametrize("name", ERRORS)
def test_a_broken_roster_is_refused_with_place_and_remedy(folder, name):
    text, place, what = ERRORS[name]
    with pytest.raises(InputError) as refused:
        read_organization(folder(people=text))
    first = str(refused.value).splitlines()[0]
    assert place in first
    assert what in first


GUIDES = {
    "encoding: utf-9": "mapping.yaml:1:11: encoding is an encoding such as utf-8, latin-1",
    "encoding: bz2": "mapping.yaml:1:11: encoding is an encoding such as utf-8, latin-1",
    "encoding: undefined": "mapping.yaml:1:11: encoding is an encoding such as utf-8, latin-1",
    "colums: {person_id: Nr}": "mapping.yaml:1:1: unknown key colums; did you mean 'columns'?",
    "columns: {persn_id: Nr}": "did you mean 'person_id'?",
    "columns: {person_id: Nr}": "people.csv:1: no column 'Nr', which mapping.yaml names for person_id",
    "titles: {RN: nurs}": "says 'nurs' for 'RN', which is no role; did you mean 'nurse'?",
    "generate: [peers]": "names 'peers'; did you mean 'peer'?",
    "as_of: 31.12.2026": "mapping.yaml:1:8: as_of is a day such as 2026-10-31",
    "header_row: 40": "people.csv: header_row is 40, and there is nothing in line 40",
    "separator: ':'": "mapping.yaml:1:12: separator = ':'",
    "loose_ends: ignore": "mapping.yaml:1:13: loose_ends = 'ignore'",
    "people: ../../etc/passwd": "mapping.yaml:1:1: unknown key people",
    "encoding: ascii": "people.csv: is not ascii",
}


@pytest.mark.parametrize("guide", GUIDES)
def test_a_wrong_mapping_is_refused_with_line_and_column(folder, guide):
    with pytest.raises(InputError) as refused:
        read_organization(folder(people=changed(("Hospitalist", "Hospitälist")), mapping=guide))
    assert GUIDES[guide] in str(refused.value)


EDGES = {
    "source,target\nN1,NN2\n": "edges.csv:2: nobody among the people has the id 'NN2', an end of a tie; did you mean",
    "from_whom,target\nN1,N2\n": "edges.csv:1: no column source; name the ends of ties source and target",
}


@pytest.mark.parametrize("edges", EDGES)
def test_wrong_ties_are_refused(folder, edges):
    with pytest.raises(InputError) as refused:
        read_organization(folder(people=PEOPLE, edges=edges))
    assert EDGES[edges] in str(refused.value)


NO_DATE = (("role,title", "role,hire date"), ("Hospitalist", "last year"), ("RN", "2020-01-01"))
DOTTED = (("role,title", "role,dotted ids"), ("Hospitalist", "D1:D7"), ("RN", ""))
WARNINGS = {
    "an ignored column": (
        header("person_id,manager_id,unit_id,role,job titel"),
        {},
        "people.csv:1: column 'job titel' is not used; if it holds title, write columns: {title: job titel}",
    ),
    "two columns of a name": (
        header("person_id,manager_id,unit_id,role,role"),
        {},
        "people.csv:1: two columns are called 'role'",
    ),
    "an unknown title": (
        header("person_id,manager_id,unit_id,x,title").replace("N3,M1,Ward,nurse,RN", "N3,M1,Ward,nurse,Wizard"),
        {},
        "people.csv:11: title 'Wizard' of 1 person means no role; they are left out; write titles: {Wizard: nurse}",
    ),
    "an empty unit": (
        PEOPLE,
        {"units": "unit_id,name\nWard,Ward 1\nAttic,\n"},
        "units.csv:3: nobody is of the unit 'Attic'",
    ),
    "an unknown unit": (
        PEOPLE,
        {"units": "unit_id,name\nWart,Ward 1\n"},
        "people.csv:5: the unit 'Ward' of 7 people is not in units.csv",
    ),
    "no date": (changed(*NO_DATE), {}, "people.csv:7: hire date 'last year' is no date like %Y-%m-%d"),
    "an unknown layer": (
        PEOPLE,
        {"edges": "source,target,layer\nN1,N2,pere\n"},
        "edges.csv:2: no layer 'pere'; did you mean 'peer'?",
    ),
    "a repeated row": (PEOPLE + "N3,M1,Ward,nurse,RN\n", {}, "people.csv:12: 1 rows say what another says"),
    "a dotted line to nobody": (
        changed(*DOTTED),
        {},
        "people.csv:7: nobody has the id 'D7', to whom a dotted line leads",
    ),
    "a wide span": (
        PEOPLE + "".join(f"X{k},M1,Ward,nurse,RN\n" for k in range(80)),
        {},
        "people.csv:6: 'M1', manager, leads 83 people directly",
    ),
    "another file": (PEOPLE, {"salaries": "x"}, "salaries.csv: is not read"),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_what_is_odd_is_said_and_the_hospital_is_usable(folder, name):
    people, others, what = WARNINGS[name]
    roster = inspect_roster(folder(people=people, **others))
    assert roster.account.is_usable, [str(problem) for problem in roster.findings.errors]
    assert any(what in str(problem) for problem in roster.account.problems), [str(p) for p in roster.account.problems]


def test_all_mistakes_are_told_at_once(folder):
    people = changed(("N2,M1", "N1,D1"), ("P1,C1", "P1,C9"), ("C1,E2", "C1,P2"))
    with pytest.raises(InputError) as refused:
        read_organization(folder(people=people))
    told = str(refused.value)
    assert [line.split(" ")[0].rpartition("/")[2] for line in told.splitlines()] == [
        "people.csv:9:", "people.csv:7:", "people.csv:5:"
    ]  # fmt: skip


def test_a_thousand_mistakes_of_a_kind_are_told_in_a_few_lines(folder):
    people = PEOPLE + "".join(f"X{k},Z{k},Ward,nurse,RN\n" for k in range(1000))
    with pytest.raises(InputError) as refused:
        read_organization(folder(people=people))
    lines = str(refused.value).splitlines()
    assert len(lines) == 6
    assert lines[-1].endswith("and 995 more of the kind: unknown manager")


@pytest.mark.parametrize(
    ("made", "what"),
    [
        ((), "holds no people.csv and no other table or graph; there is nothing"),
        (("a.csv", "b.csv"), "holds several tables (a.csv, b.csv); call the one of people people.csv"),
        (("notes.md",), "holds no people.csv and no other table or graph; there is notes.md"),
    ],
)
def test_a_folder_without_a_roster_says_what_is_there(tmp_path, made, what):
    for name in made:
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError) as refused:
        read_organization(tmp_path)
    assert what in str(refused.value)


def test_what_is_not_there_is_not_there(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        read_organization(tmp_path / "hospital")


def test_a_chain_of_leaders_that_no_hospital_has_is_refused_soon(folder):
    people = "person_id,manager_id,unit_id,role\nX0,,,executive\n" + "".join(
        f"X{k},X{k - 1},Ward,nurse\n" for k in range(1, 30_000)
    )
    with pytest.raises(InputError, match="'X29999' has 29,999 leaders one above the other; hospitals have at most 50"):
        read_organization(folder(people=people))


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("X{},E1,Ward {},nurse,RN\n", "10,002 units"),
        ("X{},M1,Ward,manager,RN\n", "10,002 managers; there may be 10,000"),
    ],
)
def test_a_column_that_is_not_one_of_units_or_titles_is_refused(folder, row, what):
    people = PEOPLE + "".join(row.format(k, k) for k in range(10_001))
    with pytest.raises(InputError) as refused:
        read_organization(folder(people=people))
    assert what in str(refused.value)
