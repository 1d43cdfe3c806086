"""A paper as a value: what it says, not where it stands. Every renderer reads this alone.

Lengths are relative (column weights); renderers own points and cells. Texts are final Korean, and
figures keep their value beside the text, so that a workbook gets numbers and a reader can ask where
one comes from (:class:`~civictracker.services.report_values.Source`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from civictracker.services.report_values import Source


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Emphasis(StrEnum):
    """How a table row stands out: a subtotal has a rule above it, a total is shaded and bold too."""

    NONE = "none"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


class Marker(StrEnum):
    """The sign at each point of a line, told apart in black and white."""

    DOT = "dot"
    TRIANGLE = "triangle"
    SQUARE = "square"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a table. ``value`` (with ``decimals`` places after ``mark``) makes it a number.

    ``is_label`` names what stands beside it, and is shaded like a head.

    ``align`` None takes the column's. ``colspan`` and ``rowspan`` count cells to the right and down,
    which the rows below leave out.
    """

    text: str
    value: int | Decimal | None = None
    decimals: int = 0
    mark: str = ""
    align: Align | None = None
    colspan: int = 1
    rowspan: int = 1
    source: Source | None = None
    is_label: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """``weight`` is the width relative to the other columns'."""

    weight: float
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True, slots=True)
class ApprovalBox:
    """결재란: the boxes from the writer upwards; the ``delegated`` one signs 전결."""

    names: tuple[str, ...]
    delegated: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """□ heading, with a remark behind it (its figure is of ``source``) and the tables' unit at the right."""

    text: str
    remark: str = ""
    unit: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of 개조식: level 1 is ``○``, 2 is ``-``, 0 has no bullet. ``is_large`` is set as 보도자료 is."""

    text: str
    level: int = 1
    source: Source | None = None
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """제목과 부제 of 보도자료, in the middle; ``source`` is what its figures were held against."""

    title: str
    subtitle: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Remarks that each begin with ``※``; ``small`` ones stand right below a table."""

    lines: tuple[tuple[str, Source | None], ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class KeyFigure:
    name: str
    text: str
    detail: str
    source: Source


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The few numbers to see first, side by side."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """``head`` rows are repeated on every page; a ``rowspan`` never crosses from head to body."""

    columns: tuple[Column, ...]
    head: tuple[Row, ...]
    body: tuple[Row, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A line of a chart. None is a gap. ``end`` is the label at its last point."""

    name: str
    values: tuple[int | Decimal | None, ...]
    end: str
    source: Source
    marker: Marker = Marker.DOT
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class LineChart:
    """``ticks`` name the points (``1주``), ``months`` the first point of each month, else empty.

    For months and quarters ``months`` says the years; ``axis`` is what a tick is (``주``, ``월``, ``년``).
    """

    title: str
    ticks: tuple[str, ...]
    months: tuple[str, ...]
    series: tuple[Series, ...]
    summary: str
    decimals: int = 0
    axis: str = "주"


@dataclass(frozen=True, slots=True)
class Charts:
    """Charts side by side."""

    charts: tuple[LineChart, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: ``인계자 홍보과 김○○ (서명)``. An empty name leaves room to write it."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """``day`` in the middle, then one line for each who signs, at the right."""

    day: str
    items: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page (in a workbook: a printed one)."""


Block = Heading | Headline | Paragraph | Notes | KeyFigures | Table | Charts | Signatures | PageBreak


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from memory, never from a place: ``data`` is a PNG or JPEG of these pixels."""

    data: bytes
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Masthead:
    """The top of page 1; the office's ``emblem`` stands left of the title."""

    title: str
    subtitle: str
    byline: str
    approval: ApprovalBox | None = None
    emblem: Picture | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """What every page carries: ``page`` takes the page number, ``foot`` stands beside it."""

    page: str = "- {} -"
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """``subject`` and ``author`` go to the file's properties, ``language`` is a BCP 47 tag."""

    title: str
    subject: str
    author: str
    written: date
    masthead: Masthead
    blocks: tuple[Block, ...]
    furniture: Furniture = Furniture()
    language: str = "ko-KR"
