"""Real hospitals in the app: by name, in links and commands, and their units by name."""

import gc
import re
import shutil
import subprocess
import sys
import threading
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest

from tests.app.conftest import Visitor
from tests.app.serving import serving
from tests.app.test_numbers import answered, by_command
from tests.app.test_uploads import LAUGHS, PEOPLE
from trustsim.app.limits import MOST_UPLOADED
from trustsim.app.service import Visit
from trustsim.app.service.hospitals import give, given
from trustsim.app.state import Hospital, RunSpec, as_command, as_yaml, fits_in_link, read_link, write_link
from trustsim.errors import InputError
from trustsim.interventions.base import Share
from trustsim.organization import generate
from trustsim.roster import write_organization
from trustsim.scenario import load_scenario

SMALL = RunSpec(settings=(("organization.units", 3), ("weeks", 40)), replicates=3, seed=5)


def hospital(name: str = "St Mary", *, units: int = 4, is_upload: bool = False) -> Hospital:
    made = generate({"units": units})
    return Hospital(name, "YOUR_FOLDER" if is_upload else name, is_upload, made.digest, made)


class TestUnitsByName:
    SPEC = SMALL.setting("listening_tour.units", ("Emergency", "Medicine"))

    def test_they_are_where_the_intervention_is_in_force(self):
        (tour,) = self.SPEC.worlds()[0].interventions
        assert tour.units == ("Emergency", "Medicine")
        assert set(tour.units) < set(self.SPEC.unit_names)
        assert self.SPEC.setting("listening_tour.units", 0.5).worlds()[0].interventions[0].units == Share(share=0.5)

    def test_they_travel_in_the_link_the_command_and_the_file(self, tmp_path: Path):
        assert "listening_tour.unit=Emergency&listening_tour.unit=Medicine" in write_link(self.SPEC)
        assert read_link(write_link(self.SPEC)) == (self.SPEC, read_link("")[1], ())
        assert """--set 'listening_tour.units=["Emergency", "Medicine"]'""" in as_command(self.SPEC)
        file = tmp_path / "named.yaml"
        file.write_text(as_yaml(self.SPEC), encoding="utf-8")
        assert load_scenario(str(file)).interventions == self.SPEC.worlds()[0].interventions

    def test_one_that_the_hospital_has_not_is_left_out_of_a_link_and_said(self):
        spec, _, (note,) = read_link(f"{write_link(SMALL)}&listening_tour.unit=Medicine&listening_tour.unit=Emergncy")
        assert dict(spec.settings)["listening_tour.units"] == ("Medicine",)
        assert "did you mean 'Emergency'?" in note
        spec, _, notes = read_link("breakfast.unit=Medicine&listening_tour.unit=%3Cimg%3E")
        assert spec == RunSpec()
        assert len(notes) == 2

    def test_more_of_them_than_a_link_can_hold_are_noticed(self):
        many = tuple(f"Unit {number} of a hospital with long names for its units" for number in range(200))
        assert fits_in_link(self.SPEC)
        assert not fits_in_link(SMALL.setting("listening_tour.units", many))


