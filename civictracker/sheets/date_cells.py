"""The date cells of a table's rows, each distinct one read once."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from civictracker.domain.dates import DateReading, date_from_serial, parse_date
from civictracker.domain.texts import folded
from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.dates_once import counted_on, filled_down
from civictracker.sheets.grid import Cell, Grid, is_empty, text_of
from civictracker.sheets.headers import Role
from civictracker.sheets.layout import Column, Layout, Table
from civictracker.sheets.records import Context
from civictracker.sheets.time_heads import YEAR_WEEK, are_months, spelled

Reading = DateReading | Period | None
_EITHER_ORDER = re.compile(r"\s*(\d{1,2})[.\-/]\s?(\d{1,2})[.\-/]\s?(?:19|20)\d{2}")
_YEAR_QUARTER = re.compile(r"((?:19|20)\d\d)[-./ ]?0?([1-4])")
_FIRST_DAY = re.compile(
    r"^(시작|개시|보고시작|집계시작|start|from)(일|일자|날짜|일시|date|ing)?$|^(reporting|week)starts?$"
)
_LAST_DAY = re.compile(
    r"^(종료|마감|끝|보고종료|집계종료|end|to)(일|일자|날짜|일시|date|ing)?$|^(reporting|week)ends?$"
)
# What the bare numbers of a column are, by its name.
_UNITS = {"일": "일", "일자": "일", "날짜": "일", "주": "주차", "주차": "주차", "분기": "분기", "월": "월"}


def _unit(name: str) -> str:
    """분기 of 기준_분기_코드."""
    return folded(name).removeprefix("기준").removesuffix("코드")


class DateCells:
    """One column of dates, those of year and month, or of the first and the last day."""

    def __init__(self, grid: Grid, table: Table, context: Context, columns: list[Column]) -> None:
        self._grid, self._table, self._context, self.columns = grid, table, context, columns
        self._end = self._end_column()
        self._day_first: bool | None = None
        self._are_months = False  # 2026-08-01 shown as 2026년 8월

    def _end_column(self) -> Column | None:
        """종료일 beside 시작일: the last day of each row's period."""
        if len(self.columns) != 1 or not _FIRST_DAY.match(folded(self.columns[0].name)):
            return None
        return next((column for column in self._table.columns if _LAST_DAY.match(folded(column.name))), None)

    def readings(self) -> tuple[dict[object, Reading], list[object]]:
        table = self._table
        cells = [self._grid.column(c.index, table.first, table.last) for c in self.columns]
        cells = [_american(counted_on(spelled(column))) for column in cells]
        if len(cells) > 1:
            cells = _filled_together(cells)
        elif self._end is None and table.layout is Layout.LONG:
            named = table.having(Role.GROUP, Role.NAME, Role.METRIC)
            names = [self._grid.column(each.index, table.first, table.last) for each in named]
            cells = [filled_down(cells[0], names)]
        if self._end is not None:
            cells.append(self._grid.column(self._end.index, table.first, table.last))
        keys: list[object] = list(zip(*cells, strict=True)) if len(cells) > 1 else list(cells[0])
        distinct = dict.fromkeys(keys)
        self._are_months = are_months(list(distinct), self.columns[0].name)
        self._day_first = self._order(distinct)
        readings: dict[object, Reading] = {}
        for key in distinct:
            if self._end is not None and isinstance(key, tuple):
                readings[key] = _spanned(*map(self._single, key))
            else:
                readings[key] = self._pair(key) if isinstance(key, tuple) else self._single(key)
        return readings, keys

    def _pair(self, key: tuple[Cell, ...]) -> Reading:
        parts = []
        for column, cell in zip(self.columns, key, strict=True):
            text = text_of(cell)
            is_bare = text.isdecimal()
            suffix = {Role.YEAR: "년", Role.MONTH: "월"}.get(column.role or Role.SKIP, "")
            suffix = suffix or _UNITS.get(_unit(column.name), "주")
            parts.append(f"{text}{suffix}" if is_bare else text)
        return parse_date(" ".join(part for part in parts if part), naming=self._context.naming)

    def _single(self, cell: object) -> Reading:
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return Period.around(day, Grain.MONTH) if self._are_months else Period.day(day)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._number(cell)
        if isinstance(cell, str) and (told := self._named(cell.strip())) is not None:
            return told
        if isinstance(cell, str) and cell.strip().isdecimal() and len(cell.strip()) <= 2:
            return self._number(int(cell))  # 1, 2, 3 of 월 in a text file
        reading = parse_date(text_of(cell) if isinstance(cell, str) else "", naming=self._context.naming)
        if reading is not None and "order" in reading.needs and self._day_first is not None:
            month = reading.first.day if self._day_first else reading.first.month
            period = reading.complete(month=month, naming=self._context.naming)
            return reading if period is None else period
        return reading

    def _named(self, text: str) -> Reading:
        """What figures mean by the name of their column: 2026-45 of 연주차, 0003 of N번째 날."""
        name = folded(self.columns[0].name)
        if name in {"n번째날", "n번째일", "n일", "nthday"} and text.isdecimal():
            start = self._context.default.period if self._context.default is not None else None
            return Period.day(start.start + timedelta(days=int(text))) if start is not None else None
        quarter = _YEAR_QUARTER.fullmatch(text) if "분기" in name or "quarter" in name else None
        if quarter is not None:
            return parse_date(f"{quarter[1]}년 {quarter[2]}분기")  # 2019-04 of 년_분기, 20191 of a code
        week = YEAR_WEEK.fullmatch(text) if "주" in name or "week" in name else None
        return parse_date(f"{week[1]}-W{week[2]}") if week is not None else None

    def _number(self, cell: float) -> Reading:
        if float(cell).is_integer() and (told := self._named(str(int(cell)))) is not None:
            return told
        role = self.columns[0].role
        unit = "월" if role is Role.MONTH else _UNITS.get(_unit(self.columns[0].name), "")
        if unit and 1 <= cell <= 53 and float(cell).is_integer():
            return parse_date(f"{int(cell)}{unit}", naming=self._context.naming)
        if role is Role.YEAR and 0 < cell < 100:
            return parse_date(f"{int(cell)}년", naming=self._context.naming)
        if 30_000 < cell < 80_000:
            day = date_from_serial(cell)
            return None if day is None else Period.day(day)
        return parse_date(text_of(cell), naming=self._context.naming)

    def _order(self, keys: dict[object, None]) -> bool | None:
        """Day before month in 05-06-2025? The rows with a day over 12 tell for all of them."""
        pairs = [_EITHER_ORDER.match(key) for key in keys if isinstance(key, str)]
        numbers = [(int(pair[1]), int(pair[2])) for pair in pairs if pair]
        first = any(one > 12 for one, _ in numbers)
        second = any(other > 12 for _, other in numbers)
        if first != second:
            return first
        told = self._context.answers.get("order", "")
        return {"dmy": True, "mdy": False}.get(told)


