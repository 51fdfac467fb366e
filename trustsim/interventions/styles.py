"""Leadership styles: five presets of conduct and of how decisions are made. Their numbers are in ``styles.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, ClassVar, Literal, NamedTuple, get_args

import numpy as np
from typing_extensions import override

from trustsim.interventions.base import Intervention
from trustsim.interventions.setting import parameter
from trustsim.levers import Contribution
from trustsim.rules.conduct import BEHAVIORS, BELIEFS, informed

__all__ = ["STYLES", "LeadershipStyle", "Style", "style"]

StyleName = Literal["transformational", "servant", "transactional", "autocratic", "dysfunctional"]
STYLES: tuple[StyleName, ...] = get_args(StyleName)


class Style(NamedTuple):
    """One leadership style.

    Attributes
    ----------
    title : str
    shift : dict of str to float
        Change of the conduct that bears on each belief.
    inconsistency, inclusion, explanation, speed, by_administration, exploited : float
        As in ``styles.toml``.
    """

    title: str
    shift: dict[str, float]
    inconsistency: float
    inclusion: float
    explanation: float
    speed: float
    by_administration: float
    exploited: float


@cache
def style(name: StyleName) -> Style:
    """Return a style by name."""
    table: dict[str, Any] = tomllib.loads(files(__package__).joinpath("styles.toml").read_text(encoding="utf-8"))
    given = dict(table[name])
    behaviors = given.pop("behaviors")
    shift = informed(np.array([behaviors[behavior] for behavior in BEHAVIORS])) - table["usual"]
    return Style(shift=dict(zip(BELIEFS, shift.tolist(), strict=True)), **given)


class LeadershipStyle(Intervention):
    """All leaders of the units lead in one style: how they behave, and how they decide."""

    title: ClassVar = "Leadership style"
    sources: ClassVar = ("5.1", "5.2", "5.3")
    evidence: ClassVar = ("D3", "C1", "C2")
    cooldown: ClassVar = 0
    backfires: ClassVar = (
        "Each has its price: kindness can be exploited, rewards buy no trust, command costs morale, inconsistency all."
    )

    kind: Literal["leadership_style"] = "leadership_style"
    style: StyleName = parameter("transformational", "which", "How leaders behave and decide.")
    kindness_exploited: float = parameter(
        0.5, "0 to 1", "How many take kindness for weakness; it costs kind leaders their time.", low=0, high=1
    )

    @override
    def contributions(self, week: int, units: int) -> Iterable[Contribution]:
        """Return the shift of conduct, its inconsistency, and the custom in decisions."""
        chosen = style(self.style)
        return (
            *(Contribution(f"shift.{belief}", shift) for belief, shift in chosen.shift.items()),
            Contribution("inconsistency", chosen.inconsistency),
            Contribution("decision.inclusion_clinicians", chosen.inclusion),
            Contribution("decision.inclusion_administrators", chosen.inclusion),
            Contribution("decision.explanation", chosen.explanation),
            Contribution("decision.speed", chosen.speed),
            Contribution("decision.by_administration", chosen.by_administration),
            # Time that goes to those who ask too much is missing for the concerns of the others.
            Contribution("voice.resolve", -2.0 * chosen.exploited * self.kindness_exploited),
        )
