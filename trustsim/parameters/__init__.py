"""The register of parameters: each constant of the model once, with default, range, unit, source and meaning.

The table is `register.toml`; this module reads it, checks overrides against it and turns them into the vector that both
engines use. Scenario schema, sliders, sweep bounds and the ODD tables are drawn from here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import InputError, did_you_mean

__all__ = ["NAMES", "REGISTER", "Parameter", "check", "lookup", "resolve", "row"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One constant of the model.

    Attributes
    ----------
    name : str
        ``group.name``, with the role or kind of tie as a third part where there is one parameter for each.
    default, low, high : float
        Value, and the range that scenarios and sweeps may use.
    unit : str
        Rates are per week unless this says otherwise.
    source : tuple of str
        Keys of the evidence digest that give the number, or ``("assumption",)``.
    direction : tuple of str
        Keys that support the sign of an assumed number.
    meaning : str
        One sentence.
    kind : {"number", "integer"}
        Whether only whole numbers make sense.
    """

    name: str
    default: float
    low: float
    high: float
    unit: str
    source: tuple[str, ...]
    meaning: str
    kind: str = "number"
    direction: tuple[str, ...] = ()

    @property
    def group(self) -> str:
        """The first part of the name."""
        return self.name.split(".", 1)[0]


def _read() -> dict[str, Parameter]:
    table: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
        files(__package__).joinpath("register.toml").read_text(encoding="utf-8")
    )
    register: dict[str, Parameter] = {}
    for group, entries in table.items():
        for stem, entry in entries.items():
            shared = {key: entry[key] for key in ("unit", "meaning")}
            shared |= {"source": tuple(entry["source"].split(", ")), "kind": entry.get("kind", "number")}
            shared["direction"] = tuple(entry["direction"].split(", ")) if "direction" in entry else ()
            variants = entry.get("by_role") or entry.get("by_tie") or {"": entry["default"]}
            for suffix, default in variants.items():
                name = f"{group}.{stem}.{suffix}" if suffix else f"{group}.{stem}"
                register[name] = Parameter(
                    name, float(default), low=float(entry["low"]), high=float(entry["high"]), **shared
                )
    return register


REGISTER: Final[dict[str, Parameter]] = _read()
NAMES: Final[tuple[str, ...]] = tuple(REGISTER)
_ROWS: Final[dict[str, int]] = {name: number for number, name in enumerate(NAMES)}
# The four weights of trust are shares of a whole; sweeping one of them must not make trust exceed 1.
_TRUST_WEIGHTS: Final = [name for name in NAMES if name.startswith("trust.weight_")]


def lookup(name: str) -> Parameter:
    """Return a parameter by name.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    try:
        return REGISTER[name]
    except KeyError:
        raise InputError(f"unknown parameter {name!r}{did_you_mean(name, NAMES)}") from None


def row(name: str) -> int:
    """Return the position of a parameter in the vector of `resolve`: the row of the worlds engine's table."""
    return _ROWS[lookup(name).name]


def check(name: str, value: object) -> float:
    """Return the value of an override if the register allows it.

    Raises
    ------
    InputError
        Unknown name, not a number, not whole where it must be, or out of range.
    """
    parameter = lookup(name)
    if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)) or value != value:
        raise InputError(f"{name} is a number ({parameter.unit}), not {value!r}")
    if not parameter.low <= value <= parameter.high:
        raise InputError(f"{name} = {value!r} is outside {parameter.low:g} to {parameter.high:g} ({parameter.unit})")
    if parameter.kind == "integer" and value != int(value):
        raise InputError(f"{name} is a whole number ({parameter.unit}), not {value:g}")
    return float(value)


@cache
def _defaults() -> NDArray[np.float64]:
    return np.array([parameter.default for parameter in REGISTER.values()], dtype=np.float64)


def resolve(overrides: Mapping[str, object]) -> NDArray[np.float64]:
    """Return the values of all parameters in the order of `NAMES`.

    The weights of trust are scaled to sum to 1.

    Parameters
    ----------
    overrides : mapping of str to number
        Values that replace defaults; each is checked.

    Returns
    -------
    (len(NAMES),) float64 array

    Raises
    ------
    InputError
        As `check`.
    """
    values = _defaults().copy()
    for name, value in overrides.items():
        values[_ROWS[lookup(name).name]] = check(name, value)
    rows = [_ROWS[name] for name in _TRUST_WEIGHTS]
    whole = 0.0
    for number in rows:  # in the order of the table: the sum must be the same everywhere
        whole += float(values[number])
    for number in rows:
        values[number] = values[number] / whole
    return values
