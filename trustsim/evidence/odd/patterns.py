"""The patterns that the model is held against, today's results, and the mechanisms suspected behind the misses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
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


class Pattern(NamedTuple):
    """One part of a target, and how the model does.

    Attributes
    ----------
    key : str
        Of target and part: ``"V7.whole"``.
    target : Target
    part : Part
    result : mapping
        Its row of `RESULTS`; empty if there is none.
    """

    key: str
    target: Target
    part: Part
    result: Mapping[str, Any]

    @property
    def verdict(self) -> str:
        """Whether the model comes near enough."""
        if not self.result:
            return "not judged yet"
        return {True: "pass", False: "**miss**"}.get(self.result["pass"], "not in the model")


def patterns() -> list[Pattern]:
    """Return all parts of all targets, in the order of the table."""
    found = results()
    return [
        Pattern(f"{key}.{name}", target, part, found.get(f"{key}.{name}", {}))
        for key, target in targets().items()
        for name, part in target.parts.items()
    ]


@cache
def results() -> Mapping[str, Mapping[str, Any]]:
    """Return the rows of `RESULTS` by target and part; none if nothing was validated yet."""
    if not RESULTS.exists():
        return {}
    document = json.loads(RESULTS.read_text(encoding="utf-8"))
    return {row["id"]: row for row in document["targets"]}


@cache
def misses() -> Mapping[str, str]:
    """Return the mechanism suspected behind each miss, by target and part."""
    explained: Mapping[str, str] = YAML(typ="safe", pure=True).load(MISSES)
    return explained
