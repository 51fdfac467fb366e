"""Links between people's answers: odds ratios and correlations, at one time and over two years, in ordinary times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.evidence.observation.estimators import (
    Sample,
    adjusted_odds_per_sd,
    between_units,
    icc,
    mean,
    odds_ratio,
    odds_ratio_per_unit,
    risk_ratio,
    smallest_step,
)
from trustsim.evidence.observation.recipe import WAVES, Recipe
from trustsim.evidence.observation.survey import RELIABILITY, Survey
from trustsim.evidence.observation.worlds import BASELINE, Need, Seen, world

__all__ = ["RECIPES", "table"]

_TWO_YEARS = 104
# A month of each of the last three before week 52, for what happens in three months.
_MONTHS: Final = (44, 48, 52)
_WEEKS_OF_A_MONTH: Final = 13 / 3
_POINTS: Final = 7
"""Of an item on exhaustion, answered 0 to 6."""
_QUARTERS: Final = {13: 13.0, 26: 13.0, 39: 13.0, 52: 65.0}
"""Weeks after burn-in, and how many weeks of two years each stands for: the last for all of the second year."""
_MIDDLE: Final = 0.5
"""Of a scale; who is above it feels valued."""
# With its chief 40 clinicians a unit, nurses to physicians as in the default hospital.
_LARGE_UNITS: Final = world("baseline", sizes={"physicians": 9, "nurses": 25, "apps": 5})


def table(yes: NDArray[np.float64], exposed: NDArray[np.bool_], people: NDArray[np.bool_]) -> Sample:
    """Return ((yes, people) of the exposed, (yes, people) of the others); `yes` are answers or their chances, (n,)."""
    groups = (people & exposed, people & ~exposed)
    return np.array([(yes[group].sum(), np.count_nonzero(group)) for group in groups], dtype=np.float64)


def exits_of_burned_out(seen: Seen) -> Sample:
    """V2. Physicians in place at the end of burn-in; gone 24 months later, by payroll; Maslach inventory (T1, T2)."""
    first, later = seen.surveys(BASELINE, (0, _TWO_YEARS))
    return table((~first.stayed(later)).astype(np.float64), first.burned_out, first.of("physician"))


def intent_of_burned_out(seen: Seen) -> Sample:
    """V3. Physicians; surveys in ordinary times; intent to leave within two years, Maslach inventory (T4, T5)."""
    return _added([table(each.field("intent"), each.burned_out, each.of("physician")) for each in _waves(seen)])


def later_burnout(seen: Seen) -> Sample:
    """V9. Physicians in place at both times; score of their leader and burnout, then burnout 24 months later (C3)."""
    first, later = seen.surveys(BASELINE, (0, _TWO_YEARS))
    asked = first.of("physician") & first.stayed(later) & ~np.isnan(first.leader_score)
    columns = (first.leader_score, first.burned_out, later.burned_out)
    return np.column_stack([column[asked].astype(np.float64) for column in columns])


def burnout_by_leader(seen: Seen) -> Sample:
    """V10. Physicians in the top and bottom third of their leader's score; surveys in ordinary times (C2)."""
    return _added([_by_thirds(each, each.burned_out.astype(np.float64)) for each in _waves(seen)])


def intent_by_leader(seen: Seen) -> Sample:
    """V10. As `burnout_by_leader`, with intent to leave within two years."""
    return _added([_by_thirds(each, each.field("intent")) for each in _waves(seen)])


def intent_of_valued(seen: Seen) -> Sample:
    """V12. Everybody; surveys in ordinary times; feeling valued is the upper half of the scale (T5)."""
    return _added([table(each.field("intent"), each.field("valued") > _MIDDLE, each.answers) for each in _waves(seen)])


def spread_of_scores(seen: Seen) -> Sample:
    """V26. Physicians; surveys of reliability .8 in ordinary times; standard deviation of their leader's score (C3)."""
    scores = [each.leader_score[each.of("physician")] for each in _waves(seen)]
    return np.array(np.mean([np.nanstd(score, ddof=1) for score in scores]) / np.sqrt(RELIABILITY))


def cut_hours_by_exhaustion(seen: Seen) -> Sample:
    """V19. Physicians who work full hours and stay for a year; a 7-point item on exhaustion at the end of burn-in (T7).

    Whether they cut hours in 24 months is their chance by the rule that draws it, since few do. The second year is
    taken to go on as the first one ends.
    """
    first, *later = seen.surveys(BASELINE, (0, *_QUARTERS))
    people = np.flatnonzero(first.of("physician") & (first.field("hours") == 1.0) & first.stayed(later[-1]))
    spared = np.ones(len(people))
    for survey, weeks in zip(later, _QUARTERS.values(), strict=True):
        spared = spared * (1.0 - survey.cut_chance(people)) ** weeks
    answer = np.rint((_POINTS - 1) * first.field("exhaustion")[people]).astype(np.intp)
    columns = (answer.astype(np.float64), 1.0 - spared, np.ones(len(people)))
    return np.column_stack([np.bincount(answer, column, minlength=_POINTS) for column in columns])


