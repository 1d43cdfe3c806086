"""Tables in official style: heavy rules above and below, a shaded head, hairlines within."""

from __future__ import annotations

from dataclasses import dataclass

from civictracker.documents.layout import BLACK, GREY, HAIR, HEAVY, THIN, Box, Canvas
from civictracker.documents.model import Align, Cell, Emphasis, Row, Table
from civictracker.documents.typeset import Type, Typesetter

_PAD = 5.5
_HEAD_FILL, _LABEL_FILL, _TOTAL_FILL = 0.91, 0.94, 0.955
_SIZE = 8.8
_LINE = 1.26  # ems from line to line within a cell
_MOST_LINES = 3
_WIDEST = 230.0  # that a column of words may ask for
_NARROWEST, _LEAST = 70.0, 46.0  # a column of words, and any other


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell on the grid, with its text broken to its width."""

    cell: Cell
    row: int
    column: int
    lines: tuple[str, ...]
    type: Type
    align: Align


class TableLayout:
    """A table set to ``width``: heights first, then any run of its rows onto a page."""

    def __init__(self, table: Table, width: float, setter: Typesetter, density: float) -> None:
        self._table = table
        self._setter = setter
        self.width = width
        self._edges = self._columns(width)
        self._row_height = 15.2 * density
        self._head = self._place(table.head, in_head=True)
        self._body = self._place(table.body, in_head=False)
        self._head_heights = self._heights(table.head, self._head)
        self.heights = self._heights(table.body, self._body)
        self.head_height = sum(self._head_heights)

    @property
    def edges(self) -> list[float]:
        """The columns' left edges and the right one."""
        return self._edges

    @property
    def row_heights(self) -> list[float]:
        """Of the head and the body."""
        return [*self._head_heights, *self.heights]

    def _columns(self, width: float) -> list[float]:
        """Left edges and the right one; a column of figures takes what its longest needs.

        It takes from the widest column of words first, then from columns of figures with room.
        """
        whole = sum(column.weight for column in self._table.columns)
        widths = [column.weight / whole * width for column in self._table.columns]
        needs = self._needs()
        words = [column.align is Align.LEFT for column in self._table.columns]
        least = [_NARROWEST if w else max(need, _LEAST) for w, need in zip(words, needs, strict=True)]
        for i, need in enumerate(needs):
            for k in sorted(range(len(widths)), key=lambda k: (not words[k], -widths[k])):
                given = min(max(need - widths[i], 0.0), max(0.0, widths[k] - least[k]))
                widths[k] -= given
                widths[i] += given
        self._share(widths)
        edges = [0.0]
        for each in widths:
            edges.append(edges[-1] + each)
        return edges

    def _share(self, widths: list[float]) -> None:
        """Columns of words that would break their lines take what other columns of words leave free."""
        longest, figures = self._longest()
        words = [i for i in range(len(widths)) if not figures[i]]
        wants = {i: max(0.0, min(longest[i], _WIDEST) - widths[i]) for i in words}
        spare = {i: max(0.0, widths[i] - max(longest[i], _LEAST)) for i in words}
        wanted, free = sum(wants.values()), sum(spare.values())
        if wanted <= 0 or free <= 0:
            return
        moved = min(wanted, free)
        for i in words:
            widths[i] += wants[i] / wanted * moved - spare[i] / free * moved

    def _longest(self) -> tuple[list[float], list[bool]]:
        """The width of each column's longest text on one line, and whether it holds figures."""
        longest, figures = [0.0] * len(self._table.columns), [False] * len(self._table.columns)
        for rows, bold in ((self._table.head, True), (self._table.body, False)):
            for cell, _, column in grid(rows):
                if cell.colspan == 1:
                    wide = self._setter.width(self._setter.clean(cell.text), Type(_SIZE, bold=bold))
                    longest[column] = max(longest[column], wide + 2 * _PAD + 1.0)
                    figures[column] = figures[column] or cell.value is not None
        return longest, figures

    def _needs(self) -> list[float]:
        needs = [0.0] * len(self._table.columns)
        for cell, _, column in grid(self._table.body):
            if cell.value is not None and cell.colspan == 1:
                wide = self._setter.width(cell.text, Type(_SIZE, bold=True)) + 2 * _PAD
                needs[column] = max(needs[column], wide)
        return needs

    def _place(self, rows: tuple[Row, ...], *, in_head: bool) -> list[_Placed]:
        placed = []
        for cell, row, column in grid(rows):
            room = self._edges[column + cell.colspan] - self._edges[column] - 2 * _PAD
            type_ = Type(_SIZE, bold=in_head or rows[row].emphasis is Emphasis.TOTAL)
            align = Align.CENTER if in_head else cell.align or self._table.columns[column].align
            if cell.value is None:
                if in_head:
                    room += _PAD
                lines = self._setter.lines(cell.text, room, type_, _MOST_LINES)
            else:
                text = self._setter.clean(cell.text)
                type_ = self._setter.fitted(text, room, type_)
                lines = (text,)
            placed.append(_Placed(cell, row, column, lines, type_, align))
        return placed

    def _heights(self, rows: tuple[Row, ...], cells: list[_Placed]) -> list[float]:
        heights = [self._row_height] * len(rows)
        for each in cells:
            if each.cell.rowspan == 1:
                more = (len(each.lines) - 1) * _SIZE * _LINE
                heights[each.row] = max(heights[each.row], self._row_height + more)
        return heights

    def draw(self, canvas: Canvas, x: float, y: float, first: int, last: int) -> None:
        """The head and the body's rows ``first`` to ``last`` from ``y`` down."""
        self._draw_head(canvas, x, y, told=first == 0)
        top = y + self.head_height
        tops = [top]
        for height in self.heights[first : last + 1]:
            tops.append(tops[-1] + height)
        for row in range(first, last + 1):
            if self._table.body[row].emphasis is Emphasis.TOTAL:
                at = row - first
                canvas.marks.insert(0, Box(x, tops[at], self.width, self.heights[row], _TOTAL_FILL))
        for each in self._body:
            start, end = max(each.row, first), min(each.row + each.cell.rowspan - 1, last)
            if start <= end:
                if each.cell.is_label:
                    left, right = self._span(each)
                    high = tops[end + 1 - first] - tops[start - first]
                    shade = Box(x + left, tops[start - first], right - left, high, _LABEL_FILL)
                    canvas.marks.insert(0, shade)
                _enter(canvas, each, "TBody" if each.row >= first else "")
                self._draw_cell(canvas, each, x, tops[start - first], tops[end + 1 - first])
                self._rule_above(canvas, each, x, tops[start - first], start == first)
        canvas.across(x, y, self.width, HEAVY)
        canvas.across(x, top, self.width, THIN)
        canvas.across(x, tops[-1], self.width, HEAVY)

    def _draw_head(self, canvas: Canvas, x: float, y: float, *, told: bool) -> None:
        canvas.marks.insert(0, Box(x, y, self.width, self.head_height, _HEAD_FILL))
        tops = [y]
        for height in self._head_heights:
            tops.append(tops[-1] + height)
        for each in self._head:
            end = each.row + each.cell.rowspan
            _enter(canvas, each, "THead" if told else "")
            self._draw_cell(canvas, each, x, tops[each.row], tops[end])
            if each.row:
                left, right = self._span(each)
                canvas.across(x + left, tops[each.row], right - left, HAIR, GREY)

    def _rule_above(self, canvas: Canvas, each: _Placed, x: float, y: float, at_top: bool) -> None:  # noqa: FBT001
        if at_top:
            return
        strong = self._table.body[each.row].emphasis is not Emphasis.NONE or each.cell.rowspan > 1
        left, right = self._span(each)
        canvas.across(x + left, y, right - left, THIN if strong else HAIR, BLACK if strong else GREY)

    def _span(self, each: _Placed) -> tuple[float, float]:
        return self._edges[each.column], self._edges[each.column + each.cell.colspan]

    def _draw_cell(self, canvas: Canvas, each: _Placed, x: float, top: float, bottom: float) -> None:
        left, right = self._span(each)
        if each.column:
            canvas.down(x + left, top, bottom - top, HAIR, GREY)
        where = {
            Align.LEFT: left + _PAD, Align.CENTER: (left + right) / 2, Align.RIGHT: right - _PAD,
        }[each.align]  # fmt: skip
        step = _SIZE * _LINE
        middle = (top + bottom) / 2 - (len(each.lines) - 1) * step / 2
        for i, line in enumerate(each.lines):
            canvas.text(x + where, middle + i * step, line, each.type, each.align)
        canvas.area(x + left, top, right - left, bottom - top, each.cell.source)


