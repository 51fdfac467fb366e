"""``trustsim show PARAMETER``: what sensitivity studies say it moves."""
# ruff: noqa: N803, N806 - X and Y are the names of a design and its outcomes in this field

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from trustsim.analysis import morris, sobol
from trustsim.cli import app
from trustsim.errors import InputError
from trustsim.sampling import Problem
from trustsim.sampling import morris as morris_design
from trustsim.sampling import sobol as sobol_design
from trustsim.studies import summaries

PROBLEM = Problem({"trust.gain": (0.005, 0.1), "trust.negativity": (1.0, 5.0), "voice.fade": (0.0, 0.2)})


def outcome(X: np.ndarray) -> np.ndarray:
    """Return something that gain moves, negativity a little, and fading not at all."""
    return 10.0 * X[:, 0] + 0.05 * X[:, 1]


@pytest.fixture
def sobol_study(tmp_path: Path) -> Path:
    """A Sobol study whose analysis says this of clinicians' trust, and that the waiting list hangs on nothing."""
    X = sobol_design.sample(PROBLEM, 64, seed=0)
    folder = tmp_path / "tour" / "analysis"
    folder.mkdir(parents=True)
    noise = np.random.default_rng(0).standard_normal(len(X))
    for name, Y in {"trust_clinician_admin": outcome(X), "waiting_list": noise}.items():
        sobol.analyze(PROBLEM, X, Y, seed=0).table().to_parquet(folder / f"{name}.sobol.parquet")
    return folder.parent


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Morris study and a grid among the summaries that ship, and no others."""
    X = morris_design.sample(PROBLEM, 8, seed=0)
    table = morris.analyze(PROBLEM, X, outcome(X), seed=0).table()
    table.insert(0, "measure", "burnout_prevalence.nurse")
    for name, method in (("screening", "morris"), ("doses", "grid")):
        folder = tmp_path / "summaries" / name
        folder.mkdir(parents=True)
        (folder / "manifest.json").write_text(json.dumps({"study": name, "method": method}))
        if method == "morris":
            table.to_csv(folder / "effects.csv", index=False, float_format="%.5g")
    read = summaries.read_summaries
    monkeypatch.setattr(summaries, "read_summaries", lambda: read(tmp_path / "summaries"))


def show(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["show", *arguments], env={"COLUMNS": "80"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_it_tells_what_a_parameter_moves_and_how_surely(sobol_study):
    text = show("trust.gain", "--study", str(sobol_study))
    assert "What it moves in the study tour (sobol):" in text
    assert " 0.95" in next(line for line in text.splitlines() if line.startswith("trust_clinician_admin "))
    assert max(map(len, text.splitlines())) <= 80


def test_what_cannot_be_told_from_zero_gets_no_number(sobol_study):
    text = show("voice.fade", "--study", str(sobol_study))
    assert "Not distinguishable from zero:" in text
    assert "trust_clinician_admin" in text
    assert not any(line.startswith("trust_clinician_admin ") for line in text.splitlines())


def test_without_a_study_of_ones_own_the_summaries_that_ship_tell(shipped):
    (moved,) = json.loads(show("trust.gain", "--json"))["moves"]
    assert (moved["study"], moved["method"], moved["clear"]) == ("screening", "morris", True)
    assert moved["measure"] == "burnout_prevalence.nurse"
    assert moved["estimate"] == pytest.approx(0.95, rel=1e-4)  # 10 times the range
    assert "mean size of its effect" in show("trust.gain")


def test_a_parameter_that_no_study_varies_is_said_so(shipped):
    assert "No sensitivity study at hand varies trust.drift." in show("trust.drift")


def test_a_folder_without_such_an_analysis_is_refused(tmp_path):
    with pytest.raises(InputError, match=f"no Sobol or Morris analysis in {tmp_path}; trustsim analyze {tmp_path}"):
        show("trust.gain", "--study", str(tmp_path))


def test_only_parameters_move_something(sobol_study):
    with pytest.raises(InputError, match="huddles is no parameter"):
        show("huddles", "--study", str(sobol_study))
