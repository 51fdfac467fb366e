"""Find and load scenarios: names, files, and files that extend others."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from trustsim.errors import InputError, did_you_mean
from trustsim.scenario.document import Address, Document, Place, read_document
from trustsim.scenario.messages import explain
from trustsim.scenario.parameter_set import FROM, find_parameter_set
from trustsim.scenario.schema import Scenario
from trustsim.scenario.settings import PARAMETER_SET, with_settings

__all__ = [
    "load_baseline",
    "load_scenario",
    "scenario_names",
    "scenarios_folder",
    "sharing_parameters",
    "with_set_found",
]

_PACKAGE: Final = Path(__file__).parents[1]
_OWN: Final = ("name", "title", "sources", "extends")  # what a file says of itself; a child does not inherit it
_SUFFIXES: Final = (".yaml", ".yml")


def scenarios_folder() -> Path:
    """Return the folder of the shipped scenarios: inside the package when installed, beside it in a checkout."""
    installed = _PACKAGE / "_scenarios"
    return installed if installed.is_dir() else _PACKAGE.parent / "scenarios"


def scenario_names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios."""
    return tuple(sorted(path.stem for path in scenarios_folder().glob("*.yaml")))


def load_scenario(name_or_path: str | Path) -> Scenario:
    """Return a scenario.

    A file that ``extends`` another says only what differs: mappings merge key by key, everything else (lists among it)
    replaces what it inherits, a top-level key without a value changes nothing. Name, title and sources are not
    inherited.

    Parameters
    ----------
    name_or_path : str or Path
        Name of a shipped scenario, or path of a YAML file.

    Raises
    ------
    InputError
        If it cannot be found or read or says something wrong, with file, line and column.
    """
    path = _find(str(name_or_path), beside=None)
    return _checked(_inherited(path, ()))


def load_baseline(scenario: Scenario) -> Scenario:
    """Return the scenario that one is compared with; itself, if that is its own name.

    It has the scenario's set of parameters unless it names one itself: a set says what the world is like.

    Raises
    ------
    InputError
        As `load_scenario`; a name is looked for beside the scenario's own file first.
    """
    if scenario.baseline == scenario.name:
        return scenario
    document = scenario.document
    try:
        path = _find(scenario.baseline, beside=document.path if document else None)
    except InputError as error:
        raise document.error(f"baseline: {error}", ("baseline",)) if document else error from None
    return sharing_parameters(_checked(_inherited(path, ())), scenario)


def sharing_parameters(baseline: Scenario, scenario: Scenario) -> Scenario:
    """Return a baseline with the scenario's set of parameters, unless it has one itself or there is none."""
    if baseline.parameter_set is not None or scenario.parameter_set is None:
        return baseline
    return with_settings(baseline, {PARAMETER_SET: scenario.parameter_set})


def with_set_found(document: Document) -> dict[str, Any]:
    """Return what a document says, with the set of parameters that ``parameters: {from: ...}`` names in its place.

    Raises
    ------
    InputError
        If there is none, or its file says something wrong.
    """
    written, address = document.data.get("parameters"), ("parameters", FROM)
    if not isinstance(written, dict) or FROM not in written:
        return document.data
    try:
        found = find_parameter_set(written[FROM], folder=document.place(address).path.parent)
    except InputError as error:
        if error.path is not None:  # it is the set's file that says something wrong
            raise
        raise document.error(error.what, address) from None
    return {**document.data, "parameters": {**written, FROM: found}}


def _checked(document: Document) -> Scenario:
    """Return the scenario that a document (with all that it inherits) says."""
    try:
        return Scenario.model_validate({"name": document.path.stem} | with_set_found(document)).written_in(document)
    except ValidationError as error:
        raise explain(error, document) from None


def _find(name: str, beside: Path | None) -> Path:
    """Return the file that a name or path means; a name may be that of a file in the same folder."""
    if name.endswith(_SUFFIXES) or "/" in name or "\\" in name:
        return Path(name) if beside is None else beside.parent / name
    folders = [scenarios_folder()] if beside is None else [beside.parent, scenarios_folder()]
    for folder in folders:
        path = folder / f"{name}.yaml"
        if path.is_file() and not (beside is not None and path.samefile(beside)):
            return path
    if beside is None and Path(name).exists():
        return Path(name)
    names = scenario_names()
    raise InputError(f"no scenario {name!r}{did_you_mean(name, names) or '; there are ' + ', '.join(names)}")


def _inherited(path: Path, children: tuple[Path, ...]) -> Document:
    """Return a file's document with what it inherits."""
    document = read_document(path)
    parent_name = document.data.get("extends")
    if parent_name is None:
        return _merged(Document(path), document)
    if not isinstance(parent_name, str):
        raise document.error(f"extends = {parent_name!r}: it should be one name or path", ("extends",))
    chain = (*children, path.resolve())
    try:
        parent = _find(parent_name, beside=path)
    except InputError as error:
        raise document.error(f"extends: {error.what}", ("extends",)) from None
    if parent.resolve() in chain:
        circle = " -> ".join(step.stem for step in (*chain, parent))
        raise document.error(f"extends goes in a circle: {circle}", ("extends",))
    if not parent.is_file():
        raise document.error(f"extends: no file {parent}", ("extends",))
    return _merged(_inherited(parent, chain), document)


def _merged(parent: Document, child: Document) -> Document:
    """Return what the child says on top of what it inherits, each with its own place."""
    merged = Document(child.path, dict(parent.data), dict(parent.keys), dict(parent.values))
    for key in _OWN:
        merged.data.pop(key, None)
        _forget((key,), merged)
    _lay_over(merged.data, child.data, (), merged, child)
    merged.values[()] = child.values[()]
    return merged


def _lay_over(under: dict[str, Any], over: dict[str, Any], address: Address, merged: Document, child: Document) -> None:
    for key, value in over.items():
        here = (*address, key)
        if value is None and not address and key in Scenario.model_fields:
            continue
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            under[key] = dict(under[key])
            _lay_over(under[key], value, here, merged, child)
            continue
        under[key] = value
        _forget(here, merged)
        for places, written in ((merged.keys, child.keys), (merged.values, child.values)):
            places.update({there: place for there, place in written.items() if there[: len(here)] == here})


def _forget(address: Address, document: Document) -> None:
    """Drop the places of an address and of everything below it."""
    places: dict[Address, Place]
    for places in (document.keys, document.values):
        for there in [there for there in places if there[: len(address)] == address]:
            del places[there]
