"""A small hospital, runs and studies of it, and a Chromium without a network."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.wanted import lack
from trustsim.report.folder import report_of
from trustsim.report.page import html
from trustsim.scenario import Scenario, load_scenario, with_settings
from trustsim.studies import Recipe, load_study, write_run

SMALL = {"organization.units": 2, "weeks": 60}
HOSPITAL = "weeks: 12\nburn_in: 4\norganization: {units: 2, nurses: 5, physicians: 2}\nbaseline: calm.yaml\n"
TOUR = "interventions: [{kind: listening_tour, start: 2, weeks: 10}]\n"
STUDY = """
scenario: visits.yaml
factors:
  listening_tour.visits_per_week: [0, 12]
  listening_tour.follow_through: [0, 1]
  trust.negativity: [1, 5]
measures: [trust_clinician_admin, burnout_prevalence, leader_hours, cost]
window: [6, 12]
seed: 5
"""
FLAGS = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


def _keep_run(folder: Path, scenario: Scenario, baseline: Scenario, replicates: int = 4) -> Path:
    recipe = Recipe(scenario, baseline, replicates=replicates)
    write_run(folder, recipe, recipe.run(), command=["trustsim", "run", scenario.name], started=datetime.now(UTC))
    return folder


def _keep_study(
    folder: Path, text: str = STUDY, *, title: str = "", replicates: int = 3, analyzed: bool = True, **design: object
) -> Path:
    """Run a study of a few points in a folder of its own, and return where it was kept.

    With `analyzed` it has a folder for the analysis already, so that none is written, which takes a second or two.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calm.yaml").write_text(HOSPITAL)
    (folder / "visits.yaml").write_text(f"{HOSPITAL}{TOUR}title: '{title}'\n")
    (folder / "study.yaml").write_text(f"{text}design: {design}\nreplicates: {replicates}\n")
    load_study(folder / "study.yaml").run(folder / "kept")
    if analyzed:
        (folder / "kept" / "analysis").mkdir()
    return folder / "kept"


@pytest.fixture(scope="session")
def keep_run() -> Callable[..., Path]:
    return _keep_run


@pytest.fixture(scope="session")
def keep_study() -> Callable[..., Path]:
    return _keep_study


@pytest.fixture(scope="session")
def tour(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A listening tour in a small hospital: its folder, its report, and that as HTML."""
    scenario, baseline = (with_settings(load_scenario(name), SMALL) for name in ("listening_tour", "baseline"))
    folder = _keep_run(tmp_path_factory.mktemp("tour") / "kept", scenario, baseline)
    report = report_of(folder)
    return SimpleNamespace(folder=folder, report=report, html=html(report))


@pytest.fixture(scope="session")
def sobol(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A Sobol study of a listening tour: its folder, its report, and that as HTML."""
    text = f"question: What decides it?\n{STUDY}"
    folder = _keep_study(tmp_path_factory.mktemp("sobol"), text, analyzed=False, method="sobol", n=16)
    report = report_of(folder)
    return SimpleNamespace(folder=folder, report=report, html=html(report))


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A headless Chromium, if there is one."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="the extra browser is not installed")
    path = shutil.which("chromium")
    if path is None:
        lack("there is no Chromium, so no report was opened in a browser: apt install chromium")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
