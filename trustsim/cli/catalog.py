"""What there is, by kind and name, as plain data: what `trustsim list` and `trustsim show` tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from trustsim.interventions import Episode
    from trustsim.scenario import Scenario

__all__ = ["KINDS", "Kind", "describe_scenario"]

Record = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of things that have names.

    Attributes
    ----------
    singular : str
    columns : tuple of str
        Fields that a list shows.
    names : callable
        Returns all names.
    describe : callable
        Returns all there is to say of one, by name.
    """

    singular: str
    columns: tuple[str, ...]
    names: Callable[[], tuple[str, ...]]
    describe: Callable[[str], Record]


def describe_scenario(scenario: Scenario) -> Record:
    """Return a scenario with all that it inherits spelled out, and what sets it apart from its baseline."""
    from trustsim.scenario import difference, load_baseline

    is_own_baseline = scenario.baseline == scenario.name
    return {
        "name": scenario.name,
        "title": scenario.title,
        "sources": list(scenario.sources),
        "extends": scenario.extends,
        "baseline": scenario.baseline,
        "weeks": scenario.weeks,
        "burn_in": scenario.burn_in,
        "interventions": [episode.model_dump(mode="json") for episode in scenario.interventions],
        "shocks": [episode.model_dump(mode="json") for episode in scenario.shocks],
        "parameters": dict(scenario.parameters),
        "organization": dict(scenario.organization),
        "differs_from_baseline": [] if is_own_baseline else difference(load_baseline(scenario), scenario),
    }


def _scenario_names() -> tuple[str, ...]:
    from trustsim.scenario import scenario_names

    return scenario_names()


def _scenario(name: str) -> Record:
    from trustsim.scenario import load_scenario

    return describe_scenario(load_scenario(name))


def _intervention_names() -> tuple[str, ...]:
    from trustsim.interventions import INTERVENTIONS, SHOCKS

    return (*INTERVENTIONS, *SHOCKS)


def _intervention(name: str) -> Record:
    from trustsim.interventions import INTERVENTIONS, SHOCKS, Intervention

    of_all: dict[str, type[Episode]] = {**INTERVENTIONS, **SHOCKS}
    episode = of_all[name]
    example, own = episode(), Record()
    if issubclass(episode, Intervention):
        own = {"takes": _takes(example), "cooldown_weeks": episode.cooldown, "backfires": episode.backfires}
    return {
        "name": name,
        "type": "intervention" if own else "shock",
        "title": episode.title,
        "meaning": (episode.__doc__ or "").strip(),
        "sources": list(episode.sources),
        "evidence": list(episode.evidence),
        **own,
        "levers": sorted({part.lever for week in range(example.weeks) for part in example.contributions(week, 1)}),
        "settings": [setting._asdict() for setting in episode.settings()],
    }


def _takes(episode: Episode) -> Record:
    """Return what an episode takes in a mean week, at its default settings, in all units of the default hospital."""
    from trustsim import parameters

    units, weeks = int(parameters.lookup("organization.units").default), range(episode.weeks)
    hours = [episode.hours(week, units) for week in weeks]
    return {
        "executive_hours": fmean(each.executives for each in hours),
        "leader_hours": fmean(each.leaders for each in hours),
        "hours_per_clinician": fmean(each.staff for each in hours),
        "thousand_dollars": fmean(episode.dollars(week, units) for week in weeks),
        "in_units": units,
    }


def _parameter_names() -> tuple[str, ...]:
    from trustsim import parameters

    return parameters.NAMES


def _parameter(name: str) -> Record:
    from trustsim import parameters
    from trustsim.evidence import STANDINGS, basis

    parameter = parameters.lookup(name)
    record, standing = asdict(parameter), basis(parameter).standing
    rests = {"standing": standing, "rests_on": STANDINGS[standing]}
    return {**record, "source": list(record["source"]), "direction": list(record["direction"]), **rests}


def _measure_names() -> tuple[str, ...]:
    from trustsim.measures import MEASURES

    return tuple(MEASURES)


def _measure(name: str) -> Record:
    from trustsim.measures import HEADLINE, NAMES, lookup

    record = asdict(lookup(name))
    parts = [other for other in NAMES if other.startswith(f"{name}.")] if record.pop("by_role") else []
    return {**record, "headline": name in HEADLINE, "by_role": parts}


def _lever_names() -> tuple[str, ...]:
    from trustsim.levers import NAMES

    return NAMES


def _lever(name: str) -> Record:
    from trustsim.levers import LEVERS

    record = asdict(LEVERS[name])
    rule = record.pop("rule")
    return {**record, "combined_by": rule, "moved_by": list(_moved_by(name))}


def _moved_by(lever: str) -> Iterator[str]:
    return (name for name in _intervention_names() if lever in _intervention(name)["levers"])


KINDS: Final[dict[str, Kind]] = {
    "scenarios": Kind("scenario", ("name", "title"), _scenario_names, _scenario),
    "interventions": Kind("intervention", ("name", "type", "title"), _intervention_names, _intervention),
    "parameters": Kind("parameter", ("name", "default", "low", "high", "unit"), _parameter_names, _parameter),
    "measures": Kind("measure", ("name", "unit", "meaning"), _measure_names, _measure),
    "levers": Kind("lever", ("name", "meaning"), _lever_names, _lever),
}
