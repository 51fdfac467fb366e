"""Each ready study has a summary of the very file that is there; of which model it is, the summary says."""

from pathlib import Path

import pytest

from trustsim.studies import load_study
from trustsim.studies.analyze import analyze_study
from trustsim.studies.summaries import file_digest, read_summaries, write_summary

STUDIES = sorted((Path(__file__).parents[2] / "experiments").glob("*.yaml"))
KEPT = {summary.name: summary for summary in read_summaries()}


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.stem)
def test_a_ready_study_has_a_summary_of_the_file_as_it_is(path):
    again = f"run: python experiments/summarize.py FOLDER {path.stem}"
    assert path.stem in KEPT, again
    kept = KEPT[path.stem]
    assert kept.is_of(path), f"{path.name} has changed since it was summarized; {again}"
    assert kept.manifest["runs"]["failed"] == 0
    text = (kept.folder / "summary.txt").read_text(encoding="utf-8")
    for part in (kept.manifest["question"], "Expected: ", f"model {kept.manifest['model']}"):
        assert " ".join(part.split()) in " ".join(text.split())
    assert len(text.splitlines()) <= 72
    effects = kept.effects()
    assert set(effects["measure"]) == set(kept.manifest["measures"])
    assert sum(file.stat().st_size for file in kept.folder.iterdir()) < 150_000


def test_no_summary_is_left_of_a_study_that_is_gone():
    assert set(KEPT) == {path.stem for path in STUDIES}


def test_comments_do_not_change_what_a_study_file_says_and_questions_do(write_study):
    path = write_study()
    before, text = file_digest(path), path.read_text()
    path.write_text(f"# As in row 1.1.\n{text}")
    assert file_digest(path) == before
    path.write_text(f"question: Why?\n{text}")
    assert file_digest(path) != before


def test_a_summary_is_written_with_every_index_and_read_back(write_study, tmp_path):
    path = write_study()
    analysis = analyze_study(load_study(path).run(tmp_path / "out"))
    write_summary(analysis, path, tmp_path / "summaries")
    (kept,) = read_summaries(tmp_path / "summaries")
    assert (kept.name, kept.manifest["method"], kept.manifest["runs"]["done"]) == ("study", "sobol", 240)
    assert kept.is_of(path)
    effects = kept.effects()
    total = effects[(effects["order"] == "total") & (effects["measure"] == "open_concerns")]
    assert list(total["factor"]) == [*analysis.results.problem.names, "dummy"]
    of_luck = effects[effects["order"] == "seed"]
    assert (len(of_luck), of_luck["estimate"].between(0.0, 1.0).all()) == (3, True)
    path.write_text(path.read_text().replace("n: 16", "n: 32"))
    assert not kept.is_of(path)


def test_where_there_are_no_summaries_none_are_read(tmp_path):
    assert read_summaries(tmp_path) == ()
