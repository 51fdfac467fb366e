"""The Mesa model: the specification that people read, teach with and extend. Sweeps run on `trustsim.worlds`.

- `hospital`: `HospitalModel`, and the order of a week.
- `opening`: how an organization becomes positions, units, ties and a graph.
- `recording`: a week's sums and counts.
- `running`: from the first week to the last, in the shape of `trustsim.worlds.engine`.
"""

from trustsim.model.hospital import HospitalModel
from trustsim.model.running import advance_agents

__all__ = ["HospitalModel", "advance_agents"]
