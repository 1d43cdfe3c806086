"""The same paper as a workbook: figures are numbers, charts are native, nothing is a formula.

All tables share one grid of columns (the table with most columns gives it), so that the sheet prints
as one page wide and the main table stays free of merged figures. Widths are in characters, heights
in points.
"""

from __future__ import annotations

import io
import math
from datetime import datetime
from pathlib import Path
from typing import Any

from civictracker.documents.files import replace_file
from civictracker.documents.model import (
    Block,
    Cell,
    Charts,
    Document,
    Heading,
    Headline,
    KeyFigures,
    Masthead,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Signatures,
    Table,
)
from civictracker.documents.tables import Rules, grid
from civictracker.documents.xlsx_approval import approval_width, put_approval, with_fixed_boxes
from civictracker.documents.xlsx_charts import ChartData
from civictracker.documents.xlsx_grid import edges, is_nearly_one, lines_in, nearest, settled, shared_edges
from civictracker.documents.xlsx_looks import FONT, Looks, look_of, rules_of
from civictracker.documents.xlsx_pages import Rows, page_breaks, room_of, set_page
from civictracker.domain.file_names import sheet_name

SHEET = "보고서"
_WIDTH = 100.0  # characters over all columns: A4 at 100 %
_LINE = 16.5
_LARGE = 12  # letters of 보도자료
_CHART_ROWS = 10
_EMBLEM = 60  # pixels of the emblem's height
_POINTS_A_PIXEL = 0.75
_SQUEEZE = 1.12
_LONG = 30  # rows that a screen and a printed page show at once
_SHORT = 12  # rows of a table that is not parted
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "nan_inf_to_errors": False,
    # Columns are as wide as so many digits of the book's own font: of one that is there, 7 pixels each.
    "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": "none"},
}  # fmt: skip


def write_xlsx(document: Document, path: Path) -> None:
    """Write ``document`` to ``path``. Raises DiskError; ``path`` is whole or as it was."""
    import xlsxwriter  # noqa: PLC0415 (0.2 s that a start of the program need not wait for)

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, _OPTIONS)
    book.set_properties(
        {"title": document.title, "subject": document.subject, "author": document.author,
         "comments": "채널일지", "created": datetime.combine(document.written, datetime.min.time())}
    )  # fmt: skip
    looks = Looks(book)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    paper = _Sheet(book.add_worksheet(SHEET), looks, tables)
    _long_tables(book, looks, document)
    paper.write(document, ChartData(book, looks))
    book.close()
    has_boxes = document.masthead.approval is not None
    made = content.getvalue()
    replace_file(path, with_fixed_boxes(made) if has_boxes else made)


def _long_tables(book: Any, looks: Looks, document: Document) -> None:
    """A table that is longer than a screen has a sheet of its own besides, where its head stays in view."""
    taken, heading = {SHEET}, Heading("")
    for block in document.blocks:
        if isinstance(block, Heading):
            heading = block
        if isinstance(block, Table) and block.head and len(block.body) > _LONG:
            name = sheet_name(block.name or heading.text, taken)
            taken.add(name)
            _Sheet(book.add_worksheet(name), looks, [block]).write_table(block, heading, document)


