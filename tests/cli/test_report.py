"""What `trustsim report` writes, and what it says when it cannot."""

import json
import re

from trustsim.report.words import capital, name_of


def test_a_run_becomes_one_file_with_the_numbers_of_run_json(trustsim, small, tmp_path):
    done = trustsim("run", "listening_tour", *small, "--json", "--out", "kept")
    answer = {each["name"]: each for each in json.loads(done.stdout)["measures"]}
    done = trustsim("report", "kept", "-o", "report.html")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"Report: report\.html \(\d+ kB\)\n", done.stdout)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for name in ("trust_clinician_admin", "burnout_prevalence", "turnover_annual", "leader_hours", "cost"):
        card = page.split(f'<p class="name">{capital(name_of(name))}</p>'.replace("'", "&#39;"))[1]
        assert float(re.search(r'<data value="([^"]*)">', card).group(1)) == answer[name]["difference"]


def test_a_report_goes_into_the_folder_of_the_run(trustsim, listening):
    done = trustsim("report", str(listening.kept))
    assert done.returncode == 0, done.stderr
    assert (listening.kept / "report.html").is_file()


def test_what_is_no_run_and_no_study_is_said_with_what_is_needed(trustsim, tmp_path):
    done = trustsim("report", ".")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "has no manifest.json, it is empty; a report is made of a run folder (trustsim run" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_report_is_left_alone(trustsim, listening, tmp_path):
    (tmp_path / "minutes.html").write_text("minutes of the board")
    done = trustsim("report", str(listening.kept), "-o", "minutes.html")
    assert done.returncode == 2
    assert "minutes.html: is there already and is no report of trustsim" in done.stderr
    assert (tmp_path / "minutes.html").read_text() == "minutes of the board"
