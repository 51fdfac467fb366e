"""trustsim: a laboratory for trust between clinicians and administrators in a hospital.

>>> import trustsim as ts
>>> ts.compare("listening_tour", replicates=30, seed=1).table()  # doctest: +SKIP

Importing it does nothing but make names available; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from trustsim import analysis, sampling
    from trustsim.agents import Administrator, Clinician, DyadLeader
    from trustsim.comparison import Comparison
    from trustsim.errors import InputError, TrustsimError, WorkError
    from trustsim.model import HospitalModel
    from trustsim.organization import Organization, generate
    from trustsim.roster import read_organization
    from trustsim.scenario import Scenario, load_scenario
    from trustsim.simulation import compare, simulate
    from trustsim.studies import Study, load_study, read_results

__all__ = [
    "Administrator", "Clinician", "Comparison", "DyadLeader", "HospitalModel", "InputError", "Organization", "Scenario",
    "Study", "TrustsimError", "WorkError", "__version__", "analysis", "compare", "generate", "load_scenario",
    "load_study", "read_organization", "read_results", "sampling", "simulate",
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
    "Study": "studies",
    "TrustsimError": "errors",
    "WorkError": "errors",
    "compare": "simulation",
    "generate": "organization",
    "load_scenario": "scenario",
    "load_study": "studies",
    "read_organization": "roster",
    "read_results": "studies",
    "simulate": "simulation",
}
_ROOMS: Final = ("analysis", "sampling")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"trustsim.{name}")
    if name in _HOME:
        return getattr(import_module(f"trustsim.{_HOME[name]}"), name)
    raise AttributeError(f"module 'trustsim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
