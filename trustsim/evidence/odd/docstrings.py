"""What a docstring says, in its parts. Only the numpydoc that this project writes."""

from __future__ import annotations

import inspect
import re
from typing import Final, NamedTuple

__all__ = ["Docstring", "Entry", "read", "steps"]

_HEADING: Final = re.compile(r"^(\w[\w ]*)\n-{3,}\n", flags=re.MULTILINE)


class Entry(NamedTuple):
    """An entry of a section such as Parameters: names that share a type and a meaning."""

    names: tuple[str, ...]
    type: str
    meaning: str


class Docstring(NamedTuple):
    """A docstring.

    Attributes
    ----------
    text : str
        What stands before the first section, paragraphs apart.
    sections : dict of str to str
        By heading.
    """

    text: str
    sections: dict[str, str]

    @property
    def first(self) -> str:
        """The first paragraph, in one line."""
        return _line(self.text.split("\n\n")[0])

    def entries(self, section: str) -> list[Entry]:
        """Return the entries of a section, none if it is missing."""
        blocks = re.split(r"\n(?=\S)", self.sections.get(section, ""))
        return [_entry(block) for block in blocks if block]


def read(documented: object) -> Docstring:
    """Return the docstring of a class or function; an empty one if there is none."""
    text, *rest = _HEADING.split(inspect.cleandoc(documented.__doc__ or ""))
    return Docstring(text.strip(), dict(zip(rest[::2], (part.strip() for part in rest[1::2]), strict=True)))


def steps(documented: object) -> list[tuple[str, str]]:
    """Return the numbered steps that a docstring lists: the method that does each, and what it is."""
    found = re.findall(r"^\d+\. `(\w+)`: (.*(?:\n   .*)*)", read(documented).text, flags=re.MULTILINE)
    return [(name, _line(what)) for name, what in found]


def _entry(block: str) -> Entry:
    head, _, meaning = block.partition("\n")
    names, _, kind = head.partition(" : ")
    return Entry(tuple(names.split(", ")), kind, _line(meaning))


def _line(text: str) -> str:
    return " ".join(text.split())
