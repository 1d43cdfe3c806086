"""Cells → numbers: what ▲ means in this sheet, and which columns hold one late reading only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from civictracker.domain.numbers import (
    Missing,
    Number,
    Unreadable,
    number_from_cell,
    parse_number,
)
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.headers import is_stock
from civictracker.sheets.layout import Column, Table
from civictracker.sheets.records import Context, Extraction, Question
from civictracker.sheets.two_figures import AFTER, FRONT, INSIDE, first_pair, half_of

_DOWN = frozenset("▼▽")
_UP = frozenset("▲△")
_MARKS = _UP | _DOWN
_BEHIND = re.compile(r"(?<=\d)\s*[(\[][^)\]]*[)\]]")
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")  # 8.800: 8,800 or 8.8
_FRACTION = re.compile("률|율|비율|시간|평균|점수|평점|지수|%|rate|avg|average|score", re.IGNORECASE)


class CellReader:
    """Reads the cells of one table; knows for each column which marks are a minus."""

    def __init__(self, grid: Grid, table: Table, context: Context, out: Extraction) -> None:
        self._grid, self._table, self._context, self._out = grid, table, context, out
        self._minus: dict[int, frozenset[str]] = {}

    def learn_marks(self, column: Column) -> None:
        """▲ is a minus unless ▼ stands in the same table, or a person said otherwise."""
        cells = self._grid.column(column.index, self._table.first, self._table.last)
        if str not in set(map(type, cells)):
            return
        seen = self._marks(cells)
        told = self._context.answers.get("minus", "")
        if told:
            self._minus[column.index] = frozenset(told) & (_UP | _DOWN)
        elif seen & _DOWN or (seen and self._in_table & _DOWN):
            self._minus[column.index] = _DOWN
        elif seen:
            self._minus[column.index] = _UP | _DOWN
            why = f"‘{''.join(sorted(seen))}’ 표를 감소로 읽었습니다. 증가라면 고쳐 주세요."
            self._out.ask(Question("minus", why, ("△▲", "▼▽"), blocking=False))

    def halves(self, column: Column, cells: list[Cell]) -> list[Cell]:
        """One of two figures a cell, 12(4,110): by the heading, or as a person said; asked until then."""
        part = column.part
        if not part and (example := first_pair(cells)):
            part = self._context.answers.get("pair", "")
            if part not in {FRONT, INSIDE}:
                why = f"‘{example}’처럼 한 칸에 수가 두 개 있습니다. 괄호 앞의 수를 쓸까요, 안의 수를 쓸까요?"
                self._out.ask(Question("pair", why, (FRONT, INSIDE)))
        return [half_of(cell, part) for cell in cells] if part in {FRONT, INSIDE, AFTER} else cells

    def plain(self, column: Column, cells: list[Cell]) -> list[Cell]:
        """The cells of a column, with 8.800 as a person told that it is meant; until then it is asked."""
        texts = [cell for cell in cells if type(cell) is str and "." in cell]
        is_odd = len(texts) >= 2 and all(map(_DOTTED.fullmatch, texts)) and not _FRACTION.search(column.name)
        if not is_odd or (told := self._context.answers.get("point", "")) == "decimal":
            return cells
        if told == "thousands" or any(text.count(".") > 1 for text in texts):
            return [cell.replace(".", "") if type(cell) is str else cell for cell in cells]
        why = f"‘{texts[0]}’처럼 적힌 점은 천 단위 점인가요, 소수점인가요?"
        self._out.ask(Question("point", why, ("thousands", "decimal")))
        return [f"{cell}?" if cell in texts else cell for cell in cells]

    @staticmethod
    def _marks(cells: list[Cell]) -> set[str]:
        """The marks, without those of a change in brackets behind a figure: 15,000(▲50)."""
        return set("".join(_BEHIND.sub("", cell) for cell in cells if type(cell) is str)) & _MARKS

    @cached_property
    def _in_table(self) -> set[str]:
        """The marks of all columns: ▼ beside ▲ anywhere says which of them is down."""
        table = self._table
        columns = [self._grid.column(c.index, table.first, table.last) for c in table.columns]
        return set().union(*map(self._marks, columns))

    def shown(self, row: int, column: int) -> Cell:
        """The cell as a person sees it: inside a merge, the merge's value."""
        if self._grid.has_merges:
            return self._grid.filled(row, column)
        cells = self._grid.rows[row]
        return cells[column] if column < len(cells) else None

    def number(self, cell: Cell, column: int) -> Number | Missing | Unreadable:
        if cell is None:
            return Missing.EMPTY
        if isinstance(cell, bool):
            return Unreadable(str(cell), "참·거짓 값이라 숫자로 읽을 수 없습니다.")
        if isinstance(cell, int | float):
            return number_from_cell(cell)
        if isinstance(cell, timedelta):
            return Number(Decimal(round(cell.total_seconds())), unit="s")
        if isinstance(cell, str):
            return parse_number(cell, minus_marks=self._minus.get(column, _UP | _DOWN))
        return Unreadable(str(cell), f"날짜라서 숫자로 읽을 수 없습니다: ‘{cell}’")


_CHANGE = re.compile(r"\(\s*(?:[+\-−△▲▽▼]\s*[\d,.]+\s*%?|0|-)\s*[명건회개]?\s*\)")
_SIGNED = re.compile(r"\(\s*[+\-−△▲▽▼]\s*\d")


def rows_of_changes(columns: Sequence[list[Cell]]) -> list[int]:
    """Rows whose figures are all changes in brackets, (+15) and (-1), below the figures that changed."""
    texts = [
        {at for at, cell in enumerate(cells) if type(cell) is str and cell[:1] == "("}
        for cells in columns
        if str in set(map(type, cells))
    ]
    found = []
    for at in sorted(set().union(*texts)) if any(texts) else ():
        told = [text_of(cells[at]) for cells in columns if not is_empty(cells[at])]
        if at and all(map(_CHANGE.fullmatch, told)) and any(map(_SIGNED.match, told)):
            found.append(at)
    return found


def is_snapshot(grid: Grid, table: Table, column: Column) -> bool:
    """Is it a stock that a crawler writes into its last row, with zeros nearly everywhere above?

    The zeros mean "not collected"; the day of the reading is the crawl's, which the file does not
    say.
    """
    rows = range(table.first, table.last + 1)
    if len(rows) < 5 or not is_stock(column.name):
        return False
    values = [grid.at(row, column.index) for row in rows]
    zeros = sum(1 for value in values if _is_zero(value))
    return _is_positive(values[-1]) and zeros * 10 >= len(values) * 9 - 10


def _is_zero(cell: Cell) -> bool:
    return is_empty(cell) or cell in {0, "0"}


def _is_positive(cell: Cell) -> bool:
    number = parse_number(text_of(cell))
    return isinstance(number, Number) and number.value > 0
