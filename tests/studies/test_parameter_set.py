"""Studies that draw parameters from a set: a vector for each replicate, the same at all points."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from trustsim.errors import InputError
from trustsim.studies import Study, load_study
from trustsim.studies.reproduce import reproduce

SET = "format: 1\nreference: {trust.gain: 0.06}\nplausible:\n  - [0.02]\n  - [0.09]\n"
STUDY = """\
scenario: visits.yaml
parameters: {from: set.yaml}
factors: {trust.negativity: [1, 5]}
design: {method: grid, n: 2}
replicates: 3
measures: [trust_clinician_admin]
window: [6, 12]
seed: 5
"""


@pytest.fixture
def drawn(write_study: Callable[..., Path], tmp_path: Path) -> Study:
    (tmp_path / "set.yaml").write_text(SET)
    return load_study(write_study(STUDY))


def outcomes(study: Study, folder: Path) -> np.ndarray:
    """Return the levels of scenario and baseline, (2, points, replicates)."""
    levels = study.run(folder, workers=1).levels("trust_clinician_admin")
    return np.stack([each for each in levels if each is not None])


def test_each_replicate_has_its_vector_at_all_points_and_in_both_worlds(drawn, write_study, tmp_path):
    found = outcomes(drawn, tmp_path / "drawn")
    for replicates, gain in (([0, 2], 0.02), ([1], 0.09)):
        fixed = load_study(write_study(STUDY.replace("from: set.yaml", f"trust.gain: {gain}")))
        expected = outcomes(fixed, tmp_path / f"fixed-{gain}")
        assert np.array_equal(found[:, :, replicates], expected[:, :, replicates])


def test_a_factor_beats_the_set(drawn, write_study, tmp_path):
    text = STUDY.replace("trust.negativity: [1, 5]", "trust.gain: [0.03, 0.05]")
    with_set, without = (load_study(write_study(each)) for each in (text, text.replace("from: set.yaml", "")))
    assert np.array_equal(outcomes(with_set, tmp_path / "with"), outcomes(without, tmp_path / "without"))


def test_the_folder_keeps_the_set_and_runs_again_without_the_file(drawn, tmp_path):
    drawn.run(tmp_path / "kept", workers=1)
    (tmp_path / "set.yaml").unlink()
    again = load_study(tmp_path / "kept")
    assert again.identity == drawn.identity
    assert reproduce(tmp_path / "kept", sample=None).is_identical


def test_another_set_is_another_study(drawn, write_study, tmp_path):
    drawn.run(tmp_path / "kept", workers=1)
    (tmp_path / "other.yaml").write_text(SET.replace("0.09", "0.08"))
    other = load_study(write_study(STUDY.replace("set.yaml", "other.yaml")))
    with pytest.raises(InputError, match=r"holds another study.*parameter_set was"):
        other.run(tmp_path / "kept")


@pytest.mark.parametrize(
    ("parameters", "place", "fragment"),
    [
        ("{from: sat.yaml}", "study.yaml:2:20", "no file"),
        ("{from: calibrated}", "study.yaml:2:20", "it should be calibration"),
        ("{trust.gian: 0.05}", "study.yaml:2:14", "did you mean 'trust.gain'?"),
        ("{trust.gain: 5}", "study.yaml:2:26", "trust.gain = 5 is outside"),
        ("{listening_tour.dose: 1}", "study.yaml:2:14", "unknown parameter"),
        ("[trust.gain]", "study.yaml:2:13", "parameters = ['trust.gain']"),
    ],
)
def test_wrong_parameters_are_refused_with_their_place(drawn, write_study, parameters, place, fragment):
    with pytest.raises(InputError) as caught:
        load_study(write_study(STUDY.replace("{from: set.yaml}", parameters)))
    assert place in str(caught.value)
    assert fragment in str(caught.value)
