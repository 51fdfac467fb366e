"""Read a YAML file as plain data, remembering where each key and value stands.

Only plain data: mappings, lists, text, numbers, true and false. What YAML can do beyond that (tags, aliases,
directives, several documents) is refused, so that a file means what it looks like and cannot be made to blow up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from trustsim.errors import InputError

__all__ = ["Document", "Place", "read_document", "read_value"]

_LARGEST: Final = 250_000  # bytes; a long scenario has five thousand
_DEEPEST: Final = 20  # levels; a scenario has five
# YAML 1.2: true and false are truth values, yes, no, on and off are text. What YAML takes for a date is text to us.
_NOT_TEXT: Final = tuple(f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float"))

Address = tuple[str | int, ...]


class Place(NamedTuple):
    """Where something was written; line and column count from 1."""

    path: Path
    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """What a file says, and where.

    Attributes
    ----------
    path : Path
    data : dict
        Mappings, lists, str, int, float, bool and None.
    keys, values : dict
        Place of each key and each value, by address: ``("interventions", 0, "dose")``.
    """

    path: Path
    data: dict[str, Any] = field(default_factory=dict)
    keys: dict[Address, Place] = field(default_factory=dict)
    values: dict[Address, Place] = field(default_factory=dict)

    def place(self, address: Address, *, key: bool = False) -> Place:
        """Return where the value (or the key) at an address stands, or what is nearest around it."""
        if key and address in self.keys:
            return self.keys[address]
        while address and address not in self.values:
            address = address[:-1]
        return self.values.get(address, Place(self.path, 1, 1))

    def error(self, what: str, address: Address, *, key: bool = False) -> InputError:
        """Return the error that says what is wrong at an address."""
        path, line, column = self.place(address, key=key)
        return InputError(what, path=path, line=line, column=column)


def read_document(path: Path) -> Document:
    """Read a file whose top level is a mapping.

    Raises
    ------
    InputError
        With line and column where there are any.
    """
    text = _text(path)
    node = _composed(text, path)
    if not isinstance(node, MappingNode):
        place = Place(path, 1, 1) if node is None else _place(node.start_mark, path)
        found = "nothing" if node is None else "a list" if isinstance(node, SequenceNode) else f"only {node.value!r}"
        _refuse(f"{found} where keys with values are expected, such as name: listening_tour", place)
    document = Document(path)
    document.data.update(_plain(node, (), document))
    return document


def read_value(text: str) -> object:
    """Return what a value means as it would in a scenario file: ``4``, ``true``, ``[unit_01]``.

    Raises
    ------
    InputError
        If it is no plain YAML.
    """
    path = Path("value")
    node = _composed(text, path)
    return None if node is None else _plain(node, (), Document(path))


def _refuse(what: str, place: Place) -> NoReturn:
    raise InputError(what, path=place.path, line=place.line, column=place.column)


def _place(mark: StringMark, path: Path) -> Place:
    return Place(path, mark.line + 1, mark.column + 1)


def _text(path: Path) -> str:
    """Return a file's text if it is one and small enough; nothing is read before that is known."""
    try:
        if path.is_dir():
            raise InputError("is a folder; name a file in it", path=path)
        if not path.is_file():
            raise InputError("no such file" if not path.exists() else "is no ordinary file", path=path)
        if (size := path.stat().st_size) > _LARGEST:
            raise InputError(f"has {size:,} bytes; files of this kind have at most {_LARGEST:,}", path=path)
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=path) from error
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        what = f"byte 0x{content[error.start]:02x} is not UTF-8 text; save the file as UTF-8"
        _refuse(what, Place(path, before.count(b"\n") + 1, column))


def _composed(text: str, path: Path) -> Node | None:
    """Return the root of the file's node graph, or None if there is nothing in it."""
    try:
        _refuse_traps(YAML(typ="safe", pure=True).parse(text), path)
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except ReaderError as error:
        before = text[: error.position]
        column = len(before.rpartition("\n")[2]) + 1
        _refuse(
            f"character {chr(error.character)!r} is not allowed in YAML", Place(path, before.count("\n") + 1, column)
        )
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(f"not valid YAML: {error.problem or error.context}".split())
        _refuse(what, _place(mark, path) if mark else Place(path, 1, 1))
    except YAMLError as error:
        _refuse(f"not valid YAML: {' '.join(str(error).split())}", Place(path, 1, 1))
    return node


def _refuse_traps(events: Iterator[Event], path: Path) -> None:
    """Refuse what could make a file mean more than it shows. Events come one by one, so nothing has grown yet."""
    depth = documents = 0
    for event in events:
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
        elif isinstance(event, DocumentStartEvent):
            documents += 1
        trap = _trap(event)
        if depth > _DEEPEST:
            trap = f"more than {_DEEPEST} levels inside one another"
        elif documents > 1:
            trap = "a second document; one file holds one"
        if trap:
            _refuse(trap, _place(event.start_mark, path))


def _trap(event: Event) -> str:
    """Return why an event is refused, or nothing."""
    if isinstance(event, DocumentStartEvent) and (event.version or event.tags):
        return "directives (%) are not used here: files are YAML 1.2"
    if getattr(event, "anchor", None) is not None:  # an alias (*) names an anchor (&) too
        return "anchors (&) and aliases (*) are not used here; write the value out, or extend another file"
    tag = getattr(event, "tag", None)  # only events that start a value have one
    return f"tags ({tag}) are not used here: values are text, numbers, true or false" if tag else ""


def _plain(node: Node, address: Address, document: Document) -> Any:
    """Return a node as plain data, and note in `document` where it stands."""
    document.values[address] = _place(node.start_mark, document.path)
    if isinstance(node, MappingNode):
        return _plain_mapping(node, address, document)
    if isinstance(node, ScalarNode):
        return _plain_scalar(node, address, document)
    return [_plain(entry, (*address, number), document) for number, entry in enumerate(node.value)]


def _plain_mapping(node: MappingNode, address: Address, document: Document) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = _place(key_node.start_mark, document.path)
        key = _plain(key_node, (*address, ""), document) if isinstance(key_node, ScalarNode) else None
        if not isinstance(key, str):
            _refuse("a key is text, such as dose; put others in quotes", place)
        if key in mapping:
            first = document.keys[*address, key]
            _refuse(f"{key!r} stands here a second time; the first is in line {first.line}", place)
        document.keys[*address, key] = place
        mapping[key] = _plain(value_node, (*address, key), document)
        if mapping[key] is None:  # nothing was written, and the parser places nothing where the next thing stands
            document.values[*address, key] = place
    document.values.pop((*address, ""), None)
    return mapping


def _plain_scalar(node: ScalarNode, address: Address, document: Document) -> Any:
    if node.tag not in _NOT_TEXT:
        return node.value
    try:
        return YAML(typ="safe", pure=True).constructor.construct_object(node)
    except ValueError:  # thousands of digits, or what only looks like a number
        shown = node.value if len(node.value) < 20 else f"{node.value[:20]}..."
        raise document.error(f"{shown} is no number; put text in quotes", address) from None
