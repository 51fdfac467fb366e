"""Turn what pydantic found wrong into sentences that teach: where, what was found, what is allowed, the nearest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trustsim.errors import InputError, did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS
from trustsim.interventions.base import Episode
from trustsim.interventions.setting import declared
from trustsim.scenario.document import Address, Document
from trustsim.scenario.schema import Scenario

__all__ = ["explain", "sentences"]


def explain(
    error: ValidationError,
    document: Document,
    owner_of: Callable[[Address, Mapping[str, Any]], type[BaseModel]] | None = None,
) -> InputError:
    """Return everything that is wrong with a file as one error, placed at the first of them.

    Parameters
    ----------
    error : pydantic.ValidationError
        From validating ``document.data``.
    document : Document
    owner_of : callable, optional
        Tells, from an address and the document's data, the class that declares what stands there; by default that of a
        scenario file.
    """
    owner_of = _owner if owner_of is None else owner_of
    found = []
    for detail in error.errors(include_url=False):
        address = tuple(detail["loc"])
        owner = owner_of(address, document.data)
        found.append(document.error(_sentence(detail, owner), address, key=_is_about_key(detail)))
    found.sort(key=lambda one: (str(one.path) != str(document.path), one.line or 0, one.column or 0))
    first, *others = found
    return InputError("\n".join([first.what, *map(str, others)]), path=first.path, line=first.line, column=first.column)


def sentences(error: ValidationError, model: type[BaseModel], prefix: str = "") -> list[str]:
    """Return what is wrong with the fields of one model, each called by its name after `prefix`."""
    return [_sentence(detail, model, prefix) for detail in error.errors(include_url=False)]


def _is_about_key(detail: ErrorDetails) -> bool:
    return detail["type"] in {"extra_forbidden", "unknown_key"}


def _owner(address: Address, data: Mapping[str, Any]) -> type[BaseModel]:
    """Return the class that declares what stands at an address."""
    if len(address) > 2 and address[0] in {"interventions", "shocks"}:
        kind = data[str(address[0])][address[1]]["kind"]
        registry: Mapping[str, type[Episode]] = INTERVENTIONS if address[0] == "interventions" else SHOCKS
        return registry.get(str(kind), Episode)
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
        return f"{found}: allowed is {declared(owner, [name])[0].allowed}"
    return f"{found}: it should be {detail['msg'].removeprefix('Input should ').removeprefix('be ')}"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."
