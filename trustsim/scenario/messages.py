"""Turn what pydantic found wrong into sentences that teach: where, what was found, what is allowed, the nearest name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.interventions.base import Episode
from trustsim.scenario.document import Address, Document
from trustsim.scenario.schema import Scenario

__all__ = ["explain", "explain_episode"]


def explain(error: ValidationError, document: Document) -> InputError:
    """Return everything that is wrong with a scenario file as one error, placed at the first of them.

    Parameters
    ----------
    error : pydantic.ValidationError
        From validating ``document.data`` as a `Scenario`.
    document : Document
    """
    found = []
    for detail in error.errors(include_url=False):
        address = tuple(detail["loc"])
        owner = _owner(address, document.data)
        found.append(document.error(_sentence(detail, owner), address, key=_is_about_key(detail)))
    found.sort(key=lambda one: (str(one.path) != str(document.path), one.line or 0, one.column or 0))
    first, *others = found
    return InputError("\n".join([first.what, *map(str, others)]), path=first.path, line=first.line, column=first.column)


def explain_episode(error: ValidationError, episode: Episode) -> InputError:
    """Return what is wrong with new settings of an episode, in its own words."""
    sentences = [_sentence(detail, type(episode), f"{episode.name}.") for detail in error.errors(include_url=False)]
    return InputError("\n".join(sentences))


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] in {"extra_forbidden", "unknown_key"}


def _owner(address: Address, data: Mapping[str, Any]) -> type[BaseModel]:
    """Return the class that declares what stands at an address."""
    if len(address) > 2 and address[0] in {"interventions", "shocks"}:
        kind = data[str(address[0])][address[1]]["kind"]
        registry: Mapping[str, type[Episode]] = INTERVENTIONS if address[0] == "interventions" else SHOCKS
        return registry.get(kind, Episode)
    return Scenario


def _sentence(detail: ErrorDetails, owner: type[BaseModel], prefix: str = "") -> str:
    if detail["type"] in {"refused", "unknown_key"}:
        return detail["msg"]
    name = next((str(part) for part in reversed(detail["loc"]) if isinstance(part, str)), "")
    if detail["type"] == "extra_forbidden":
        hint = did_you_mean(name, owner.model_fields) or f"; there are {', '.join(owner.model_fields)}"
        return f"unknown key {prefix}{name}{hint}"
    if detail["type"] == "missing":
        return f"{prefix}{name} is missing"
    found = f"{prefix}{name} = {_shown(detail['input'])}"
    if detail["type"] == "value_error":
        return f"{prefix}{name} {detail['ctx']['error']}, not {_shown(detail['input'])}"
    field = owner.model_fields.get(name)
    if field is not None and isinstance(field.json_schema_extra, dict):
        return f"{found}: allowed is {_allowed(field)}"
    message = detail["msg"].removeprefix("Input should ").removeprefix("be ")
    return f"{found}: it should be {message}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _allowed(field: FieldInfo) -> str:
    """Return what may be written for a declared parameter."""
    choices = get_args(field.annotation)
    if choices:
        return " or ".join(map(str, choices))
    bounds = {
        name: bound
        for part in field.metadata
        for name in ("ge", "le")
        if (bound := getattr(part, name, None)) is not None
    }
    kind = "a whole number" if field.annotation is int else "a number"
    extra: Any = field.json_schema_extra
    return f"{kind} from {bounds['ge']:g} to {bounds['le']:g} ({extra['unit']})"
