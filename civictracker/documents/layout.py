"""Pages as lists of marks in points (1/72 inch), y downwards from the top left of A4."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from civictracker.documents.model import Align, Marker, Picture
from civictracker.documents.typeset import Type, Typesetter
from civictracker.services.report_values import Source

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.890  # A4 upright
BLACK, GREY, PALE = 0.0, 0.52, 0.8  # 0 is black, 1 is white
HAIR, THIN, HEAVY = 0.4, 0.75, 1.2
_MIDDLE = 0.37  # from a line's middle down to its baseline, in ems (Hangul and digits alike)


@dataclass(frozen=True, slots=True)
class Tag:
    """What a mark is part of, for screen readers: elements from the outside in, each with its order.

    The order is among the element's neighbours: the block's number first. A mark without a tag is
    decoration (a rule, a shade, a repeated head, the page's number). ``scope`` is of a
    cell that heads others.
    """

    path: tuple[tuple[str, tuple[int, ...]], ...]
    alt: str = ""
    colspan: int = 1
    rowspan: int = 1
    scope: str = "Column"


@dataclass(frozen=True, slots=True)
class Text:
    """``x`` is the left edge, ``y`` the baseline."""

    x: float
    y: float
    text: str
    type: Type
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through ``points``; ``dash`` lengths are in points, on and off in turn."""

    points: tuple[tuple[float, float], ...]
    width: float
    grey: float = BLACK
    dash: tuple[float, ...] = ()
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled with a grey or only outlined."""

    x: float
    y: float
    width: float
    height: float
    fill: float | None = None
    outline: float = 0.0
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Sign:
    """A chart's marker around its middle."""

    x: float
    y: float
    marker: Marker
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture fitted into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture
    tag: Tag | None = None


Mark = Text | Stroke | Box | Sign | Image


@dataclass(frozen=True, slots=True)
class Area:
    """Where on a page a figure stands: what a click there asks about."""

    x: float
    y: float
    width: float
    height: float
    source: Source

    def holds(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Page:
    """``tags`` are all parts of the page's structure, those of empty cells, too."""

    marks: tuple[Mark, ...]
    areas: tuple[Area, ...]
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Equal documents have equal layouts. ``density`` tells how tight the lines had to be set."""

    pages: tuple[Page, ...]
    density: float
    width: float = PAGE_WIDTH
    height: float = PAGE_HEIGHT


@dataclass(slots=True)
class Canvas:
    """A page while it is being put together."""

    setter: Typesetter
    marks: list[Mark] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    tags: dict[Tag, None] = field(default_factory=dict)
    block: int = 0
    tag: Tag | None = None  # of the texts that come

    def enter(self, kind: str, *order: int, within: tuple[tuple[str, tuple[int, ...]], ...] = (),
              alt: str = "", colspan: int = 1, rowspan: int = 1, scope: str = "Column") -> None:  # fmt: skip
        """What comes is a ``kind``: of the present block, or the ``order``-th of ``within``."""
        place = order if within else (self.block, *order)
        self.tag = Tag((*within, (kind, place)), alt, colspan, rowspan, scope)
        self.tags.setdefault(self.tag)

    def leave(self) -> None:
        """What comes is decoration."""
        self.tag = None

    def claim(self, since: int) -> None:
        """Everything drawn ``since`` that many marks belongs to the present tag, lines and signs too."""
        self.marks[since:] = [replace(mark, tag=self.tag) for mark in self.marks[since:]]

    def text(self, x: float, middle: float, text: str, type_: Type, align: Align = Align.LEFT) -> None:
        """One line around the height ``middle``; ``x`` is its left, middle or right by ``align``."""
        if not text:
            return
        if align is not Align.LEFT:
            wide = self.setter.width(text, type_)
            x -= wide if align is Align.RIGHT else wide / 2
        self.marks.append(Text(round(x, 3), round(middle + _MIDDLE * type_.size, 3), text, type_, self.tag))

    def across(self, x: float, y: float, width: float, thick: float, grey: float = BLACK) -> None:
        self.marks.append(Stroke(((x, y), (x + width, y)), thick, grey))

    def down(self, x: float, y: float, height: float, thick: float, grey: float = BLACK) -> None:
        self.marks.append(Stroke(((x, y), (x, y + height)), thick, grey))

    def area(self, x: float, y: float, width: float, height: float, source: Source | None) -> None:
        if source is not None:
            self.areas.append(Area(x, y, width, height, source))

    def page(self) -> Page:
        return Page(tuple(self.marks), tuple(self.areas), tuple(self.tags))
