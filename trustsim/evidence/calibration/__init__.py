"""Calibration: which values of the free parameters the CAL targets leave plausible.

1. *Search* (`search`): generations of vectors run side by side with the same few seeds, and come nearer to all targets
   at once.
2. *History matching* (`goal`, `result`): of what is not implausible, vectors that are far from one another are run
   again with more and fresh seeds.
3. Those within all tolerances are the *plausible set*; the nearest to the targets is the *reference*.

`calibration.toml` says what may move. HOLD targets have no part in it: all that is aimed at comes from `goal.aims`.
"""

from trustsim.evidence.calibration.calibrate import PARAMETERS, calibrate
from trustsim.evidence.calibration.plan import Plan
from trustsim.evidence.calibration.result import Outcome, Row

__all__ = ["PARAMETERS", "Outcome", "Plan", "Row", "calibrate"]
