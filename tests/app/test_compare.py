"""Compare in a real browser that can reach nothing but the app."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.app.conftest import Visitor
from tests.app.serving import serving
from tests.wanted import lack
from trustsim.app.browser_assets import missing
from trustsim.app.state import RunSpec
from trustsim.app.state.compare import Alternative, read_comparison, write_comparison
from trustsim.measures import NAMES
from trustsim.studies import load_study

SMALL = {"settings": (("organization.units", 3), ("weeks", 40)), "replicates": 3}
TOUR, AUTOCRATIC = (Alternative(RunSpec(name, **SMALL)) for name in ("listening_tour", "autocratic_decisions"))
QUERY = write_comparison([TOUR, AUTOCRATIC])
LOOKS = {"1366 dark": (1366, 768, "dark"), "phone": (390, 844, "light")}
HOSPITAL = "weeks: 12\nburn_in: 4\norganization: {units: 2, nurses: 5, physicians: 2}\nbaseline: calm.yaml\n"
STUDY = """
scenario: visits.yaml
factors: {listening_tour.visits_per_week: [0, 12], listening_tour.follow_through: [0, 1]}
measures: [trust_clinician_admin, cost]
window: [6, 12]
design: {method: sobol, n: 16}
replicates: 2
"""


def compare(visitor: Visitor, query: str = QUERY) -> Any:
    """Open a link and wait for the answers."""
    visitor.page.goto(f"{visitor.address}/compare?{query}")
    visitor.wait_for_answer()
    return visitor.page


def alternatives_of(page: Any) -> tuple[Alternative, ...]:
    return read_comparison(urlsplit(page.url).query)[0]


def wait_for_link(page: Any, part: str) -> None:
    page.wait_for_function("part => decodeURIComponent(decodeURIComponent(location.search)).includes(part)", arg=part)


def test_a_consultant_shows_a_listening_tour_against_autocratic_decisions(visitor):
    page = compare(visitor)
    told = page.locator(".ts-told").inner_text()
    assert "autocratic decisions" in told.lower()
    assert "Clinicians' trust in administrators:" in told
    table = page.locator(".ts-board")
    for place, spec in enumerate((TOUR.spec, AUTOCRATIC.spec)):
        effect = spec.recipe().run().effect("burnout_prevalence")
        cell = table.locator("tr", has_text="burnout").locator("td").nth(place + 1).inner_text()
        assert f"{effect.scenario:.3f}" in cell
        assert f"{effect.low:+.3f} to {effect.high:+.3f}" in cell

    assert page.get_by_role("application").count() == 3  # the baseline and both
    page.get_by_role("application").last.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    wait_for_link(page, "person=")
    assert "baseline:" in page.locator(".ts-said").inner_text()
    page.get_by_label("Color").select_option("exhaustion")
    page.get_by_role("button", name="burnout").click()
    page.get_by_label("Curves").select_option("difference")
    wait_for_link(page, "curve=difference")
    page.locator(".ts-chart h2").get_by_text("Burnout").wait_for()
    page.get_by_text("Differences between the alternatives: burnout").click()
    page.get_by_text("A, than in B").wait_for()

    page.get_by_label("Change B").click()
    page.locator("summary").get_by_text("Autocratic decisions", exact=True).click()
    dose = page.get_by_label("Autocratic decisions: dose, as a number")
    dose.fill("0.5")
    dose.press("Tab")
    wait_for_link(page, "autocratic_decisions.dose=0.5")
    visitor.wait_for_answer()
    page.get_by_label("One more").select_option("huddles")
    page.get_by_label("Name of C", exact=True).wait_for()
    visitor.wait_for_answer()
    assert [each.spec.replicates for each in alternatives_of(page)] == [3, 3, 3]


def test_what_is_pinned_stays_in_the_browser_under_the_name_it_was_given(visitor, small: str):
    page = visitor.explore(small)
    page.get_by_role("link", name="Compare").last.click()
    tray = page.locator(".ts-tray")
    tray.get_by_text("1 of 8").wait_for()
    name = tray.get_by_label("Name of pinned scenario 1")
    name.fill("Ours <b>")
    name.press("Tab")
    page.get_by_label("Remove Ours <b> from what is pinned").wait_for()

    compare(visitor, write_comparison([AUTOCRATIC]))  # as if days later
    page.get_by_label("Compare Ours <b>").click()
    page.get_by_label("Name of B", exact=True).wait_for()
    assert alternatives_of(page) == (AUTOCRATIC, TOUR.called("Ours <b>"))
    tray.get_by_text("compared as B").wait_for()
    visitor.wait_for_answer()
    effect = TOUR.spec.recipe().run().effect("trust_clinician_admin")
    assert f"{effect.difference:+.3f}" in tray.inner_text() or not effect.is_clear
    page.get_by_label("Explore Ours <b>").click()
    page.wait_for_url("**/explore?**")
    page.go_back()
    page.get_by_label("Remove Ours <b> from what is pinned").click()
    tray.get_by_text("0 of 8").wait_for()


def test_a_comparison_is_taken_along_as_table_and_as_report(visitor):
    page = compare(visitor)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8").splitlines()) == 1 + 2 * 40 * len(NAMES)
    page.get_by_label("What the report is of").select_option("B")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the report").click()
    assert download.value.suggested_filename == "trustsim_B_autocratic_decisions.html"
    report = download.value.path().read_text(encoding="utf-8")
    assert "trustsim run autocratic_decisions --replicates 3 --seed 1 --weeks 40" in report
    page.get_by_text("Saved as trustsim_B_autocratic_decisions.html.").wait_for()


@pytest.mark.parametrize("look", LOOKS)
def test_nobody_is_shut_out(visit, look: str):
    width, height, colors = LOOKS[look]
    one = visit(viewport={"width": width, "height": height}, color_scheme=colors, has_touch=look == "phone")
    page = compare(one, QUERY + "&color=exhaustion&week=30")
    page.get_by_label("Pin A", exact=True).click()
    page.locator(".ts-tray").get_by_text("1 of 8").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    serious = [each for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == [], json.dumps(serious, indent=1)[:3000]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_stop_stops_all_that_waits(visitor):
    page = visitor.page
    page.goto(f"{visitor.address}/compare?{write_comparison([Alternative(RunSpec(replicates=100, seed=98))] * 2)}")
    page.get_by_role("button", name="Stop").click(timeout=30_000)
    page.get_by_text("Stopped. Change anything to run it.").wait_for()
    time.sleep(0.5)
    assert page.locator(".ts-status-row progress").count() == 0


@pytest.fixture
def with_study(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """The app with a study laid out."""
    if missing():
        lack("what browsers load is not there: make assets")
    (tmp_path / "calm.yaml").write_text(HOSPITAL)
    (tmp_path / "visits.yaml").write_text(f"{HOSPITAL}interventions: [{{kind: listening_tour, start: 2, weeks: 10}}]\n")
    (tmp_path / "study.yaml").write_text(STUDY)
    load_study(tmp_path / "study.yaml").run(tmp_path / "kept")
    with serving(tmp_path, "-m", "trustsim", options=("--study", str(tmp_path / "kept"))) as served:
        yield served


def test_a_study_that_was_laid_out_says_what_the_effect_hangs_on(with_study, browser):
    one = Visitor(browser, with_study.address)
    try:
        page = compare(one)
        study = page.locator("section", has=page.get_by_role("heading", name="What it hangs on"))
        study.get_by_label("Effect on", exact=True).select_option("cost")
        drawn = study.get_by_role("img", name="Sobol' indices of the effect on cost")
        drawn.locator("path").first.wait_for(state="attached")
        study.get_by_text("Data table").click()
        rows = study.locator("tbody tr").all_inner_texts()
        assert {row.split("\t")[0].split()[-1] for row in rows} == {
            "listening_tour.visits_per_week",
            "listening_tour.follow_through",
        }
    finally:
        one.context.close()
    assert one.complaints == []
