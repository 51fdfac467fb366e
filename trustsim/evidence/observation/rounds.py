"""Executives' rounds that reach a minority: what they do to units as a whole, and to those whom they reached.

The trial (E2) asked nurses whether they had been part of a round. Here that is known: every draw has an address, so
that it can be looked up who met a visitor, or raised something with one, and would not have without the rounds.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from trustsim.evidence.observation.effects import MONTH, START
from trustsim.evidence.observation.estimators import Sample, share_difference, standardized
from trustsim.evidence.observation.links import table
from trustsim.evidence.observation.recipe import Recipe
from trustsim.evidence.observation.worlds import BASELINE, Need, Seen, world
from trustsim.organization.roles import TIE_KINDS
from trustsim.parameters import row
from trustsim.rules.arithmetic import either
from trustsim.rules.voice import at_ease, concern_chance, new_concern, speaks_up

__all__ = ["RECIPES"]

_WEEKS: Final = 12  # three visits to each unit, one in four weeks
_END: Final = START + _WEEKS
_REACHED: Final = 0.30
_WEEKLY: Final = 1.0 - (1.0 - _REACHED) ** (1.0 / _WEEKS)
"""Chance a week to be met of which `_REACHED` of the nurses are met in the end."""
ROUNDS: Final = world(
    "listening_tour",
    {
        "listening_tour.weeks": _WEEKS,
        "listening_tour.visits_per_week": 4.0,
        "listening_tour.reach": 4.0 * _WEEKLY,  # of a visit: each of 16 units has a quarter of one a week
    },
)
_FAVORABLE: Final = 0.5  # the upper half of the scale

_CONTACT: Final = row(f"contact.base.{TIE_KINDS[0]}")
_LINE: Final = _CONTACT + TIE_KINDS.index("line")
_RATE, _EFFECT, _MOST = row("voice.concern_rate"), row("voice.concern_workload"), row("voice.most_concerns")
_SILENT, _SAFE = row("voice.silent"), row("voice.safe")


def safety_of_units(seen: Seen) -> Sample:
    """V7. Nurses, rounds that reach 30 %; the last month of three; psychological safety (E2)."""
    weeks, name = (_END - MONTH, _END), "psychological_safety.nurse"
    survey = seen.survey(BASELINE, _END)
    between = survey.field("safety")[survey.of("nurse")].var(ddof=1)
    return np.array([seen.mean(ROUNDS, name, weeks) - seen.mean(BASELINE, name, weeks), between])


def safety_of_reached(seen: Seen) -> Sample:
    """V7. Nurses in place for all three months, who were reached or were not; at the end; favorable safety (E2)."""
    last = seen.survey(ROUNDS, _END)
    reached = np.zeros(last.organization.n, dtype=np.bool_)
    for week in range(START, _END):
        reached |= _reached(seen, week)
    favorable = (last.field("safety") > _FAVORABLE).astype(np.float64)
    return table(favorable, reached, last.of("nurse") & seen.survey(ROUNDS, START).stayed(last))


def _reached(seen: Seen, number: int) -> NDArray[np.bool_]:
    """Return who met a visitor in a week (counted from the end of burn-in), or raised something with one."""
    found = np.zeros(seen.column(ROUNDS).hospital.organization.n, dtype=np.bool_)
    week = _Week(seen, number)
    for nurse in np.flatnonzero(week.before.of("nurse")).tolist():
        found[nurse] = week.met(nurse) or week.raised(nurse)
    return found


class _Week:
    """What the luck of a week, the rounds and people's state before it make of each nurse."""

    def __init__(self, seen: Seen, number: int) -> None:
        scenario, hospital, _, _ = seen.column(ROUNDS)
        self.before, self._values, self._organization = seen.survey(ROUNDS, number), seen.values, hospital.organization
        self._luck = hospital.luck.week(scenario.burn_in + number)
        plan = scenario.plan(hospital.organization, seen.values)
        self._contact, self._access, self._anonymity = (
            plan.lever(name)[scenario.burn_in + number]
            for name in ("contact.executive", "voice.access", "voice.anonymity")
        )

    def met(self, nurse: int) -> bool:
        """Return whether an executive was met who would not have been without the rounds."""
        tie = self._organization.executive_tie[nurse]
        usual = self._values[_CONTACT + int(self._organization.kind[tie])]
        rounds = self._contact[self._organization.unit[nurse]]
        return bool(tie >= 0 and usual <= self._luck.message[tie, 0] < either(usual, rounds))

    def raised(self, nurse: int) -> bool:
        """Return whether something was raised on a visit, and not with the own leader."""
        with_leader, at_all = self.chances(nurse)
        return bool(with_leader <= self._luck.voice[nurse, 0] < at_all)

    def chances(self, person: int) -> tuple[float, float]:
        """Return the chance to raise something with the own leader this week, and that to raise it at all."""
        unit, values, line = self._organization.unit[person], self._values, self._organization.line_tie[person]
        arises = concern_chance(values[_RATE], values[_EFFECT], self.before.workload[unit])
        new = 1.0 if self._luck.concern[person, 0] < arises else 0.0
        concerns = new_concern(self.before.field("concerns")[person], new, values[_MOST])
        safety, silent, safe = self.before.field("safety")[person], values[_SILENT], values[_SAFE]
        with_leader = 0.0
        if line >= 0 and self._luck.message[line, 0] < values[_LINE] and not np.isnan(self.before.leader_score[person]):
            with_leader = speaks_up(safety, silent, safe, concerns)
        eased = at_ease(safety, self._anonymity[unit])
        return with_leader, either(with_leader, self._access[unit] * speaks_up(eased, silent, safe, concerns))


RECIPES: Final = {
    "V7.whole": Recipe((Need(BASELINE, _END, (_END,)), Need(ROUNDS, _END)), safety_of_units, standardized),
    "V7.reached": Recipe((Need(ROUNDS, _END, tuple(range(START, _END + 1))),), safety_of_reached, share_difference),
}
