"""What agents know of the model that they are in, and the base of all agents. The week itself is `trustsim.model`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import mesa

if TYPE_CHECKING:
    from trustsim.agents.position import Position
    from trustsim.agents.tie import Tie
    from trustsim.agents.unit import Unit

__all__ = ["Birth", "Hospital", "Member"]


class Birth(NamedTuple):
    """Luck of birth of one person: a row of `trustsim.organization.people.Births`.

    Attributes
    ----------
    trait : 8 floats on [-1, 1]
        Propensity to trust, exhaustion, cynicism, psychological safety, autonomy, role understanding, alignment,
        feeling valued.
    chance : 2 floats on [0, 1)
        Tenure of the first occupant, whether an administrator sees no problem.
    conduct : 4 floats on [-1, 1]
        What all behaviors have in common, and what they say of ability, benevolence and integrity.
    """

    trait: Sequence[float]
    chance: Sequence[float]
    conduct: Sequence[float]


class Hospital(mesa.Model):
    """The base of `trustsim.model.HospitalModel`: what is common knowledge.

    Attributes
    ----------
    parameters : mapping of str to float
        The register (`trustsim.parameters`), with this hospital's values.
    luck : dict of str to list of tuples of float
        Uniform draws of this week by stream and entity (`trustsim.draws.STREAMS`): ``luck["voice"][position.number]``.
    reputation : float
        What strangers expect of the hospital, 0 to 1; newcomers and beliefs about them start from it.
    positions : list of Position
        In canonical order; ties name their ends by place in this list.
    ties : list of Tie
        In canonical order.
    units : list of Unit
        The units, then the leadership floor.
    """

    parameters: Mapping[str, float]
    luck: dict[str, list[tuple[float, ...]]]
    reputation: float
    positions: list[Position]
    ties: list[Tie]
    units: list[Unit]
    members_so_far = 0

    def birth(self, position: Position) -> Birth:
        """Return the luck of birth of a position's present occupant."""
        raise NotImplementedError  # the model's part: this class is what agents may know of it

    def seat(self, position: Position) -> None:
        """Take note of who is in a position now."""
        raise NotImplementedError


class _Numbers:
    """Numbers the members of a hospital.

    Mesa 3.3 counts agents in a class-level table, which would keep every model alive and start anew in a model that was
    unpickled. Later releases count on the model, as we do here, and do not look at this.
    """

    def __getitem__(self, hospital: Hospital) -> Iterator[int]:
        hospital.members_so_far += 1
        return iter((hospital.members_so_far,))


class Member(mesa.Agent):
    """The base of all agents: a Mesa agent whose model is a hospital."""

    model: Hospital
    _ids = _Numbers()  # type: ignore[assignment]  # see there