class TestARealHospitalInALink:
    def test_it_is_found_by_name_where_the_operator_gave_it(self):
        mary = hospital()
        spec = SMALL.within(mary)
        assert write_link(spec).startswith("scenario=listening_tour&hospital=St%20Mary&")
        assert read_link(write_link(spec), [mary]) == (spec, read_link("")[1], ())
        again, _, (note,) = read_link(write_link(spec), [hospital("St Marys")])
        assert again.hospital is None
        assert "did you mean 'St Marys'?" in note

    def test_an_upload_is_not_there_for_anybody_else(self):
        ours = hospital("staff.csv", is_upload=True)
        link = write_link(SMALL.within(ours))
        assert "staff" not in link
        assert read_link(link, [ours])[0].hospital == ours
        again, _, (note,) = read_link(link)
        assert again == SMALL.within(ours).within(None)
        assert "uploaded in another visit" in note

    def test_the_scenario_stays_when_the_hospital_changes(self):
        spec = SMALL.adding("huddles").setting("huddles.dose", 0.5).setting("trust.negativity", 3.0)
        moved = spec.within(hospital())
        assert moved.worlds()[0].interventions == spec.worlds()[0].interventions
        assert dict(moved.settings) == {"huddles.dose": 0.5, "trust.negativity": 3.0, "weeks": 40}  # no sizes
        assert moved.as_shipped("silos").hospital == moved.hospital
        assert moved.recipe().organization is moved.hospital.organization
        assert moved.organization().digest == moved.hospital.digest

    def test_units_that_the_other_hospital_has_not_are_left_out(self):
        spec = RunSpec(settings=(("organization.units", 20),)).setting("listening_tour.units", ("Medicine", "Unit 20"))
        assert "Unit 20" in spec.unit_names
        assert dict(spec.within(hospital()).settings)["listening_tour.units"] == ("Medicine",)
        assert spec.setting("listening_tour.units", ("Unit 20",)).within(hospital()).settings == ()

    def test_sizes_are_of_generated_hospitals(self):
        spec, _, (note,) = read_link("hospital=St%20Mary&organization.units=9", [hospital()])
        assert spec == RunSpec(hospital=hospital())
        assert "is of generated hospitals" in note

    def test_a_large_one_gets_fewer_replicates(self):
        large = hospital(units=120)
        spec = RunSpec(replicates=100).within(large)
        assert spec.replicates == spec.most_replicates < 20
        spec.worlds()

    def test_the_command_names_no_place(self):
        assert as_command(SMALL.within(hospital())).endswith("--org 'St Mary'")
        assert as_command(SMALL.within(hospital(is_upload=True))).endswith("--org YOUR_FOLDER")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hospital of two units, called as the command says that the visitor's is called."""
    path = tmp_path_factory.mktemp("hospitals") / "YOUR_FOLDER"
    write_organization(generate({"units": 2}), path)
    return path


class TestNumbers:
    def test_they_are_those_of_the_command_line_and_as_blank(self, folder: Path):
        read = read_from(folder)
        spec = SMALL.within(read).setting("listening_tour.units", (read.organization.unit_names[1],))
        answer = answered(spec).answer
        assert answer is not None
        blank = set()
        for name, measure in by_command(spec, folder.parent).items():
            effect = answer.effects[name]
            for part in ("baseline", "scenario", "difference", "low", "high"):
                ours, theirs = getattr(effect, part), measure[part]
                assert ours == theirs or (theirs is None and np.isnan(ours)), (name, part)
            if measure["scenario"] is None:
                blank.add(name)
                assert np.isnan(answer.scenario[name].mean).all()
        assert any(name.endswith(".app") for name in blank)  # there are four of them

    def test_what_is_worked_out_of_an_upload_is_forgotten_with_its_visit(self, folder: Path):
        read = read_from(folder)
        spec = RunSpec(settings=(("weeks", 30),), replicates=2).within(read)
        visit = Visit()
        outcome = answered(spec, visit)
        assert visit.person(spec, read.organization.labels[0], lambda: True) is not None
        kept = [weakref.ref(each) for each in (read.organization, outcome.film, outcome.answer)]
        del read, spec, outcome, visit
        for thread in threading.enumerate():
            if thread.name == "run":
                thread.join(10)
        gc.collect()
        assert [each() for each in kept] == [None, None, None]


def read_from(folder: Path) -> Hospital:
    """Return a hospital as if a visitor had uploaded it."""
    give([folder])
    try:
        (read,) = given()
    finally:
        give([])
    return replace(read, is_upload=True)


