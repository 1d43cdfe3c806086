"""추이 as a workbook: periods down, channels across, and a chart of Excel's own over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import xlsxwriter


@dataclass(frozen=True, slots=True)
class Book:
    """``lines`` are (name, a value or None for each of ``periods``)."""

    title: str
    unit: str
    periods: tuple[str, ...]
    lines: tuple[tuple[str, tuple[float | None, ...]], ...]
    summary: str = ""
    decimals: int = 0


def write_book(book: Book, target: Path) -> None:
    """Raises OSError. Text stays text: nothing that a person typed becomes a formula."""
    made = xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = made.add_worksheet("추이")
    head = made.add_format({"bold": True, "bg_color": "#EEF2F7", "bottom": 1})
    figures = made.add_format({"num_format": "#,##0" + (f".{'0' * book.decimals}" if book.decimals else "")})
    sheet.write_string(0, 0, f"{book.title} (단위: {book.unit})", made.add_format({"bold": True}))
    sheet.write_string(1, 0, book.summary)
    sheet.write_string(3, 0, "기간", head)
    for at, (name, values) in enumerate(book.lines, 1):
        sheet.write_string(3, at, name, head)
        for down, value in enumerate(values, 4):
            if value is not None:
                sheet.write_number(down, at, value, figures)
    for down, period in enumerate(book.periods, 4):
        sheet.write_string(down, 0, period)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, max(1, len(book.lines)), 14)
    sheet.freeze_panes(4, 1)
    if book.periods and book.lines:
        last = 3 + len(book.periods)
        chart = made.add_chart({"type": "line"})
        for at in range(1, len(book.lines) + 1):
            chart.add_series(
                {
                    "name": ["추이", 3, at],
                    "categories": ["추이", 4, 0, last, 0],
                    "values": ["추이", 4, at, last, at],
                }
            )
        chart.set_title({"name": book.title})
        chart.set_y_axis({"name": book.unit, "num_format": "#,##0"})
        chart.set_size({"width": 960, "height": 420})
        chart.show_blanks_as("gap")
        sheet.insert_chart(3, len(book.lines) + 2, chart)
    made.close()
