"""Leaving, wholly or in part, and joining: intent to leave, exits, vacancies, cut hours."""

from __future__ import annotations

from trustsim._jit import rule
from trustsim.rules.arithmetic import chance, either, share

__all__ = ["cut_chance", "exit_chance", "intent", "memory", "vacancy_weeks"]


@rule
def intent(odds: float, burnout_ratio: float, attachment: float, contagion: float) -> float:
    """Return the intent to leave, a probability.

    o / (1 + o), o = odds * burnout_ratio * bond * (1 + contagion), with bond = 1 / (1 + attachment) for those who are
    attached and 1 - attachment for those who are estranged: as much either way, as odds ratios go.

    Parameters
    ----------
    odds : float
        Of the role.
    burnout_ratio : float
        ``leaving.burnout`` if burned out, else 1.
    attachment : float
        Trust in the own leader and in the organization and feeling valued, each above the reference and weighted;
        negative for the estranged.
    contagion : float
        What recent exits from the unit add.

    References
    ----------
    T4, T5 : odds ratios of burnout 3.10 and 2.57; D3 : trust and intent to quit -.40; T6, T10 : leaders, beyond
    burnout; K2 : turnover contagion.
    """
    bond = 1.0 / (1.0 + attachment) if attachment > 0.0 else 1.0 - attachment
    return chance(odds * burnout_ratio * bond * (1.0 + contagion))


@rule
def cut_chance(usual: float, slope: float, exhaustion: float, reference: float) -> float:
    """Return the chance to cut one's hours this week: usual * max(1 + slope * (exhaustion - reference), 0).

    Parameters
    ----------
    usual : float
        At the reference level of exhaustion, ``hours.cut``.
    slope : float
        ``hours.exhaustion``; a point of a 7-point item is a sixth of the range of exhaustion.

    References
    ----------
    T7 : each point of exhaustion, odds ratio 1.43 of cutting hours in 24 months. T5 : burnout, 2.15 of meaning to.
    """
    ratio = 1.0 + slope * (exhaustion - reference)
    return usual * (ratio if ratio > 0.0 else 0.0)


@rule
def exit_chance(intent: float, hazard: float, tenure: float, first_year: float, pushed: float) -> float:
    """Return the chance to leave this week: of one's own accord or pushed.

    r + pushed - r * pushed, r = intent * hazard, times `first_year` below 52 weeks of tenure, at most 1.

    `pushed` is the lever ``leaving.leaders`` for leaders, 0 for others.
    """
    risk = intent * hazard * (first_year if tenure < 52.0 else 1.0)
    return either(share(risk), pushed)


@rule
def vacancy_weeks(left: float, freeze: float) -> float:
    """Return the weeks until a vacancy is filled after a week of search: left - (1 - freeze), not below 0."""
    rest = left - (1.0 - freeze)
    return rest if rest > 0.0 else 0.0


@rule
def memory(recent: float, exits: float, positions: float, kept: float) -> float:
    """Return the memory of exits from a unit: kept * recent + exits / max(positions, 1)."""
    return kept * recent + exits / (positions if positions > 1.0 else 1.0)
