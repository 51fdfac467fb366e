"""What the console tells of the evidence."""

import json

import pytest
from typer.testing import CliRunner

from trustsim.cli import app
from trustsim.evidence import STANDINGS, findings
from trustsim.interventions import INTERVENTIONS
from trustsim.parameters import REGISTER


def answer(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": "80"}, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.stderr


def test_validate_evidence_counts_what_the_parameters_rest_on():
    document = json.loads(answer("validate", "evidence", "--json"))
    assert document["findings"]["count"] == len(findings())
    assert document["targets"]["VERIFY"] == ["V24"]
    parameters = document["parameters"]
    assert parameters["count"] == len(REGISTER)
    assert sum(sum(parameters[standing].values()) for standing in STANDINGS) == len(REGISTER)


def test_validate_evidence_says_so_in_words_that_fit_80_columns():
    text = answer("validate", "evidence")
    assert f"What the {len(REGISTER)} parameters rest on:" in text
    assert all(f"\n{standing} " in text for standing in STANDINGS)
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_validate_evidence_complains_of_a_citation_that_leads_nowhere(monkeypatch, options):
    monkeypatch.setattr(INTERVENTIONS["huddles"], "evidence", ("EE4",))
    complaint = answer("validate", "evidence", *options, code=2)
    assert complaint == "intervention huddles: no finding 'EE4'; did you mean 'E4'?\n"


@pytest.mark.parametrize(("name", "key", "citation"), [
    ("trust.weight_ability", "D4", "Colquitt 2007"),
    ("listening_tour", "E3", "Tucker 2015"),
    ("crisis", "B1", "Shanafelt 2019"),
])  # fmt: skip
def test_show_tells_the_findings_behind_a_name(name, key, citation):
    text = answer("show", name)
    assert "Findings behind it" in text
    assert any(line.startswith(f"{key} ") and line.split()[1][0] in "ABC" for line in text.splitlines())
    assert citation in text


def test_show_of_an_assumption_tells_no_findings():
    assert "Findings" not in answer("show", "trust.gain")
