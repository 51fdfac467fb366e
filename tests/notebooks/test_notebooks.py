"""The notebooks run from the first cell to the last, in a kernel as their readers have it, and frighten nobody."""

import re
import shlex
from pathlib import Path

import jupytext
import nbclient
import pytest
from typer.testing import CliRunner

from trustsim.cli import app

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("[0-9]*.py"))
SLOWEST_CELL = 300  # seconds; the first may have to compile the model

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def commands(path: Path) -> list[list[str]]:
    lines = re.findall(r"""terminal\(\s*f?"(.+?)"[,)]""", path.read_text(encoding="utf-8"))
    return [shlex.split(line) for line in lines]


def test_there_are_six():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]


def said(cell: dict, stream: str) -> str:
    outputs = cell.get("outputs", ())
    return "".join(part["text"] for part in outputs if part["output_type"] == "stream" and part["name"] == stream)


@every_notebook
def test_it_runs_and_nothing_in_it_looks_like_a_mishap(path, tmp_path, monkeypatch):
    for variable in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    notebook = jupytext.read(path)
    resources = {"metadata": {"path": str(FOLDER)}}
    client = nbclient.NotebookClient(notebook, timeout=SLOWEST_CELL, kernel_name="python3", resources=resources)
    client.execute()
    for number, cell in enumerate(notebook.cells):
        assert said(cell, "stderr") == "", f"cell {number}: {cell.source}"
        assert "Traceback" not in said(cell, "stdout"), f"cell {number}: {cell.source}"
    pictures = [
        part for cell in notebook.cells for part in cell.get("outputs", ()) if "image/png" in part.get("data", ())
    ]
    assert pictures


@every_notebook
def test_it_opens_with_what_one_will_be_able_to_do_and_ends_with_what_to_try_next(path):
    cells = jupytext.read(path).cells
    assert cells[0].cell_type == cells[-1].cell_type == "markdown"
    assert cells[0].source.startswith(f"# {int(path.name[:2])} · ")
    assert "**After this notebook** you can " in cells[0].source
    assert "**Time:** " in cells[0].source
    assert re.findall(r"^## .*", cells[-1].source, flags=re.MULTILINE)[-1] == "## What to try next"


@every_notebook
def test_prose_quotes_no_result(path):
    """A decimal number in prose would be a result, and wrong as soon as the model is calibrated anew."""
    prose = "\n".join(cell.source for cell in jupytext.read(path).cells if cell.cell_type == "markdown")
    assert re.findall(r"\d[.,]\d|\d ?%(?! interval)", re.sub(r"`.*?`", "", prose)) == []


@pytest.mark.parametrize(
    "typed",
    [pytest.param(typed, id=f"{path.stem[:2]} {' '.join(typed)}") for path in NOTEBOOKS for typed in commands(path)],
)
def test_each_command_has_the_options_that_a_notebook_gives_it(typed):
    program, *arguments = typed
    assert program == "trustsim"
    words = [argument for argument in arguments if argument.startswith("--")]
    command = arguments[:2] if arguments[0] == "org" else arguments[:1]
    done = CliRunner().invoke(app, [*command, "--help"], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert all(word in done.stdout for word in words)
