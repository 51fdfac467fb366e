"""Explore in a real browser that can reach nothing but the app."""

import json
import re
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from trustsim.app.state import read_link
from trustsim.interventions import INTERVENTIONS
from trustsim.measures import NAMES

LOOKS = {"1366 light": (1366, 768, "light"), "1366 dark": (1366, 768, "dark"), "phone": (390, 844, "light")}


def query_of(visitor: Any) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visitor.page.url).query)


def set_number(page: Any, part: str, name: str, value: float) -> None:
    field = page.get_by_label(f"{part}: {name}, as a number", exact=True)
    field.fill(str(value))
    field.press("Tab")


def test_a_visitor_builds_a_scenario_and_sees_what_it_does(visitor, small: str):
    page = visitor.explore(small)
    before = page.locator(".ts-kpi").first.inner_text()
    page.get_by_text("Listening tour", exact=True).click()
    set_number(page, "Listening tour", "follow through", 0)
    page.get_by_text("Edited: 3 changes.").wait_for()
    visitor.wait_for_answer()
    page.wait_for_function("before => document.querySelector('.ts-kpi').innerText !== before", arg=before)
    assert query_of(visitor)["listening_tour.follow_through"] == ["0"]

    page.get_by_label("Add").select_option("huddles")
    page.locator("summary").get_by_text(INTERVENTIONS["huddles"].title, exact=True).wait_for()
    page.get_by_text("Parameters of the model").click()
    page.get_by_label("Search by name or meaning").fill("negativity")
    page.get_by_label("Search by name or meaning").press("Enter")
    page.get_by_label("About trust.negativity").hover()
    assert re.search(
        r"Assumption, its sign from \w\d+ \(\w+ \d{4}\).*; grade \w",
        page.get_by_role("tooltip").filter(visible=True).inner_text(),
    )
    set_number(page, "Parameters of the model", "trust.negativity", 3)
    page.get_by_text("Edited: 5 changes.").wait_for()
    visitor.wait_for_answer()

    spec, _, notes = read_link(urlsplit(page.url).query)
    assert notes == ()
    assert spec.added == ("huddles",)
    page.get_by_text("The command and the file").click()
    command, yaml = page.locator(".ts-pre").all_inner_texts()
    assert command.startswith("trustsim run listening_tour_edited.yaml --replicates 3 --seed 1 --weeks 40")
    assert "kind: huddles" in yaml

    page.go_back()  # the step before: without the parameter
    page.get_by_text("Edited: 4 changes.").wait_for()


def test_a_slider_moves_by_mouse_and_by_keys(visitor, small: str):
    page = visitor.explore(small)
    page.get_by_text("Listening tour", exact=True).click()
    slider = page.get_by_label("follow through", exact=True)
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**listening_tour.follow_through=0*")
    visitor.wait_for_answer()
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.3, 0.6, 0.9):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        page.wait_for_timeout(60)
    assert float(slider.input_value()) > 0.8  # it stays where it is held
    page.mouse.up()
    page.wait_for_url(lambda url: "listening_tour.follow_through=0.9" in url or "follow_through=0.8" in url)
    visitor.wait_for_answer()
    assert float(slider.input_value()) == float(query_of(visitor)["listening_tour.follow_through"][0])


def test_the_cards_say_what_the_command_line_says(visitor, small: str):
    page = visitor.explore(small)
    spec, _, _ = read_link(small)
    effect = spec.recipe().run().effect("trust_clinician_admin")
    card = page.locator(".ts-kpi").first.inner_text()
    assert f"{effect.scenario:.3f}" in card
    assert f"{effect.low:+.3f} to {effect.high:+.3f}" in card
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    table = download.value.path().read_text(encoding="utf-8").splitlines()
    assert len(table) == 1 + 40 * len(NAMES)


def test_the_timeline_plays_steps_and_scrubs(visitor, small: str):
    page = visitor.explore(small)
    week = page.locator(".ts-week")
    assert week.inner_text() == "week 0 of 39"
    page.get_by_label("One week on").click()
    assert week.inner_text() == "week 1 of 39"
    page.get_by_label("Weeks a second").select_option("10")
    page.get_by_role("button", name="Play").click()
    time.sleep(1.5)
    page.get_by_role("button", name="Pause").click()
    played = int(week.inner_text().split()[1]) - 1
    assert played >= 1.5 * 5
    page.get_by_label("Week", exact=True).focus()
    page.keyboard.press("End")
    assert week.inner_text() == "week 39 of 39"
    page.wait_for_url("**week=39**")
    page.get_by_label("Back to week 0").click()
    assert week.inner_text() == "week 0 of 39"


