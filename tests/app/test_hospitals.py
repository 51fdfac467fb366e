"""Real hospitals in the app: by name, in links and commands, and their units by name."""

from pathlib import Path

from trustsim.app.state import Hospital, RunSpec, as_command, as_yaml, fits_in_link, read_link, write_link
from trustsim.interventions.base import Share
from trustsim.organization import generate
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
