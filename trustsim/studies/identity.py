"""Whether a folder holds this very study, a smaller one that grows into it, or another one, and what differs then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import trustsim
from trustsim.errors import InputError
from trustsim.studies.durable import read_json
from trustsim.studies.study import Study

__all__ = ["MANIFEST", "claim", "read_manifest"]

MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_SHOWN: Final = 8
_FREE: Final = (
    "question", "expect", "study", "scenario.name", "scenario.title", "scenario.sources", "scenario.digest",
)  # fmt: skip
"""What may change without changing any number, and what only repeats what else has changed."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a study's folder.

    Raises
    ------
    InputError
        If it is no such folder.
    """
    if not (folder / MANIFEST).is_file():
        raise InputError(f"is no folder of a study: it has no {MANIFEST}", path=folder)
    manifest = read_json(folder / MANIFEST)
    if manifest.get("kind") != "study":
        raise InputError("is not the manifest of a study", path=folder / MANIFEST)
    if manifest.get("format") != _FORMAT:
        found = manifest.get("format")
        raise InputError(f"has format {found!r}; this version of trustsim reads {_FORMAT}", path=folder / MANIFEST)
    return manifest


def claim(study: Study, folder: Path) -> None:
    """Make sure that a folder is free for a study, holds it, or holds a part that it extends.

    A study may grow, in replicates or in points, where the points that there were stay the first of the new ones.

    Raises
    ------
    InputError
        If it holds something else; the message says what differs.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError("is a file; a study needs a folder of its own", path=folder)
    if not (folder / MANIFEST).exists():
        if any(not path.name.startswith(".") for path in folder.iterdir()):
            raise InputError("is not empty and holds no study; name another folder", path=folder)
        return
    manifest = read_manifest(folder)
    changes = list(_changes(manifest["study"], study.describe()))
    if manifest["identity"] != study.identity and not changes:
        then = manifest["environment"]["trustsim"]
        changes = [f"the model: trustsim {then} then, {trustsim.__version__} with other code now"]
    grows = study.points.digest(manifest["design"]["rows"]) == manifest["design"]["digest"]
    if not grows and not changes:
        changes = ["the points of its design, which this version of trustsim samples otherwise"]
    same = manifest["identity"] == study.identity and len(manifest["seeds"]) <= study.replicates
    if not (same and grows):
        shown = changes[:_SHOWN] + ([f"{len(changes) - _SHOWN} more"] if len(changes) > _SHOWN else [])
        raise InputError(
            f"holds another study, {manifest['study']['study']}; what differs: {'; '.join(shown)}. Name another "
            "folder, or change the file back. Only replicates may grow, and n of a Sobol or Morris design",
            path=folder,
        )


def _changes(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Yield what differs between two studies, in words."""
    old, new = dict(_flat(then)), dict(_flat(now))
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name) and name.replace("baseline.", "scenario.") not in _FREE:
            yield f"{name} was {_shown(old, name)}, is {_shown(new, name)}"


def _flat(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, each in value.items():
        if isinstance(each, Mapping):
            yield from _flat(each, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", list(each) if isinstance(each, tuple) else each


def _shown(values: Mapping[str, Any], name: str) -> str:
    text = repr(values[name]) if name in values else "not there"
    return text if len(text) <= 60 else f"{text[:57]}..."
