"""What was learned from the studies that ship: their questions, and what their summaries found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from ruamel.yaml import YAML

from trustsim.evidence.odd.patterns import ROOT
from trustsim.evidence.odd.tables import table

if TYPE_CHECKING:
    from trustsim.studies.summaries import Summary

__all__ = ["Analysis", "analyses"]

_CLEAR: Final = "distinguishable from zero"
_MOST: Final = 5
"""Factors told for each measure; the summary has all."""


class Analysis(NamedTuple):
    """A study that ships.

    Attributes
    ----------
    path, question : str
        Its file in the checkout, and what it asks.
    page : str
        Its summary in the checkout; "" if there is none, or one of a study file that changed since.
    size : str
        How many points and replicates were run.
    indices : str
        Of a Sobol study: a table of what matters most; else "".
    """

    path: str
    question: str
    page: str = ""
    size: str = ""
    indices: str = ""


def analyses() -> Iterator[Analysis]:
    """Yield the studies that ship, by file."""
    from trustsim.studies.summaries import read_summaries

    summaries = {summary.name: summary for summary in read_summaries(ROOT / "experiments" / "summaries")}
    for file in sorted((ROOT / "experiments").glob("*.yaml")):
        study = YAML(typ="safe", pure=True).load(file)
        told = Analysis(file.relative_to(ROOT).as_posix(), " ".join(str(study["question"]).split()))
        summary = summaries.get(study["study"])
        if summary is not None and summary.is_of(file):
            page = (summary.folder / "summary.txt").relative_to(ROOT).as_posix()
            size = f"{summary.manifest['points']:,} points, {summary.manifest['replicates']} replicates"
            told = told._replace(page=page, size=size, indices=_indices(summary))
        yield told


def _indices(summary: Summary) -> str:
    """Return the largest total indices for each measure of a Sobol study, those clear of zero only."""
    if summary.manifest["method"] != "sobol":
        return ""
    effects = summary.effects()
    total = effects[(effects["order"] == "total") & (effects["verdict"] == _CLEAR)]
    rows = [
        (f"`{measure}`", f"`{row['factor']}`", f"{row['estimate']:.3g}", f"{row['low']:.3g} to {row['high']:.3g}")
        for measure in summary.manifest["measures"]
        for row in total[total["measure"] == measure].nlargest(_MOST, "estimate").to_dict("records")
    ]
    return table(("measure", "factor", "total index", "95 % interval"), rows)
