"""The two tables of the evidence, `findings.yaml` and `targets.yaml`: read once, looked up by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trustsim.errors import InputError, did_you_mean
from trustsim.evidence.schema import Entry, Finding, Role, Target

__all__ = ["ASSUMPTION", "FINDINGS", "TARGETS", "cited", "finding", "findings", "read_table", "target", "targets"]

FINDINGS: Final = Path(__file__).with_name("findings.yaml")
TARGETS: Final = Path(__file__).with_name("targets.yaml")
ASSUMPTION: Final = "assumption"
"""What is cited where there is no finding."""

_Kind = TypeVar("_Kind", bound=Entry)


@cache
def findings() -> Mapping[str, Finding]:
    """Return every finding by its key: ``"B1"``."""
    return MappingProxyType(read_table(FINDINGS, Finding))


@cache
def _all_targets() -> Mapping[str, Target]:
    return MappingProxyType(read_table(TARGETS, Target))


def targets(role: Role | None = None) -> Mapping[str, Target]:
    """Return the targets by id, ``"V1"``: all of them, or those of one role."""
    if role is None:
        return _all_targets()
    return MappingProxyType({key: each for key, each in _all_targets().items() if each.role == role})


def finding(key: str) -> Finding:
    """Return a finding by key.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    if key not in findings():
        raise InputError(f"no finding {key!r}{did_you_mean(key, findings())}")
    return findings()[key]


def cited(keys: Iterable[str]) -> dict[str, Finding]:
    """Return the findings that somebody cites, without assumptions.

    Raises
    ------
    InputError
        As `finding`.
    """
    return {key: finding(key) for key in keys if key != ASSUMPTION}


def target(key: str) -> Target:
    """Return a target by id.

    Raises
    ------
    InputError
        If there is none; the message names the nearest.
    """
    if key not in targets():
        raise InputError(f"no target {key!r}{did_you_mean(key, targets())}")
    return targets()[key]


def read_table(path: Path, kind: type[_Kind]) -> dict[str, _Kind]:
    """Read a YAML file of entries by key.

    Raises
    ------
    InputError
        With line and column of everything that is wrong.
    """
    try:  # twice as fast as the reader that remembers places, which nobody asks for as long as all is right
        return _entries(YAML(typ="safe", pure=True).load(path), kind)
    except (OSError, UnicodeDecodeError, YAMLError, ValidationError):
        return _read_with_places(path, kind)


def _entries(data: Any, kind: type[_Kind]) -> dict[str, _Kind]:
    return TypeAdapter(dict[str, kind]).validate_python(data)  # type: ignore[valid-type] # a class, known at run time


def _read_with_places(path: Path, kind: type[_Kind]) -> dict[str, _Kind]:
    from trustsim.scenario.document import Address, read_document
    from trustsim.scenario.messages import explain

    def owner(address: Address, _: Mapping[str, Any]) -> type[BaseModel]:
        return kind.holds[str(address[1])] if len(address) > 3 else kind

    document = read_document(path)
    try:
        return _entries(document.data, kind)
    except ValidationError as error:
        raise explain(error, document, owner) from None
