"""Hospitals that visitors upload: read, refused, stopped; nothing of them stays on the disk, and the server goes on."""

import io
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from trustsim.app.components.account import told_of
from trustsim.app.limits import MOST_UPLOADED
from trustsim.app.service import reading
from trustsim.app.service.hospitals import Reader, Reading, names_of_ours
from trustsim.app.widgets import FilePickW
from trustsim.errors import InputError
from trustsim.organization import generate
from trustsim.roster import read_organization, write_organization

PEOPLE = "person_id,manager_id,unit_id,role\nE,,,executive\nM,E,{unit},manager\nN,M,{unit},nurse\nO,M,{unit},nurse\n"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<graphml><graph>&b;</graph></graphml>"
)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files are made; empty, and to be empty again."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "disk").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "disk"))
    return tmp_path / "disk"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """The files of a hospital of three units."""
    write_organization(generate({"units": 3}), tmp_path / "hospital")
    return {path.name: path.read_bytes() for path in (tmp_path / "hospital").iterdir()}


def read(files: dict[str, bytes], reader: Reader | None = None) -> Reading:
    """Read files as a page does, and wait for the end."""
    told: list[Reading] = []
    end = threading.Event()

    def tell(reading: Reading) -> None:
        told.append(reading)
        if reading.stage != "reading":
            end.set()

    (reader or Reader()).start(files, tell)
    assert end.wait(60)
    return told[-1]


