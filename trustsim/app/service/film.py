"""A film of a hospital: how everybody is in every week of one replicate, small enough to play in a browser.

A frame has a byte for each position and channel: 0 to 250 for a value from 0 to 1, 255 where there is none. The curves
and tables have the exact numbers; the film is for the eye.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, ROLES, SILOS, TIE_KINDS
from trustsim.rules.feeling import burned_out
from trustsim.scenario import Scenario
from trustsim.simulation import Hospital, Week, every_week, trust_of_ties

__all__ = ["CHANNELS", "MISSING", "Film", "cast", "film", "side_by_side"]

CHANNELS: Final = ("trust", "exhaustion", "safety", "state")
"""Trust across silos, exhaustion, psychological safety; and 0 in place, 1 burned out, 2 vacant."""
MISSING: Final = 255
_TOP: Final = 250
IN_PLACE, BURNED_OUT, VACANT = 0, 1, 2


@dataclass(frozen=True, eq=False)  # equal only to itself, so that nothing compares arrays
class Film:
    """Every week of one replicate.

    Attributes
    ----------
    frames : (W, weeks, channels, n) uint8
        W worlds: as it is shot, baseline and scenario.
    labels : tuple of str
        Of the positions.
    cast : str
        Who is in it (`cast`), as JSON.
    """

    frames: NDArray[np.uint8]
    labels: tuple[str, ...]
    cast: str

    @property
    def weeks(self) -> int:
        """How many weeks it has."""
        return int(self.frames.shape[1])

    @cached_property
    def encoded(self) -> str:
        """All frames as base64, in C order."""
        return base64.b64encode(self.frames.tobytes()).decode("ascii")


def film(scenarios: Sequence[Scenario], hospital: Hospital, *, weeks: int) -> Film:
    """Film worlds side by side, baseline first."""
    organization = hospital.organization
    frames = np.full((len(scenarios), weeks, len(CHANNELS), organization.n), MISSING, dtype=np.uint8)
    across = np.flatnonzero(organization.cross)
    for week in every_week(scenarios, hospital, weeks=weeks):
        _expose(frames[:, week.number], week, organization, across)
    return Film(frames, organization.labels, json.dumps(cast(organization), separators=(",", ":")))


def side_by_side(worlds: Sequence[tuple[Film, int]]) -> Film:
    """Return a film of worlds of several films of the same hospital.

    Parameters
    ----------
    worlds : sequence of (Film, int)
        Each film with the number of the world in it.
    """
    first, _ = worlds[0]
    return Film(np.stack([each.frames[world] for each, world in worlds]), first.labels, first.cast)


def cast(organization: Organization) -> dict[str, Any]:
    """Return who is in the film as plain data: roles, units, leaders, ties and names; lists are by position."""
    return {
        "labels": list(organization.labels),
        "role": organization.role.tolist(),
        "unit": organization.unit.tolist(),
        "leader": organization.leader.tolist(),
        "units": list(organization.unit_names),
        "roles": list(ROLES),
        "silo": [SILOS[0] if role < len(CLINICAL) else SILOS[1] for role in organization.role],
        "truster": organization.truster.tolist(),
        "trustee": organization.trustee.tolist(),
        "kind": organization.kind.tolist(),
        "kinds": list(TIE_KINDS),
    }


def _expose(frame: NDArray[np.uint8], week: Week, organization: Organization, across: NDArray[np.intp]) -> None:
    """Fill the (W, channels, n) frame of a week."""
    people = week.after.people
    staffed = people.staffed > 0.0
    trust = trust_of_ties(week.after, across, organization, week.values)
    both = staffed[organization.truster[across]] & staffed[organization.trustee[across]]
    for world in range(frame.shape[0]):
        there = staffed[:, world]
        trusters = organization.truster[across][both[:, world]]
        total = np.bincount(trusters, weights=trust[both[:, world], world], minlength=organization.n)
        number = np.bincount(trusters, minlength=organization.n)
        mean = np.divide(total, number, out=np.full(organization.n, np.nan), where=number > 0)
        for channel, values in enumerate((mean, people.exhaustion[:, world], people.safety[:, world])):
            frame[world, channel] = _bytes(np.where(there, values, np.nan))
        feelings = zip(people.exhaustion[:, world], people.cynicism[:, world], strict=True)
        burned = [burned_out(exhaustion, cynicism) > 0.0 for exhaustion, cynicism in feelings]
        frame[world, -1] = np.where(there, np.where(burned, BURNED_OUT, IN_PLACE), VACANT)


def _bytes(values: NDArray[np.float64]) -> NDArray[np.uint8]:
    scaled = np.rint(np.clip(np.nan_to_num(values), 0.0, 1.0) * _TOP)
    return np.where(np.isnan(values), MISSING, scaled).astype(np.uint8)
