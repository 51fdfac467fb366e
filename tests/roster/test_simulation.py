"""A hospital that was read is one that both engines run, to the same numbers."""

import numpy as np

from trustsim.organization import check
from trustsim.roster import read_organization
from trustsim.scenario import load_scenario, with_settings
from trustsim.simulation import open_hospital, run_worlds

WEEKS = 10


def test_both_engines_agree_on_an_imported_hospital(folder):
    people = "person_id,manager_id,unit_id,title\nE,,,CEO\nD,E,,Director of Nursing\nC,E,Ward A,Chief of Medicine\n"
    people += "M,D,Ward A,Nurse Manager\nX,D,Ward B,RN\nP,C,Ward A,Hospitalist\nQ,C,Ward A,Physician Assistant\n"
    people += "".join(f"N{k},M,Ward A,RN\n" for k in range(6)) + "".join(f"B{k},X,Ward B,RN\n" for k in range(5))
    people += "Y,D,Ward C,Pharmacist\nZ,D,Ward C,Pharmacist\n"
    organization = read_organization(folder(people=people))
    scenario = with_settings(load_scenario("listening_tour"), {"weeks": WEEKS, "burn_in": 2, "listening_tour.start": 3})
    hospital = open_hospital(scenario, 7, organization=organization)
    compiled, one_by_one = (
        run_worlds([scenario], hospital, weeks=WEEKS, engine=engine, by_unit=True) for engine in ("worlds", "mesa")
    )
    for name, weeks in compiled.hospital.items():
        np.testing.assert_array_equal(weeks, one_by_one.hospital[name], name)
    for name, weeks in compiled.units.items():
        np.testing.assert_array_equal(weeks, one_by_one.units[name], name)


def test_a_hospital_of_20_000_opens_and_runs(of_workday):
    organization = of_workday.roster.organization
    check(organization)
    scenario = with_settings(load_scenario("baseline"), {"weeks": 2, "burn_in": 0})
    hospital = open_hospital(scenario, 1, organization=organization)
    result = run_worlds([scenario], hospital, weeks=2)
    assert np.isfinite(result.hospital["trust_clinician_admin"]).all()
