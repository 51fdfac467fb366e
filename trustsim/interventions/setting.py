"""Settings: what may be set to more or less, with range, unit and meaning, as the lists, sliders and sweeps show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args

from annotated_types import Ge, Le
from pydantic import BaseModel, Field

__all__ = ["Setting", "declared", "parameter"]

Kind = Literal["choice", "integer", "number"]


class Setting(NamedTuple):
    """One thing that may be set.

    Attributes
    ----------
    name : str
    kind : {"choice", "integer", "number"}
        Whether it takes one of some words, whole numbers or any number.
    default : float or str
    low, high : float or None
        Range that is allowed; none for a choice.
    unit, meaning : str
    choices : tuple of str
        The words that a choice takes.
    """

    name: str
    kind: Kind
    default: float | str
    low: float | None
    high: float | None
    unit: str
    meaning: str
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What may be written for it, in words."""
        if self.kind == "choice":
            return " or ".join(self.choices)
        number = "a whole number" if self.kind == "integer" else "a number"
        return f"{number} from {self.low:g} to {self.high:g} ({self.unit})"


def parameter(
    default: float | str, unit: str, meaning: str, *, low: float | None = None, high: float | None = None
) -> Any:
    """Declare a field of a pydantic model as a setting."""
    return Field(default=default, ge=low, le=high, description=meaning, json_schema_extra={"unit": unit})


def declared(model: type[BaseModel], names: Iterable[str]) -> tuple[Setting, ...]:
    """Return fields of a model that `parameter` declared, in the order of `names`."""
    return tuple(_setting(model, name) for name in names)


def _setting(model: type[BaseModel], name: str) -> Setting:
    field = model.model_fields[name]
    extra: Any = field.json_schema_extra
    low: Any = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), None)
    high: Any = next((bound.le for bound in field.metadata if isinstance(bound, Le)), None)
    choices = get_args(field.annotation)  # of a Literal; a plain type has none
    kind: Kind = "choice" if choices else "integer" if field.annotation is int else "number"
    return Setting(name, kind, field.default, low, high, extra["unit"], field.description or "", choices)
