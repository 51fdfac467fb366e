"""A tie: what one person believes of another, and how those beliefs move."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustsim.rules.arithmetic import at_most
from trustsim.rules.trust import believe, betrayed, erode, mediate, scar

if TYPE_CHECKING:
    from trustsim.agents.unit import Unit

__all__ = ["Tie"]


class Tie:
    """A directed tie from a truster to a trustee: an edge of the hospital's graph.

    Parameters
    ----------
    number : int
        Place in the canonical order of ties; addresses the tie's luck.
    truster, trustee : int
        Positions of its ends.
    kind : str
        One of `trustsim.organization.roles.TIE_KINDS`.
    unit : Unit
        Whose levers act on it.
    counts_as : str
        What it counts as in measures of trust: ``clinician_admin``, ``admin_clinician``, ``peers`` or ``other``.
    decides : bool
        Whether the truster judges the trustee's silo by its decisions along this tie.

    Attributes
    ----------
    ability, benevolence, integrity : float
        Beliefs about the trustee, 0 to 1.
    scar : float
        Ceiling of the beliefs in benevolence and integrity: 1 until a deception comes out.
    luck : float
        Of the tie, uniform on [0, 1): how well each pair that it ties gets on.
    rapport : float
        How much better the truster takes the trustee's conduct than most people do; negative if worse.
    crosses : bool
        Whether the ends are in different silos.
    to_administration : bool
        Whether a clinician trusts an administrator along it.
    """

    __slots__ = (
        "ability", "benevolence", "counts_as", "crosses", "decides", "integrity", "kind", "luck", "number", "rapport",
        "scar", "to_administration", "trustee", "truster", "unit",
    )  # fmt: skip

    def __init__(
        self, number: int, ends: tuple[int, int], kind: str, unit: Unit, *, counts_as: str, decides: bool
    ) -> None:
        self.number, self.kind, self.unit = number, kind, unit
        self.truster, self.trustee = ends
        self.counts_as, self.decides = counts_as, decides
        self.to_administration: Final = counts_as == "clinician_admin"
        self.crosses: Final = counts_as in ("clinician_admin", "admin_clinician")
        self.luck = self.rapport = 0.0
        self.start(0.0, 0.0, 0.0)

    def __repr__(self) -> str:
        beliefs = f"ability={self.ability:.2f}, benevolence={self.benevolence:.2f}, integrity={self.integrity:.2f}"
        return f"<Tie {self.truster} -> {self.trustee}, {self.kind}: {beliefs}>"

    def start(self, ability: float, benevolence: float, integrity: float) -> None:
        """Begin with these beliefs and no scar: the two have just met."""
        self.ability, self.benevolence, self.integrity, self.scar = ability, benevolence, integrity, 1.0

    def believe(
        self, ability: float, benevolence: float, integrity: float, gain: float, loss: float, gate: float
    ) -> None:
        """Move each belief by what was perceived to bear on it (`trustsim.rules.trust.believe`)."""
        self.ability = believe(self.ability, ability, gain, loss, gate)
        self.benevolence = at_most(believe(self.benevolence, benevolence, gain, loss, gate), self.scar)
        self.integrity = at_most(believe(self.integrity, integrity, gain, loss, gate), self.scar)

    def erode(self, propensity: float, drift: float) -> None:
        """Drift for a week without contact."""
        self.ability = erode(self.ability, propensity, drift)
        self.benevolence = at_most(erode(self.benevolence, propensity, drift), self.scar)
        self.integrity = at_most(erode(self.integrity, propensity, drift), self.scar)

    def mediate(self, floor: float, mediation: float) -> None:
        """Settle a conflict: beliefs below `floor` move up to it."""
        self.ability = mediate(self.ability, floor, mediation)
        self.benevolence = at_most(mediate(self.benevolence, floor, mediation), self.scar)
        self.integrity = at_most(mediate(self.integrity, floor, mediation), self.scar)

    def betray(self, competence: float, deception: float, depth: float, scar_depth: float) -> None:
        """Take a breach of trust: a failure of competence bears on ability, a deception on the rest, and it scars."""
        self.ability = betrayed(self.ability, competence, depth)
        self.scar = scar(self.scar, self.benevolence, self.integrity, deception, scar_depth)
        self.benevolence = at_most(betrayed(self.benevolence, deception, depth), self.scar)
        self.integrity = at_most(betrayed(self.integrity, deception, depth), self.scar)