def zipped() -> bytes:
    """An archive of one kilobyte for each megabyte in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.csv", b"0" * 20_000_000)
    return file.getvalue()


class TestWhatComesOfFiles:
    def test_they_are_the_hospital_that_the_command_line_reads(self, files, disk: Path, tmp_path: Path):
        found = read({f"C:\\fakepath\\{name}": content for name, content in files.items()})
        assert found.hospital is not None
        assert found.hospital.organization == read_organization(tmp_path / "hospital")
        assert found.hospital.source == "YOUR_FOLDER"
        assert found.hospital.is_upload
        assert "in 3 units" in told_of(found)
        assert list(disk.iterdir()) == []

    def test_mistakes_are_told_with_file_and_line_and_without_our_folder(self, disk: Path):
        found = read({"staff.csv": PEOPLE.format(unit="ICU").replace("O,M", "O,Q").encode()})
        assert found.hospital is None
        told = told_of(found)
        assert "1 thing to mend" in told
        assert "people.csv:5: " in told
        assert "staff.csv is read as people.csv" in told
        assert str(disk) not in told
        assert list(disk.iterdir()) == []

    def test_a_name_that_a_spreadsheet_would_calculate_is_only_a_name(self, disk: Path):
        found = read({"people.csv": PEOPLE.format(unit="=HYPERLINK(1)").encode()})
        assert found.hospital is not None
        assert found.hospital.organization.unit_names == ("HYPERLINK(1)",)
        assert not any(label.startswith(("E", "M", "N", "O")) for label in found.hospital.organization.labels)

    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("people.csv", zipped(), "people.csv: is a spreadsheet or zip archive"),
            ("people.csv", bytes(range(256)) * 50, "people.csv"),
            ("hospital.graphml", LAUGHS.encode(), "hospital.graphml: declares a document type"),
            ("mapping.yaml", b"columns: {x: y}", "holds no people.csv"),
        ],
        ids=["zip bomb", "junk", "billion laughs", "nobody"],
    )
    def test_what_means_harm_or_nothing_is_refused(self, name: str, content: bytes, said: str, disk: Path):
        found = read({name: content})
        assert found.stage == "refused"
        assert said in found.error
        assert str(disk) not in found.error
        assert list(disk.iterdir()) == []

    def test_more_people_than_the_app_takes_are_refused(self, tmp_path: Path):
        nurses = "".join(f"N{number},M,ICU,nurse\n" for number in range(2600))
        (tmp_path / "people.csv").write_text(PEOPLE.format(unit="ICU") + nurses, encoding="utf-8")
        with pytest.raises(InputError, match="2,604 positions is too much for the app, which takes 2,500"):
            reading.inspect_path(tmp_path)

    @pytest.mark.parametrize(
        ("names", "said"),
        [
            (["staff.xlsx"], "staff.xlsx is a spreadsheet: save the sheet of people as CSV"),
            (["all.zip"], "all.zip is an archive: unpack it"),
            (["../../etc/passwd"], "passwd is no table"),
            (["people.csv\0.sh"], "is no table"),
            (["a.csv", "b.csv"], "a.csv and b.csv would both be read as people.csv"),
        ],
    )
    def test_names_decide_what_a_file_is_and_no_more(self, names: list[str], said: str):
        with pytest.raises(InputError, match=said):
            names_of_ours(names)
        assert names_of_ours(["/etc/PEOPLE.CSV", "..\\..\\edges.csv"]) == {
            "/etc/PEOPLE.CSV": "people.csv",
            "..\\..\\edges.csv": "edges.csv",
        }


class TestTimeMemoryAndPlaces:
    def test_what_takes_too_long_is_ended(self, files, disk: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(reading, "READING_SECONDS", 0.1)  # it takes longer to load pandas
        assert "took longer than" in read(files).error
        assert list(disk.iterdir()) == []

    def test_what_takes_too_much_memory_is_ended(self, disk: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(reading, "READING_MEMORY", 200_000_000)
        many = PEOPLE.format(unit="ICU") + "N,M,ICU,nurse\n" * 200_000
        assert "more memory than there is for one visitor" in read({"people.csv": many.encode()}).error
        assert list(disk.iterdir()) == []

    def test_of_many_at_a_time_the_last_counts_and_few_are_read(self, files, disk: Path):
        reader, told = Reader(), []
        for _ in range(8):
            reader.start(files, told.append)
        found = read({"people.csv": PEOPLE.format(unit="ICU").encode()}, reader)
        assert found.hospital is not None
        assert found.hospital.organization.unit_names == ("ICU",)
        assert {each.stage for each in told} == {"reading"}

    def test_who_leaves_ends_what_is_read(self, files, disk: Path):
        reader, told = Reader(), []
        threads = threading.active_count()
        reader.start(files, told.append)
        wait_until(lambda: list(disk.iterdir()))
        reader.stop()
        wait_until(lambda: not list(disk.iterdir()) and threading.active_count() == threads)
        assert [each.stage for each in told] == ["reading"]


def wait_until(true: Callable[[], object]) -> None:
    pause = threading.Event()
    for _ in range(600):
        if true():
            return
        pause.wait(0.05)
    pytest.fail("it never came")


class TestSending:
    """What a browser may send, whoever wrote it."""

    def test_files_come_in_pieces(self):
        got = []
        widget = FilePickW(on_files=got.append)
        widget.vue_begin([["people.csv", 300_000], ["edges.csv", 5]])
        widget.vue_piece(None, [b"a" * 262_144])
        assert widget.received == 262_144
        assert got == []
        widget.vue_piece(None, [memoryview(b"a" * 37_856 + b"edges")])
        assert got == [{"people.csv": b"a" * 300_000, "edges.csv": b"edges"}]
        assert widget.received == -1

    @pytest.mark.parametrize(
        "claim",
        [
            [["people.csv", 2_000_000_000]],
            [["a.csv", MOST_UPLOADED], ["b.csv", 1]],
            [["a.csv", 1], ["a.csv", 1]],
            [[f"{number}.csv", 1] for number in range(7)],
            [["a.csv", -1]],
            [["a.csv", True]],
            [["a.csv", "9"]],
            [["a" * 201, 1]],
            [[["a"], 1]],
            [["a.csv"]],
            [],
            None,
            {"a.csv": 1},
        ],
    )
    def test_claims_that_are_none_are_declined(self, claim: object):
        widget = FilePickW(on_files=pytest.fail)
        widget.vue_begin(claim)
        assert (widget.received, widget.declined[:9]) == (-1, "Not taken")
        widget.vue_piece(None, [b"x"])
        assert widget.received == -1

    @pytest.mark.parametrize("pieces", [[b"1234"], [b""], [b"1", b"2"], []], ids=["more", "nothing", "two", "none"])
    def test_pieces_out_of_turn_end_the_upload(self, pieces: list[bytes]):
        widget = FilePickW(on_files=pytest.fail)
        widget.vue_begin([["a.csv", 3]])
        widget.vue_piece(None, pieces)
        assert (widget.received, widget.declined[:9]) == (-1, "Not taken")

    def test_an_upload_that_breaks_off_is_forgotten_when_the_next_begins(self):
        got = []
        widget = FilePickW(on_files=got.append)
        widget.vue_begin([["a.csv", 300_000]])
        widget.vue_piece(None, [b"a" * 100_000])
        widget.vue_begin([["b.csv", 1]])
        widget.vue_piece(None, [b"b"])
        widget.vue_begin([["c.csv", 9]])
        widget.vue_stop()
        widget.vue_piece(None, [b"c"])
        assert got == [{"b.csv": b"b"}]