def _enter(canvas: Canvas, each: _Placed, part: str) -> None:
    """The cell's place in the structure; what is only said again on a further page is decoration."""
    if not part:
        canvas.leave()
        return
    within = (
        ("Table", (canvas.block,)), (part, (0 if part == "THead" else 1,)), ("TR", (each.row,)),
    )  # fmt: skip
    cell, in_head = each.cell, part == "THead"
    canvas.enter(
        "TH" if in_head or cell.is_label else "TD", each.column, within=within, colspan=cell.colspan,
        rowspan=cell.rowspan, scope="Column" if in_head else "Row",
    )  # fmt: skip


def grid(rows: tuple[Row, ...]) -> list[tuple[Cell, int, int]]:
    """Each cell with its row and column, where cells from above leave room."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            placed.append((cell, number, column))
            taken.update(
                (number + down, column + right)
                for down in range(cell.rowspan)
                for right in range(cell.colspan)
            )
            column += cell.colspan
    return placed


class Rules:
    """How heavy the line above each cell of a table is, in points: head and body counted through."""

    def __init__(self, table: Table) -> None:
        self._rows = (*table.head, *table.body)
        self._head = len(table.head)
        self._spanned = {
            (row + first, column)
            for rows, first in ((table.head, 0), (table.body, self._head))
            for cell, row, column in grid(rows)
            if cell.rowspan > 1
        }

    def above(self, row: int, column: int) -> float:
        """HEAVY, THIN or HAIR; ``row`` after the last is the line below the table."""
        if row in {0, len(self._rows)}:
            return HEAVY
        if row == self._head:
            return THIN
        is_strong = self._rows[row].emphasis is not Emphasis.NONE or (row, column) in self._spanned
        return THIN if is_strong and row > self._head else HAIR
