"""The report as people meet it: in a browser, on a phone, in the dark, on paper, and without sight."""

import re
from contextlib import contextmanager

import pytest

pytest.importorskip("playwright", reason="the extra browser is not installed")
pytest.importorskip("axe_playwright_python", reason="the extra browser is not installed")

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
GRAVE = {"serious", "critical"}


@pytest.fixture(params=["tour", "sobol"])
def path(request: pytest.FixtureRequest, tmp_path):
    path = tmp_path / "report.html"
    path.write_text(request.getfixturevalue(request.param).html, encoding="utf-8")
    return path


@contextmanager
def opened(chromium, path, **options):
    """Open a page in a browser that is offline; whatever it asks for beyond the file is kept."""
    context = chromium.new_context(offline=True, **options)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert asked == [path.as_uri()]
    assert complaints == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_report_opens_without_a_network_and_needs_no_scrolling_sideways(chromium, path, viewport):
    with opened(chromium, path, viewport=viewport) as page:
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1]
        drawn = page.evaluate("[...document.querySelectorAll('.drawing svg')].map(one => one.getBoundingClientRect())")
        assert drawn
        assert all(box["x"] >= 0 and box["right"] <= viewport["width"] and box["height"] > 50 for box in drawn)


def test_words_of_figures_stay_inside_them_and_can_be_read_on_a_phone(chromium, path):
    with opened(chromium, path, viewport=PHONE) as page:
        texts = page.evaluate(
            """[...document.querySelectorAll('.drawing svg')].flatMap(svg => {
                const out = svg.getBoundingClientRect();
                return [...svg.querySelectorAll('text')].map(text => {
                    const box = text.getBoundingClientRect();
                    return {text: text.textContent, over: Math.max(out.left - box.left, box.right - out.right,
                            out.top - box.top, box.bottom - out.bottom), size: Math.min(box.width, box.height)};
                });
            })"""
        )
    assert len(texts) > 20
    assert [text for text in texts if text["over"] > 1.0] == []
    assert min(text["size"] for text in texts if len(text["text"]) > 3) >= 9.0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_scan_finds_nothing_grave(chromium, path, scheme):
    from axe_playwright_python.sync_playwright import Axe

    with opened(chromium, path, viewport=DESK, color_scheme=scheme) as page:
        page.locator("summary").first.click()  # of the numbers behind figures, one table is enough
        found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in GRAVE] == []


def test_light_and_dark_differ_and_paper_is_always_light(chromium, path):
    color = "getComputedStyle(document.body).backgroundColor"
    with opened(chromium, path, color_scheme="light") as page:
        light = page.evaluate(color)
    with opened(chromium, path, color_scheme="dark") as page:
        assert page.evaluate(color) != light
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(color) == light == "rgb(255, 255, 255)"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_report_prints_on_a_handful_of_pages(chromium, path, paper):
    with opened(chromium, path) as page:
        printed = page.pdf(format=paper)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 4 <= pages <= 12


def test_no_figure_is_cut_by_the_end_of_a_page(chromium, path):
    with opened(chromium, path, viewport={"width": 680, "height": 1000}) as page:
        page.emulate_media(media="print")
        uncut = page.evaluate(
            "[...document.querySelectorAll('figure, .card, tr')]"
            ".every(one => getComputedStyle(one).breakInside == 'avoid')"
        )
        tallest = page.evaluate("Math.max(...[...document.querySelectorAll('figure')].map(one => one.offsetHeight))")
    assert uncut
    assert tallest < 900  # a Letter page has 279 - 32 mm, that is 933 pixels


def test_the_numbers_behind_a_figure_open_with_the_keyboard(chromium, path):
    with opened(chromium, path, viewport=PHONE) as page:
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        assert page.locator("details[open] table").first.is_visible()
