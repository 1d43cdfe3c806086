"""The same paper as a workbook: figures are numbers, charts are native, nothing is a formula.

All tables share one grid of columns (the table with most columns gives it), so that the sheet prints
as one page wide and the main table stays free of merged figures. Widths are in characters, heights
in points.
"""

from __future__ import annotations

import io
import math
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

from civictracker.documents.charts import axis_scale
from civictracker.documents.files import replace_file
from civictracker.documents.model import (
    Align,
    ApprovalBox,
    Block,
    Cell,
    Charts,
    Document,
    Emphasis,
    Heading,
    KeyFigures,
    LineChart,
    Marker,
    Notes,
    PageBreak,
    Paragraph,
    Picture,
    Row,
    Signatures,
    Table,
)
from civictracker.documents.tables import grid

SHEET, DATA_SHEET = "보고서", "추이 자료"
_FONT = "맑은 고딕"
_PLAIN: dict[str, Any] = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
_WIDTH = 100.0  # characters over all columns: A4 at 100 %
_SNAP = 0.05  # edges nearer than this share of the width become one
_LINE = 16.5
_CHART_ROWS = 9
_EMBLEM = 60  # pixels of the emblem's height
_LONG = 35  # rows from which a table's head is worth repeating on every page
_MARKERS = {Marker.DOT: "circle", Marker.SQUARE: "square", Marker.TRIANGLE: "triangle", Marker.CROSS: "x"}
_DASHES = {Marker.DOT: "solid", Marker.SQUARE: "dash", Marker.TRIANGLE: "round_dot", Marker.CROSS: "dash_dot"}
_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False, "nan_inf_to_errors": False,
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
    _Sheet(book, document).write()
    book.close()
    replace_file(path, content.getvalue())


