"""What becomes of the sign of an effect elsewhere: the rows of the table of `robustness`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from trustsim.comparison import Effect
from trustsim.evidence.odd.tables import table
from trustsim.interventions.mission import Expectation

HERE = "defaults"


def sign(effect: Effect) -> int:
    """Return 1 or -1 if an interval is clear of zero, else 0."""
    return int(np.sign(effect.difference)) if effect.is_clear else 0


@dataclass(frozen=True)
class Row:
    """What came of the headline effect of one intervention; the columns of the table."""

    intervention: str
    scenario: str
    measure: str
    weeks: str
    effect: float
    low: float
    high: float
    smallest: float
    smallest_in: str
    largest: float
    largest_in: str
    flips: str
    lost: str
    plausible: int
    plausible_same: int
    plausible_lost: int
    plausible_flipped: int
    verdict: str = ""


def row(
    intervention: str, one: Expectation, here: Effect, others: Mapping[str, Effect], vectors: Sequence[Effect]
) -> Row:
    """Return how an effect at the defaults compares with itself elsewhere, by name, and under plausible vectors."""
    way = sign(here)
    by_size = sorted({HERE: here, **others}.items(), key=lambda item: item[1].difference)
    flips = [name for name, effect in others.items() if way and sign(effect) == -way]
    lost = [name for name, effect in others.items() if sign(effect) == 0]
    signs = [sign(effect) for effect in vectors]
    first, end = one.weeks
    found = Row(
        intervention=intervention,
        scenario=one.scenario,
        measure=one.measure,
        weeks=f"{first} to {end}",
        effect=here.difference,
        low=here.low,
        high=here.high,
        smallest=by_size[0][1].difference,
        smallest_in=by_size[0][0],
        largest=by_size[-1][1].difference,
        largest_in=by_size[-1][0],
        flips="; ".join(flips),
        lost="; ".join(lost),
        plausible=len(vectors),
        plausible_same=sum(each == way for each in signs) if way else 0,
        plausible_lost=signs.count(0),
        plausible_flipped=signs.count(-way) if way else 0,
    )
    return replace(found, verdict=_verdict(found, way, signs))


def _verdict(found: Row, way: int, signs: Sequence[int]) -> str:
    if way == 0:
        of_vectors = f"{signs.count(1)} of {len(signs)} vectors raise it, {signs.count(-1)} lower it"
        return f"cannot be told from zero at the defaults; {of_vectors}"
    flipped = [found.flips] if found.flips else []
    lost = [found.lost] if found.lost else []
    flipped += [f"{found.plausible_flipped} of {found.plausible} plausible vectors"] if found.plausible_flipped else []
    lost += [f"{found.plausible_lost} of {found.plausible} plausible vectors"] if found.plausible_lost else []
    said = [f"{what}: {'; '.join(where)}" for what, where in (("flips", flipped), ("lost", lost)) if where]
    return ". ".join(said) or f"{'raises' if way > 0 else 'lowers'} it everywhere"


def as_csv(rows: Sequence[Row], calibration: str) -> str:
    """Return the table as CSV, with the digest of the calibration's set in its last column."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*Row.__dataclass_fields__, "calibration"])
    for each in rows:
        cells = (getattr(each, name) for name in Row.__dataclass_fields__)
        writer.writerow([f"{cell:.4g}" if isinstance(cell, float) else cell for cell in cells] + [calibration])
    return text.getvalue()


def as_markdown(rows: Sequence[Row], calibration: str, replicates: int) -> str:
    """Return the table for readers."""
    said = [
        (
            f"`{each.intervention}`" + ("" if each.scenario == each.intervention else f" in `{each.scenario}`"),
            f"`{each.measure}`" + ("" if each.weeks == "78 to 104" else f", weeks {each.weeks}"),
            f"{each.effect:.3g} ({each.low:.3g} to {each.high:.3g})",
            f"{each.smallest:.3g} ({each.smallest_in})",
            f"{each.largest:.3g} ({each.largest_in})",
            f"{each.plausible_same} of {each.plausible}",
            each.verdict,
        )
        for each in rows
    ]
    columns = ("intervention", "measure", "at the defaults (95 %)", "smallest", "largest", "vectors alike", "verdict")
    return f"""\
# Do the effects of interventions keep their sign?

Written by `python experiments/verification/robustness.py --calibration FOLDER`, whose first lines say what is compared;
{replicates} hospitals each. Calibration: set {calibration}. `robustness.csv` has the same, and more.

*Flips*: clear of zero on the other side. *Lost*: the interval holds zero. *Vectors alike*: plausible vectors under
which the sign is clear, and that of the defaults.

{table(columns, said)}
"""
