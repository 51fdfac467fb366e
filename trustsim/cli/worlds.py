"""Which two worlds a command compares, once its options are taken into account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from trustsim.errors import InputError

if TYPE_CHECKING:
    from trustsim.scenario import Scenario

__all__ = ["parse_settings", "two_worlds"]


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

    Settings of interventions, what leaders choose, change the scenario alone. All others (parameters, the organization,
    shocks, the horizon) say what the world is like, so they change both; else the difference would be theirs.

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
    from trustsim.scenario import load_baseline, load_scenario, with_settings

    settings = settings or {}
    given = load_scenario(name)
    if baseline is not None:
        against = load_scenario(baseline)
    else:
        against = given if given.baseline == given.name else load_baseline(given)
    scenario = with_settings(given, settings)
    chosen = {intervention.name for intervention in given.interventions}
    not_shared = chosen | ({shock.name for shock in given.shocks} - {shock.name for shock in against.shocks})
    shared = {setting: value for setting, value in settings.items() if setting.partition(".")[0] not in not_shared}
    return scenario, with_settings(against, {**shared, "weeks": scenario.weeks})
