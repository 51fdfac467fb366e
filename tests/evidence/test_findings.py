"""The findings: every one has a source and says how far to trust it."""

import time

import pytest

from trustsim.errors import InputError
from trustsim.evidence import finding, findings
from trustsim.evidence.schema import Finding
from trustsim.evidence.tables import FINDINGS, read_table

SIZES = {"B": 11, "T": 13, "C": 10, "D": 11, "E": 12, "P": 4, "W": 1, "K": 3, "F": 6, "S": 6, "X": 12}
"""How far each letter counts; there is no B10."""
KEYS = {f"{letter}{number}" for letter, size in SIZES.items() for number in range(1, size + 1)} - {"B10"}

every_finding = pytest.mark.parametrize("key", findings())


def test_there_is_every_finding_and_no_other():
    assert set(findings()) == KEYS


@every_finding
def test_a_finding_names_authors_or_publication_or_the_findings_it_compiles(key):
    found = findings()[key]
    assert found.see or all(source.authors or source.journal or source.doi or source.url for source in found.sources)
    assert found.population
    assert found.finding.endswith(".")


@every_finding
def test_a_finding_is_graded_unless_it_is_a_model_or_a_pointer(key):
    assert (findings()[key].grade is None) == (key.startswith("X") or key == "F6")


@every_finding
def test_shares_correlations_and_ratios_are_what_they_say(key):
    limits = {"share": (0, 1), "correlation": (-1, 1), "difference of shares": (-1, 1), "odds ratio": (0, 15)}
    for number in findings()[key].numbers:
        low, high = limits.get(number.unit, (-float("inf"), float("inf")))
        values = [number.value, *(number.interval or ()), *(number.range or ())]
        assert all(low <= value <= high for value in values if value is not None), number.what


def test_a_number_is_as_sure_as_its_finding_unless_it_says_otherwise():
    by_name = {number.what: number.certainty for number in finding("B1").numbers}
    assert by_name["burned out in 2017"] == "seen"
    assert by_name["rise from 2020 to 2021"] == "derived"
    assert {number.certainty for number in finding("D3").numbers} == {"memory"}


def test_results_against_the_obvious_story_are_marked():
    assert {key for key, each in findings().items() if each.contrary} == {
        "T2", "T3", "D5", "D8", "E2", "E3", "E5", "E6", "F4", "P3",
    }  # fmt: skip


def test_a_finding_without_numbers_says_that_it_gives_a_direction_at_most():
    silent = {key for key, each in findings().items() if not each.numbers}
    assert {"D8", "D9", "D11", "E3", "E11", "K1", "K2"} <= silent
    assert "W1" not in silent


def test_a_source_is_cited_by_its_first_author_and_year():
    assert finding("B1").citation == "Shanafelt 2019"
    assert finding("D9").citation == "Schweitzer 2006"
    assert finding("K1").citation == "Bakker 2005"
    assert finding("B5").citation == "see T2"


def test_an_unknown_finding_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="no finding 'CC4'; did you mean 'C4'"):
        finding("CC4")


def test_findings_are_read_in_less_than_a_third_of_a_second():
    def seconds() -> float:
        before = time.process_time()
        read_table(FINDINGS, Finding)
        return time.process_time() - before

    assert min(seconds() for _ in range(3)) < 0.3


def test_findings_cannot_be_changed():
    with pytest.raises(TypeError):
        findings()["B1"] = finding("B2")
    with pytest.raises(ValueError, match="frozen"):
        finding("B1").grade = "A"
