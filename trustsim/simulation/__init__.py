"""Where organization, levers and an engine meet: `run_worlds`, `simulate` and `compare`.

Scenarios that are simulated together share the hospital and the luck of a seed, so that every comparison is paired:
what differs between two worlds is what leaders do in them.
"""

from trustsim.simulation.hospital import Hospital, hospital_of, open_hospital
from trustsim.simulation.paired import compare, cores
from trustsim.simulation.side_by_side import (
    BLOCK,
    ENGINES,
    Engine,
    check_engine,
    check_weeks,
    load_all,
    run_worlds,
    simulate,
)

__all__ = [
    "BLOCK",
    "ENGINES",
    "Engine",
    "Hospital",
    "check_engine",
    "check_weeks",
    "compare",
    "cores",
    "hospital_of",
    "load_all",
    "open_hospital",
    "run_worlds",
    "simulate",
]
