"""``trustsim doctor``: whether this machine can run trustsim, and what a report of a defect should name."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer

import trustsim
from trustsim.errors import TrustsimError

__all__ = ["doctor"]

_LIBRARIES: Final = (
    "mesa",
    "networkx",
    "numba",
    "numpy",
    "pandas",
    "pyarrow",
    "pydantic",
    "SALib",
    "matplotlib",
    "jinja2",
)
_EXTRAS: Final = {
    "app": ("solara", "ipyvuetify", "uvicorn"),
    "cluster": ("dask", "distributed"),
    "notebooks": ("nbclient",),
}
_FAILED: Final = 1


class Finding(NamedTuple):
    """One thing that was looked at; `remedy` says what to do if it is not well."""

    name: str
    value: str
    well: bool = True
    remedy: str = ""


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON document to stdout.")] = False,
) -> None:
    """Examine the installation; exit code 1 if it is broken.

    Versions, machine, compiled kernels, scenarios, folders that can be written to, extras.
    """
    from trustsim.cli.output import print_json, print_table

    findings = [*_system(), *_libraries(), *_kernels(), *_scenarios(), *_folder(), *_extras()]
    well = all(finding.well for finding in findings)
    if as_json:
        print_json({"well": well, "findings": [finding._asdict() for finding in findings]})
    else:
        rows = [{"": "ok" if each.well else "BROKEN", "what": each.name, "found": _found(each)} for each in findings]
        print_table(rows, ("", "what", "found"))
        typer.echo("\nAll is well." if well else "\nSomething essential is broken; see above.")
    if not well:
        raise typer.Exit(_FAILED)


def _found(finding: Finding) -> str:
    return finding.value if finding.well else f"{finding.value}. {finding.remedy}"


def _system() -> Iterator[Finding]:
    yield Finding("trustsim", f"{trustsim.__version__} in {Path(trustsim.__file__).parent}")
    supported = sys.version_info >= (3, 11)
    yield Finding("python", platform.python_version(), supported, "trustsim needs 3.11 or newer")
    yield Finding("platform", platform.platform())
    yield Finding("cores", str(os.cpu_count()))
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
        yield Finding("memory", f"{gigabytes:.1f} GB")


def _libraries() -> Iterator[Finding]:
    from importlib.metadata import PackageNotFoundError, version

    remedy = "Install trustsim again: python -m pip install --force-reinstall trustsim"
    for name in _LIBRARIES:
        try:
            import_module(name)
            yield Finding(name, version(name))
        except (ImportError, PackageNotFoundError) as error:
            yield Finding(name, f"cannot be imported: {error}", False, remedy)


def _kernels() -> Iterator[Finding]:
    try:
        from trustsim._jit import cache_folder
        from trustsim.worlds.engine import is_compiling
    except ImportError as error:
        yield Finding("kernels", f"cannot be imported: {error}", False, "See numba above")
        return
    folder = cache_folder()
    state = "not compiled yet: the first run takes longer" if is_compiling() else "compiled"
    place = f"in {folder}" if folder else "kept nowhere"
    named = os.environ.get("TRUSTSIM_CACHE")
    as_asked = folder is not None and (not named or Path(named) in folder.parents)
    yield Finding("kernels", f"{state}, {place}", as_asked, "Name a folder to write to in TRUSTSIM_CACHE")


def _scenarios() -> Iterator[Finding]:
    try:
        from trustsim.scenario import load_scenario, scenario_names, scenarios_folder

        names = scenario_names()
        for name in names:
            load_scenario(name)
    except (ImportError, OSError, TrustsimError) as error:
        yield Finding("scenarios", str(error), False, "Repair that file, or install trustsim again")
    else:
        yield Finding("scenarios", f"{len(names)} in {scenarios_folder()}", bool(names), "Install trustsim again")


def _folder() -> Iterator[Finding]:
    writable = _is_writable(Path.cwd())
    # Not essential: `run` writes only where it is told to.
    yield Finding("this folder", "can be written to" if writable else "cannot be written to: name others with --out")


def _extras() -> Iterator[Finding]:
    for extra, modules in _EXTRAS.items():
        missing = [module for module in modules if find_spec(module) is None]
        hint = f"not installed: python -m pip install 'trustsim[{extra}]'"
        yield Finding(f"extra {extra}", hint if missing else "installed")


def _is_writable(folder: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)
