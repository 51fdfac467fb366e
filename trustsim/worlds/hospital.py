"""The organization as the kernels want it: flat arrays, with members of units and deciding ties in lists."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trustsim.measures import TIE_FIELDS
from trustsim.organization import Organization
from trustsim.organization.roles import CLINICAL, LEADERS, ROLES, tie_code

__all__ = ["TIE_GROUPS", "Hospital", "build"]

# What a tie counts as in measures of trust.
TIE_GROUPS = TIE_FIELDS[:4]


class Hospital(NamedTuple):
    """What the kernels read of an organization; n positions, m ties, u units and one floor for people of no unit.

    Attributes
    ----------
    role, unit, leader, line_tie, executive_tie : (n,) int64
        -1 where there is no leader or tie.
    clinical, leads : (n,) float64
        1.0 for clinicians, for leaders; else 0.0.
    hops : (n,) float64
    truster, trustee, kind, tie_unit, group : (m,) int32 or int8
        `group` is a position in `TIE_GROUPS`.
    cross, decider : (m,) uint8
    first_out, first_in : (n + 1,) int64; in_order : (m,) int32
    first_member : (u + 2,), members : (n,) int64
        Positions of each unit, in order; unit u is the floor.
    first_decider : (u + 2,) int64; deciders : int32
        Ties on which each unit judges decisions, in order.
    chief, manager : (u,) int64
    positions : (u + 1,) float64
        Clinical positions of a unit; all positions of the floor.
    climate : (6, n) float64
        As `trustsim.organization.Organization`.
    """

    role: NDArray[np.int64]
    unit: NDArray[np.int64]
    leader: NDArray[np.int64]
    line_tie: NDArray[np.int64]
    executive_tie: NDArray[np.int64]
    clinical: NDArray[np.float64]
    leads: NDArray[np.float64]
    hops: NDArray[np.float64]
    truster: NDArray[np.int32]
    trustee: NDArray[np.int32]
    kind: NDArray[np.int8]
    tie_unit: NDArray[np.int32]
    group: NDArray[np.int8]
    cross: NDArray[np.uint8]
    first_out: NDArray[np.int64]
    first_in: NDArray[np.int64]
    in_order: NDArray[np.int32]
    first_member: NDArray[np.int64]
    members: NDArray[np.int64]
    first_decider: NDArray[np.int64]
    deciders: NDArray[np.int32]
    chief: NDArray[np.int64]
    manager: NDArray[np.int64]
    positions: NDArray[np.float64]
    climate: NDArray[np.float64]


def build(organization: Organization) -> Hospital:
    """Return the kernels' view of an organization."""
    n_places = organization.n_units + 1
    unit, tie_unit = organization.unit.astype(np.int64), organization.tie_unit
    clinical = organization.role < len(CLINICAL)
    leads = np.isin(organization.role, [ROLES.index(role) for role in LEADERS])
    truster_clinical, trustee_clinical = clinical[organization.truster], clinical[organization.trustee]
    group = np.full(organization.n_ties, TIE_GROUPS.index("other"), dtype=np.int8)
    group[organization.kind == tie_code("peer")] = TIE_GROUPS.index("peers")
    group[truster_clinical & ~trustee_clinical] = TIE_GROUPS.index("clinician_admin")
    group[~truster_clinical & trustee_clinical] = TIE_GROUPS.index("admin_clinician")
    members = np.argsort(unit, kind="stable")
    deciding = np.flatnonzero(organization.decider)
    deciders = deciding[np.argsort(tie_unit[deciding], kind="stable")]
    places = np.arange(n_places + 1)
    counted = clinical | (unit == organization.n_units)
    return Hospital(
        role=organization.role.astype(np.int64),
        unit=unit,
        leader=organization.leader.astype(np.int64),
        line_tie=organization.line_tie.astype(np.int64),
        executive_tie=organization.executive_tie.astype(np.int64),
        clinical=clinical.astype(np.float64),
        leads=leads.astype(np.float64),
        hops=organization.hops.astype(np.float64),
        truster=np.array(organization.truster),
        trustee=np.array(organization.trustee),
        kind=np.array(organization.kind),
        tie_unit=np.array(tie_unit, dtype=np.int32),
        group=group,
        cross=organization.cross.astype(np.uint8),
        first_out=organization.first_out.astype(np.int64),
        first_in=organization.first_in.astype(np.int64),
        in_order=np.array(organization.in_order, dtype=np.int32),
        first_member=np.searchsorted(unit[members], places).astype(np.int64),
        members=members.astype(np.int64),
        first_decider=np.searchsorted(tie_unit[deciders], places).astype(np.int64),
        deciders=deciders.astype(np.int32),
        chief=organization.chief.astype(np.int64),
        manager=organization.manager.astype(np.int64),
        positions=np.bincount(unit[counted], minlength=n_places).astype(np.float64),
        climate=np.array(organization.climate),
    )
