"""Rules, agents and episodes, ready to be told: what they are called, what they are for, what exactly they do."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pydoc import locate
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustsim.evidence.odd.docstrings import Docstring, Entry, read
from trustsim.evidence.odd.listing import call, constants, listing, statements

if TYPE_CHECKING:
    from trustsim.interventions import Episode

__all__ = ["Mechanism", "Rule", "actions", "functions", "methods", "rules", "state"]

_ENTITIES: Final = {
    "Person (an agent: every clinician and administrator)": ("agents.feelings.Feelings", "agents.person.Person"),
    "Usual levels of a person, to which feelings return": ("agents.feelings.Usual",),
    "Administrator (an agent: a person who is one)": ("agents.administrator.Administrator",),
    "Dyad leader (an agent: a chief and a manager together)": ("agents.dyad.DyadLeader",),
    "Tie": ("agents.tie.Tie",),
    "Position": ("agents.position.Position",),
    "Unit": ("agents.unit.Unit",),
    "Patient panel (of a unit)": ("agents.panel.PatientPanel",),
    "Hospital": ("agents.hospital.Hospital", "model.hospital.HospitalModel"),
}
_SURROUNDINGS: Final = {"model", "hospital", "birth"}  # what something is in and made of, no state of its own


class Rule(NamedTuple):
    """A rule: how it is called, what its docstring says, what it does."""

    call: str
    docstring: Docstring
    statements: str


def rules(*modules: str) -> list[Rule]:
    """Return the rules of modules of `trustsim.rules`, in the order in which they are written."""
    found = []
    for name in modules:
        module = import_module(f"trustsim.rules.{name}")
        found += [Rule(call(rule), read(rule), statements(rule)) for rule in functions(module)]
    return found


def functions(module: ModuleType) -> list[Callable[..., Any]]:
    """Return the functions that a module has to offer, in the order in which they are written."""
    offered = (getattr(module, name) for name in module.__all__)
    return sorted((each for each in offered if inspect.isfunction(each)), key=_line)


def actions(*names: str) -> str:
    """Return the statements of functions and methods by dotted name, such as ``agents.person.Person.hear``.

    Raises
    ------
    LookupError
        If there is none of that name.
    """
    return "\n\n\n".join(_action(name) for name in names)


def _action(name: str) -> str:
    found = locate(f"trustsim.{name}")
    if isinstance(found, property):
        found = found.fget
    if not inspect.isfunction(found):
        raise LookupError(f"trustsim has no function {name}; a template of the ODD names it")
    where = name.rsplit(".", 2)[-2]
    purpose = read(found).first
    return f"# {where}{': ' if purpose else ''}{purpose}\n{listing(found)}"


def state() -> Iterator[tuple[str, list[Entry]]]:
    """Yield each kind of entity with its state variables, as the classes declare them."""
    for kind, classes in _ENTITIES.items():
        entries = [entry for name in classes for entry in _declared(name)]
        # A named tuple that documents itself in its first line declares its fields by their annotations.
        yield kind, entries or [_fields(name) for name in classes]


def _declared(name: str) -> list[Entry]:
    """Return what a class is given when it is made and keeps, then its other attributes."""
    documented = read(_class(name))
    given = () if issubclass(_class(name), _class("agents.hospital.Hospital")) else documented.entries("Parameters")
    kept = [entry for entry in given if not _SURROUNDINGS.intersection(entry.names)]
    return [*kept, *documented.entries("Attributes")]


def _class(name: str) -> type[Any]:
    found = locate(f"trustsim.{name}")
    if not inspect.isclass(found):
        raise LookupError(f"trustsim has no class {name}; the table of entities names it")
    return found


def _fields(name: str) -> Entry:
    found = _class(name)
    return Entry(tuple(found.__annotations__), "float", read(found).first)


class Mechanism:
    """An intervention or a shock.

    Parameters
    ----------
    episode : subclass of `trustsim.interventions.Episode`
    """

    def __init__(self, episode: type[Episode]) -> None:
        self.episode = episode

    @property
    def purpose(self) -> str:
        """What its docstring says first."""
        return read(self.episode).first

    @property
    def constants(self) -> str:
        """Its constants, with what their author says of them; of a family first those that all of it share."""
        return "\n".join(filter(None, (constants(kind) for kind in reversed(self._lineage))))

    @property
    def statements(self) -> str:
        """What it contributes, takes and how its weeks differ; of a family first what all of it share."""
        parts = []
        for kind in reversed(self._lineage):
            heading = [f"# {kind.__name__}"] if len(self._lineage) > 1 else []
            parts += [*heading, *(listing(method) for method in methods(kind))]
        return "\n\n".join(parts)

    @property
    def _lineage(self) -> list[type[Any]]:
        from trustsim.interventions import Episode, Intervention, Shock

        shared = {*Episode.__mro__, Intervention, Shock}
        return [kind for kind in self.episode.__mro__ if kind not in shared]


def methods(kind: type[Any]) -> list[Callable[..., Any]]:
    """Return the functions that a class itself defines, in the order in which they are written, no generated ones."""
    bare: Iterable[Any] = (getattr(each, "fget", None) or each for each in vars(kind).values())
    own = (each for each in bare if inspect.isfunction(each) and each.__module__ == kind.__module__)
    return sorted((each for each in own if not each.__code__.co_filename.startswith("<")), key=_line)


def _line(function: Callable[..., Any]) -> int:
    return function.__code__.co_firstlineno
