"""``trustsim odd``: writes the description of the model, and notices one that is out of date."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from trustsim.cli import app
from trustsim.errors import InputError, WorkError
from trustsim.evidence.odd import write


def odd(*options: str) -> str:
    done = CliRunner().invoke(app, ["odd", *options], env={"COLUMNS": "80"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("options", "document"), [((), "odd"), (("--trace",), "trace"), (("--summary",), "summary")])
def test_a_document_goes_to_stdout_or_into_a_file(options, document):
    assert odd(*options) == write(document)
    assert odd(*options, "--out", "here.md") == "here.md is written.\n"
    assert Path("here.md").read_text(encoding="utf-8") == write(document)
    assert odd(*options, "--out", "here.md", "--check") == "here.md is what the model says now.\n"


@pytest.mark.parametrize(("options", "document", "file"), [((), "odd", "ODD.md"), (("--trace",), "trace", "TRACE.md")])
def test_a_document_that_is_out_of_date_is_noticed_with_its_line_and_what_to_do(options, document, file):
    first, second, *rest = write(document).splitlines(keepends=True)
    Path(file).write_text("".join([first, second.replace("\n", "a line too many\n"), *rest]), encoding="utf-8")
    with pytest.raises(
        WorkError, match=rf"^{file}:2: .* trustsim odd{''.join(f' {o}' for o in options)} --out {file}$"
    ):
        odd(*options, "--check")
    Path(file).write_text("".join([first, second, *rest[:-1]]), encoding="utf-8")
    with pytest.raises(WorkError, match=rf"^{file}:{len(rest) + 2}: "):
        odd(*options, "--check")


def test_there_has_to_be_something_to_compare_with():
    with pytest.raises(InputError, match=r"there is no ODD\.md to compare with"):
        odd("--check")
    with pytest.raises(InputError, match="no file of the summary is kept; name one with --out"):
        odd("--summary", "--check")


def test_one_document_at_a_time():
    with pytest.raises(InputError, match="--trace and --summary are two documents"):
        odd("--trace", "--summary")


def test_its_help_fits_80_columns():
    assert max(map(len, odd("--help").splitlines())) <= 80


def test_another_process_writes_the_same(trustsim):
    assert trustsim("odd", PYTHONHASHSEED="7").stdout == write("odd")