_SHORT = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2})")


def _american(cells: list[Cell]) -> list[Cell]:
    """11/26/24 as 26 November 2024, where no other order fits all of them."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    told = [found for text in texts if (found := _SHORT.fullmatch(text.strip()))]
    parts = [tuple(map(int, found.groups())) for found in told]
    if not parts or all(month <= 12 and day <= 31 for _, month, day in parts):
        return cells
    if not all(1 <= month <= 12 and 1 <= day <= 31 for month, day, _ in parts):
        return cells
    return [_SHORT.sub(r"20\3-\1-\2", cell.strip()) if isinstance(cell, str) else cell for cell in cells]


def _spanned(first: Reading, last: Reading) -> Reading:
    """From the first day to the last; the first alone where there is no last."""
    start = first if isinstance(first, Period) else first.period if first else None
    end = last if isinstance(last, Period) else last.period if last else None
    if start is None or end is None or end.end < start.start:
        return first
    return Period(start.start, end.end)


def _filled_together(columns: list[list[Cell]]) -> list[list[Cell]]:
    """A year that is written once holds until the next one; where a row says none of them, all do."""
    above: list[Cell] = [None] * len(columns)
    rows = []
    for row in zip(*columns, strict=True):
        if not all(map(is_empty, row)):
            told = [old if is_empty(cell) else cell for old, cell in zip(above, row, strict=True)]
            above = [*told[:-1], row[-1]]  # a year beside no month is the whole year
        rows.append(list(above))
    return [list(column) for column in zip(*rows, strict=True)] if rows else columns
