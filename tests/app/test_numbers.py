"""The app's numbers are those of the command line, to the bit, and what it hands out gives them again."""

import csv
import io
import json
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from trustsim.app.service import Answer, Outcome, Visit
from trustsim.app.state import RunSpec, as_command, as_yaml, read_link
from trustsim.comparison import Comparison
from trustsim.scenario import load_scenario

SMALL = RunSpec(settings=(("organization.units", 2), ("weeks", 40)), replicates=3, seed=5)
BUILT = (
    SMALL.adding("huddles")
    .setting("listening_tour.follow_through", 0.2)
    .setting("huddles.start", 10)
    .setting("huddles.units", 0.5)
    .setting("trust.negativity", 3.0)
)


def answered(spec: RunSpec, visit: Visit | None = None) -> Outcome:
    """Run a spec as a page does and wait for the end."""
    outcomes: list[Outcome] = []
    end = threading.Event()

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if not outcome.is_busy:
            end.set()

    (visit or Visit()).start(spec, tell)
    assert end.wait(120)
    return outcomes[-1]


def by_command(spec: RunSpec, folder: Path) -> dict[str, dict]:
    """Return what the command that the app shows writes, by measure."""
    words = shlex.split(as_command(spec))
    (folder / f"{spec.scenario}_edited.yaml").write_text(as_yaml(spec), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", *words, "--json"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {measure["name"]: measure for measure in json.loads(done.stdout)["measures"]}


@pytest.mark.parametrize("spec", [SMALL, BUILT], ids=["as it ships", "built in the app"])
def test_the_app_says_what_the_command_line_says(spec: RunSpec, tmp_path: Path):
    answer = answered(spec).answer
    assert answer is not None
    for name, measure in by_command(spec, tmp_path).items():
        effect = answer.effects[name]
        for part in ("baseline", "scenario", "difference", "low", "high"):
            ours, theirs = getattr(effect, part), measure[part]
            assert ours == theirs or (theirs is None and np.isnan(ours)), (name, part)


def test_the_file_that_is_copied_is_the_scenario_that_was_built(tmp_path: Path):
    file = tmp_path / "built.yaml"
    file.write_text(as_yaml(BUILT), encoding="utf-8")
    assert load_scenario(str(file)).interventions == BUILT.worlds()[0].interventions


def test_what_the_world_is_like_changes_the_baseline_too():
    scenario, baseline = BUILT.worlds()
    assert scenario.parameters == baseline.parameters == {"trust.negativity": 3.0}
    assert baseline.interventions == ()


@pytest.fixture(scope="module")
def runs() -> tuple[Answer, Comparison]:
    """An answer, and the comparison that it is made from."""
    answer = answered(SMALL).answer
    assert answer is not None
    return answer, SMALL.recipe().run()


def test_a_curve_is_the_mean_over_replicates_with_student_s_interval(runs: tuple[Answer, Comparison]):
    from scipy import stats

    answer, comparison = runs
    values = np.stack([result.hospital["trust_leader"][:, 1] for result in comparison.results])
    low, high = stats.t.interval(0.95, 2, values.mean(axis=0), stats.sem(values, axis=0))
    band = answer.scenario["trust_leader"]
    np.testing.assert_allclose(band.mean, values.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(band.low, low, rtol=1e-9)
    np.testing.assert_allclose(band.high, high, rtol=1e-9)


def test_the_difference_is_of_pairs_and_so_narrower_than_the_worlds(runs: tuple[Answer, Comparison]):
    answer, _ = runs
    widths = {
        name: np.nanmean(bands["exhaustion"].high - bands["exhaustion"].low)
        for name, bands in (("difference", answer.difference), ("scenario", answer.scenario))
    }
    assert widths["difference"] < widths["scenario"]


def test_before_anything_is_done_nothing_differs(runs: tuple[Answer, Comparison]):
    answer, _ = runs
    assert not np.any(answer.difference["trust_clinician_admin"].mean[:26])
    assert np.any(answer.difference["trust_clinician_admin"].mean[26:])


def test_a_measure_that_some_weeks_lack_has_gaps_not_zeros():
    answer = answered(RunSpec(settings=(("organization.units", 1), ("voice.concern_rate", 0.01)), replicates=2)).answer
    assert answer is not None
    mean = answer.baseline["resolution_rate"].mean
    assert np.isnan(mean).any()
    assert not np.isnan(mean).all()


def test_the_table_has_every_measure_and_week(runs: tuple[Answer, Comparison]):
    answer, _ = runs
    rows = list(csv.DictReader(io.StringIO(answer.csv())))
    assert len(rows) == len(answer.scenario) * 40
    row = next(row for row in rows if (row["measure"], row["week"]) == ("exhaustion", "12"))
    assert float(row["scenario_mean"]) == answer.scenario["exhaustion"].mean[12]


def test_another_seed_gives_other_numbers(runs: tuple[Answer, Comparison]):
    other, _, _ = read_link("organization.units=2&weeks=40&replicates=3&seed=6")
    answer = answered(other).answer
    assert answer is not None
    assert answer.effects["exhaustion"].baseline != runs[0].effects["exhaustion"].baseline


def test_an_intervention_in_half_of_the_units_is_one_on_the_command_line_too(tmp_path: Path):
    spec = SMALL.setting("listening_tour.units", 0.5)
    assert "--set 'listening_tour.units={share: 0.5}'" in as_command(spec)
    answer = answered(spec).answer
    assert answer is not None
    assert by_command(spec, tmp_path)["trust_leader"]["scenario"] == answer.effects["trust_leader"].scenario
    assert spec.setting("listening_tour.units", 1.0).worlds() == SMALL.worlds()