def burned_out_by_unit(seen: Seen) -> Sample:
    """V20. Clinicians of units of 40; a survey a year after burn-in; Maslach inventory (B6, K1)."""
    survey = seen.survey(_LARGE_UNITS, 52)
    units, people = survey.organization.unit, survey.clinicians
    size = survey.organization.n_units
    return np.column_stack(
        [np.bincount(units[chosen], minlength=size)[:size] for chosen in (people & survey.burned_out, people)]
    ).astype(np.float64)


def _correlations(seen: Seen) -> Sample:
    """Return correlations of the score of the leader with satisfaction, commitment, intent and performance, (4,)."""
    found = [_correlations_at(each) for each in _waves(seen)]
    return np.array(np.mean(found, axis=0), dtype=np.float64)


def _correlations_at(survey: Survey) -> NDArray[np.float64]:
    people = survey.clinicians & ~np.isnan(survey.leader_score)
    answers = (survey.satisfaction, survey.field("alignment"), survey.field("intent"), survey.rated_performance)
    score = survey.leader_score[people]
    # Error of measurement in both takes the root of either's reliability off a correlation (Spearman).
    return np.array([RELIABILITY * np.corrcoef(score, answer[people])[0, 1] for answer in answers])


def trust_and_satisfaction(seen: Seen) -> Sample:
    """V21. Clinicians; surveys of reliability .8 in ordinary times; trust in the leader, job satisfaction (D3)."""
    return _correlations(seen)[0:1]


def trust_and_commitment(seen: Seen) -> Sample:
    """V21. As `trust_and_satisfaction`, with alignment with the shared purpose."""
    return _correlations(seen)[1:2]


def trust_and_intent(seen: Seen) -> Sample:
    """V21. As `trust_and_satisfaction`, with intent to leave."""
    return _correlations(seen)[2:3]


def trust_and_performance(seen: Seen) -> Sample:
    """V21. As `trust_and_satisfaction`, with performance as the leader rates it: the belief in the ability."""
    return _correlations(seen)[3:4]


def order_of_correlations(seen: Seen) -> Sample:
    """V21. The sizes: the smaller of satisfaction and commitment, intent, performance."""
    satisfaction, commitment, intent, performance = np.abs(_correlations(seen))
    return np.array([min(satisfaction, commitment), intent, performance])


def events_of_burned_out(seen: Seen) -> Sample:
    """V23. Physicians in place for three months; taking part in an event in them, burned out at their end (P2, P3).

    The chance of an event in each month is that of its last week, by the rule that draws events.
    """
    surveys = seen.surveys(BASELINE, _MONTHS)
    last = surveys[-1]
    people = np.flatnonzero(last.of("physician") & surveys[0].stayed(last))
    spared, chances = np.ones(len(people)), np.zeros(last.organization.n)
    for survey in surveys:
        spared = spared * (1.0 - survey.event_chance(people)) ** _WEEKS_OF_A_MONTH
    chances[people] = 1.0 - spared
    return table(chances, last.burned_out, np.isin(np.arange(last.organization.n), people))


def _waves(seen: Seen) -> list[Survey]:
    return seen.surveys(BASELINE, WAVES)


def _added(tables: Sequence[Sample]) -> Sample:
    total: Sample = np.sum(tables, axis=0)
    return total


def _by_thirds(survey: Survey, yes: NDArray[np.float64]) -> Sample:
    people = np.flatnonzero(survey.of("physician") & ~np.isnan(survey.leader_score))
    third = len(people) // 3
    order = people[np.argsort(survey.leader_score[people], kind="stable")]
    return np.array([(yes[group].sum(), third) for group in (order[len(order) - third :], order[:third])])


_SURVEYS = (Need(BASELINE, 52, WAVES),)
_COHORT = (Need(BASELINE, _TWO_YEARS, (0, _TWO_YEARS)),)
_UNITS = (Need(_LARGE_UNITS, 52, (52,)),)

RECIPES: Final = {
    "V2.ratio": Recipe(_COHORT, exits_of_burned_out, risk_ratio),
    "V3.ratio": Recipe(_SURVEYS, intent_of_burned_out, odds_ratio),
    "V9.ratio": Recipe(_COHORT, later_burnout, adjusted_odds_per_sd),
    "V10.burnout": Recipe(_SURVEYS, burnout_by_leader, odds_ratio),
    "V10.intent": Recipe(_SURVEYS, intent_by_leader, odds_ratio),
    "V12.ratio": Recipe(_SURVEYS, intent_of_valued, odds_ratio),
    "V19.ratio": Recipe((Need(BASELINE, 52, (0, *_QUARTERS)),), cut_hours_by_exhaustion, odds_ratio_per_unit),
    "V20.spread": Recipe(_UNITS, burned_out_by_unit, between_units),
    "V20.icc": Recipe(_UNITS, burned_out_by_unit, icc),
    "V21.satisfaction": Recipe(_SURVEYS, trust_and_satisfaction, mean),
    "V21.commitment": Recipe(_SURVEYS, trust_and_commitment, mean),
    "V21.intent": Recipe(_SURVEYS, trust_and_intent, mean),
    "V21.performance": Recipe(_SURVEYS, trust_and_performance, mean),
    "V21.order": Recipe(_SURVEYS, order_of_correlations, smallest_step),
    "V26.spread": Recipe(_SURVEYS, spread_of_scores, mean),
    "V23.ratio": Recipe((Need(BASELINE, 52, _MONTHS),), events_of_burned_out, odds_ratio),
}
