"""The patterns that the model is held against, its results, and the mechanisms suspected behind the misses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ruamel.yaml import YAML

import trustsim
from trustsim.evidence.schema import Part, Target
from trustsim.evidence.tables import targets

__all__ = ["MISSES", "RESULTS", "ROOT", "Pattern", "misses", "patterns", "results"]

ROOT: Final = Path(trustsim.__file__).parents[1]
"""The checkout; in an installed package the documents do without what lies outside it."""
RESULTS: Final = ROOT / "experiments" / "verification" / "validation.json"
"""What ``trustsim validate --json`` wrote."""
MISSES: Final = Path(__file__).parents[1] / "misses.yaml"

_UNJUDGED: Final[Mapping[str, Any]] = MappingProxyType({"pass": None, "value": None, "se": None, "no_measure": None})


class Pattern(NamedTuple):
    """One part of a target, and how the model does.

    Attributes
    ----------
    key : str
        Of target and part: ``"V7.whole"``.
    target : Target
    part : Part
    result : mapping
        Its row of `RESULTS`.
    """

    key: str
    target: Target
    part: Part
    result: Mapping[str, Any] = _UNJUDGED

    @property
    def is_missed(self) -> bool:
        """Whether the model has a value, and it is not near enough."""
        return self.result["pass"] is False and self.result["no_measure"] is None

    @property
    def verdict(self) -> str:
        """Whether the model comes near enough."""
        if self.result["no_measure"] is not None:
            return "not in the model"
        return {True: "pass", False: "**miss**"}.get(self.result["pass"], "not judged yet")


def patterns() -> list[Pattern]:
    """Return all parts of all targets, in the order of the table."""
    rows = {f"{row['id']}.{row['part']}": row for row in results().get("rows", ())}
    return [
        Pattern(f"{key}.{name}", target, part, rows.get(f"{key}.{name}", _UNJUDGED))
        for key, target in targets().items()
        for name, part in target.parts.items()
    ]


@cache
def results() -> Mapping[str, Any]:
    """Return `RESULTS`: rows by part, targets passed by role, seeds; empty if nothing was validated yet."""
    if not RESULTS.exists():
        return {}
    document: Mapping[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return document


@cache
def misses() -> Mapping[str, str]:
    """Return the mechanism suspected behind each miss, by target and part."""
    explained: Mapping[str, str] = YAML(typ="safe", pure=True).load(MISSES)
    return explained
