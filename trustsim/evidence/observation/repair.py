"""A single tie after a breach of trust, by the rules alone: whether what they should do by construction is there."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from trustsim.evidence.observation.estimators import Sample, mean
from trustsim.evidence.observation.recipe import Recipe
from trustsim.evidence.observation.worlds import Seen
from trustsim.parameters import row
from trustsim.rules.arithmetic import at_most
from trustsim.rules.trust import believe, betrayed, recovery_gain, scar, trust

__all__ = ["RECIPES"]

_GOOD: Final = 0.7
"""Conduct that the trustee shows every week, before the breach and after it."""
_SETTLED: Final = 1040
"""Weeks after which trust moves no more."""
_GAIN, _NEGATIVITY, _GATE = row("trust.gain"), row("trust.negativity"), row("trust.gate")
_BREACH, _DEPTH, _PROMISE = row("trust.breach"), row("trust.scar_depth"), row("trust.promise")
_PROPENSITY: Final = row("trust.propensity")
_WEIGHTS: Final = [row(f"trust.weight_{name}") for name in ("ability", "benevolence", "integrity", "propensity")]


def _trust_after(
    values: NDArray[np.float64],
    breach: Literal["competence", "deception"],
    *,
    repair: float = 0.0,
    promise: float = 0.0,
) -> NDArray[np.float64]:
    """Return trust before a full breach, at once after it, and in each week of steady good conduct since."""
    competence, deception = float(breach == "competence"), float(breach == "deception")
    ceiling = scar(1.0, _GOOD, _GOOD, deception, values[_DEPTH])
    beliefs = [
        betrayed(_GOOD, competence, values[_BREACH]),
        at_most(betrayed(_GOOD, deception, values[_BREACH]), ceiling),
        at_most(betrayed(_GOOD, deception, values[_BREACH]), ceiling),
    ]
    gain = recovery_gain(values[_GAIN], 1.0, repair, promise, values[_PROMISE])
    path = [_trust(values, [_GOOD] * 3), _trust(values, beliefs)]
    for _ in range(_SETTLED):
        beliefs = [believe(each, _GOOD, gain, values[_GAIN] * values[_NEGATIVITY], values[_GATE]) for each in beliefs]
        beliefs[1:] = [at_most(each, ceiling) for each in beliefs[1:]]
        path.append(_trust(values, beliefs))
    return np.array(path)


def _trust(values: NDArray[np.float64], beliefs: list[float]) -> float:
    ability, benevolence, integrity = beliefs
    return trust(ability, benevolence, integrity, values[_PROPENSITY], *values[_WEIGHTS])


def _regained(seen: Seen, breach: Literal["competence", "deception"]) -> float:
    path = _trust_after(seen.values, breach)
    return float(path[-1] / path[0])


def after_failure(seen: Seen) -> Sample:
    """V24. A tie with steady good conduct, trust settled again after a failure of competence, over before (D9)."""
    return np.array(_regained(seen, "competence"))


def after_deception(seen: Seen) -> Sample:
    """V24. As `after_failure`, after a deception that came out."""
    return np.array(_regained(seen, "deception"))


def failure_over_deception(seen: Seen) -> Sample:
    """V24. The first minus the second."""
    return np.array(_regained(seen, "competence") - _regained(seen, "deception"))


def speed_of_promise(seen: Seen) -> Sample:
    """V24. A tie under repair; weeks until half of what a failure took is back, without a promise over with one."""
    weeks = []
    for promise in (0.0, 1.0):
        path = _trust_after(seen.values, "competence", repair=1.0, promise=promise)
        weeks.append(int(np.argmax(path[1:] >= (path[0] + path[1]) / 2.0)))
    return np.array(weeks[0] / weeks[1])


RECIPES: Final = {
    "V24.competence": Recipe((), after_failure, mean),
    "V24.deception": Recipe((), after_deception, mean),
    "V24.difference": Recipe((), failure_over_deception, mean),
    "V24.promise": Recipe((), speed_of_promise, mean),
}
