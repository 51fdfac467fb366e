"""The file itself: needs nothing, believes nobody, and takes nobody's place."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from matplotlib import rcParams

from tests.report.parsed import Page
from trustsim.errors import InputError, WorkError
from trustsim.report import render, write_report
from trustsim.report.page import MARK
from trustsim.report.svg import new_figure

HOSTILE = '<script>alert("a")</script><img src=x onerror=alert(1)>{{ 7 * 7 }}&amp;'
LARGEST = 500_000


@pytest.fixture(params=["tour", "sobol"])
def page(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(request.param).html


def test_a_page_loads_nothing_runs_nothing_and_is_small(page):
    parsed = Page(page)
    assert not {"script", "link", "iframe", "object", "img"} & {tag for tag, _ in parsed.tags}
    assert not parsed.values("src")
    assert all(str(target).startswith("#") for name in ("href", "xlink:href") for target in parsed.values(name))
    assert not re.search(r"@import|url\((?!#)", page)
    assert not [name for _, attributes in parsed.tags for name in attributes if name.startswith("on")]
    assert len(page.encode()) < LARGEST


def test_ids_are_unique_and_every_reference_finds_one(page):
    parsed = Page(page)
    ids = parsed.values("id")
    assert len(ids) == len(set(ids))
    pointed = [str(target)[1:] for name in ("href", "xlink:href") for target in parsed.values(name)]
    pointed += re.findall(r"url\(#([^)]*)\)", page)
    assert set(pointed) <= set(ids)


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in Page(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert '<html lang="en">' in page


def test_figures_take_their_colors_from_the_page(page):
    drawings = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert drawings
    for drawing in drawings:
        assert "var(--better)" in drawing or "var(--muted)" in drawing
        assert not re.search(r"#[0-9a-f]{6}\b", drawing)
        assert all("fill: var(--" in text for text in re.findall("<text[^>]*>", drawing))  # or black, in the dark too


def test_the_same_run_gives_the_same_page(tour):
    assert render(tour.folder) == tour.html


def test_hostile_questions_and_titles_stay_text(keep_study, tmp_path):
    quoted = HOSTILE.replace("'", "''")
    text = (
        f"question: '{quoted}'\nscenario: visits.yaml\nfactors: {{listening_tour.follow_through: [0, 1]}}\n"
        "measures: [trust_peers]\nwindow: [6, 12]\nseed: 1\n"
    )
    written = render(keep_study(tmp_path, text, title=quoted, method="grid", n=3))
    parsed = Page(written)
    assert not {"script", "img"} & {tag for tag, _ in parsed.tags}
    assert HOSTILE in parsed.text
    assert "49" not in parsed.text.split("trustsim")[1][:200]


def test_a_report_replaces_a_report_and_nothing_else(tour, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<html>minutes of the board</html>")
    with pytest.raises(InputError, match="is no report of trustsim"):
        write_report(tour.folder, path)
    assert path.read_text() == "<html>minutes of the board</html>"
    path.write_text(f"<!doctype html>\n{MARK}\nolder")
    assert write_report(tour.folder, path) == path
    assert path.read_text(encoding="utf-8") == tour.html
    assert list(tmp_path.iterdir()) == [path]


def test_a_report_goes_into_the_folder_unless_told_otherwise(tour):
    assert write_report(tour.folder) == tour.folder / "report.html"


def test_a_place_that_cannot_be_written_to_is_named(tour, tmp_path):
    with pytest.raises(WorkError, match=r"nowhere/report\.html could not be written"):
        write_report(tour.folder, tmp_path / "nowhere" / "report.html")
    with pytest.raises(InputError, match="is a folder; name a file"):
        write_report(tour.folder, tmp_path)


@pytest.mark.parametrize(
    ("make", "taught"),
    [
        (lambda folder: folder / "keptt", "there is no such folder; a report is made of a run folder"),
        (lambda folder: folder / "keptt", "did you mean '{kept}'"),
        (lambda folder: folder, "has no manifest.json, it has kept; "),
        (lambda folder: folder, "did you mean '{kept}'"),
        (lambda folder: folder / "kept" / "weekly.parquet", "give the folder that it is in, {kept}"),
    ],
)
def test_a_folder_of_something_else_is_told_from_what_a_report_needs(tour, make, taught):
    parent = tour.folder.parent
    with pytest.raises(InputError) as error:
        render(make(parent))
    assert taught.format(kept=tour.folder) in str(error.value)


def test_an_empty_folder_and_a_manifest_of_something_else_are_refused(tmp_path):
    with pytest.raises(InputError, match="it is empty"):
        render(tmp_path)
    (tmp_path / "manifest.json").write_text('{"name": "an app"}')
    with pytest.raises(InputError, match="is no manifest of a run"):
        render(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(InputError, match="is no JSON object"):
        render(tmp_path)


def test_reports_that_are_drawn_at_a_time_leave_the_settings_of_matplotlib_alone():
    before = dict(rcParams)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(new_figure, [2.0] * 60))
    assert dict(rcParams) == before
