"""A hospital of two small units for a dozen weeks, and studies of it that take a second."""

from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import pytest

from trustsim.studies import Study, load_study

HOSPITAL = "weeks: 12\nburn_in: 4\norganization: {units: 2, nurses: 5, physicians: 2}\nbaseline: calm.yaml\n"
SOBOL = """
scenario: visits.yaml
factors:
  listening_tour.visits_per_week: [0, 12]
  listening_tour.follow_through: [0, 1]
  trust.negativity: [1, 5]
design: {method: sobol, n: 16}
replicates: 3
measures: [trust_clinician_admin, burnout_prevalence, open_concerns]
window: [6, 12]
seed: 5
"""


@pytest.fixture(scope="session", autouse=True)
def quick_processes() -> None:
    """Let processes that tests start (and kill) begin with everything imported."""
    get_context("forkserver").set_forkserver_preload(["trustsim.studies.run", "pyarrow.parquet", "pandas"])


@pytest.fixture
def write_study(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a study file beside its scenarios."""
    (tmp_path / "calm.yaml").write_text(HOSPITAL)
    (tmp_path / "visits.yaml").write_text(f"{HOSPITAL}interventions: [{{kind: listening_tour, start: 2, weeks: 10}}]\n")

    def write(text: str = SOBOL, name: str = "study.yaml") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


@pytest.fixture
def study(write_study: Callable[..., Path]) -> Study:
    return load_study(write_study())


@pytest.fixture
def kept() -> Callable[[Path], dict[str, bytes]]:
    """Return a function that reads what a study's folder keeps, but for what says when and where it was run."""
    return _kept


def _kept(folder: Path) -> dict[str, bytes]:
    telling_when = {"manifest.json", "ro-crate-metadata.json"}
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in telling_when]
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(files)
        if not path.name.startswith((".", "damaged-"))
    }
