"""Where the table is on a sheet, what its header says, and how it lies.

Each finding is a frozen value, so that a person's correction can replace one and the rest follow.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from civictracker.domain.dates import DateReading, parse_date
from civictracker.domain.numbers import Missing, Number, parse_number
from civictracker.domain.texts import clean, folded
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.header_rows import header_rows
from civictracker.sheets.headers import Role, is_countable, is_unit, role_of

SAMPLE = 400


class Layout(StrEnum):
    LONG = "long"  # a date in every row
    WIDE_TIME = "wide-time"  # time across
    WIDE_METRIC = "wide-metric"  # metrics across, one date for the whole table


class Content(StrEnum):
    """What the cells of a column mostly are."""

    EMPTY = "empty"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its header from top to bottom, what is in it, what it is for."""

    index: int
    header: tuple[str, ...]
    content: Content
    role: Role | None = None
    time: DateReading | None = None  # the period that the header names
    distinct: float = 0.0  # different texts ÷ texts, in the sample

    @property
    def name(self) -> str:
        return " ".join(self.header)


@dataclass(frozen=True, slots=True)
class Table:
    """A table found on a sheet: rows ``first``..``last`` hold the data, ``header`` rows the names."""

    layout: Layout
    header: tuple[int, int]  # first and last header row
    first: int
    last: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]  # texts above the header
    unit: str = ""

    def having(self, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.role in roles]

    @property
    def right(self) -> int:
        return max(column.index for column in self.columns)

    @property
    def left(self) -> int:
        return min(column.index for column in self.columns)


def find_table(grid: Grid) -> Table | None:
    """The table of ``grid``, or None when no row looks like a header with figures below it."""
    box = _box(grid)
    if box is None:
        return None
    top, bottom, width = box
    header = header_rows(grid, top, bottom, width)
    if header is None:
        return None
    first = header[1] + 1
    titles = _titles(grid, top, header[0])
    columns = [
        _column(grid, index, header, first, bottom)
        for index in range(width)
    ]  # fmt: skip
    used = tuple(column for column in columns if column.header or column.content is not Content.EMPTY)
    if not any(column.content is Content.NUMBER for column in used):
        return None
    layout, used = _oriented(used)
    unit = next((text for text in titles if is_unit(text)), "")
    return Table(layout, header, first, bottom, used, titles, unit)


def _box(grid: Grid) -> tuple[int, int, int] | None:
    """First and last row with anything in them, and the width in columns."""
    top = bottom = None
    width = 0
    for number, row in enumerate(grid.rows):
        end = len(row)
        while end and (row[end - 1] is None or row[end - 1] == ""):
            end -= 1
        if end:
            top = number if top is None else top
            bottom = number
            width = max(width, end)
    return None if top is None or bottom is None else (top, bottom, width)


def _titles(grid: Grid, top: int, header: int) -> tuple[str, ...]:
    texts: list[str] = []
    for row in range(top, header):
        for column, cell in enumerate(grid.rows[row]):
            if not is_empty(cell) and not grid.is_inside_merge(row, column):
                texts.append(clean(text_of(cell)))
    return tuple(texts)


# --- columns ----------------------------------------------------------------------------------


def _column(grid: Grid, index: int, header: tuple[int, int], first: int, last: int) -> Column:
    path = _path(grid, index, header)
    content, distinct = _content(grid, index, first, last)
    time = _time_in(path)
    role = None if time is not None and content is not Content.TEXT else _role(path, content)
    return Column(index, path, content, role, time, distinct)


def _path(grid: Grid, index: int, header: tuple[int, int]) -> tuple[str, ...]:
    """The names over a column, top down, repeats and units left out."""
    path: list[str] = []
    for row in range(header[0], header[1] + 1):
        cell = grid.filled(row, index)
        if is_empty(cell) and row < header[1]:
            cell = _to_the_left(grid, row, index)
        text = clean(text_of(cell))
        if text and not is_unit(text) and text not in path:
            path.append(text)
    return tuple(path)


def _to_the_left(grid: Grid, row: int, index: int) -> Cell:
    """In an unmerged group row the group's name stands only over its first column."""
    if is_empty(grid.filled(row + 1, index)):
        return None
    for column in range(index - 1, -1, -1):
        if is_empty(grid.filled(row + 1, column)):
            return None
        if not is_empty(grid.filled(row, column)):
            return grid.filled(row, column)
    return None


def _time_in(path: tuple[str, ...]) -> DateReading | None:
    """The period that a header names, read from its parts or from all of them together."""
    if not path:
        return None
    if len(path) > 1:
        whole = parse_date(" ".join(path))
        if whole is not None:
            return whole
    for text in reversed(path):
        found = parse_date(text)
        if found is not None:
            return found
    return None


def _role(path: tuple[str, ...], content: Content) -> Role | None:
    for text in reversed(path):
        role = role_of(text)
        if role is Role.SKIP and content is Content.NUMBER and is_countable(text):
            continue
        if role is not None:
            return role
    return None