class _Sheet:
    """Writes block after block downwards."""

    def __init__(self, book: Any, document: Document) -> None:
        self._book = book
        self._document = document
        self._sheet = book.add_worksheet(SHEET)
        self._data: Any = None
        self._data_row = 0
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._edges = _shared_edges([b for b in document.blocks if isinstance(b, Table)])
        self._last = len(self._edges) - 2
        self._row = 0
        self._breaks: list[int] = []

    def write(self) -> None:
        for i in range(self._last + 1):
            self._sheet.set_column(i, i, self._chars(i, i), self._format())
        self._masthead()
        for block in self._document.blocks:
            self._block(block)
        self._print_settings()

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                bullet = {1: "○ ", 2: "   - "}.get(block.level, "")
                self._line(bullet + block.text, indent=1)
            case Notes():
                for text, _ in block.lines:
                    self._line(f"※ {text}", indent=1, font_size=9 if block.small else 10)
            case KeyFigures():
                self._key_figures(block)
            case Table():
                self._table(block)
            case Charts():
                self._charts(block)
            case Signatures():
                self._signatures(block)
            case PageBreak():
                self._breaks.append(self._row)

    def _format(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(_PLAIN | properties)
        return self._formats[key]

    def _chars(self, first: int, last: int) -> float:
        return (self._edges[last + 1] - self._edges[first]) * _WIDTH

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
        lines = _lines_in(text, (self._chars(0, self._last) - 4) * 10 / size)
        self._sheet.set_row(self._row, _LINE * lines)
        self._put(0, self._last, text, text_wrap=True, **look)
        self._row += 1

    def _masthead(self) -> None:
        masthead = self._document.masthead
        count = len(masthead.approval.names) if masthead.approval else 0
        room = self._last - count - (1 if count else 0)
        for row, height in enumerate((20.0, 24.0, 22.0, 18.0)):
            self._sheet.set_row(row, height)
        beside = {"indent": _put_emblem(self._sheet, masthead.emblem)} if masthead.emblem else {}
        self._put(0, room, masthead.title, down=1, bold=True, font_size=20, text_wrap=True, **beside)
        self._put(0, room, masthead.subtitle, row=2, font_size=11, shrink=True, **beside)
        self._put(0, self._last, masthead.byline, row=3, bottom=2)
        if masthead.approval is not None:
            self._approval(masthead.approval, room + 1)
        self._row = 4

    def _approval(self, approval: ApprovalBox, first: int) -> None:
        boxed: dict[str, Any] = {"border": 1, "align": "center"}
        self._put(
            first, first, "결\n재", down=2, row=0, text_wrap=True, bold=True, bg_color="#EFEFEF", **boxed
        )
        passed = False
        for i, name in enumerate(approval.names, first + 1):
            self._put(i, i, name, row=0, bg_color="#EFEFEF", shrink=True, **boxed)
            signs = approval.delegated != "" and name == approval.delegated
            text = "전결" if signs else "／" if passed else ""
            self._put(i, i, text, down=1, row=1, **boxed)
            passed = passed or signs

    def _heading(self, block: Heading) -> None:
        self._sheet.set_row(self._row, 7)
        self._row += 1
        self._sheet.set_row(self._row, 20)
        text = f"□ {block.text}" + (f"  {block.remark}" if block.remark else "")
        middle = self._last // 2 if block.unit else self._last
        self._put(0, middle, text, bold=True, font_size=12)
        if block.unit:
            self._put(middle + 1, self._last, block.unit, align="right", font_size=9)
        self._row += 1

    def _key_figures(self, block: KeyFigures) -> None:
        bounds = _nearest([i / len(block.items) for i in range(len(block.items) + 1)], self._edges)
        rows: tuple[tuple[int, bool, dict[str, int]], ...] = (
            (9, False, {"top": 2}), (15, True, {}), (9, False, {"bottom": 2}),
        )  # fmt: skip
        for step, (size, bold, rule) in enumerate(rows):
            self._sheet.set_row(self._row + step, 22 if bold else 15)
            for item, first, after in zip(block.items, bounds, bounds[1:], strict=False):
                text = (item.name, item.text, item.detail)[step]
                left = {"left": 4} if first else {}
                self._put(first, after - 1, text, row=self._row + step, font_size=size, bold=bold,
                          indent=1, shrink=True, **rule, **left)  # fmt: skip
        self._row += 3

    def _signatures(self, block: Signatures) -> None:
        self._row += 1
        self._line(block.day, align="center")
        for each in block.items:
            self._sheet.set_row(self._row, 24)
            words = f"{each.role}  {each.name}".strip() + "          (서명 또는 인)"
            self._put(0, self._last, words, align="right", indent=1)
            self._row += 1

    def _table(self, table: Table) -> None:
        bounds = _nearest(_edges(table), self._edges)
        if len(table.body) > _LONG:
            self._sheet.repeat_rows(self._row, self._row + len(table.head) - 1)
        self._rows(table, table.head, bounds, in_head=True)
        self._rows(table, table.body, bounds, in_head=False)

    def _rows(self, table: Table, rows: tuple[Row, ...], bounds: list[int], *, in_head: bool) -> None:
        heights = [1] * len(rows)
        for cell, row, column in grid(rows):
            first, last = bounds[column], bounds[column + cell.colspan] - 1
            end = row + cell.rowspan - 1
            look = _look(table, cell, rows[row], column, in_head=in_head)
            look["top"] = 2 if in_head and row == 0 else 1
            look["bottom"] = 2 if not in_head and end == len(rows) - 1 else 1
            look |= ({"left": 1} if first else {}) | ({"right": 1} if last < self._last else {})
            if cell.rowspan == 1:
                heights[row] = max(heights[row], _lines_in(cell.text, self._chars(first, last) - 0.5))
            self._cell(cell, self._row + row, first, last, look)
        for row, lines in enumerate(heights):
            self._sheet.set_row(self._row + row, max(18.0, _LINE * lines))
        self._row += len(rows)

    def _cell(self, cell: Cell, row: int, first: int, last: int, look: dict[str, Any]) -> None:
        if cell.value is None:
            self._put(first, last, cell.text, down=cell.rowspan - 1, row=row, **look)
            return
        self._put(first, last, "", down=cell.rowspan - 1, row=row, **look)
        number = float(cell.value) if cell.decimals else int(cell.value)
        self._sheet.write_number(row, first, number, self._format(**look))

    def _charts(self, block: Charts) -> None:
        for i in range(_CHART_ROWS):
            self._sheet.set_row(self._row + i, _LINE)
        width = _WIDTH * 7.3 / len(block.charts)
        for i, chart in enumerate(block.charts):
            made = self._chart(chart)
            made.set_size({"width": width - 6, "height": _CHART_ROWS * 22 - 4})
            self._sheet.insert_chart(
                self._row, 0, made,
                {"x_offset": i * width + 2, "y_offset": 2, "object_position": 2,
                 "description": chart.summary},
            )  # fmt: skip
        self._row += _CHART_ROWS

    def _chart(self, chart: LineChart) -> Any:
        top = self._chart_data(chart)
        made = self._book.add_chart({"type": "line"})
        font = {"name": _FONT, "size": 8}
        count = len(chart.ticks)
        for i, series in enumerate(chart.series, 1):
            known = [k for k, value in enumerate(series.values) if value is not None]
            labels = [{"delete": True} if k != known[-1] else {} for k in range(count)]
            made.add_series({
                "name": [DATA_SHEET, top, i],
                "categories": [DATA_SHEET, top + 1, 0, top + count, 0],
                "values": [DATA_SHEET, top + 1, i, top + count, i],
                "line": {"color": "black", "width": 1.25, "dash_type": _DASHES[series.marker]},
                "marker": {"type": _MARKERS[series.marker], "size": 5, "border": {"color": "black"},
                           "fill": {"color": "black" if series.marker is Marker.DOT else "white"}},
                "data_labels": {"value": True, "custom": labels, "position": "right", "font": font},
            })  # fmt: skip
        scale = axis_scale(chart)
        number = "#,##0" if scale.step >= 1 else "0.0"
        made.set_title({"name": chart.title, "name_font": {"name": _FONT, "size": 10, "bold": False}})
        made.set_x_axis({"num_font": font})
        made.set_y_axis({"min": scale.low, "max": scale.high, "num_font": font, "num_format": number,
                         "major_gridlines": {"visible": True, "line": {"color": "#C8C8C8"}}})  # fmt: skip
        made.set_legend({"none": True} if len(chart.series) == 1 else {"position": "bottom", "font": font})
        made.show_blanks_as("gap")
        return made

    def _chart_data(self, chart: LineChart) -> int:
        """Write the chart's figures below the ones before; the row of their heads."""
        if self._data is None:
            self._data = self._book.add_worksheet(DATA_SHEET)
            self._data.set_column(0, 0, 12, self._format())
            self._data.set_column(1, 8, 18, self._format())
        top = self._data_row + 1
        self._data.write_string(self._data_row, 0, chart.title, self._format(bold=True))
        head = self._format(bold=True, border=1, align="center", bg_color="#E8E8E8")
        for i, name in enumerate((chart.axis, *(series.name for series in chart.series))):
            self._data.write_string(top, i, name, head)
        month = ""
        for k, tick in enumerate(chart.ticks):
            month = chart.months[k] or month
            self._data.write_string(top + 1 + k, 0, f"{month} {tick}".strip(), self._format(border=1))
            for i, series in enumerate(chart.series, 1):
                value = series.values[k]
                style = self._format(border=1, num_format=_number_format(chart.decimals, ""))
                if value is None:
                    self._data.write_blank(top + 1 + k, i, None, style)
                else:
                    self._data.write_number(top + 1 + k, i, value, style)
        self._data_row = top + len(chart.ticks) + 2
        return top

    def _print_settings(self) -> None:
        for sheet in (self._sheet, self._data):
            if sheet is not None:
                sheet.set_paper(9)
                sheet.set_portrait()
                sheet.fit_to_pages(1, 0)
                sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.7)
                sheet.set_footer("&C- &P -")
        self._sheet.print_area(0, 0, max(self._row - 1, 0), self._last)
        if self._breaks:
            self._sheet.set_h_pagebreaks(self._breaks)
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


