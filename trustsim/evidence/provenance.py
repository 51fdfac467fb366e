"""Where the values of the parameters come from: how many are published, calibrated, backed in direction, assumed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from trustsim.evidence.schema import Finding
from trustsim.evidence.tables import cited
from trustsim.parameters import REGISTER, Parameter
from trustsim.scenario.parameter_set import shipped_parameter_set

__all__ = ["STANDINGS", "Basis", "Provenance", "Standing", "basis", "provenance"]

Standing = Literal["calibrated", "sourced", "derived", "direction", "assumed"]

STANDINGS: Final[dict[Standing, str]] = {
    "calibrated": "fitted to published targets, where what is cited leaves room",
    "sourced": "the default is a number of a cited finding, in the same unit",
    "derived": "worked out from numbers of the cited findings, or set in their light",
    "direction": "an assumed number, whose sign findings support",
    "assumed": "nothing published is cited",
}
"""What each standing of a parameter means."""

_ROUNDING: Final = 0.02  # defaults are written with two digits: 2.6 for 2.57


class Basis(NamedTuple):
    """What a parameter's default rests on.

    Attributes
    ----------
    standing : {"calibrated", "sourced", "derived", "direction", "assumed"}
        `STANDINGS` tells what they mean.
    grade : str
        Best letter of the findings that give it this standing; "" if they have none.
    """

    standing: Standing
    grade: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the values of all parameters come from.

    Attributes
    ----------
    counts : mapping of str to mapping of str to int
        Parameters by standing, then by grade: A, B, C, or none.
    unconfirmed : tuple of str
        Parameters that rest on nothing but findings from memory.
    """

    counts: Mapping[Standing, Mapping[str, int]]
    unconfirmed: tuple[str, ...]


def basis(parameter: Parameter) -> Basis:
    """Return what a parameter's default rests on.

    Raises
    ------
    InputError
        If it cites a finding that is not there; see `wrong_citations`.
    """
    known = cited(parameter.source).values()
    if parameter.name in shipped_parameter_set().reference:
        return Basis("calibrated", _best_grade([*known, *cited(parameter.direction).values()]))
    published = [finding for finding in known if _publishes(finding, parameter)]
    if published:
        return Basis("sourced", _best_grade(published))
    numbered = [finding for finding in known if finding.numbers]
    if numbered:
        return Basis("derived", _best_grade(numbered))
    signs = [*known, *cited(parameter.direction).values()]
    return Basis("direction", _best_grade(signs)) if signs else Basis("assumed", "")


def provenance() -> Provenance:
    """Return where the values of all parameters come from.

    Raises
    ------
    InputError
        If one cites a finding that is not there; see `wrong_citations`.
    """
    counts: dict[Standing, Counter[str]] = {standing: Counter() for standing in STANDINGS}
    unconfirmed = []
    for name, parameter in REGISTER.items():
        standing, grade = basis(parameter)
        counts[standing][grade or "none"] += 1
        known = cited(parameter.source).values()
        if known and all(finding.certainty == "memory" for finding in known):
            unconfirmed.append(name)
    return Provenance({each: dict(sorted(counter.items())) for each, counter in counts.items()}, tuple(unconfirmed))


def _publishes(finding: Finding, parameter: Parameter) -> bool:
    return any(
        number.value is not None
        and number.certainty != "derived"
        and number.unit == parameter.unit
        and abs(parameter.default - number.value) <= _ROUNDING * abs(number.value)
        for number in finding.numbers
    )


def _best_grade(graded: Iterable[Finding]) -> str:
    return min((finding.grade[0] for finding in graded if finding.grade), default="")
