"""Load a study file and look up what it names, saying file, line and column of what is wrong."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from trustsim import parameters
from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS, Setting
from trustsim.sampling import Choices, Factor, Integers, Problem, Range
from trustsim.scenario import Scenario, load_baseline, load_scenario, settings_of, shared_settings, with_settings
from trustsim.scenario.document import Address, Document, read_document
from trustsim.scenario.load import with_set_found
from trustsim.scenario.messages import explain
from trustsim.scenario.parameter_set import FROM
from trustsim.scenario.settings import PARAMETER_SET
from trustsim.studies.design import DESIGNS
from trustsim.studies.schema import NO_BASELINE, FactorText, StudyFile
from trustsim.studies.study import Study

__all__ = ["is_study", "load_study"]

_WINDOW = 26
_HORIZON = ("weeks", "burn_in")


def is_study(path: str | Path) -> bool:
    """Whether a file, or a folder with a ``study.yaml``, is meant as a study: it has keys that no scenario has.

    Raises
    ------
    InputError
        If it is there and cannot be read.
    """
    path = Path(path)
    if path.is_dir():
        return (path / "study.yaml").is_file()
    own = StudyFile.model_fields.keys() - Scenario.model_fields.keys()
    return path.is_file() and not own.isdisjoint(read_document(path).data)


def load_study(path: str | Path) -> Study:
    """Return a study.

    Parameters
    ----------
    path : str or Path
        A YAML file, or the folder of a study that was run.

    Raises
    ------
    InputError
        If it cannot be read or says something wrong, with file, line and column.
    """
    path = Path(path)
    document = read_document(path / "study.yaml" if path.is_dir() else path)
    try:
        written = StudyFile.model_validate({"study": document.path.stem} | document.data)
    except ValidationError as error:
        raise explain(error, document, _owner) from None
    scenario, baseline = _worlds(written, document)
    window = written.window or (max(scenario.weeks - _WINDOW, 0), scenario.weeks)
    if not 0 <= window[0] < window[1] <= scenario.weeks:
        what = f"window = {list(window)}: allowed is [first, end] with 0 <= first < end <= {scenario.weeks} weeks"
        raise document.error(what, ("window",))
    factors = _spelled_out(written.factors, scenario, document)
    kinds, inert = _kinds(factors, scenario, document)
    if len(inert) == len(kinds):
        raise document.error("no factor changes anything in this scenario", ("factors",))
    try:
        problem = Problem(kinds, written.design.groups_of_factors)
        written.design.sample(problem, seed=written.seed)
    except InputError as error:
        raise document.error(error.what, ("design",)) from None
    return Study(
        name=written.study,
        question=written.question,
        expect=written.expect,
        scenario=scenario,
        baseline=baseline,
        factors=factors,
        problem=problem,
        inert=inert,
        shared=frozenset() if baseline is None else shared_settings(kinds, scenario, baseline),
        design=written.design,
        replicates=written.replicates,
        measures=written.measures,
        window=window,
        seed=written.seed,
    )


def _worlds(written: StudyFile, document: Document) -> tuple[Scenario, Scenario | None]:
    """Return the scenario and its baseline, with the parameters that the study sets in both."""
    scenario = _scenario(written.scenario, document, "scenario")
    baseline = _baseline(written, scenario, document)
    changes = {}
    for name, value in with_set_found(document).get("parameters", {}).items():
        setting, address = PARAMETER_SET if name == FROM else name, ("parameters", name)
        if name != FROM and name not in parameters.REGISTER:
            hint = did_you_mean(name, parameters.NAMES)
            raise document.error(f"unknown parameter {name!r}{hint}", address, key=True)
        try:
            with_settings(scenario, {setting: value})
        except InputError as error:
            raise document.error(error.what, address) from None
        changes[setting] = value
    return with_settings(scenario, changes), None if baseline is None else with_settings(baseline, changes)


def _owner(address: Address, data: Mapping[str, Any]) -> type[BaseModel]:
    """Return the class that declares what stands at an address of a study file."""
    if len(address) > 1 and address[0] == "design":
        return DESIGNS.get(str(data["design"]["method"]), StudyFile)
    return FactorText if len(address) > 2 and address[0] == "factors" else StudyFile


def _scenario(name: str, document: Document, key: str) -> Scenario:
    """Return the scenario that a name or path means; names are looked for beside the study file first."""
    folder = document.path.parent
    beside = folder / (name if name.endswith((".yaml", ".yml")) or "/" in name else f"{name}.yaml")
    try:
        # A study and its scenario may share a name.
        if beside.is_file() and not beside.samefile(document.path):
            return load_scenario(beside)
        return load_scenario(name)
    except InputError as error:
        if error.path is not None and error.path != Path(name):
            raise
        raise document.error(f"{key}: {error.what}", (key,)) from None


def _baseline(written: StudyFile, scenario: Scenario, document: Document) -> Scenario | None:
    if written.baseline == NO_BASELINE:
        return None
    given = load_baseline(scenario) if written.baseline is None else _scenario(written.baseline, document, "baseline")
    if given.burn_in != scenario.burn_in or given.organization != scenario.organization:
        what = f"baseline: {given.name} and {scenario.name} have another organization or burn_in; they must share both"
        raise document.error(what, ("baseline",))
    return with_settings(given, {"weeks": scenario.weeks})


def _spelled_out(factors: Mapping[str, FactorText], scenario: Scenario, document: Document) -> dict[str, FactorText]:
    """Return the factors with patterns and full ranges written out; a name beats any pattern."""
    known = {name: setting for name, setting in settings_of(scenario).items() if name not in _HORIZON}
    found: dict[str, FactorText] = {}
    for name, written in factors.items():
        names = fnmatch.filter(known, name) if "*" in name else [name]
        if not names:
            raise document.error(
                f"{name} matches no setting of scenario {scenario.name!r}", ("factors", name), key=True
            )
        for each in names:
            if each == name or each not in factors:
                setting = known.get(each) or _elsewhere(each)
                found[each] = _full(setting) if written == FactorText() and setting is not None else written
    return found


def _full(setting: Setting) -> FactorText:
    if setting.low is None or setting.high is None:
        return FactorText(choices=setting.choices)
    return FactorText(ends=(setting.low, setting.high))


def _kinds(
    factors: Mapping[str, FactorText], scenario: Scenario, document: Document
) -> tuple[dict[str, Factor], tuple[str, ...]]:
    """Return what each factor may be, and the names of those that change nothing in this scenario."""
    known, kinds, inert = settings_of(scenario), {}, []
    for name, written in factors.items():
        place = ("factors", name)
        if name in _HORIZON:
            raise document.error(f"{name} is the same for all worlds; set it in the scenario", place, key=True)
        setting = known.get(name) or _elsewhere(name)
        if setting is None:
            raise document.error(f"{_unknown(name, scenario)}{did_you_mean(name, known)}", place, key=True)
        try:
            kinds[name] = _factor(written, setting)
            if name in known:
                for value in written.choices or written.ends or ():
                    with_settings(scenario, {name: value})
            else:
                inert.append(name)
        except InputError as error:
            raise document.error(error.what, place) from None
    return kinds, tuple(inert)


def _elsewhere(name: str) -> Setting | None:
    """Return the setting of an intervention or shock that exists, but not in this scenario."""
    kind, _, setting = name.partition(".")
    found = INTERVENTIONS.get(kind) or SHOCKS.get(kind)
    return None if found is None else next((each for each in found.settings() if each.name == setting), None)


def _unknown(name: str, scenario: Scenario) -> str:
    parts = ", ".join(episode.name for episode in scenario.episodes) or "none"
    return f"no setting {name!r} in scenario {scenario.name!r}, whose interventions and shocks are {parts}"


def _factor(written: FactorText, setting: Setting) -> Factor:
    """Return a range of numbers or of whole numbers, or choices, as the setting asks."""
    if written.ends is None:
        return Choices(written.choices)
    low, high = map(float, written.ends)
    if setting.kind == "choice":
        raise InputError(f"{setting.name}: allowed are choices among {setting.allowed}, not the range [{low}, {high}]")
    if setting.kind == "integer":
        if not (low.is_integer() and high.is_integer()):
            raise InputError(f"{setting.name} takes whole numbers, not the range [{low}, {high}]")
        return Integers(int(low), int(high))
    return Range(low, high)
