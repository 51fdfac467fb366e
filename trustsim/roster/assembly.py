"""From positions and ties by row to an organization: order, pseudonyms, ties that are read and ties that are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from trustsim.organization import Organization, Position, Tie, build
from trustsim.organization.checks import allowed_roles
from trustsim.organization.roles import ROLES, TIE_KINDS, role_code, tie_code
from trustsim.roster.account import Account
from trustsim.roster.completion import People, complete
from trustsim.roster.contacts import Recorded, kinds_of_contacts
from trustsim.roster.mapping import Guide
from trustsim.roster.privacy import pseudonyms
from trustsim.roster.staff import Staff

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["assemble"]

_OFFICES: Final = ("CEO", "CMO", "CNO", "COO", "CFO", "")
_CANONICAL: Final = ("executive", "director", "chief", "manager", *ROLES[:4])
_Ends = NDArray[np.int64]


class _Ties:
    """Directed ties, of which the first from one person to another counts."""

    def __init__(self, n: int) -> None:
        self.n, self.codes, self.kinds = n, np.zeros(0, np.int64), np.zeros(0, np.int64)

    def add(self, one: _Ends, other: _Ends, kind: NDArray[np.int64] | int, *, both_ways: bool = True) -> None:
        """Add ties that are not there yet."""
        kinds = np.broadcast_to(kind, one.shape)
        ends = [one * self.n + other, other * self.n + one] if both_ways else [one * self.n + other]
        codes = np.concatenate([self.codes, *ends])
        kinds = np.concatenate([self.kinds, *([kinds] * len(ends))])
        self.codes, first = np.unique(codes, return_index=True)
        self.kinds = kinds[first]
        apart = self.codes // self.n != self.codes % self.n
        self.codes, self.kinds = self.codes[apart], self.kinds[apart]


def assemble(
    staff: Staff, placed: pd.DataFrame, recorded: Recorded, guide: Guide,
    account: Account, seed: int,
) -> Organization:  # fmt: skip
    """Return the organization of placed people; how many ties were made goes into the account.

    Parameters
    ----------
    staff, placed
        People of the export, and positions (`trustsim.roster.placement`).
    recorded : Recorded
        Ties between rows of the staff.
    guide : Guide
        Says which kinds of ties to make where none are recorded.
    account : Account
    seed : int
        Of the ties that are made.
    """
    frame = _in_order(staff, placed)
    units = {name: number for number, name in enumerate(dict.fromkeys(frame.loc[frame["unit"] != "", "unit"]))}
    role = np.array([role_code(name) for name in frame["role"]], np.int8)
    unit = np.array([units.get(name, len(units)) for name in frame["unit"]], np.int64)
    leader = frame["leader"].to_numpy(np.int64)
    ties, led = _Ties(len(frame)), np.flatnonzero(leader >= 0)
    ties.add(led, leader[led], tie_code("line"))
    place_of = np.full(len(staff.frame) + 1, -1)
    is_person = (frame["source"] >= 0).to_numpy()
    place_of[frame.loc[is_person, "source"]] = np.flatnonzero(is_person)
    _add_recorded(ties, recorded.ties(), place_of, role, unit, both_ways=not staff.is_ours)
    there = {TIE_KINDS[code] for code in np.unique(ties.kinds)}
    _add_dotted(ties, recorded.dotted, place_of, role, unit)
    wanted = [] if staff.is_ours and len(recorded.frame) else [kind for kind in guide.generate if kind not in there]
    people = People(role, unit, leader, frame["office"].tolist(), len(units))
    for kind, pairs in complete(people, wanted, seed=seed).items():
        before = len(ties.codes)
        for one, other in pairs:
            ties.add(one, other, tie_code(kind))
        account.ties[kind] = {"read": 0, "generated": len(ties.codes) - before}
    labels = frame["label"].tolist()
    return build(
        [Position(label, name, of or None, labels[above] if above >= 0 else None)
         for label, name, of, above in zip(labels, frame["role"], frame["unit"], leader.tolist(), strict=True)],
        [Tie(labels[code // ties.n], labels[code % ties.n], TIE_KINDS[kind])
         for code, kind in zip(ties.codes.tolist(), ties.kinds.tolist(), strict=True)],
    )  # fmt: skip


def _in_order(staff: Staff, placed: pd.DataFrame) -> pd.DataFrame:
    """Return positions in canonical order with their labels: executives, directors, then unit by unit."""
    frame = placed.copy()
    names = iter(pseudonyms(staff.frame["id"].loc[placed.loc[placed["source"] >= 0, "source"]]))
    frame["label"] = [
        next(names) if source >= 0 else f"assumed {role} of {unit or 'the hospital'}"
        for source, role, unit in zip(frame["source"], frame["role"], frame["unit"], strict=True)
    ]
    frame["rank"] = frame["role"].map({role: number for number, role in enumerate(_CANONICAL)})
    frame["below"] = frame["leader"] >= 0
    frame["seat"] = frame["office"].map({office: number for number, office in enumerate(_OFFICES)})
    by = ["number"] if staff.is_ours else ["unit", "rank", "below", "seat", "label"]
    frame = frame.sort_values(by, kind="stable")
    new_place = np.empty(len(frame) + 1, np.int64)
    new_place[frame.index] = np.arange(len(frame))
    new_place[-1] = -1  # nobody stays nobody
    return frame.assign(leader=new_place[frame["leader"]]).reset_index(drop=True)


def _add_recorded(
    ties: _Ties, recorded: pd.DataFrame, place_of: _Ends, role: NDArray[np.int8], unit: _Ends, *, both_ways: bool
) -> None:
    """Add recorded ties: those of a kind of the model's that may join the two, others by who they join."""
    one, other = (place_of[recorded[end].to_numpy(np.int64)] for end in ("source", "target"))
    here = (one >= 0) & (other >= 0)
    one, other, layer = one[here], other[here], recorded["layer"].to_numpy()[here]
    kind = kinds_of_contacts(role[one], role[other], unit[one] == unit[other]).astype(np.int64)
    for code, name in enumerate(TIE_KINDS):
        fits = (layer == name) & allowed_roles()[code, role[one], role[other]]
        kind[fits] = code
    ties.add(one, other, kind, both_ways=both_ways)


def _add_dotted(
    ties: _Ties, dotted: list[tuple[int, int]], place_of: _Ends, role: NDArray[np.int8], unit: _Ends
) -> None:
    ends = place_of[np.array(dotted, np.int64).reshape(-1, 2)]
    one, other = ends[(ends >= 0).all(axis=1)].T
    ties.add(one, other, kinds_of_contacts(role[one], role[other], unit[one] == unit[other]).astype(np.int64))
