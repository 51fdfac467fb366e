"""How many parameters rest on what: no more is claimed than is published."""

from dataclasses import replace

import pytest

from trustsim.errors import InputError
from trustsim.evidence import Basis, basis, provenance
from trustsim.parameters import REGISTER, Parameter, lookup
from trustsim.scenario.parameter_set import shipped_parameter_set


def parameter(default: float, unit: str, *source: str) -> Parameter:
    return Parameter("leaving.something", default, 0.0, 10.0, unit, source, "Made up.")


@pytest.mark.parametrize(("default", "unit", "source", "rests_on"), [
    (2.6, "odds ratio", ("T5", "T2"), Basis("sourced", "B")),  # 2.57 of T5, written with two digits
    (3.1, "odds ratio", ("T5", "T4"), Basis("sourced", "A")),
    (2.4, "odds ratio", ("T5",), Basis("derived", "B")),
    (2.6, "ratio", ("T5",), Basis("derived", "B")),  # a published number, of something else
    (0.42, "share", ("D4",), Basis("derived", "A")),  # a number that was worked out here
    (1.5, "ratio", ("D8",), Basis("direction", "C")),
    (1.5, "ratio", ("D8", "D9"), Basis("direction", "A")),
    (1.5, "ratio", ("D9", "T5"), Basis("derived", "B")),
    (1.5, "ratio", ("X7",), Basis("direction", "")),
    (1.5, "ratio", ("assumption",), Basis("assumed", "")),
])  # fmt: skip
def test_a_parameter_rests_on_what_its_findings_say(default, unit, source, rests_on):
    assert basis(parameter(default, unit, *source)) == rests_on


def test_an_assumed_number_may_have_a_sign_from_findings():
    assumed = replace(parameter(0.25, "ratio", "assumption"), direction=("K1", "C4"))
    assert basis(assumed) == Basis("direction", "B")


def test_a_fitted_number_is_not_presented_as_published():
    assert basis(lookup("leaving.burnout.nurse")) == Basis("calibrated", "A")  # near the number of T5, and fitted
    assert {basis(lookup(name)).standing for name in shipped_parameter_set().reference} == {"calibrated"}


def test_a_sign_adds_nothing_to_a_number_that_was_published():
    assert basis(replace(parameter(2.6, "odds ratio", "T5"), direction=("T4",))) == Basis("sourced", "B")


def test_no_trust_increment_is_presented_as_published():
    for name in ("trust.gain", "voice.gain", "decision.gain", "trust.breach"):
        assert basis(lookup(name)).standing != "sourced"


def test_every_parameter_is_counted_once():
    counts = provenance().counts
    assert sum(sum(grades.values()) for grades in counts.values()) == len(REGISTER)
    fitted = shipped_parameter_set().reference
    assert sum(counts["calibrated"].values()) == len(fitted)
    assumed = [each for name, each in REGISTER.items() if each.source == ("assumption",) and name not in fitted]
    assert counts["assumed"] == {"none": sum(not each.direction for each in assumed)}
    assert set(counts["sourced"]) <= {"A", "B", "C"}


def test_parameters_that_rest_on_memory_alone_are_named():
    unconfirmed = provenance().unconfirmed
    assert "trust.weight_integrity" in unconfirmed
    assert "exhaustion.workload" not in unconfirmed


def test_a_citation_that_leads_nowhere_is_not_counted_as_anything():
    with pytest.raises(InputError, match="no finding 'D88'; did you mean 'D8'"):
        basis(parameter(1.5, "ratio", "D88"))
