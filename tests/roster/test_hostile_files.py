"""Files that mean harm, or are no files: refused before they cost anything, or made harmless."""

import os
import time
from pathlib import Path

import pytest

from trustsim.errors import InputError
from trustsim.organization import Position, Tie, build
from trustsim.roster import read_organization, write_organization
from trustsim.roster.files import read_bytes

PEOPLE = "person_id,manager_id,unit_id,role\nE,,,executive\nM,E,{unit},manager\nN,M,{unit},nurse\nO,M,{unit},nurse\n"


def billion_laughs(kind: str) -> str:
    grown = "".join(f'<!ENTITY l{k + 1} "{f"&l{k};" * 10}">' for k in range(9))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{grown}]><{kind}><graph>&l9;</graph></{kind}>'


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
@pytest.mark.parametrize(
    "text",
    [billion_laughs("graphml"), '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><graphml>&f;</graphml>'],
    ids=["billion laughs", "another file"],
)
def test_xml_with_entities_is_refused_at_once(tmp_path, kind, text):
    path = tmp_path / f"hospital.{kind}"
    path.write_text(text)
    started = time.perf_counter()
    with pytest.raises(InputError, match="declares a document type or entities"):
        read_organization(path)
    assert time.perf_counter() - started < 2.0


@pytest.mark.parametrize("name", ["people.csv", "hospital.graphml", "hospital.edgelist"])
def test_two_gigabytes_are_refused_without_being_read(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    started = time.perf_counter()
    with pytest.raises(InputError, match="has 2,000,000,000 bytes; a roster may have 64,000,000"):
        read_organization(path)
    assert time.perf_counter() - started < 1.0


@pytest.mark.skipif(not Path("/proc/cpuinfo").exists(), reason="needs files that do not tell their size")
def test_a_file_that_goes_on_after_the_size_it_tells_is_refused(monkeypatch):
    monkeypatch.setattr("trustsim.roster.files.LARGEST", 10)
    assert Path("/proc/cpuinfo").stat().st_size == 0
    with pytest.raises(InputError, match="goes on after 10 bytes"):
        read_bytes(Path("/proc/cpuinfo"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_no_roster(tmp_path):
    os.mkfifo(tmp_path / "people.csv")
    with pytest.raises(InputError, match="is no ordinary file"):
        read_organization(tmp_path / "people.csv")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs devices")
@pytest.mark.parametrize("inside", [False, True], ids=["the file", "in the folder"])
def test_an_endless_device_is_no_roster(tmp_path, inside):
    (tmp_path / "people.csv").symlink_to("/dev/zero")
    with pytest.raises(InputError, match=r"is no ordinary file|leads out of the folder"):
        read_organization(tmp_path if inside else tmp_path / "people.csv")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text(PEOPLE.format(unit="Ward"))
    (tmp_path / "hospital").mkdir()
    (tmp_path / "hospital" / "people.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(InputError, match="is a link that leads out of the folder"):
        read_organization(tmp_path / "hospital")


def test_more_rows_than_any_hospital_has_are_refused(folder):
    rows = "".join(f"{k},0,Ward,nurse\n" for k in range(250_002))
    with pytest.raises(InputError, match="more than 250,000 rows"):
        read_organization(folder(people="person_id,manager_id,unit_id,role\n" + rows))


def test_more_columns_than_any_table_has_are_refused(folder):
    with pytest.raises(InputError, match="columns; there may be 500"):
        read_organization(folder(people="person_id," + ",".join(f"c{k}" for k in range(600)) + "\n1,2\n"))


@pytest.mark.parametrize("formula", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", " =cmd|'/C calc'!A0"])
def test_formulas_do_not_leave_the_house(folder, tmp_path, formula):
    people = PEOPLE.replace("{unit}", f'"{formula}"')
    hospital = read_organization(folder(people=people))
    assert not hospital.unit_names[0].startswith(("=", "+", "-", "@", " ", "\t"))
    written = write_organization(hospital, tmp_path / "out")
    cells = [
        cell.strip('"')
        for file in written.iterdir()
        for line in file.read_text().splitlines()
        for cell in line.split(",")
    ]
    assert len(cells) > 20
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_an_organization_made_in_python_is_written_without_formulas(tmp_path):
    lines = [("E", "=M"), ("=M", "E")]
    hospital = build(
        [Position("E", "executive", None, None), Position("=M", "manager", "+Ward", "E")],
        [Tie(one, other, "line") for one, other in lines],
    )
    text = (write_organization(hospital, tmp_path / "out") / "people.csv").read_text()
    assert "'=M,E,'+Ward,manager" in text


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("graph [ node [ id 0 ] ]", "looks like GML"),
        ("<html><body/></html>", r"is XML of another kind \(<html>\); GraphML or GEXF is expected"),
        ("<graphml><graph>", "is not XML"),
        ("<graphml></graphml>", "cannot be read as graphml|is a graph without nodes"),
    ],
)
def test_what_is_no_graph_is_told_apart(tmp_path, content, what):
    path = tmp_path / "hospital.graphml"
    path.write_text(content)
    with pytest.raises(InputError, match=what):
        read_organization(path)
