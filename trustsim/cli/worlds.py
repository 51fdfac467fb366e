"""Which two worlds a command compares, once its options are taken into account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustsim.errors import InputError

if TYPE_CHECKING:
    from trustsim.organization import Organization
    from trustsim.scenario import Scenario

__all__ = ["parse_settings", "real_hospital", "two_worlds"]

_MOST_TOLD: Final = 3


def parse_settings(given: Iterable[str]) -> dict[str, object]:
    """Return what ``--set name=value`` says.

    Raises
    ------
    InputError
        If there is no ``=``, a name comes twice, or a value is no plain YAML.
    """
    from trustsim.scenario import read_value

    settings: dict[str, object] = {}
    for text in given:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not name:
            raise InputError(f"--set {text}: write NAME=VALUE, such as --set listening_tour.follow_through=0.2")
        if name in settings:
            raise InputError(f"--set {text}: {name} is set twice")
        try:
            settings[name] = read_value(value)
        except InputError as error:
            raise InputError(f"--set {text}: {error.what}") from None
    return settings


def two_worlds(
    name: str, baseline: str | None = None, settings: Mapping[str, object] | None = None
) -> tuple[Scenario, Scenario]:
    """Return the scenario and what it is compared with.

    What the settings change in the baseline too is what `trustsim.scenario.shared_settings` says.

    Parameters
    ----------
    name : str
        Name or path of the scenario.
    baseline : str, optional
        Name or path of another baseline than the scenario's own.
    settings : mapping of str to value, optional
        As `trustsim.scenario.with_settings`.

    Raises
    ------
    InputError
        If a scenario or a setting is wrong.
    """
    from trustsim.scenario import load_baseline, load_scenario, shared_settings, sharing_parameters, with_settings

    settings = settings or {}
    given = load_scenario(name)
    against = load_baseline(given) if baseline is None else sharing_parameters(load_scenario(baseline), given)
    scenario = with_settings(given, settings)
    shared = shared_settings(settings, given, against)
    changes = {setting: value for setting, value in settings.items() if setting in shared}
    scenario = _titled(scenario, {setting: value for setting, value in settings.items() if setting not in shared})
    return scenario, with_settings(against, {**changes, "weeks": scenario.weeks})


def _titled(scenario: Scenario, own: Mapping[str, object]) -> Scenario:
    """Return the scenario under a title that says what was set in it: its own may promise what is no longer there."""
    if not own:
        return scenario
    told = [f"{setting} = {value}" for setting, value in own.items()]
    more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
    title = f"{scenario.title or scenario.name} ({', '.join(told[:_MOST_TOLD])}{more})"
    return scenario.model_copy(update={"title": title})


def real_hospital(path: Path, settings: Mapping[str, object]) -> Organization:
    """Return the hospital of ``--org``.

    Raises
    ------
    InputError
        If it cannot be read, or a setting changes the size of a generated hospital, of which nothing would come.
    """
    from trustsim.roster import read_organization

    sizes = [name for name in settings if name.startswith("organization.") and name != "organization.seed"]
    if sizes:
        raise InputError(f"--set {sizes[0]} changes a generated hospital, and --org gives a real one; leave one out")
    return read_organization(path)
