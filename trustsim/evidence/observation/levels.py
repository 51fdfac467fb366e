"""Levels of ordinary times: who leaves, who is burned out, who intends to leave, with nothing in force."""

from __future__ import annotations

from typing import Final

import numpy as np

from trustsim.evidence.observation.estimators import Sample, mean, smallest_step
from trustsim.evidence.observation.recipe import HALF, WAVES, YEAR, Recipe
from trustsim.evidence.observation.worlds import BASELINE, Need, Seen
from trustsim.organization.roles import ADMINISTRATIVE

__all__ = ["RECIPES"]

_TWO_YEARS = 104
_SURVEYED: Final = {
    "nurses": ("nurse",), "apps": ("app",), "physicians": ("physician",), "administrators": ADMINISTRATIVE,
}  # fmt: skip


def physicians_leave(seen: Seen) -> Sample:
    """V1. Physicians; the year after burn-in; exits over people in place, by payroll; mean over seeds (T8)."""
    return np.array(seen.mean(BASELINE, "turnover_annual.physician", YEAR))


def physicians_burned_out(seen: Seen) -> Sample:
    """V14. Physicians; the year after burn-in; Maslach inventory; mean over weeks and seeds (B1)."""
    return np.array(seen.mean(BASELINE, "burnout_prevalence.physician", YEAR))


def nurses_leave(seen: Seen) -> Sample:
    """V16. Nurses; the year after burn-in; exits over people in place, by payroll; mean over seeds (T9)."""
    return np.array(seen.mean(BASELINE, "turnover_annual.nurse", YEAR))


def gap_of_nurses(seen: Seen) -> Sample:
    """V17. Nurses and physicians; the last half of the second year; Maslach inventory; mean over seeds (B3)."""
    late = (_TWO_YEARS - HALF, _TWO_YEARS)
    nurses = seen.mean(BASELINE, "burnout_prevalence.nurse", late)
    return np.array(nurses - seen.mean(BASELINE, "burnout_prevalence.physician", late))


def _intent(seen: Seen, group: str) -> float:
    surveys = seen.surveys(BASELINE, WAVES)
    return float(np.mean(np.concatenate([each.field("intent")[each.of(*_SURVEYED[group])] for each in surveys])))


def nurses_intend(seen: Seen) -> Sample:
    """V18. Nurses; surveys in ordinary times; intent to leave within two years; mean (T5)."""
    return np.array(_intent(seen, "nurses"))


def apps_intend(seen: Seen) -> Sample:
    """V18. Advanced practice providers, as `nurses_intend`."""
    return np.array(_intent(seen, "apps"))


def physicians_intend(seen: Seen) -> Sample:
    """V18. Physicians, as `nurses_intend`."""
    return np.array(_intent(seen, "physicians"))


def administrators_intend(seen: Seen) -> Sample:
    """V18. Managers, directors and executives, as `nurses_intend`."""
    return np.array(_intent(seen, "administrators"))


def order_of_intent(seen: Seen) -> Sample:
    """V18. All four, from the one who should intend most to the one who should least (T5)."""
    return np.array([_intent(seen, group) for group in _SURVEYED])


_SERIES = (Need(BASELINE, 52),)
_SURVEYS = (Need(BASELINE, 52, WAVES),)

RECIPES: Final = {
    "V1.level": Recipe(_SERIES, physicians_leave, mean),
    "V14.level": Recipe(_SERIES, physicians_burned_out, mean),
    "V16.level": Recipe(_SERIES, nurses_leave, mean),
    "V17.gap": Recipe((Need(BASELINE, _TWO_YEARS),), gap_of_nurses, mean),
    "V18.nurses": Recipe(_SURVEYS, nurses_intend, mean),
    "V18.apps": Recipe(_SURVEYS, apps_intend, mean),
    "V18.physicians": Recipe(_SURVEYS, physicians_intend, mean),
    "V18.administrators": Recipe(_SURVEYS, administrators_intend, mean),
    "V18.order": Recipe(_SURVEYS, order_of_intent, smallest_step),
}