def _look(table: Table, cell: Cell, row: Row, column: int, *, in_head: bool) -> dict[str, Any]:
    if in_head:
        return {"bold": True, "align": "center", "bg_color": "#E8E8E8", "text_wrap": True}
    align = cell.align or table.columns[column].align
    look: dict[str, Any] = {"align": align.value}
    if cell.value is not None:
        look["num_format"] = _number_format(cell.decimals, cell.mark)
    elif align is not Align.RIGHT:
        look["text_wrap"] = True
    if row.emphasis is Emphasis.TOTAL:
        look |= {"bold": True, "bg_color": "#F4F4F4"}
    return look


def _number_format(decimals: int, mark: str) -> str:
    """△ for a decrease, as on paper; the mark stays outside the number."""
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    before = f'"{mark}"' if mark else ""
    return f'{before}{number};{before}"△"{number}'


def _lines_in(text: str, chars: float) -> int:
    """Lines that ``text`` needs in ``chars`` digits: Hangul is nearly two wide, points and blanks half."""
    wide = sum(_wide(char) for char in text)
    return max(1, min(8, math.ceil(wide / max(1.0, chars))))


def _wide(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WFA":
        return 1.75
    return 0.55 if char in " .,:;()'|!il" else 1.0


# --- one grid for all tables --------------------------------------------------------------------


def _edges(table: Table) -> list[float]:
    """Column edges as shares of the width, from 0.0 to 1.0."""
    whole = sum(column.weight for column in table.columns)
    edges = [0.0]
    for column in table.columns:
        edges.append(edges[-1] + column.weight / whole)
    edges[-1] = 1.0
    return edges


def _shared_edges(tables: list[Table]) -> list[float]:
    """The edges of the widest table, and those of the others that are near none of them."""
    if not tables:
        return [i / 8 for i in range(9)]
    tables = sorted(tables, key=lambda table: -len(table.columns))
    shared = _edges(tables[0])
    for table in tables[1:]:
        for edge in _edges(table):
            if all(abs(edge - other) > _SNAP for other in shared):
                shared.append(edge)
    while len(shared) < 8:  # 결재란 needs columns of its own
        shared.sort()
        at = max(range(len(shared) - 1), key=lambda i: shared[i + 1] - shared[i])
        shared.append((shared[at] + shared[at + 1]) / 2)
    return sorted(shared)


def _nearest(edges: list[float], shared: list[float]) -> list[int]:
    """For each edge the index of a shared one, strictly rising."""
    found: list[int] = []
    for i, edge in enumerate(edges):
        least = found[-1] + 1 if found else 0
        most = len(shared) - (len(edges) - i)
        found.append(min(range(least, most + 1), key=lambda k: abs(shared[k] - edge)))
    return found
