"""The levers: the closed set of things an intervention or a shock can change in a week, per unit.

Interventions and shocks never touch the state of people; they contribute to levers, and the rules read levers. So no
rule knows the name of an intervention, and an intervention that contributes nothing is bit-identical to no
intervention.

How contributions combine, so that their order cannot matter:

- ``add``: the sum.
- ``complement``: one minus the product of what each leaves undone, for chances and shares.
- ``max``: the strongest.
- ``mean``: weighted by what each contributes to the occasion (how a visit listens counts by how many visits there are).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from trustsim.errors import InputError, did_you_mean
from trustsim.organization.roles import TIE_KINDS

__all__ = ["LEVERS", "NAMES", "Contribution", "Lever", "combine", "row"]


@dataclass(frozen=True, slots=True)
class Lever:
    """One lever.

    Attributes
    ----------
    name : str
    unit : str
    low, high : float
        Combined contributions are held within this range. At rest every lever is 0.
    rule : {"add", "complement", "max", "mean"}
        How contributions combine.
    meaning : str
    """

    name: str
    unit: str
    low: float
    high: float
    rule: Literal["add", "complement", "max", "mean"]
    meaning: str


class Contribution(NamedTuple):
    """What one intervention adds to one lever in one unit and week.

    `weight` counts for levers that combine as a mean: how many occasions the value speaks for.
    """

    lever: str
    value: float
    weight: float = 1.0


_SHARE = "0 to 1"
_TABLE: Final = (
    *(
        Lever(
            f"contact.{kind}",
            "probability per week",
            0.0,
            1.0,
            "complement",
            f"Added chance of contact on {kind} ties.",
        )
        for kind in TIE_KINDS
    ),
    *(
        Lever(f"lift.{belief}", "conduct", -0.6, 0.6, "mean", f"Conduct bearing on {belief} on the added contacts.")
        for belief in ("ability", "benevolence", "integrity")
    ),
    *(
        Lever(f"shift.{belief}", "conduct", -0.6, 0.6, "add", f"Leaders' conduct bearing on {belief} on all contacts.")
        for belief in ("ability", "benevolence", "integrity")
    ),
    Lever("inconsistency", "half-width", 0.0, 0.6, "add", "Added noise of leaders' communications."),
    Lever(
        "voice.access", "probability per week", 0.0, 1.0, "complement", "Chance that a clinician is offered a channel."
    ),
    Lever("voice.anonymity", _SHARE, 0.0, 1.0, "mean", "How far the channel takes away the fear to speak."),
    Lever("voice.follow_through", _SHARE, 0.0, 1.0, "mean", "Share of what the channel hears that is resolved."),
    Lever("voice.explanation", _SHARE, 0.0, 1.0, "mean", "Share of the rest that gets an honest answer."),
    Lever("voice.top", _SHARE, 0.0, 1.0, "mean", "Whether executives hold the channel (1) or the unit's leader (0)."),
    Lever("voice.resolve", "probability", -1.0, 1.0, "add", "Change in the leader's chance to settle a concern."),
    Lever("voice.explain", "probability", -1.0, 1.0, "add", "Change in the leader's chance to explain."),
    Lever("voice.fidelity", _SHARE, 0.0, 1.0, "complement", "How much of what escalation loses is kept."),
    Lever("clarity", _SHARE, 0.0, 1.0, "complement", "How much of what jargon loses is made clear."),
    Lever("understanding", "share per week", -1.0, 1.0, "add", "How far role understanding moves to its top."),
    Lever(
        "alignment", "share per week", -1.0, 1.0, "add", "How far alignment with the shared purpose moves to its top."
    ),
    Lever("recognition", _SHARE, 0.0, 1.0, "complement", "Intensity of recognition."),
    Lever("routine", _SHARE, 0.0, 1.0, "mean", "How insincere or routine that recognition is."),
    Lever("mediation", "share per week", 0.0, 1.0, "complement", "How fast conflicts (low beliefs) are settled."),
    Lever("repair", _SHARE, 0.0, 1.0, "complement", "Strength of acknowledgement, explanation and restitution."),
    Lever("promise", _SHARE, 0.0, 1.0, "max", "A promise to do better that goes with the repair."),
    Lever("breach.competence", _SHARE, 0.0, 1.0, "max", "A failure of competence by administration this week."),
    Lever("breach.deception", _SHARE, 0.0, 1.0, "max", "A deception by administration that comes out this week."),
    Lever("decision.rate", "probability per week", 0.0, 1.0, "complement", "Added chance of a decision."),
    Lever(
        "decision.inclusion_clinicians",
        _SHARE,
        -1.0,
        1.0,
        "add",
        "Change in clinicians' say in administration's decisions.",
    ),
    Lever(
        "decision.inclusion_administrators",
        _SHARE,
        -1.0,
        1.0,
        "add",
        "Change in administration's say in clinicians' decisions.",
    ),
    Lever("decision.explanation", _SHARE, -1.0, 1.0, "add", "Change in how well decisions are explained."),
    Lever("decision.speed", _SHARE, -1.0, 1.0, "add", "Change in the speed of decisions."),
    Lever("decision.by_administration", _SHARE, -1.0, 1.0, "add", "Change in the share that administration decides."),
    Lever("decision.urgency", _SHARE, 0.0, 1.0, "max", "How much of a crisis it is."),
    Lever("work.demand", "share of normal demand", -0.5, 1.0, "add", "Change in demand."),
    Lever("work.relief", "workload", 0.0, 1.0, "add", "Work taken away or done by added staff."),
    Lever(
        "work.meetings", "hours per person and week", 0.0, 20.0, "add", "Hours of staff time in meetings and visits."
    ),
    Lever("work.resilience", _SHARE, 0.0, 1.0, "complement", "Share of people trained in resilience."),
    Lever("dyad", _SHARE, 0.0, 1.0, "max", "Joint work of chief and manager."),
    Lever("leaving.freeze", _SHARE, 0.0, 1.0, "max", "Share of vacancies that may not be filled."),
    Lever(
        "leaving.leaders", "probability per week", 0.0, 1.0, "complement", "Added chance that a unit's leaders leave."
    ),
    Lever("patients.practice", _SHARE, 0.0, 1.0, "complement", "Patient-side practices in use."),
    Lever("patients.continuity", _SHARE, 0.0, 1.0, "complement", "How much of broken continuity is bridged."),
    Lever("patients.capacity", "share of capacity", -0.5, 1.0, "add", "Change in the patients that can be seen."),
    Lever("hours.leaders", "hours per week", 0.0, 1e6, "add", "Leaders' time that interventions take."),
    Lever("hours.staff", "hours per week", 0.0, 1e6, "add", "Staff time that interventions take."),
    Lever("cost", "thousand dollars per week", 0.0, 1e6, "add", "Money that interventions and shocks take."),
)

LEVERS: Final[dict[str, Lever]] = {lever.name: lever for lever in _TABLE}
NAMES: Final[tuple[str, ...]] = tuple(LEVERS)
_ROWS: Final[dict[str, int]] = {name: number for number, name in enumerate(NAMES)}


def row(name: str) -> int:
    """Return the position of a lever in every table of levers.

    Raises
    ------
    InputError
        If there is no such lever.
    """
    try:
        return _ROWS[name]
    except KeyError:
        raise InputError(f"unknown lever {name!r}{did_you_mean(name, NAMES)}") from None


def combine(contributions: Iterable[Contribution]) -> Mapping[str, float]:
    """Return the value of each lever that gets a contribution.

    Contributions are put in order first, so that the result is the same to the bit however they are given.

    Raises
    ------
    InputError
        If a contribution names no lever.
    """
    by_lever: dict[str, list[Contribution]] = {}
    for contribution in sorted(contributions):
        row(contribution.lever)
        by_lever.setdefault(contribution.lever, []).append(contribution)
    return {name: _combined(LEVERS[name], parts) for name, parts in by_lever.items()}


def _combined(lever: Lever, parts: list[Contribution]) -> float:
    if lever.rule == "max":
        value = max(part.value for part in parts)
    elif lever.rule == "complement":
        undone = 1.0
        for part in parts:
            undone *= 1.0 - part.value
        value = 1.0 - undone
    else:
        value = weights = 0.0
        for part in parts:
            value += part.value * part.weight
            weights += part.weight
        if lever.rule == "mean" and weights > 0.0:
            value = value / weights
    return min(max(value, lever.low), lever.high)
