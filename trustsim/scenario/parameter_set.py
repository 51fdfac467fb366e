"""Sets of plausible parameters: what a calibration leaves, and what scenarios and studies draw from.

A file of such a set is what ``parameters: {from: FILE}`` names; ``from: calibration`` is the set that trustsim ships.
A comparison or study gives replicate r the plausible vector r modulo their number, so that its intervals carry what is
not known of the parameters besides luck. A single run has the reference vector.
"""

from __future__ import annotations

import hashlib
import io
import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML

from trustsim import parameters
from trustsim.errors import InputError
from trustsim.scenario.document import Document, read_document
from trustsim.scenario.kinds import refused

__all__ = ["FROM", "SHIPPED", "ParameterSet", "find_parameter_set", "shipped_parameter_set"]

FROM: Final = "from"
"""The key beside the names of parameters that names a set."""
SHIPPED: Final = "calibration"
"""What the shipped set is called."""
_ORGANIZATION: Final = "organization"
_Vector = Annotated[tuple[float, ...], Field(strict=False)]  # a list, as files write it
_HEAD: Final = """\
# Plausible values of some parameters, found by trustsim calibrate. A scenario or study uses them with
#   parameters: {{from: {name}}}
# reference is the vector nearest to the targets; plausible are vectors that meet them all, one a line, in its order.
"""


class ParameterSet(BaseModel):
    """Vectors of values of some parameters that are all plausible.

    Attributes
    ----------
    format : int
        Version of the layout of the file.
    reference : dict of str to float
        The vector that stands for all where there is room for one.
    plausible : tuple of tuple of float
        Vectors in the order of `reference`.
    provenance : dict
        Where it comes from; decides nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    format: Literal[1] = 1
    reference: dict[str, float] = Field(min_length=1)
    plausible: tuple[_Vector, ...] = Field(strict=False, min_length=1)
    provenance: dict[str, Any] = Field(default={})

    @model_validator(mode="after")
    def _is_allowed(self) -> ParameterSet:
        names = list(self.reference)
        for name, value in self.reference.items():
            _check(name, value, ("reference", name))
        for number, vector in enumerate(self.plausible):
            if len(vector) != len(names):
                what = f"{len(vector)} numbers, needed are {len(names)}: one for each parameter of reference"
                raise refused([(("plausible", number), what)])
            for place, (name, value) in enumerate(zip(names, vector, strict=True)):
                _check(name, value, ("plausible", number, place))
        return self

    def vector(self, replicate: int) -> dict[str, float]:
        """Return the values of a replicate: the plausible vectors take turns."""
        return dict(zip(self.reference, self.plausible[replicate % len(self.plausible)], strict=True))

    @cached_property
    def digest(self) -> str:
        """Hash of the values: 64 hexadecimal digits."""
        text = json.dumps([list(self.reference.items()), self.plausible], separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def as_yaml(self, name: str = "FILE") -> str:
        """Return the text of a file that holds it.

        Parameters
        ----------
        name : str
            What the file is called where it is used.
        """
        yaml, provenance = YAML(typ="safe", pure=True), io.StringIO()
        yaml.default_flow_style = None  # what holds nothing but values stands in one line
        yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]  # its types know only None
        yaml.width = 120
        yaml.dump({"provenance": self.provenance}, provenance)
        reference = "".join(f"  {name}: {value!r}\n" for name, value in self.reference.items())
        plausible = "".join(f"  - {list(vector)}\n" for vector in self.plausible)
        head = _HEAD.format(name=name)
        return f"{head}format: {self.format}\nreference:\n{reference}plausible:\n{plausible}{provenance.getvalue()}"


def find_parameter_set(name: object, folder: Path | None = None) -> ParameterSet:
    """Return the set that a name or path means.

    Parameters
    ----------
    name : object
        ``"calibration"``, the path of a file, or a set.
    folder : Path, optional
        From which a path starts; the working folder unless given.

    Raises
    ------
    InputError
        If it is neither, or the file says something wrong, with line and column.
    """
    if isinstance(name, ParameterSet):
        return name
    if name == SHIPPED:
        return shipped_parameter_set()
    if not isinstance(name, str) or not name.endswith((".yaml", ".yml")):
        raise InputError(
            f"{FROM} = {name!r}: it should be {SHIPPED}, the set that trustsim ships, or the path of a set that "
            "trustsim calibrate wrote, such as results/calibration/parameters.yaml"
        )
    path = Path(name) if folder is None else folder / name
    if not path.is_file():
        raise InputError(f"{FROM}: no file {path}")
    return _read(path, path.stat().st_mtime_ns)


def shipped_parameter_set() -> ParameterSet:
    """Return the set that trustsim ships, which is what ``from: calibration`` names."""
    path = Path(parameters.__file__).with_name("calibration.yaml")
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> ParameterSet:
    document: Document = read_document(path)
    try:
        return ParameterSet.model_validate(document.data)
    except ValidationError as error:
        from trustsim.scenario.messages import explain

        raise explain(error, document, lambda *_: ParameterSet) from None


def _check(name: str, value: float, address: tuple[str | int, ...]) -> None:
    try:
        parameters.check(name, value)
    except InputError as error:
        raise refused([(address, error.what)]) from None
    if parameters.lookup(name).group == _ORGANIZATION:
        raise refused([(address, f"{name} makes the hospital, which no set does; write it under {_ORGANIZATION}")])
