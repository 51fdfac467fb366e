"""Ties that are recorded: lists of ties, dotted lines, contacts; which kind of the model's each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.errors import did_you_mean
from trustsim.organization.roles import CLINICAL, ROLES, TIE_KINDS, role_code, tie_code
from trustsim.roster.columns import Fields
from trustsim.roster.findings import Findings
from trustsim.roster.staff import Staff
from trustsim.roster.tables import Table

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LINE_UP", "Recorded", "kinds_of_contacts", "read_ties"]

LINE_UP: Final = "line"
_CONTACT: Final = "contact"
_LAYERS: Final = {
    **dict.fromkeys(("line", "reports_to", "reports to", "reporting", "manager", "solid", "supervised by"), LINE_UP),
    **dict.fromkeys(("manages", "leads", "supervises"), "leads"),
    **dict.fromkeys(
        ("", "contact", "contacts", "works_with", "works with", "committee", "mentors", "dotted", "dotted line",
         "advice", "communication", "collaboration", "friendship", "knows", "undirected", "directed"),
        _CONTACT,
    ),
    **{kind: kind for kind in TIE_KINDS if kind != "line"},
}  # fmt: skip
_MOST_TOLD: Final = 1000


class Recorded:
    """Ties between rows of the staff.

    Attributes
    ----------
    frame : pandas.DataFrame
        ``source``, ``target`` (rows), ``layer``: a kind of tie, ``"line"`` (source reports to target) or ``"contact"``.
    dotted : list of tuple of int
        Pairs of rows that a dotted line joins.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.dotted: list[tuple[int, int]] = []

    def lines(self) -> list[tuple[int, int]]:
        """Return who reports to whom."""
        chosen = self.frame[self.frame["layer"] == LINE_UP]
        return list(zip(chosen["source"].tolist(), chosen["target"].tolist(), strict=True))

    def ties(self) -> pd.DataFrame:
        """Return the other ties."""
        return self.frame[self.frame["layer"] != LINE_UP]


def read_ties(table: Table | None, fields: Fields | None, staff: Staff, findings: Findings) -> Recorded:
    """Return the ties of a table, between people who are in the staff."""
    import pandas as pd

    if table is None or fields is None:
        return Recorded(pd.DataFrame({"source": [], "target": [], "layer": []}).astype({"source": int, "target": int}))
    cells = fields.cells
    for end in ("source", "target"):
        if end not in cells:
            findings.error(
                "no column",
                f"no column {end}",
                "name the ends of ties source and target",
                table.path,
                table.layout.header_row or 0,
            )
    if not {"source", "target"} <= set(cells):
        return read_ties(None, None, staff, findings)
    rows = {key: row for row, key in zip(staff.frame.index, staff.frame["key"], strict=True)}
    ends = {end: cells[end].str.casefold().map(rows) for end in ("source", "target")}
    missing = ends["source"].isna() | ends["target"].isna()
    for number, at in enumerate(np.flatnonzero(missing.to_numpy())[:_MOST_TOLD].tolist()):
        name = next(cells[end].iloc[at] for end in ends if np.isnan(ends[end].iloc[at]))
        hint = did_you_mean(name, staff.frame["id"]) if number < 3 else ""
        findings.error(
            "unknown person",
            f"nobody among the people has the id {name!r}, an end of a tie{hint}",
            "add them, mend the id, or remove the tie",
            table.path,
            table.lines[at],
        )
    layer = _layers(cells, table, findings)
    known = pd.DataFrame({**ends, "layer": layer})[~missing & (ends["source"] != ends["target"])]
    known = known.astype({"source": int, "target": int})
    turned = known["layer"] == "leads"
    known.loc[turned, ["source", "target"]] = known.loc[turned, ["target", "source"]].to_numpy()
    known.loc[turned, "layer"] = LINE_UP
    return Recorded(known[known["layer"] != "down"])


def _layers(cells: pd.DataFrame, table: Table, findings: Findings) -> pd.Series[str]:
    import pandas as pd

    if "layer" not in cells:
        return pd.Series(_CONTACT, index=cells.index)
    written = cells["layer"].str.casefold()
    for name in written.unique():
        if name not in _LAYERS:
            at = int(np.flatnonzero((written == name).to_numpy())[0])
            findings.warn(
                "unknown layer",
                f"no layer {name!r}{did_you_mean(name, _LAYERS)}",
                f"it counts as contact; layers are reports_to, dotted, works_with, {', '.join(TIE_KINDS[1:])}",
                table.path,
                table.lines[at],
            )
    layer = written.map(_LAYERS).fillna(_CONTACT)
    if "to_leader" in cells:  # our own graphs have lines both ways; this tells which way is up
        points_up = cells["to_leader"].str.casefold().isin(["true", "1"])
        layer = layer.mask((layer == LINE_UP) & ~points_up, "down")
    return layer


def kinds_of_contacts(one: NDArray[np.int8], other: NDArray[np.int8], same_unit: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return which kind of tie a contact is, by the roles of its ends and whether they are of one unit.

    Clinicians of one unit are peers, of different units consult each other; a chief and a manager or director have a
    liaison; a clinician and a manager deal in operations; the front line's tie to a director or an executive, which the
    model knows only as latent, is social; administrators are peers.

    Parameters
    ----------
    one, other : (n,) int8 array
        Codes of roles.
    same_unit : (n,) bool array
    """
    clinical = np.array([role in CLINICAL for role in ROLES])
    kind = np.full(len(one), tie_code("social"), np.int8)
    both = clinical[one] & clinical[other]
    kind[both & same_unit] = tie_code("peer")
    kind[both & ~same_unit] = tie_code("consult")
    kind[~clinical[one] & ~clinical[other]] = tie_code("peer")
    for first, second in ((one, other), (other, one)):
        kind[clinical[first] & (second == role_code("manager"))] = tie_code("operations")
    for first, second in ((one, other), (other, one)):
        of_administration = np.isin(second, (role_code("manager"), role_code("director")))
        kind[(first == role_code("chief")) & of_administration] = tie_code("liaison")
    return kind
