"""Which period a row, a column or a whole table stands for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from civictracker.domain.dates import DateReading, date_from_serial, parse_date
from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.grid import Cell, Grid, address, text_of
from civictracker.sheets.headers import Role
from civictracker.sheets.layout import Table
from civictracker.sheets.records import Context, Extraction, LeftOut, Question

_SPANS = {"week": Grain.WEEK, "month": Grain.MONTH}


class Dating:
    """Gives each distinct period of a table an index; what lacks a year or a date is asked at the end."""

    def __init__(self, grid: Grid, table: Table, context: Context, out: Extraction) -> None:
        self._grid, self._context, self._out = grid, context, out
        self._columns = [c for c in table.columns if c.role in {Role.DATE, Role.YEAR, Role.MONTH}]
        self._known: dict[object, int] = {}
        self._year_needed = self._date_needed = False

    def index_of(self, period: Period | None) -> int:
        key = ("period", period)
        at = self._known.get(key)
        if at is None:
            at = self._known[key] = len(self._out.records.periods)
            self._out.records.periods.append(period)
        return at

    def of_reading(self, reading: DateReading) -> int:
        return self.index_of(self._complete(reading))

    def of_table(self, *, last: bool) -> int:
        """The one period of a table without dates of its own; ``last`` is the period before it."""
        answers = self._context.answers
        told = answers.get("date")
        reading = parse_date(told, naming=self._context.naming) if told else self._context.default
        period = None if reading is None else self._complete(reading)
        if period is None:
            self._date_needed = True
            return self.index_of(None)
        span = _SPANS.get(answers.get("span", ""))
        if period.grain is Grain.DAY and span is not None:
            period = Period.around(period.start, span)
        if last:
            period = period.shift(-7 if period.grain is Grain.DAY else -1)
        return self.index_of(period)

    def known(self, cells: Sequence[Cell]) -> int | None:
        """The period of a row whose date cells were met before; raises IndexError for a short row."""
        if len(self._columns) == 1:
            return self._known.get(cells[self._columns[0].index])
        return self._known.get(tuple(cells[column.index] for column in self._columns))

    def of_row(self, row: int) -> int | None:
        """The period that the row's own date cells name; None (left out, with its reason) if none."""
        cells = tuple(self._grid.filled(row, column.index) for column in self._columns)
        key: object = cells if len(cells) > 1 else cells[0]
        known = self._known.get(key)
        if known is not None:
            return known
        reading = self._reading(cells)
        if isinstance(reading, Period):
            self._known[key] = at = self.index_of(reading)
            return at
        where = address(row, self._columns[0].index)
        if reading is None:
            text = " ".join(text_of(cell) for cell in cells)
            why = "날짜가 비어 있습니다." if not text.strip() else f"날짜로 읽을 수 없습니다: ‘{text}’"
            self._out.left_out.append(LeftOut(where, why, is_error=True))
            return None
        if reading.weekday_conflict:
            self._out.warnings.append(f"{where} 적힌 요일이 날짜와 다릅니다: ‘{text_of(cells[0])}’")
        self._known[key] = at = self.of_reading(reading)
        return at

    def _reading(self, cells: tuple[Cell, ...]) -> DateReading | Period | None:
        if len(cells) == 2:
            year, month = text_of(cells[0]).rstrip("년도 "), text_of(cells[1]).rstrip("월 ")
            return parse_date(f"{year}년 {month}월", naming=self._context.naming)
        cell = cells[0]
        if isinstance(cell, datetime):
            return Period.day(cell.date())
        if isinstance(cell, date):
            return Period.day(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool) and 30_000 < cell < 80_000:
            day = date_from_serial(cell)
            return None if day is None else Period.day(day)
        return parse_date(text_of(cell), naming=self._context.naming)

    def _complete(self, reading: DateReading) -> Period | None:
        if reading.period is not None:
            return reading.period
        told = self._context.answers.get("year", "")
        year = int(told) if told.isdecimal() else self._context.year
        period = reading.complete(year=year, naming=self._context.naming)
        if period is None and "year" in reading.needs:
            self._year_needed = True
        elif period is None:
            self._date_needed = True
        return period

    def ask(self) -> None:
        """Put the questions that the dates left open."""
        in_name = self._context.file_dates
        if self._year_needed:
            years = tuple(dict.fromkeys(str(period.start.year) for period in in_name))
            self._out.ask(Question("year", "날짜에 연도가 없습니다. 몇 년 자료인가요?", years))
        if self._date_needed:
            why = "언제 자료인지 파일에 적혀 있지 않습니다. 어느 날(주·달)의 값인가요?"
            self._out.ask(Question("date", why, tuple(period.code for period in in_name)))
