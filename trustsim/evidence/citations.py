"""Whether all that is cited is there: by the parameters, the interventions, the findings and the targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from trustsim.errors import did_you_mean
from trustsim.evidence.tables import ASSUMPTION, FINDINGS, TARGETS, findings, targets
from trustsim.parameters import REGISTER

if TYPE_CHECKING:
    from trustsim.scenario.document import Address, Document

__all__ = ["Citation", "citations", "wrong_citations"]


class Citation(NamedTuple):
    """Something that names a finding or a measure.

    Attributes
    ----------
    by, key : str
        What cites, and what is cited.
    path : Path, optional
        The file of the evidence in which it stands, at `address`; the model's own citations have none.
    address : tuple of str and int
    """

    by: str
    key: str
    path: Path | None = None
    address: Address = ()


def citations() -> Iterator[Citation]:
    """Return everything that cites a finding; assumptions cite none."""
    from trustsim.interventions import INTERVENTIONS, SHOCKS

    for name, parameter in REGISTER.items():
        keys = (*parameter.source, *parameter.direction)
        yield from (Citation(f"parameter {name}", key) for key in keys if key != ASSUMPTION)
    for what, registry in (("intervention", INTERVENTIONS), ("shock", SHOCKS)):
        for name, episode in registry.items():
            yield from (Citation(f"{what} {name}", key) for key in episode.evidence if key != ASSUMPTION)
    for name, finding in findings().items():
        for number, key in enumerate(finding.see):
            yield Citation(f"finding {name}", key, FINDINGS, (name, "see", number))
    for name, target in targets().items():
        for number, key in enumerate(target.basis):
            yield Citation(f"target {name}", key, TARGETS, (name, "basis", number))


def wrong_citations() -> list[str]:
    """Return a sentence for each finding or measure that is named and not there, with the nearest that is.

    What stands in a file of the evidence comes with line and column.
    """
    from trustsim.measures import NAMES

    return [*_missing(citations(), findings(), "finding"), *_missing(_measures(), NAMES, "measure")]


def _measures() -> Iterator[Citation]:
    for key, target in targets().items():
        for name, part in target.parts.items():
            if part.measure is not None:
                yield Citation(f"target {key}", part.measure, TARGETS, (key, "parts", name, "measure"))


def _missing(cited: Iterable[Citation], known: Iterable[str], kind: str) -> Iterator[str]:
    names = list(known)
    for citation in cited:
        if citation.key not in names:
            what = f"{citation.by}: no {kind} {citation.key!r}{did_you_mean(citation.key, names)}"
            path = citation.path
            yield what if path is None else str(_places(path).error(what, citation.address))


@cache
def _places(path: Path) -> Document:
    """Return where things stand in a file; slow, so only once something is wrong."""
    from trustsim.scenario.document import read_document

    return read_document(path)
