"""The hospital in which worlds happen: an organization, and the luck that fills it with people and events."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from trustsim import parameters
from trustsim.draws import check_seed
from trustsim.organization import Organization, check, generate
from trustsim.scenario import Scenario
from trustsim.worlds.engine import WeeksOfLuck

__all__ = ["Hospital", "hospital_of", "open_hospital"]


@dataclass(frozen=True, slots=True)
class Hospital:
    """An organization, and the luck that fills it with people and events."""

    organization: Organization
    luck: WeeksOfLuck
    seed: int
    hospital_seed: int


def open_hospital(
    scenario: Scenario, seed: int, *, organization: Organization | None = None, hospital_seed: int | None = None
) -> Hospital:
    """Return the hospital in which a scenario happens.

    Parameters
    ----------
    scenario : Scenario
        Says the size of the hospital, and perhaps its seed.
    seed : int
        Of the events; of the people and ties too, unless another is given here or in the scenario.
    organization : Organization, optional
        A hospital to use instead of a generated one.
    hospital_seed : int, optional

    Raises
    ------
    InputError
        A seed that is none, or an organization that cannot be one.
    """
    seed = check_seed(seed)
    chosen = scenario.organization_seed if hospital_seed is None else check_seed(hospital_seed)
    of_people = seed if chosen is None else chosen
    if organization is None:
        organization = generate(scenario.sizes, seed=of_people)
    else:
        check(organization)
    return Hospital(organization, WeeksOfLuck(seed, of_people, organization), seed, of_people)


def hospital_of(scenario: Scenario, organization: Organization | None = None) -> Hashable:
    """Return what decides in which hospital a scenario happens: equal for scenarios that can share one.

    An organization that is given in place of generated ones makes sizes irrelevant; a seed that the scenario fixes is
    not.
    """
    if organization is not None:
        return (organization.digest, scenario.organization_seed)
    sizes = {name: known.default for name, known in parameters.REGISTER.items() if known.group == "organization"}
    sizes |= {f"organization.{name}": size for name, size in scenario.sizes.items()}
    return (*sizes.items(), scenario.organization_seed)
