"""Scenarios as they ship, each read once: every page offers them all, and reading them takes longer than the rest."""

from __future__ import annotations

from functools import cache

from trustsim.errors import InputError
from trustsim.scenario import Scenario, load_scenario, scenario_names

__all__ = ["scenario_titles", "shipped_scenario"]


@cache
def shipped_scenario(name: str) -> Scenario:
    """Return a scenario as it ships.

    Parameters
    ----------
    name : str
        Never a path.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    if name not in scenario_names():
        raise InputError(f"no scenario {name!r} is shipped")
    return load_scenario(name)


def scenario_titles() -> dict[str, str]:
    """Return what each shipped scenario is called, by its name."""
    return {name: shipped_scenario(name).title or name for name in scenario_names()}