class TestTheOperatorsHospitals:
    def test_one_that_cannot_be_used_is_refused_at_the_start(self, tmp_path: Path):
        (tmp_path / "people.csv").write_text("person_id,manager_id,unit_id,role\nE,,,executive\nN,X,ICU,nurse\n")
        done = subprocess.run(
            [sys.executable, "-m", "trustsim", "app", "--org", str(tmp_path)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 2
        assert "people.csv:3: " in done.stderr
        assert "trustsim org check" in done.stderr

    def test_two_of_one_name_are_refused(self, folder: Path, tmp_path: Path):
        shutil.copytree(folder, tmp_path / folder.name)
        with pytest.raises(InputError, match="another hospital is called YOUR_FOLDER, too"):
            give([folder, tmp_path / folder.name])
        assert given() == ()


def names_in(page: Any, label: str) -> list[str]:
    return page.get_by_label(label, exact=True).locator("option").all_inner_texts()


class TestInABrowser:
    def test_a_visitor_brings_a_hospital_and_nobody_else_sees_it(self, visitor, visit, small: str, folder: Path):
        page = visitor.explore(small)
        page.get_by_text("Use a hospital of yours").click()
        page.get_by_label("Files of the hospital").set_input_files(list(folder.iterdir()))
        page.get_by_text("Understood: 44 people in 2 units").wait_for()
        page.get_by_text("Nothing leaves the machine that runs the app").wait_for()
        page.wait_for_url("**upload=**")
        visitor.wait_for_answer()
        assert "--org YOUR_FOLDER" in page.locator(".ts-pre").first.text_content()
        assert page.get_by_text("Size of the hospital").count() == 0
        assert "is the model's and not what anybody said" in page.locator(".ts-side").first.inner_text()

        page.get_by_text("Listening tour", exact=True).click()
        page.get_by_label("units", exact=True).select_option("units by name")
        page.get_by_label("Intensive care", exact=True).focus()
        page.keyboard.press("Space")
        page.wait_for_url("**listening_tour.unit=Intensive%20care**")
        page.get_by_role("application").focus()
        for key in ("End", "Enter"):
            page.keyboard.press(key)
        page.wait_for_url("**person=p-**")
        page.locator(".ts-person").get_by_role("heading", name=re.compile("p-[0-9a-f]{12}")).wait_for()
        page.get_by_label("Hospital", exact=True).select_option(label="a generated one, of a size to choose")
        page.wait_for_url(lambda url: "upload=" not in url and "listening_tour.unit=Intensive%20care" in url)
        page.go_back()
        page.wait_for_url("**upload=**")

        other = visit()
        link = urlsplit(page.url).query
        page = other.explore(f"{link}&{small}")
        assert "was uploaded in another visit" in page.locator(".ts-notes").inner_text()
        assert names_in(page, "Hospital") == ["a generated one, of a size to choose"]
        assert "upload" not in page.locator(".ts-pre").first.text_content()

    def test_files_that_mean_harm_are_refused_and_the_page_goes_on(self, visitor, small: str):
        page = visitor.explore(small)
        page.get_by_text("Use a hospital of yours").click()
        files, said = page.get_by_label("Files of the hospital"), page.locator(".ts-files [role=status]")

        def choose(*chosen: tuple[str, bytes]) -> None:
            files.set_input_files([{"name": n, "mimeType": "text/csv", "buffer": content} for n, content in chosen])

        for name, content, answer in (
            ("people.csv", b"x" * (MOST_UPLOADED + 1), "8.0 MB are too much"),
            ("staff.xlsx", b"PK\x03\x04", "staff.xlsx is a spreadsheet: save the sheet of people as CSV"),
            ("people.csv", b"PK\x03\x04" + b"\0" * 100_000, "people.csv: is a spreadsheet or zip archive"),
            ("hospital.graphml", LAUGHS.encode(), "declares a document type or entities"),
            ("<img src=x onerror=alert(1)>.exe", b"MZ", "<img src=x onerror=alert(1)>.exe is no table"),
        ):
            choose((name, content))
            said.filter(has_text=answer).wait_for()
        choose(*((f"{number}.csv", b"x") for number in range(7)))
        said.filter(has_text="7 files are too many").wait_for()
        choose(("people.csv", b"x,y\n" * 1_900_000))  # takes a while to send and to read
        page.get_by_role("button", name="Cancel").click()
        choose(("staff.csv", PEOPLE.format(unit="ICU").replace("O,M", "O,Q").encode()))
        page.get_by_text("1 thing to mend before this hospital can be used").wait_for()
        assert "people.csv:5: " in page.locator(".ts-account").inner_text()
        choose(("people.csv", PEOPLE.format(unit="ICU").encode()))
        page.get_by_text("Understood: 4 people in 1 unit").wait_for()
        page.wait_for_url("**upload=**")

    def test_the_operator_s_hospital_is_there_for_all_by_its_name(self, browser: Any, folder: Path, tmp_path: Path):
        with serving(tmp_path, "-m", "trustsim", options=("--org", str(folder))) as served:
            one = Visitor(browser, served.address)
            page = one.explore("hospital=YOUR_FOLDER&replicates=3&weeks=40")
            assert "44 people in 2 units" in page.locator(".ts-side").first.inner_text()
            assert page.locator(".ts-notes").count() == 0
            assert str(folder) not in page.content()
            one.context.close()
        assert one.complaints == []
