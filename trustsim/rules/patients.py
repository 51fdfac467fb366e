"""Patients: their trust, adherence and outcomes, access, and safety events."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import chance, share

__all__ = ["adherence", "arrivals", "event_chance", "outcome", "report_chance", "seen", "trust_level"]


@rule
def trust_level(usual: float, practice: float, exhaustion: float, continuity: float, waiting: float) -> float:
    """Return the level that patients' trust moves to: usual + practice - exhaustion - continuity - waiting, in [0, 1].

    All but `usual` are contributions (weight times what it stands for): patient-side practices, the staff's exhaustion
    above the reference, exits that broke continuity, weeks of waiting.
    """
    return share(usual + practice - exhaustion - continuity - waiting)


@rule
def adherence(usual: float, slope: float, trust: float, usual_trust: float) -> float:
    """Return adherence: usual + slope * (trust - usual trust), in [0, 1]."""
    return share(usual + slope * (trust - usual_trust))


@rule
def outcome(usual: float, effect: float, noise: float) -> float:
    """Return an outcome, 0 to 1: usual + effect + noise.

    For the self-rated outcome the effect is slope * (patients' trust - usual), for the objective one 0: patients' trust
    does not move objective outcomes.

    References
    ----------
    D5 : Birkhaeuer et al. 2017, r .30 with self-rated and -.02 with objective outcomes.
    """
    return share(usual + effect + noise)


@rule
def arrivals(demand: float, waiting: float, balking: float) -> float:
    """Return patients who stay to be seen, in weeks of normal demand: demand / (1 + balking * waiting)."""
    return demand / (1.0 + balking * waiting)


@rule
def seen(waiting: float, arrived: float, capacity: float) -> float:
    """Return patients seen this week: min(waiting + arrived, capacity)."""
    total = waiting + arrived
    return capacity if total > capacity else total


@rule
def event_chance(odds: float, burnout_ratio: float, overload: float, voiced: float) -> float:
    """Return the chance that a clinician takes part in a true safety event this week.

    o / (1 + o), o = odds * burnout_ratio * (1 + overload) * max(1 - voiced, 0.1).

    Parameters
    ----------
    odds : float
        Of the role.
    burnout_ratio : float
        ``patients.event_burnout`` if burned out, else 1 (P2, P3).
    overload : float
        What workload above 1 adds.
    voiced : float
        What psychological safety above the reference and insight take off: concerns surface before they become events.
    """
    rest = 1.0 - voiced
    return chance(odds * burnout_ratio * (1.0 + overload) * (rest if rest > 0.1 else 0.1))


@rule
def report_chance(usual: float, slope: float, safety: float, reference: float) -> float:
    """Return the chance that an event is reported: usual + slope * (safety - reference), in [0, 1] (E9)."""
    return share(usual + slope * (safety - reference))
