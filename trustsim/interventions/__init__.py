"""Interventions and shocks: what leaders choose and what happens to the hospital, as contributions to the levers.

`INTERVENTIONS` and `SHOCKS` are the registry: a kind that is not named here does not exist for scenario files.
"""

from __future__ import annotations

from typing import Final

from trustsim.interventions.base import Episode, Hours, Intervention, Shock
from trustsim.interventions.care_management import CareManagement
from trustsim.interventions.communication import Storytelling, TransparentCommunication
from trustsim.interventions.conflict import ConflictResolution
from trustsim.interventions.decisions import AutocraticDecisions, SharedGovernance
from trustsim.interventions.development import LeadershipTraining, ProfessionalDevelopment
from trustsim.interventions.dyads import DyadLeadership
from trustsim.interventions.feedback import AnonymousSurvey, Huddles, PulseChecks
from trustsim.interventions.gatherings import InformalSocials, TownHall
from trustsim.interventions.listening import ListeningCampaign, ListeningTour
from trustsim.interventions.metrics import MetricWalkthrough, SharedDashboard
from trustsim.interventions.patients import (
    ContinuityOfCare,
    CulturalAwareness,
    PatientTrustTraining,
    PlainLanguage,
    SharedDecisionMaking,
    WelcomingEnvironment,
)
from trustsim.interventions.plan import LeverPlan, compile_plan
from trustsim.interventions.purpose import SharedValues, TrustChallenge
from trustsim.interventions.quality import OperationalExcellence, PhysicianChampion, QualityImprovementTeam
from trustsim.interventions.recognition import Recognition
from trustsim.interventions.repair import TrustRepair
from trustsim.interventions.roles import RoleShadowing
from trustsim.interventions.setting import Setting
from trustsim.interventions.shocks import BudgetCut, Crisis, DemandSurge, HiringFreeze
from trustsim.interventions.styles import LeadershipStyle
from trustsim.interventions.upheavals import BreachOfTrust, LeaderDeparture, Merger, Neglect, OrganizationalChange
from trustsim.interventions.workload import ResilienceTraining, StaffingRelief

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
    # listening and being heard
    "listening_tour": ListeningTour,
    "listening_campaign": ListeningCampaign,
    "huddles": Huddles,
    "anonymous_survey": AnonymousSurvey,
    "pulse_checks": PulseChecks,
    "conflict_resolution": ConflictResolution,
    # telling and meeting
    "transparent_communication": TransparentCommunication,
    "town_hall": TownHall,
    "informal_socials": InformalSocials,
    "storytelling": Storytelling,
    "metric_walkthrough": MetricWalkthrough,
    "shared_dashboard": SharedDashboard,
    # purpose, roles and growth
    "shared_values": SharedValues,
    "role_shadowing": RoleShadowing,
    "trust_challenge": TrustChallenge,
    "recognition": Recognition,
    "professional_development": ProfessionalDevelopment,
    "trust_repair": TrustRepair,
    # leading and deciding
    "dyad_leadership": DyadLeadership,
    "leadership_style": LeadershipStyle,
    "leadership_training": LeadershipTraining,
    "shared_governance": SharedGovernance,
    "autocratic_decisions": AutocraticDecisions,
    # the work itself
    "quality_improvement_team": QualityImprovementTeam,
    "operational_excellence": OperationalExcellence,
    "physician_champion": PhysicianChampion,
    "staffing_relief": StaffingRelief,
    "resilience_training": ResilienceTraining,
    # the patient side
    "care_management": CareManagement,
    "plain_language": PlainLanguage,
    "welcoming_environment": WelcomingEnvironment,
    "cultural_awareness": CulturalAwareness,
    "shared_decision_making": SharedDecisionMaking,
    "continuity_of_care": ContinuityOfCare,
    "patient_trust_training": PatientTrustTraining,
}

SHOCKS: Final[dict[str, type[Shock]]] = {
    "crisis": Crisis,
    "demand_surge": DemandSurge,
    "budget_cut": BudgetCut,
    "hiring_freeze": HiringFreeze,
    "organizational_change": OrganizationalChange,
    "breach_of_trust": BreachOfTrust,
    "leader_departure": LeaderDeparture,
    "merger": Merger,
    "neglect": Neglect,
}