def _content(grid: Grid, index: int, first: int, last: int) -> tuple[Content, float]:
    """What a sample of the column is, and how varied its texts are."""
    step = max(1, (last - first + 1) // SAMPLE)
    counts: Counter[Content] = Counter()
    texts: list[str] = []
    for row in range(first, last + 1, step):
        cell = grid.at(row, index)
        kind = _cell_content(cell)
        counts[kind] += 1
        if kind is Content.TEXT:
            texts.append(text_of(cell))
    counts.pop(Content.EMPTY, None)
    if not counts:
        return Content.EMPTY, 0.0
    distinct = len(set(texts)) / len(texts) if texts else 0.0
    # A column of figures may hold remarks; a column of names may hold a stray number.
    least = max(1, counts[Content.DATE], counts[Content.TEXT] / 2)
    if counts[Content.NUMBER] >= least:
        return Content.NUMBER, distinct
    return counts.most_common(1)[0][0], distinct


def _cell_content(cell: Cell) -> Content:
    if is_empty(cell) or isinstance(cell, bool):
        return Content.EMPTY
    if isinstance(cell, date | datetime):
        return Content.DATE
    if isinstance(cell, int | float):
        return Content.NUMBER
    return _text_content(cell) if isinstance(cell, str) else Content.TEXT


def _text_content(cell: str) -> Content:
    number = parse_number(cell)
    if isinstance(number, Missing):
        return Content.EMPTY
    if isinstance(number, Number):
        return Content.NUMBER
    return Content.DATE if parse_date(cell.strip()) is not None else Content.TEXT


# --- orientation ------------------------------------------------------------------------------


def _oriented(columns: tuple[Column, ...]) -> tuple[Layout, tuple[Column, ...]]:
    dated = [column for column in columns if column.time is not None and column.content in _DATA]
    if len(dated) >= 2 or (len(dated) == 1 and _only_figures(columns, dated[0])):
        return Layout.WIDE_TIME, _with_time(columns)
    columns = tuple(replace(column, time=None) for column in columns)
    found = _date_columns(columns)
    if found:
        return Layout.LONG, _with_dates(columns, found)
    return Layout.WIDE_METRIC, _with_stub(columns)


_DATA = (Content.NUMBER, Content.EMPTY)


def _only_figures(columns: tuple[Column, ...], dated: Column) -> bool:
    return not any(
        column.content is Content.NUMBER and column.role is not Role.SKIP and column is not dated
        for column in columns
    )


def _date_columns(columns: tuple[Column, ...]) -> list[Column]:
    """The column of dates, or those of year and month; the best named one of several."""
    named = [column for column in columns if column.role is Role.DATE and column.content is not Content.TEXT]
    whole = [column for column in columns if column.content is Content.DATE]
    year = [column for column in columns if column.role is Role.YEAR and column.content in _DATED]
    month = [column for column in columns if column.role is Role.MONTH and column.content in _DATED]
    best = [column for column in named if column.content is Content.DATE] or named
    if best:
        return sorted(best, key=lambda column: -_fitness(column))[:1]
    if year:
        return [year[0], *month[:1]]
    unclaimed = [column for column in whole if column.role not in {Role.SKIP, Role.NAME}]
    return unclaimed[:1]


_DATED = (Content.NUMBER, Content.DATE)


def _fitness(column: Column) -> int:
    """A column called just "날짜" or "date" means the figures' own date."""
    return 1 if folded(column.name) in {"date", "날짜", "일자", "기준일"} else 0


def _with_dates(columns: tuple[Column, ...], dates: list[Column]) -> tuple[Column, ...]:
    chosen = {column.index for column in dates}
    result = []
    for column in columns:
        if column.index in chosen:
            result.append(
                column if column.role in {Role.YEAR, Role.MONTH} else replace(column, role=Role.DATE)
            )
        elif column.role in {Role.DATE, Role.YEAR, Role.MONTH} or column.content is Content.DATE:
            result.append(replace(column, role=Role.SKIP))
        else:
            result.append(column)
    return _with_stub(tuple(result))


def _with_time(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    stubbed = _with_stub(tuple(column for column in columns if column.time is None))
    timed = tuple(column for column in columns if column.time is not None and column.content in _DATA)
    return tuple(sorted((*stubbed, *timed), key=lambda column: column.index))


def _with_stub(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Name the columns that say whose figures the row holds.

    Columns that are called a channel's name win; a text column that differs in nearly every row
    beside dates is a title, not a name; anything else of text is a name too.
    """
    names = [
        column for column in columns if column.role is Role.NAME and column.content is not Content.NUMBER
    ]
    long = any(column.role in {Role.DATE, Role.YEAR} for column in columns)
    result = []
    for column in columns:
        role = column.role
        if column.content is Content.TEXT and role in {None, Role.GROUP, Role.VALUE, Role.TOTAL}:
            role = _text_role(column, named=bool(names), long=long)
        elif column.content is Content.NUMBER and role in {Role.NAME, Role.GROUP, Role.METRIC}:
            role = None
        elif column.content is Content.EMPTY or (
            column.content is Content.DATE and role not in {Role.DATE, Role.YEAR, Role.MONTH}
        ):
            role = Role.SKIP
        result.append(replace(column, role=role))
    return tuple(result)


def _text_role(column: Column, *, named: bool, long: bool) -> Role:
    if long and column.distinct > 0.8:
        return Role.SKIP
    if column.role is Role.GROUP:
        return Role.GROUP if named else Role.NAME
    if named and not long:
        return Role.SKIP
    return Role.NAME
