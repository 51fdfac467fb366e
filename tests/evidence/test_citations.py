"""Whatever is cited is there: by the parameters, the interventions and shocks, the findings and the targets."""

from dataclasses import replace

import pytest

from trustsim.evidence import citations as room
from trustsim.evidence import cited, findings, wrong_citations
from trustsim.evidence.citations import citations
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.parameters import REGISTER


@pytest.mark.parametrize("name", REGISTER)
def test_a_parameter_cites_findings_or_calls_itself_an_assumption(name):
    parameter = REGISTER[name]
    assert parameter.source == ("assumption",) or set(parameter.source) <= set(findings())
    assert set(parameter.direction) <= set(findings())


@pytest.mark.parametrize("name", [*INTERVENTIONS, *SHOCKS])
def test_an_intervention_or_shock_cites_findings_or_calls_itself_an_assumption(name):
    evidence = ({**INTERVENTIONS, **SHOCKS})[name].evidence
    assert evidence
    assert set(evidence) <= {*findings(), "assumption"}


def test_all_that_cites_is_looked_at():
    citing = {citation.by for citation in citations()}
    assert {
        "parameter trust.negativity",
        "intervention listening_tour",
        "shock crisis",
        "finding B5",
        "target V1",
    } <= citing


def test_nothing_that_ships_leads_nowhere():
    assert wrong_citations() == []


def test_a_wrong_key_of_a_parameter_is_named_with_the_nearest(monkeypatch):
    wrong = replace(REGISTER["trust.negativity"], source=("D88",))
    monkeypatch.setitem(REGISTER, "trust.negativity", wrong)
    assert wrong_citations() == ["parameter trust.negativity: no finding 'D88'; did you mean 'D8'?"]


def test_a_wrong_key_of_a_sign_is_named_too(monkeypatch):
    monkeypatch.setitem(REGISTER, "trust.gain", replace(REGISTER["trust.gain"], direction=("DD9",)))
    assert wrong_citations() == ["parameter trust.gain: no finding 'DD9'; did you mean 'D9'?"]


def test_a_wrong_key_of_an_intervention_is_named_with_the_nearest(monkeypatch):
    monkeypatch.setattr(INTERVENTIONS["huddles"], "evidence", ("E4", "EE6"))
    assert wrong_citations() == ["intervention huddles: no finding 'EE6'; did you mean 'E6'?"]


def test_wrong_keys_of_a_target_are_named_with_file_line_and_column(monkeypatch, targets_with):
    path = targets_with(basis="[T8, TT1]", measure="turnover_anual.physician")
    monkeypatch.setattr(room, "TARGETS", path)
    assert wrong_citations() == [
        f"{path}:6:15: target V1: no finding 'TT1'; did you mean 'T1'?",
        f"{path}:9:16: target V1: no measure 'turnover_anual.physician'; did you mean 'turnover_annual.physician'?",
    ]


def test_an_assumption_is_no_finding():
    assert list(cited(("C10", "assumption", "E3"))) == ["C10", "E3"]
