"""추이 as a workbook: periods down, channels across, and a chart of Excel's own over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

_HEAD = 3  # the row of the names; figures begin below it


@dataclass(frozen=True, slots=True)
class BookLine:
    """A value or None for each period; ``is_right``: drawn against an axis of its own at the right."""

    name: str
    values: tuple[float | None, ...]
    decimals: int = 0
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    title: str
    unit: str
    periods: tuple[str, ...]
    lines: tuple[BookLine, ...]
    summary: str = ""


def write_book(book: Book, target: Path) -> None:
    """Raises OSError. Text stays text: nothing that a person typed becomes a formula."""
    made = xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = made.add_worksheet("추이")
    head = made.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1})
    figures = {
        each: made.add_format({"num_format": _format(each)}) for each in {x.decimals for x in book.lines}
    }
    sheet.write_string(0, 0, f"{book.title} (단위: {book.unit})", made.add_format({"bold": True}))
    sheet.write_string(1, 0, book.summary)
    sheet.write_string(_HEAD, 0, "기간", head)
    for at, line in enumerate(book.lines, 1):
        sheet.write_string(_HEAD, at, line.name, head)
        for down, value in enumerate(line.values, _HEAD + 1):
            if value is not None:
                sheet.write_number(down, at, value, figures[line.decimals])
    for down, period in enumerate(book.periods, _HEAD + 1):
        sheet.write_string(down, 0, period)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, max(1, len(book.lines)), 14)
    sheet.freeze_panes(_HEAD + 1, 1)
    if book.periods and book.lines:
        sheet.insert_chart(_HEAD, len(book.lines) + 2, _chart(made, book))
    made.close()


def _chart(made: xlsxwriter.Workbook, book: Book) -> xlsxwriter.chart.Chart:
    last = _HEAD + len(book.periods)
    chart = made.add_chart({"type": "line"})
    for at, line in enumerate(book.lines, 1):
        chart.add_series(
            {
                "name": ["추이", _HEAD, at],
                "categories": ["추이", _HEAD + 1, 0, last, 0],
                "values": ["추이", _HEAD + 1, at, last, at],
                "y2_axis": line.is_right,
            }
        )
    chart.set_title({"name": book.title})
    chart.set_y_axis({"name": book.unit, "num_format": "#,##0"})
    if any(line.is_right for line in book.lines):
        chart.set_y2_axis({"num_format": "#,##0"})
    chart.set_size({"width": 960, "height": 420})
    chart.show_blanks_as("gap")
    return chart


def _format(decimals: int) -> str:
    return "#,##0" + (f".{'0' * decimals}" if decimals else "")
