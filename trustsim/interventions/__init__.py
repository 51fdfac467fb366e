"""Interventions and shocks: what leaders choose and what happens to the hospital, as contributions to the levers.

`INTERVENTIONS` and `SHOCKS` are the registry: a kind that is not named here does not exist for scenario files.
"""

from __future__ import annotations

from typing import Final

from trustsim.interventions.base import Episode, Hours, Intervention, Shock
from trustsim.interventions.decisions import AutocraticDecisions, SharedGovernance
from trustsim.interventions.dyads import DyadLeadership
from trustsim.interventions.gatherings import TownHall
from trustsim.interventions.listening import ListeningTour
from trustsim.interventions.plan import LeverPlan, compile_plan
from trustsim.interventions.recognition import Recognition
from trustsim.interventions.setting import Setting
from trustsim.interventions.shocks import Crisis, DemandSurge

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
    "recognition": Recognition,
    "town_hall": TownHall,
    "dyad_leadership": DyadLeadership,
    "shared_governance": SharedGovernance,
    "autocratic_decisions": AutocraticDecisions,
}

SHOCKS: Final[dict[str, type[Shock]]] = {
    "crisis": Crisis,
    "demand_surge": DemandSurge,
}