def test_a_person_is_found_by_keyboard_and_tells_what_happened(visitor, small: str):
    page = visitor.explore(f"{small}&week=30")
    canvas = page.get_by_role("application")
    canvas.focus()
    for key in ("End", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**person=**")
    label = query_of(visitor)["person"][0]
    person = page.locator(".ts-person")
    person.get_by_role("heading", name=label).wait_for()
    assert "Week 30 in the scenario" in person.inner_text()
    assert "In force here: Listening tour." in person.inner_text()
    page.get_by_label("Show").select_option("baseline")
    person.get_by_text("in the baseline: what happened").wait_for()
    assert "In force here" not in person.locator(".ts-events").inner_text()
    canvas.focus()
    page.keyboard.press("ArrowUp")
    assert "manager" in page.locator(".ts-said").inner_text() or "chief" in page.locator(".ts-said").inner_text()
    page.keyboard.press("Escape")
    person.get_by_text("Pick a person").wait_for()


def test_a_link_that_was_refreshed_shows_the_same(visitor, small: str):
    query = f"scenario=silos&{small}&trust.negativity=2.5&seed=7&week=12&color=role&person=CEO&measure=exhaustion"
    page = visitor.explore(query)
    before = page.locator(".ts-kpis").inner_text(), page.locator(".ts-person h2").inner_text()
    page.reload()
    visitor.wait_for_answer()
    page.locator(".ts-person h2").wait_for()
    assert (page.locator(".ts-kpis").inner_text(), page.locator(".ts-person h2").inner_text()) == before
    assert page.locator(".ts-week").inner_text() == "week 12 of 39"
    assert page.locator(".ts-chart h2").inner_text().startswith("Exhaustion")


def test_a_hostile_link_is_a_page_with_a_note(visitor, small: str):
    page = visitor.explore(f"{small}&scenario=%3Cimg%20src=x%20onerror=alert(1)%3E&trust.negativity=nan&weeks=9")
    notes = page.locator(".ts-notes").inner_text()
    assert "there is none" in notes
    assert "<img" in notes  # as text
    assert page.locator(".ts-notes img").count() == 0


def test_two_visitors_do_not_see_one_another(visit, small: str):
    one, other = visit(), visit()
    first, second = one.explore(small), other.explore(f"{small}&scenario=autocratic_decisions")
    first.get_by_label("Color").select_option("role")
    one.page.wait_for_url("**color=role**")
    tab = one.new_page()
    tab.goto(f"{one.address}/explore?{small}")
    tab.wait_for_selector(".ts-plot path", state="attached", timeout=60_000)
    assert tab.get_by_label("Color").input_value() == "trust"
    assert second.get_by_label("Color").input_value() == "trust"
    assert second.locator(".ts-kpi").first.inner_text() != first.locator(".ts-kpi").first.inner_text()


@pytest.mark.parametrize("look", LOOKS)
def test_nobody_is_shut_out(visit, small: str, look: str):
    width, height, colors = LOOKS[look]
    one = visit(viewport={"width": width, "height": height}, color_scheme=colors, has_touch=look == "phone")
    page = one.explore(f"{small}&week=20&person=CEO&color=exhaustion")
    page.locator(".ts-person h2").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    serious = [each for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == [], json.dumps(serious, indent=1)[:3000]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_stop_stops_and_says_so(visitor):
    page = visitor.page
    page.goto(f"{visitor.address}/explore?replicates=100&seed=99")
    page.get_by_role("button", name="Stop").click(timeout=30_000)
    page.get_by_text("Stopped. Change anything to run it.").wait_for()


def test_what_does_not_fit_is_refused_and_the_page_stays(visitor, small: str):
    page = visitor.explore(small)
    page.get_by_text("Weeks, replicates and seed").click()
    set_number(page, "Weeks, replicates and seed", "weeks", 10)
    page.locator(".ts-notes").get_by_text("That does not fit").wait_for()
    assert query_of(visitor)["weeks"] == ["40"]
