"""The command line: ``trustsim run listening_tour``, and what it answers when something is wrong.

One thin file for each command; what takes long to import is imported inside the command, so that ``--help`` is quick.
People script against this: exit code 0 is done, 1 the work failed, 2 the input is wrong, 130 stopped by Ctrl-C. Answers
go to stdout, progress and complaints to stderr.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Final, NoReturn

import typer

import trustsim
from trustsim.cli.analyze import analyze
from trustsim.cli.app import app as app_command
from trustsim.cli.calibrate import calibrate
from trustsim.cli.check import check
from trustsim.cli.demo import demo
from trustsim.cli.doctor import doctor
from trustsim.cli.list import list_names
from trustsim.cli.odd import odd
from trustsim.cli.org import org
from trustsim.cli.plan import plan
from trustsim.cli.report import report
from trustsim.cli.reproduce import reproduce
from trustsim.cli.run import run
from trustsim.cli.schema import schema
from trustsim.cli.show import show
from trustsim.cli.status import status
from trustsim.cli.sweep import sweep
from trustsim.cli.validate import validate
from trustsim.errors import InputError, WorkError

__all__ = ["app", "main"]

_DONE, _FAILED, _WRONG_INPUT, _INTERRUPTED = 0, 1, 2, 130

app: Final = typer.Typer(
    add_completion=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: quick, and the same in a terminal, a file and a pipe
)
app.command()(demo)
app.command()(run)
app.command()(check)
app.command()(plan)
app.command()(sweep)
app.command()(status)
app.command()(analyze)
app.command()(reproduce)
app.command("app")(app_command)
app.command()(report)
app.command("list")(list_names)
app.command()(show)
app.command()(doctor)
app.command()(schema)
app.command()(odd)
app.add_typer(validate, name="validate")
app.command()(calibrate)
app.add_typer(org, name="org")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trustsim {trustsim.__version__}")
        raise typer.Exit


@app.callback()
def _trustsim(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """A laboratory for trust between clinicians and administrators in a hospital.

    Begin with: trustsim demo
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    code = _code()
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our answer has had enough, as in `trustsim list parameters | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = _FAILED
    except OSError as error:
        code = _complain(f"the answer could not be written: {error.strerror}", _FAILED)
    if code == _INTERRUPTED:  # at once, not when worker threads are through with what is left
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _code() -> int:
    """Run the command line and return its exit code, having said on stderr what went wrong."""
    try:
        app()
    except SystemExit as done:  # typer's way to end; usage errors have said their say
        code = done.code if isinstance(done.code, int) else _DONE
        return _complain("stopped by Ctrl-C", code) if code == _INTERRUPTED else code
    except InputError as error:
        return _complain(str(error), _WRONG_INPUT, placed=error.path is not None)
    except WorkError as error:
        return _complain(str(error), _FAILED)
    except MemoryError:
        return _complain("not enough memory for a hospital of this size", _FAILED)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _complain(f"{place}{error.strerror or error}", _FAILED)
    return _DONE


def _complain(what: str, code: int, *, placed: bool = False) -> int:
    """Say what is wrong; a message that starts with a place in a file stays bare, so that editors can jump there."""
    typer.echo(what if placed else f"trustsim: {what}", err=True)
    return code
