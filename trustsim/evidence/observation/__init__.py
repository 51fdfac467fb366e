"""Observation: what the model says of each published target, in the same units and by the same kind of survey.

A target's part has a *recipe*: which worlds have to be simulated (`worlds`), which *sample* each hospital gives, seen
through the instruments of studies (`survey`), and the *estimate* that the samples of all seeds give together
(`estimators`). The recipes stand by theme in `levels`, `links`, `effects`, `rounds` and `repair`. `observe` simulates
what some targets need, and no more.
"""

from trustsim.evidence.observation.observe import Observations, observe
from trustsim.evidence.observation.registry import part_names, why_missing

__all__ = ["Observations", "observe", "part_names", "why_missing"]
