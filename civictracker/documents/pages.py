"""Documents on A4 pages, measured by the paper's own font: the same everywhere, and without a toolkit."""

from __future__ import annotations

from functools import cache

from civictracker.documents.flow import paginate_with
from civictracker.documents.layout import Area, Layout
from civictracker.documents.model import Document
from civictracker.documents.pdf_font import paper_font
from civictracker.documents.typeset import Typesetter


class _Noto:
    """Advances of the paper's font."""

    def __init__(self) -> None:
        self._fonts = {bold: paper_font(bold=bold) for bold in (False, True)}

    def advance(self, char: str, *, bold: bool) -> float | None:
        font = self._fonts[bold].font
        glyph = font.get_nominal_glyph(ord(char))
        return None if not glyph else font.get_glyph_h_advance(glyph) / font.face.upem


@cache
def paper_setter() -> Typesetter:
    return Typesetter(_Noto())


def paginate(document: Document) -> Layout:
    """Set ``document`` on A4 pages; equal documents give equal layouts."""
    return paginate_with(document, paper_setter())


def page_count(layout: Layout) -> int:
    return len(layout.pages)


def area_at(layout: Layout, page: int, x: float, y: float) -> Area | None:
    """The figure under a point of ``page`` (from 0, in points), with its rectangle to highlight."""
    return next((area for area in reversed(layout.pages[page].areas) if area.holds(x, y)), None)
