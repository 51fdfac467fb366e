"""What a report is made of: sections of blocks, which the template lays out. Plain text; the template escapes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, NamedTuple

__all__ = [
    "Block", "Bullets", "Card", "Cards", "Cell", "Chart", "Charts", "Code", "Heading", "Mark", "Number", "Report",
    "Section", "Table", "Text", "Tone",
]  # fmt: skip

Tone = Literal["better", "worse", "unclear"]
Mark = Tone | Literal[""]


class Number(NamedTuple):
    """A number as people read it, with its value as the model has it.

    Attributes
    ----------
    text : str
        Rounded, in people's units: ``"+3.9 points"``.
    value : float
        In the unit of the measure: 0.0391.
    """

    text: str
    value: float


Cell = str | Number


@dataclass(frozen=True)
class Text:
    """A paragraph; `tone` is ``"lead"`` for what must not be missed, ``"note"`` for small print."""

    kind: ClassVar = "text"
    text: str
    tone: Literal["", "lead", "note"] = ""


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar = "heading"
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list of sentences."""

    kind: ClassVar = "bullets"
    items: Sequence[str]


@dataclass(frozen=True)
class Code:
    """Lines for a terminal."""

    kind: ClassVar = "code"
    lines: Sequence[str]


@dataclass(frozen=True)
class Table:
    """A table; the first column names the rows.

    Attributes
    ----------
    caption : str
    columns : sequence of str
    rows : sequence of sequences of Cell
    tones : sequence of sequences of Mark, optional
        Of the cells of each row, where they say something.
    """

    kind: ClassVar = "table"
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    tones: Sequence[Sequence[Mark]] = ()


@dataclass(frozen=True)
class Chart:
    """A figure, in words too, with the numbers that it draws.

    Attributes
    ----------
    svg : str
        Inline SVG (`svg.inline`), safe as it is.
    alt : str
        What it shows, for those who do not see it.
    caption : str
    data : Table
    """

    svg: str
    alt: str
    caption: str
    data: Table


@dataclass(frozen=True)
class Charts:
    """Figures side by side, where there is room."""

    kind: ClassVar = "charts"
    charts: Sequence[Chart]


@dataclass(frozen=True)
class Card:
    """One key figure: what it is, how much it changes, how sure that is, and what it means."""

    name: str
    change: Number
    interval: str
    levels: str
    verdict: str
    tone: Tone


@dataclass(frozen=True)
class Cards:
    """Key figures."""

    kind: ClassVar = "cards"
    cards: Sequence[Card]


Block = Text | Heading | Bullets | Code | Table | Charts | Cards


@dataclass(frozen=True)
class Section:
    """A section: `key` is its anchor."""

    key: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Report:
    """A whole report.

    Attributes
    ----------
    title, subtitle : str
    sections : sequence of Section
    """

    title: str
    subtitle: str
    sections: Sequence[Section]
