"""trustsim: a laboratory for trust between clinicians and administrators in a hospital.

>>> import trustsim as ts
>>> ts.compare("listening_tour", replicates=30, seed=1).table()  # doctest: +SKIP

Importing it does nothing but make names available; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from trustsim.agents import Administrator, Clinician, DyadLeader
    from trustsim.comparison import Comparison
    from trustsim.errors import InputError, TrustsimError, WorkError
    from trustsim.model import HospitalModel
    from trustsim.organization import Organization, generate
    from trustsim.scenario import Scenario, load_scenario
    from trustsim.simulation import compare, simulate

__all__ = [
    "Administrator", "Clinician", "Comparison", "DyadLeader", "HospitalModel", "InputError", "Organization", "Scenario",
    "TrustsimError", "WorkError", "__version__", "compare", "generate", "load_scenario", "simulate",
]  # fmt: skip

__version__: Final = "0.1.0"

_HOME: Final = {
    "Administrator": "agents",
    "Clinician": "agents",
    "Comparison": "comparison",
    "DyadLeader": "agents",
    "HospitalModel": "model",
    "InputError": "errors",
    "Organization": "organization",
    "Scenario": "scenario",
    "TrustsimError": "errors",
    "WorkError": "errors",
    "compare": "simulation",
    "generate": "organization",
    "load_scenario": "scenario",
    "simulate": "simulation",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"trustsim.{_HOME[name]}"), name)
    raise AttributeError(f"module 'trustsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
