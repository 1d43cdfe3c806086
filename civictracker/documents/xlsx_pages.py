"""Where a printed workbook goes on to its next page, so that no chart, heading or end of a table is cut.

Sheets are fitted to a page's width and not given a scale: programs without Excel's fonts have wider columns,
and would print a second page across.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

PAGE = (509.0, 747.0)  # points of A4 within the margins
_USUAL = 15.0  # points of a row of which nothing is said
_SPARE = 0.97  # programs and printers differ a little


@dataclass(slots=True)
class Rows:
    """The rows of a sheet, from 0: how high they are (points) and which may not be parted."""

    heights: dict[int, float] = field(default_factory=dict)
    tied: set[int] = field(default_factory=set)  # these stay with the row above
    forced: list[int] = field(default_factory=list)  # these begin a page
    repeated: tuple[int, int] | None = None  # first and last row of what heads the following pages

    def keep(self, first: int, last: int) -> None:
        """Rows ``first`` to ``last`` stay on one page."""
        self.tied.update(range(first + 1, last + 1))

    @property
    def height(self) -> float:
        return sum(self.heights.values())


def room_of(width: float) -> float:
    """The points of height of a page into which ``width`` points of columns are fitted."""
    return PAGE[1] * max(1.0, width / PAGE[0])


def page_breaks(rows: Rows, count: int, room: float) -> list[int]:
    """The rows before which a page of ``room`` points ends, of ``count`` rows; as few as can be."""
    heads = _height(rows.heights, range(rows.repeated[0], rows.repeated[1] + 1)) if rows.repeated else 0.0
    found: list[int] = []
    start, used = 0, 0.0
    for row in range(count):
        used += rows.heights.get(row, _USUAL)
        begins = row in rows.forced and row > start
        if not begins and used <= room * _SPARE:
            continue
        at = row if begins else _last_place(start, row, rows.tied)
        if at > start:
            found.append(at)
        start = at
        repeats = rows.repeated is not None and start > rows.repeated[1]
        used = _height(rows.heights, range(start, row + 1)) + (heads if repeats else 0.0)
    return found


def _last_place(start: int, row: int, tied: Collection[int]) -> int:
    """The last row up to ``row`` that may begin a page; ``row`` where what stays together is too high."""
    at = row
    while at > start and at in tied:
        at -= 1
    return at if at > start else row


def _height(heights: Mapping[int, float], rows: range) -> float:
    return sum(heights.get(row, _USUAL) for row in rows)


def set_page(sheet: Any, *, foot: str = "") -> None:
    """A4 upright with the page's number at the foot, ``foot`` beside it."""
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
    beside = "&L&8" + foot.replace("&", "&&") if foot else ""
    sheet.set_footer(f"{beside}&C- &P -")
