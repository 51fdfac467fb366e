"""What a game starts from: a situation that a team inherits, the role that it has, and the luck of its hospital."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, TypeVar

from trustsim.draws import check_seed, replicate_seed
from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS, Episode, Intervention, Shock
from trustsim.interventions.base import LONGEST
from trustsim.scenario import Scenario
from trustsim.simulation import Hospital, open_hospital

__all__ = [
    "BEFORE", "MODES", "ORGANIZATION", "QUARTERS", "ROLES", "SITUATIONS", "WEEKS", "Event", "Mode", "Role", "Setup",
    "Situation", "first_week", "table",
]  # fmt: skip

_Kind = TypeVar("_Kind", bound=Episode)
Mode = Literal["practice", "assessed"]
MODES: Final = ("practice", "assessed")
WEEKS: Final = 13
"""Weeks of a quarter."""
QUARTERS: Final = 12
BEFORE: Final = WEEKS
"""Weeks that are recorded before the team comes, so that it sees where the hospital stands and comes from."""
ORGANIZATION: Final[Mapping[str, int]] = MappingProxyType({"units": 8})
"""A hospital of 159 people, which a laptop simulates while a class looks on."""


class Event(NamedTuple):
    """What is announced when a quarter (0 is the first) is to be decided."""

    quarter: int
    text: str


@dataclass(frozen=True, slots=True)
class Situation:
    """What a team inherits, and what happens to the hospital whatever the team does.

    Attributes
    ----------
    key, title, briefing : str
    events : tuple of Event
    shocks : tuple of Shock
    inherited : tuple of Intervention
        What others do; one ends when the team starts a move of the same kind.
    """

    key: str
    title: str
    briefing: str
    events: tuple[Event, ...]
    shocks: tuple[Shock, ...]
    inherited: tuple[Intervention, ...]

    def announced(self, quarter: int) -> tuple[str, ...]:
        """Return what is announced when a quarter is to be decided."""
        return tuple(event.text for event in self.events if event.quarter == quarter)


@dataclass(frozen=True, slots=True)
class Role:
    """Who the team is, what it may do, and what it may spend in a quarter.

    Attributes
    ----------
    key, title, brief : str
    leader_hours : float
        Hours of executives, chiefs, managers and directors.
    money : float
        Thousand dollars.
    moves : tuple of str
        Keys of `trustsim.game.MOVES`.
    """

    key: str
    title: str
    brief: str
    leader_hours: float
    money: float
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setup:
    """What all teams of a class share: situation, role, luck and rules.

    Parameters
    ----------
    situation, role : str
        Keys of `SITUATIONS` and `ROLES`.
    seed : int
        Of the hospital and of its luck; teams with the same seed have the same of both.
    mode : {"practice", "assessed"}
        Whether a team may take a turn back and start anew.

    Raises
    ------
    InputError
        A name that there is not, with the nearest one, or a seed that is none.
    """

    situation: str
    role: str
    seed: int = 1
    mode: Mode = "practice"

    def __post_init__(self) -> None:
        """Refuse what does not exist."""
        for what, name, known in (
            ("situation", self.situation, SITUATIONS),
            ("role", self.role, ROLES),
            ("mode", self.mode, MODES),
        ):
            if name not in known:
                raise InputError(f"no {what} {name!r}{did_you_mean(name, known) or '; there are ' + ', '.join(known)}")
        check_seed(self.seed)

    def hospital(self, replicate: int = 0) -> Hospital:
        """Return the hospital of the game (replicate 0), or one with other people and other luck.

        They are those of ``trustsim run`` and `trustsim.compare` with this seed.
        """
        scenario = Scenario(name="hospital", organization=dict(ORGANIZATION))
        return open_hospital(scenario, replicate_seed(self.seed, replicate))


def first_week(quarter: int) -> int:
    """Return the week of the scenario (after burn-in) in which a quarter starts; quarter 0 is the first decided."""
    return BEFORE + quarter * WEEKS


@cache
def table(name: str) -> dict[str, Any]:
    """Return a data file of this room."""
    return tomllib.loads(files("trustsim.game").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _situation(key: str, written: dict[str, Any]) -> Situation:
    return Situation(
        key=key,
        title=written["title"],
        briefing=written["briefing"],
        events=tuple(Event(**event) for event in written.get("events", ())),
        shocks=tuple(_episode(SHOCKS, shock) for shock in written.get("shocks", ())),
        inherited=tuple(_episode(INTERVENTIONS, episode) for episode in written.get("inherited", ())),
    )


def _episode(registry: Mapping[str, type[_Kind]], written: dict[str, Any]) -> _Kind:
    """Return an episode that is written with its quarter and the week in it in place of its start."""
    settings = {name: value for name, value in written.items() if name not in {"quarter", "week"}}
    start = first_week(written["quarter"]) + written.get("week", 0)
    settings = {"weeks": LONGEST - start, "name": settings["kind"], **settings, "start": start}
    return registry[written["kind"]].model_validate(settings)


SITUATIONS: Final[Mapping[str, Situation]] = MappingProxyType(
    {key: _situation(key, written) for key, written in table("situations").items()}
)
ROLES: Final[Mapping[str, Role]] = MappingProxyType(
    {
        key: Role(key, moves=tuple(written["moves"]), **{name: written[name] for name in written if name != "moves"})
        for key, written in table("roles").items()
    }
)