class _Sheet:
    """Writes block after block downwards, on the grid of ``tables``."""

    def __init__(self, sheet: Any, looks: Looks, tables: list[Table]) -> None:
        self._sheet, self._format = sheet, looks
        self._edges = shared_edges(tables)
        self._last = len(self._edges) - 2
        self._row = 0
        self._rows = Rows()
        for i in range(self._last + 1):
            self._sheet.set_column(i, i, self._chars(i, i), self._format())

    def write(self, document: Document, data: ChartData) -> None:
        """The whole paper."""
        self._masthead(document.masthead)
        if document.blocks and isinstance(document.blocks[0], Table):
            self._high(self._row, 8)
            self._row += 1
        for block in document.blocks:
            self._block(block, data)
        self._set_pages(document.furniture.foot)
        if data.sheet is not None:
            set_page(data.sheet)
            data.sheet.fit_to_pages(1, 0)

    def write_table(self, table: Table, heading: Heading, document: Document) -> None:
        """One table alone: its head and the names at its left stay where they are."""
        self._high(0, 22)
        self._put(0, self._last, document.masthead.subtitle, bold=True, font_size=12, shrink=True)
        self._row = 1
        self._heading(heading)
        top = self._row + len(table.head)
        figures = [column for cell, _, column in grid(table.body) if cell.value is not None]
        self._table(table)
        self._sheet.repeat_rows(top - len(table.head), top - 1)
        self._sheet.freeze_panes(top, min(figures, default=0))
        self._set_print(document.furniture.foot)
        self._sheet.fit_to_pages(1, 0)

    def _block(self, block: Block, data: ChartData) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Headline() | Paragraph() | Notes():
                self._words(block)
            case KeyFigures():
                self._key_figures(block)
            case Table():
                self._table(block)
            case Charts():
                self._charts(block, data)
            case Signatures():
                self._signatures(block)
            case PageBreak():
                self._rows.forced.append(self._row)

    def _words(self, block: Headline | Paragraph | Notes) -> None:
        match block:
            case Headline():
                self._headline(block)
            case Paragraph():
                bullet = {1: "○ ", 2: "   - "}.get(block.level, "")
                self._line(bullet + block.text, indent=1, font_size=_LARGE if block.is_large else 10)
            case Notes():
                for text, _ in block.lines:
                    self._line(f"※ {text}", indent=1, font_size=9 if block.small else 10)

    def _high(self, row: int, height: float) -> None:
        self._sheet.set_row(row, height)
        self._rows.heights[row] = height

    def _chars(self, first: int, last: int) -> float:
        return (self._edges[last + 1] - self._edges[first]) * _WIDTH

    def _pixels(self, first: int, last: int) -> int:
        return sum(int(self._chars(i, i) * 7 + 0.5) + 5 for i in range(first, last + 1))

    def _put(
        self, first: int, last: int, text: str, *, down: int = 0, row: int | None = None, **look: Any
    ) -> None:
        """Text over columns ``first`` to ``last`` and ``down`` rows below."""
        at = self._row if row is None else row
        style = self._format(**look)
        if first != last or down:
            self._sheet.merge_range(at, first, at + down, last, "", style)
        self._sheet.write_string(at, first, text, style)

    def _line(self, text: str, **look: Any) -> None:
        size = look.get("font_size", 10)
        lines = lines_in(text, (self._chars(0, self._last) - 4) * 10 / size)
        self._high(self._row, _LINE * max(1.0, size / 10) * lines + (6 if size == _LARGE else 0))
        self._put(0, self._last, text, text_wrap=True, **look)
        self._row += 1

    def _masthead(self, masthead: Masthead) -> None:
        whole = self._pixels(0, self._last)
        boxes = approval_width(masthead.approval) if masthead.approval else 0
        fitting = [i for i in range(self._last + 1) if self._pixels(0, i) <= whole - boxes]
        room = max(fitting, default=0)
        for row, height in enumerate((20.0, 24.0, 22.0, 18.0)):
            self._high(row, height)
        beside = {"indent": _put_emblem(self._sheet, masthead.emblem)} if masthead.emblem else {}
        self._put(0, room, masthead.title, down=1, bold=True, font_size=20, shrink=True, **beside)
        self._put(0, room, masthead.subtitle, row=2, font_size=11, shrink=True, **beside)
        self._put(0, self._last, masthead.byline, row=3, bottom=2, shrink=True)
        if masthead.approval is not None:
            put_approval(self._sheet, masthead.approval, whole)
        self._row = 4

    def _heading(self, block: Heading) -> None:
        self._high(self._row, 7)
        self._row += 1
        self._high(self._row, 20)
        middle = self._last // 2 if block.unit else self._last
        name, look = f"□ {block.text}", {"bold": True, "font_size": 12}
        self._put(0, middle, name, **look)
        if block.remark:
            remark = (self._format(font_size=10), f"  {block.remark}")
            self._sheet.write_rich_string(
                self._row, 0, self._format(**look), name, *remark, self._format(**look)
            )
        if block.unit:
            self._put(middle + 1, self._last, block.unit, align="right", font_size=9)
        self._rows.keep(self._row - 1, self._row + 1)
        self._row += 1

    def _headline(self, block: Headline) -> None:
        self._rows.keep(self._row, self._row + (4 if block.subtitle else 3))
        self._high(self._row, 10)
        self._row += 1
        self._line(block.title, bold=True, font_size=18, align="center")
        if block.subtitle:
            self._line(f"- {block.subtitle} -", font_size=12, align="center")
        self._high(self._row, 6)
        self._row += 1

    def _key_figures(self, block: KeyFigures) -> None:
        self._high(self._row, 5)
        self._rows.keep(self._row, self._row + 3)
        self._row += 1
        bounds = nearest([i / len(block.items) for i in range(len(block.items) + 1)], self._edges)
        rows: tuple[tuple[int, bool, dict[str, int]], ...] = (
            (9, False, {"top": 2}), (15, True, {}), (9, False, {"bottom": 2}),
        )  # fmt: skip
        for step, (size, bold, rule) in enumerate(rows):
            self._high(self._row + step, 22 if bold else 15)
            for item, first, after in zip(block.items, bounds, bounds[1:], strict=False):
                text = (item.name, item.text, item.detail)[step]
                left: dict[str, Any] = {"left": 1, "left_color": "#858585"} if first else {}
                self._put(first, after - 1, text, row=self._row + step, font_size=size, bold=bold,
                          indent=1, shrink=True, **rule, **left)  # fmt: skip
        self._row += 3

    def _signatures(self, block: Signatures) -> None:
        self._rows.keep(self._row, self._row + 1 + len(block.items))
        self._high(self._row, _LINE)
        self._row += 1
        self._line(block.day, align="center")
        for each in block.items:
            self._high(self._row, 24)
            words = f"{each.role}  {each.name}".strip() + "          (서명 또는 인)"
            self._put(0, self._last, words, align="right", indent=1)
            self._row += 1

    def _table(self, table: Table) -> None:
        bounds = settled(table, nearest(edges(table), self._edges), self._edges, _WIDTH)
        last_head = self._row + len(table.head) - 1
        end = last_head + len(table.body)
        if len(table.body) > _LONG:
            self._sheet.repeat_rows(self._row, last_head)
            self._rows.repeated = (self._row, last_head)
        self._rows.keep(self._row, end if len(table.body) <= _SHORT else last_head + 2)
        self._rows.keep(end - 1, end)
        self._part(table, table.head, bounds, in_head=True)
        self._part(table, table.body, bounds, in_head=False)

    def _part(self, table: Table, rows: tuple[Row, ...], bounds: list[int], *, in_head: bool) -> None:
        """The head or the body."""
        heights, rules = [1] * len(rows), Rules(table)
        above = 0 if in_head else len(table.head)
        for cell, row, column in grid(rows):
            first, last = bounds[column], bounds[column + cell.colspan] - 1
            end = row + cell.rowspan - 1
            look = look_of(table, cell, rows[row], column, in_head=in_head)
            look |= rules_of(
                rules.above(above + row, column), rules.above(above + end + 1, column),
                left=first > 0, right=last < self._last,
            )  # fmt: skip
            room = self._chars(first, last) - 1.0
            if is_nearly_one(cell.text, room):
                look |= {"text_wrap": False, "shrink": True}
            elif cell.rowspan == 1 and cell.value is None:
                heights[row] = max(heights[row], lines_in(cell.text, room))
            self._cell(cell, self._row + row, first, last, look)
        for row, lines in enumerate(heights):
            self._high(self._row + row, max(18.0, _LINE * lines))
        self._row += len(rows)

    def _cell(self, cell: Cell, row: int, first: int, last: int, look: dict[str, Any]) -> None:
        if cell.value is None:
            self._put(first, last, cell.text, down=cell.rowspan - 1, row=row, **look)
            return
        self._put(first, last, "", down=cell.rowspan - 1, row=row, **look)
        number = float(cell.value) if cell.decimals else int(cell.value)
        self._sheet.write_number(row, first, number, self._format(**look))

    def _charts(self, block: Charts, data: ChartData) -> None:
        for i in range(_CHART_ROWS):
            self._high(self._row + i, _LINE)
        self._rows.keep(self._row, self._row + _CHART_ROWS - 1)
        width = self._pixels(0, self._last) / len(block.charts)
        for i, chart in enumerate(block.charts):
            made = data.chart(chart)
            made.set_size({"width": width - 6, "height": _CHART_ROWS * 22 - 4})
            self._sheet.insert_chart(
                self._row, 0, made,
                {"x_offset": i * width + 2, "y_offset": 2, "object_position": 2,
                 "description": chart.summary},
            )  # fmt: skip
        self._row += _CHART_ROWS

    def _set_pages(self, foot: str) -> None:
        """What runs over one page by a little is made to fit it; more pages begin where nothing is cut."""
        self._set_print(foot)
        room = room_of(self._pixels(0, self._last) * _POINTS_A_PIXEL)
        is_one = not self._rows.forced and self._rows.height <= room * _SQUEEZE
        self._sheet.fit_to_pages(1, 1 if is_one else 0)
        if not is_one:
            self._sheet.set_h_pagebreaks(page_breaks(self._rows, self._row, room))

    def _set_print(self, foot: str) -> None:
        set_page(self._sheet, foot=foot)
        self._sheet.print_area(0, 0, max(self._row - 1, 0), self._last)
        self._sheet.center_horizontally()
        self._sheet.hide_gridlines(2)


def _put_emblem(sheet: Any, picture: Picture) -> int:
    """Put it left of the title; how far the title stands off, in Excel's steps of 9 pixels."""
    scale = min(_EMBLEM / picture.height, 3 * _EMBLEM / picture.width)
    sheet.insert_image(0, 0, "emblem.png", {
        "image_data": io.BytesIO(picture.data), "x_scale": scale, "y_scale": scale, "x_offset": 2,
        "y_offset": 6, "object_position": 3, "description": picture.alt,
    })  # fmt: skip
    return min(15, math.ceil((picture.width * scale + 8) / 9))
