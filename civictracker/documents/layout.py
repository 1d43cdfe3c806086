"""Pages as lists of marks in points (1/72 inch), y downwards from the top left of A4."""

from __future__ import annotations

from dataclasses import dataclass, field

from civictracker.documents.model import Align, Marker, Picture
from civictracker.documents.typeset import Type, Typesetter
from civictracker.services.report_values import Source

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.890  # A4 upright
BLACK, GREY, PALE = 0.0, 0.52, 0.8  # 0 is black, 1 is white
HAIR, THIN, HEAVY = 0.4, 0.75, 1.2
_MIDDLE = 0.37  # from a line's middle down to its baseline, in ems (Hangul and digits alike)


@dataclass(frozen=True, slots=True)
class Text:
    """``x`` is the left edge, ``y`` the baseline."""

    x: float
    y: float
    text: str
    type: Type


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through ``points``; ``dash`` lengths are in points, on and off in turn."""

    points: tuple[tuple[float, float], ...]
    width: float
    grey: float = BLACK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, filled with a grey or only outlined."""

    x: float
    y: float
    width: float
    height: float
    fill: float | None = None
    outline: float = 0.0


@dataclass(frozen=True, slots=True)
class Sign:
    """A chart's marker around its middle."""

    x: float
    y: float
    marker: Marker


@dataclass(frozen=True, slots=True)
class Image:
    """A picture fitted into a rectangle."""

    x: float
    y: float
    width: float
    height: float
    picture: Picture


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
    marks: tuple[Mark, ...]
    areas: tuple[Area, ...]


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

    def text(self, x: float, middle: float, text: str, type_: Type, align: Align = Align.LEFT) -> None:
        """One line around the height ``middle``; ``x`` is its left, middle or right by ``align``."""
        if not text:
            return
        if align is not Align.LEFT:
            wide = self.setter.width(text, type_)
            x -= wide if align is Align.RIGHT else wide / 2
        self.marks.append(Text(round(x, 3), round(middle + _MIDDLE * type_.size, 3), text, type_))

    def across(self, x: float, y: float, width: float, thick: float, grey: float = BLACK) -> None:
        self.marks.append(Stroke(((x, y), (x + width, y)), thick, grey))

    def down(self, x: float, y: float, height: float, thick: float, grey: float = BLACK) -> None:
        self.marks.append(Stroke(((x, y), (x, y + height)), thick, grey))

    def area(self, x: float, y: float, width: float, height: float, source: Source | None) -> None:
        if source is not None:
            self.areas.append(Area(x, y, width, height, source))

    def page(self) -> Page:
        return Page(tuple(self.marks), tuple(self.areas))
