"""Exports as hospitals send them: made here, of generated hospitals, so that what should be understood is known."""

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trustsim.organization import Organization, generate
from trustsim.organization.roles import ROLES
from trustsim.roster import Roster, inspect_roster

TITLES = {
    "physician": ("Attending Physician", "Hospitalist", "Staff Physician - Nights", "Resident Physician (PGY-2)"),
    "nurse": ("Registered Nurse", "RN II", "Charge Nurse", "Staff Nurse"),
    "app": ("Nurse Practitioner", "Physician Assistant", "PA-C, Surgical"),
    "allied": ("Respiratory Therapist", "Clinical Pharmacist", "Medical Social Worker"),
    "chief": ("Chief of Service", "Medical Director"),
    "manager": ("Nurse Manager", "Practice Manager"),
    "director": ("Director of Nursing", "Sr. Director, Service Line"),
}
OFFICES = {
    "CEO": "President & CEO",
    "CMO": "Chief Medical Officer",
    "CNO": "Chief Nursing Officer",
    "COO": "Chief Operating Officer",
    "CFO": "Chief Financial Officer",
}
OTHERS = ("Cook", "IT Analyst", "Security Officer", "Environmental Services Aide")


@dataclass
class Person:
    """Somebody in an export."""

    number: int
    manager: int | None
    title: str
    unit: str
    hired: str = "2015-03-01"
    left: str = ""
    dotted: list[int] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{100000 + self.number}"

    @property
    def first(self) -> str:
        return ("Zoë", "Ana", "René", "Bjørn", "Mary Ann")[self.number % 5]

    @property
    def last(self) -> str:
        return f"Müller{self.number}"

    @property
    def email(self) -> str:
        return f"{self.first[0]}.{self.number}@Hospital.example"


def people_of(hospital: Organization) -> list[Person]:
    """Everybody of a generated hospital, with titles as hospitals write them."""
    units = (*hospital.unit_names, "Administration")
    places = zip(hospital.role.tolist(), hospital.unit.tolist(), hospital.leader.tolist(), strict=True)
    people = []
    for number, (role, unit, leader) in enumerate(places):
        name = ROLES[role]
        titles = (
            (OFFICES.get(hospital.labels[number], "Senior Vice President"),) if name == "executive" else TITLES[name]
        )
        manager = leader if leader >= 0 else None
        people.append(Person(number, manager, titles[number % len(titles)], units[unit]))
    return people


def with_support(people: list[Person], count: int) -> list[Person]:
    """Add staff who are in no role of the model, with a manager of their own under the fourth executive."""
    first = len(people)
    head = Person(first, 3, "Manager, Support Services", "Support Services")
    others = [Person(first + 1 + k, first, OTHERS[k % len(OTHERS)], "Support Services") for k in range(count)]
    return [*people, head, *others]


def with_leavers(people: list[Person], count: int) -> list[Person]:
    """Add nurses who left in the year before 1 October 2026, and one manager, whose last nurse is still there."""
    first = len(people)
    nurse = next(person for person in people if person.title in TITLES["nurse"])
    gone = [
        Person(first + k, nurse.manager, "Registered Nurse", nurse.unit, "2020-01-15", f"2026-0{1 + k % 9}-28")
        for k in range(count)
    ]
    former = Person(first + count, nurse.manager, "Nurse Manager", nurse.unit, "2019-01-01", "2026-05-31")
    nurse.manager = former.number
    return [*people, *gone, former]


