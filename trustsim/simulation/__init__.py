"""Where organization, levers and an engine meet: `run_worlds`, `simulate` and `compare`.

Scenarios that are simulated together share the hospital and the luck of a seed, so that every comparison is paired:
what differs between two worlds is what leaders do in them.
"""

from trustsim.simulation.diary import Decision, Happened, Raised, happened, trust_of_ties
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
from trustsim.simulation.weeks import Week, every_week

__all__ = [
    "BLOCK",
    "ENGINES",
    "Decision",
    "Engine",
    "Happened",
    "Hospital",
    "Raised",
    "Week",
    "check_engine",
    "check_weeks",
    "compare",
    "cores",
    "every_week",
    "happened",
    "hospital_of",
    "load_all",
    "open_hospital",
    "run_worlds",
    "simulate",
    "trust_of_ties",
]
