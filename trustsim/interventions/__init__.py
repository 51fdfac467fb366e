"""Interventions and shocks: what leaders choose and what happens to the hospital, as contributions to the levers.

`INTERVENTIONS` and `SHOCKS` are the registry: a kind that is not named here does not exist for scenario files.
"""

from __future__ import annotations

from typing import Final

from trustsim.interventions.base import Episode, Hours, Intervention, Setting, Shock
from trustsim.interventions.listening import ListeningTour
from trustsim.interventions.plan import LeverPlan, compile_plan

__all__ = [
    "INTERVENTIONS",
    "SHOCKS",
    "Episode",
    "Hours",
    "Intervention",
    "LeverPlan",
    "Setting",
    "Shock",
    "compile_plan",
]

INTERVENTIONS: Final[dict[str, type[Intervention]]] = {
    "listening_tour": ListeningTour,
}

SHOCKS: Final[dict[str, type[Shock]]] = {}