def write(path: Path, rows: Iterable[Sequence[object]], *, encoding: str = "utf-8", separator: str = ",") -> Path:
    """Write rows."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def workday(folder: Path, people: list[Person]) -> Path:
    """All active and terminated workers: a byte order mark, units called after their leader, month first."""
    header = (
        "Worker", "Employee ID", "Email - Work", "Business Title", "Supervisory Organization", "Manager Employee ID",
        "Hire Date", "Termination Date", "Worker Status", "Time Type", "Cost Center - ID", "Favorite Color",
    )  # fmt: skip
    by_unit = {person.unit: f"{person.unit} ({person.first} {person.last})" for person in reversed(people)}

    def american(day: str) -> str:
        return f"{day[5:7]}/{day[8:]}/{day[:4]}" if day else ""

    rows = [
        (
            f"{person.first} {person.last}", person.id, person.email, person.title, by_unit[person.unit],
            people[person.manager].id if person.manager is not None else "", american(person.hired),
            american(person.left), "Terminated" if person.left else "Active", "Full time", f"CC{person.number % 7}",
            "blue",
        )
        for person in people
    ]  # fmt: skip
    return write(folder / "workers.csv", [header, *rows], encoding="utf-8-sig")


def organimi(folder: Path, people: list[Person]) -> Path:
    """Leaders by e-mail in whatever case, dotted lines between colons, Latin-1, semicolons, German dates."""
    header = (
        "First Name",
        "Last Name",
        "E-mail",
        "Job Title",
        "Department",
        "SupervisorEmail",
        "DottedIDs",
        "Hire Date",
    )
    rows = [
        (
            person.first, person.last, person.email, person.title, person.unit,
            people[person.manager].email.upper() if person.manager is not None else "",
            ":".join(people[other].email.lower() for other in person.dotted),
            f"{person.hired[8:]}.{person.hired[5:7]}.{person.hired[:4]}",
        )
        for person in people
    ]  # fmt: skip
    return write(folder / "organimi.csv", [header, *rows], encoding="latin-1", separator=";")


def orgchart(folder: Path, people: list[Person]) -> Path:
    """Title rows, leading blanks, the head reports to himself, a total below."""
    rows = [
        (f"  {person.id}", f" {(people[person.manager] if person.manager is not None else person).id}",
         f"{person.last}, {person.first}", f" {person.title}", person.unit, "Main campus", "F", person.hired)
        for person in people
    ]  # fmt: skip
    title = [("Hospital staff list",), ("Printed on 2026-10-01",), ()]
    header = ("PersonID", "BossID", "NAME", "JOBTITLE", "DEPARTMENT", "LOCATION", "FULLPARTTIME", "HIREDATE")
    return write(folder / "orgchart.csv", [*title, header, *rows, (f"Total: {len(rows)}",)], separator="\t")


@dataclass
class Export:
    """An export, the hospital that it is of, and what was understood."""

    path: Path
    hospital: Organization
    people: list[Person]
    roster: Roster
    seconds: float


def export(folder: Path, hospital: Organization, people: list[Person], maker: Callable[..., Path]) -> Export:
    """Write an export and read it."""
    path = maker(folder, people)
    started = time.perf_counter()
    roster = inspect_roster(path)
    return Export(path, hospital, people, roster, time.perf_counter() - started)


@pytest.fixture(autouse=True, scope="session")
def _own_salt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session")
def of_workday(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """All workers of a hospital group: 20,000 and those who left."""
    hospital = generate({"units": 300, "physicians": 8, "nurses": 41, "apps": 4, "allied": 6})
    people = with_leavers(with_support(people_of(hospital), 1600), 1500)
    return export(tmp_path_factory.mktemp("workday"), hospital, people, workday)


@pytest.fixture(scope="session")
def of_organimi(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """A community hospital of 400; two physicians have a dotted line to a director."""
    hospital = generate({"units": 20})
    people = with_support(people_of(hospital), 20)
    doctors = [person for person in people if person.title in TITLES["physician"]]
    for doctor in doctors[:2]:
        doctor.dotted = [6, 1]
    return export(tmp_path_factory.mktemp("organimi"), hospital, people, organimi)


@pytest.fixture(scope="session")
def of_orgchart(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """A hospital of 3,000."""
    hospital = generate({"units": 120, "physicians": 5, "nurses": 15})
    return export(tmp_path_factory.mktemp("orgchart"), hospital, with_support(people_of(hospital), 300), orgchart)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write a folder of files, given by name without suffix: ``folder(people="person_id,...")``."""

    def make(**contents: str | bytes) -> Path:
        for name, content in contents.items():
            path = tmp_path / (f"{name}.yaml" if name == "mapping" else f"{name}.csv")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return make
