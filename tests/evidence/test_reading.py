"""A mistake in a file of the evidence is named with file, line and column, and with what would have been right."""

from pathlib import Path

import pytest

from trustsim.errors import InputError
from trustsim.evidence.schema import Entry, Finding, Target
from trustsim.evidence.tables import read_table

FINDING = """\
B1:
  finding: Physicians are burned out.
  population: physicians
  grade: B
  certainty: seen
  sources:
    - {authors: Shanafelt et al., year: 2019, journal: Mayo Clin Proc}
  numbers:
    - {what: burned out, value: 0.44, interval: [0.38, 0.55], unit: share}
"""
TARGET = """\
V1:
  about: Physicians who leave in a year
  population: physicians
  horizon: a year
  role: CAL
  basis: [T8]
  parts:
    level: {measure: turnover_annual.physician, metric: mean, unit: share, published: 0.07, low: 0.05, high: 0.09}
"""

MISTAKES = {
    "a bracket that is not closed": (Finding, "[0.38, 0.55]", "[0.38, 0.55", "9:73: not valid YAML"),
    "a tab": (Finding, "  grade", "\tgrade", "4:1: not valid YAML"),
    "a misspelled key": (Finding, "grade: B", "grad: B", "4:3: unknown key grad; did you mean 'grade'?"),
    "a misspelled key of a number": (Finding, "unit: share", "units: share", "did you mean 'unit'?"),
    "a misspelled key of a source": (Finding, "journal", "jornal", "7:47: unknown key jornal; did you mean 'journal'?"),
    "no population": (Finding, "  population: physicians\n", "", "2:3: population is missing"),
    "a grade that is none": (Finding, "grade: B", "grade: D", "4:10: grade = 'D'"),
    "a certainty that is none": (Finding, "certainty: seen", "certainty: sure", "5:14: certainty = 'sure'"),
    "a number in quotes": (Finding, "value: 0.44", "value: '0.44'", "9:33: value = '0.44'"),
    "a number without a value": (
        Finding, "value: 0.44, interval: [0.38, 0.55], ", "", "9:7: 'burned out' has neither value nor interval",
    ),
    "an interval the wrong way round": (Finding, "[0.38, 0.55]", "[0.55, 0.38]", "9:7: burned out: 0.55 to 0.38 is no"),
    "a value outside its interval": (Finding, "value: 0.44", "value: 0.6", "9:7: burned out: 0.6 is outside its"),
    "a number of another source": (
        Finding, "unit: share", "unit: share, of: Shanafelt 2015", "of no source 'Shanafelt 2015'; did you mean 'Shan",
    ),
    "no source": (Finding, FINDING.split("\n")[5] + "\n" + FINDING.split("\n")[6] + "\n", "", "a finding has sources"),
    "a source without a name": (Finding, "authors: Shanafelt et al., year: 2019, journal: Mayo Clin Proc", "year: 2019",
                                "7:7: a source has authors"),
    "a doi that is an address": (Finding, "year: 2019", "doi: 'https://doi.org/10.1/1'", "7:40: a doi is what follows"),
    "a url that is none": (Finding, "year: 2019", "url: annfammed.org", "7:40: a url starts with https://"),
    "a second finding of one key": (Finding, "B1:", "B1: {}\nB1:", "2:1: 'B1' stands here a second time"),
    "a role that is none": (Target, "role: CAL", "role: TEST", "5:9: role = 'TEST'"),
    "a target without a basis": (Target, "basis: [T8]", "basis: []", "6:10: basis = []"),
    "a target without parts": (Target, TARGET.split("parts:")[1], " {}\n", "7:10: parts = {}"),
    "a published value outside the tolerance": (Target, "published: 0.07", "published: 0.1", "8:12: published: 0.1 is"),
    "a tolerance the wrong way round": (Target, "low: 0.05", "low: 0.5", "8:12: published: 0.5 to 0.09 is no interval"),
    "no tolerance": (Target, ", low: 0.05, high: 0.09", "", "8:12: a tolerance has low, high or both"),
    "a misspelled key of a part": (Target, "metric", "metrik", "did you mean 'metric'?"),
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "evidence.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(("kind", "text"), [(Finding, FINDING), (Target, TARGET)])
def test_the_files_without_a_mistake_can_be_read(tmp_path, kind, text):
    assert len(read_table(written(tmp_path, text), kind)) == 1


@pytest.mark.parametrize(("kind", "right", "wrong", "taught"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path, kind: type[Entry], right, wrong, taught):
    text = FINDING if kind is Finding else TARGET
    assert text.count(right) >= 1
    path = written(tmp_path, text.replace(right, wrong, 1))
    with pytest.raises(InputError) as caught:
        read_table(path, kind)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}:") for line in lines)
    assert any(taught in line for line in lines)  # a misspelled key is a missing one too


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"findings\.yaml: no such file"):
        read_table(tmp_path / "findings.yaml", Finding)


def test_a_file_that_is_no_text_is_named(tmp_path):
    path = tmp_path / "findings.yaml"
    path.write_bytes(b"B1:\n  finding: \xff")
    with pytest.raises(InputError, match=r"findings\.yaml:2:12: byte 0xff is not UTF-8"):
        read_table(path, Finding)
