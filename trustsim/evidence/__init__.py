"""The evidence: every published number that the model rests on or is held against, with its source and grade.

`findings` are what was published, `targets` what the model is calibrated on (CAL) or validated with (HOLD). The
register of parameters, the interventions and the targets cite findings by key: `wrong_citations` tells which citations
lead nowhere, `provenance` how many parameters rest on what. `trustsim.evidence.observation` works out what the model
says of targets, and `trustsim.evidence.validation` judges it.
"""

from trustsim.evidence.citations import wrong_citations
from trustsim.evidence.provenance import STANDINGS, Basis, Provenance, basis, provenance
from trustsim.evidence.schema import Finding, Number, Part, Source, Target
from trustsim.evidence.tables import cited, finding, findings, target, targets

__all__ = [
    "STANDINGS",
    "Basis",
    "Finding",
    "Number",
    "Part",
    "Provenance",
    "Source",
    "Target",
    "basis",
    "cited",
    "finding",
    "findings",
    "provenance",
    "target",
    "targets",
    "wrong_citations",
]
