"""The JSON Schema (2020-12) of scenario files: what editors complete and underline while one is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import models_json_schema

from trustsim import parameters
from trustsim.interventions import INTERVENTIONS, SHOCKS, Episode
from trustsim.scenario.parameter_set import FROM, SHIPPED
from trustsim.scenario.schema import ORGANIZATION, Scenario

__all__ = ["json_schema"]


def json_schema() -> dict[str, Any]:
    """Return the schema, drawn from the registry of interventions and the register of parameters."""
    schema = Scenario.model_json_schema()
    definitions: dict[str, Any] = {}
    for key, registry in (("interventions", INTERVENTIONS), ("shocks", SHOCKS)):
        schema["properties"][key]["items"] = _one_of(registry, definitions)
    by_name = {name: _number(name) for name in parameters.NAMES}
    sizes = {name.removeprefix(ORGANIZATION): by_name.pop(name) for name in parameters.NAMES if _is_size(name)}
    seed = {"type": "integer", "minimum": 0, "description": "Fixes the hospital's people and ties."}
    by_name[FROM] = {
        "type": "string",
        "description": f"A set of plausible parameters: {SHIPPED}, or the path of one that trustsim calibrate wrote.",
    }
    for key, properties in (("parameters", by_name), ("organization", {**sizes, "seed": seed})):
        schema["properties"][key] |= {"properties": properties, "additionalProperties": False}
    schema["required"] = []  # the name defaults to that of the file
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": definitions}


def _is_size(name: str) -> bool:
    return name.startswith(ORGANIZATION)


def _one_of(registry: Mapping[str, type[Episode]], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one entry, and add those of its kinds to `definitions`."""
    references, made = models_json_schema([(kind, "validation") for kind in registry.values()])
    definitions |= made["$defs"]
    for kind in registry.values():
        definition = definitions[kind.__name__]
        definition |= {"required": ["kind"], "title": kind.title}
    return {"oneOf": [references[kind, "validation"] for kind in registry.values()]}


def _number(name: str) -> dict[str, Any]:
    known = parameters.REGISTER[name]
    return {
        "type": known.kind,
        "minimum": known.low,
        "maximum": known.high,
        "default": known.default,
        "description": f"{known.meaning} ({known.unit}; {', '.join(known.source)})",
    }
