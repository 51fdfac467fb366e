"""The agents of the Mesa model, and what they act on: the specification that people read, teach with and extend.

Methods of agents do the work of a week (`trustsim.model.HospitalModel.step` calls them in order); the numbers come from
`trustsim.rules`, the luck from `trustsim.draws`. Each stage reads what stood at its start, and an agent writes its own
state only, so the order of agents cannot matter. `trustsim.worlds` does the same compiled, equal to the bit.

- `tie`: what one person believes of another.
- `position`: a chair in the hospital, with somebody in it or nobody.
- `unit`: a unit or the leadership floor: levers in force, workload, decisions, insight; its panel of patients.
- `decision`: a decision, and how it comes about.
- `person`: anybody: beliefs, judgments, feelings, leaving.
- `clinician`, `administrator`, `dyad`: what only they do.
- `hospital`: what agents know of the model that they are in.

Sums over people run in the order of positions, in explicit loops from 0.0: builtin ``sum`` of floats compensates from
Python 3.12 on, so that its last bit would differ from one Python to the next.
"""

from trustsim.agents.administrator import Administrator
from trustsim.agents.clinician import Clinician
from trustsim.agents.decision import Decision
from trustsim.agents.dyad import DyadLeader
from trustsim.agents.hospital import Hospital
from trustsim.agents.panel import PatientPanel
from trustsim.agents.person import Person
from trustsim.agents.position import Position
from trustsim.agents.tie import Tie
from trustsim.agents.unit import Unit

__all__ = [
    "Administrator",
    "Clinician",
    "Decision",
    "DyadLeader",
    "Hospital",
    "PatientPanel",
    "Person",
    "Position",
    "Tie",
    "Unit",
]
