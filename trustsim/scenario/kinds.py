"""How an entry under ``interventions`` or ``shocks`` becomes an object of the kind that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import PlainValidator, SerializeAsAny, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from trustsim.errors import did_you_mean
from trustsim.interventions import INTERVENTIONS, SHOCKS, Episode, Intervention, Shock

__all__ = ["AnyIntervention", "AnyShock", "refused"]

_Kind = TypeVar("_Kind", bound=Episode)


def refused(problems: Iterable[tuple[tuple[str | int, ...], str]], *, kind: str = "refused") -> ValidationError:
    """Return the error that says what is wrong at which addresses below the field under validation."""
    return ValidationError.from_exception_data(
        "Scenario",
        [
            InitErrorDetails(type=PydanticCustomError(kind, "{what}", {"what": what}), loc=address, input=None)
            for address, what in problems
        ],
    )


def _chosen(what: str, base: type[_Kind], registry: dict[str, type[_Kind]], elsewhere: str) -> Callable[[Any], _Kind]:
    """Return the function that makes an episode of the kind that was written."""

    def choose(value: Any) -> _Kind:
        if isinstance(value, base):
            return value
        if not isinstance(value, Mapping) or "kind" not in value:
            example = f"such as kind: {next(iter(registry))}"
            raise refused([((), f"{what} is given by its kind and its settings, {example}")])
        kind = value["kind"]
        if not isinstance(kind, str) or kind not in registry:
            hint = did_you_mean(kind, registry) or f"; there are {', '.join(registry)}"
            if kind in (*INTERVENTIONS, *SHOCKS):
                hint = f"; it belongs under {elsewhere}"
            raise refused([(("kind",), f"no {what} {kind!r}{hint}")])
        return registry[kind].model_validate(value)

    return choose


AnyIntervention = Annotated[
    SerializeAsAny[Intervention], PlainValidator(_chosen("intervention", Intervention, INTERVENTIONS, "shocks"))
]
AnyShock = Annotated[SerializeAsAny[Shock], PlainValidator(_chosen("shock", Shock, SHOCKS, "interventions"))]
