"""Scenarios: what is in force in which weeks of which hospital, as YAML files and as objects."""

from trustsim.scenario.difference import difference
from trustsim.scenario.document import read_value
from trustsim.scenario.json_schema import json_schema
from trustsim.scenario.load import (
    load_baseline,
    load_scenario,
    scenario_names,
    scenarios_folder,
    sharing_parameters,
)
from trustsim.scenario.parameter_set import ParameterSet, find_parameter_set
from trustsim.scenario.schema import Scenario
from trustsim.scenario.settings import settings_of, shared_settings, with_settings

__all__ = [
    "ParameterSet",
    "Scenario",
    "difference",
    "find_parameter_set",
    "json_schema",
    "load_baseline",
    "load_scenario",
    "read_value",
    "scenario_names",
    "scenarios_folder",
    "settings_of",
    "shared_settings",
    "sharing_parameters",
    "with_settings",
]
