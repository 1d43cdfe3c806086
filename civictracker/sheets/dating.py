"""Which period a row, a column or a whole table stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from civictracker.domain.dates import DateReading, parse_date
from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.bare_years import ASKED, settled
from civictracker.sheets.columns import header_time
from civictracker.sheets.comparisons import Versus, of_this_week, other_period, versus_of
from civictracker.sheets.date_cells import DateCells, Reading
from civictracker.sheets.grid import Grid, address, text_of
from civictracker.sheets.headers import Role
from civictracker.sheets.layout import Column, Table
from civictracker.sheets.records import Context, Extraction, Ints, LeftOut, Question

_SPANS = {"week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
_LONG = frozenset({Grain.MONTH, Grain.QUARTER, Grain.YEAR})
_YEAR_BEFORE = frozenset({Versus.YEAR, Versus.YEAR_AGO})
NOWHEN = -1


class Dating:
    """Gives each distinct period of a table an index; what lacks a year or a date is asked at the end."""

    def __init__(self, grid: Grid, table: Table, context: Context, out: Extraction) -> None:
        self._grid, self._table, self._context, self._out = grid, table, context, out
        roles = {Role.DATE, Role.YEAR, Role.MONTH}
        self.columns = [column for column in table.columns if column.role in roles]
        self._cells = DateCells(grid, table, context, self.columns)
        self._known: dict[tuple[Period | None, str], int] = {}
        self._needs: set[str] = set()
        self._bound = ""

    def index_of(self, period: Period | None, written: str = "") -> int:
        key = (period, "" if period is not None else written)
        at = self._known.get(key)
        if at is None:
            at = self._known[key] = len(self._out.records.periods)
            self._out.records.periods.append(period)
            self._out.records.written.append(written or (period.code if period else ""))
        return at

    def of_columns(self, times: Sequence[DateReading]) -> list[int]:
        """The periods that headers name, from left to right; without a year they turn with the months."""
        times = settled(times, self._context, self._out)
        keys: list[object] = list(range(len(times)))
        readings: dict[object, Reading] = dict(enumerate(times))
        years = self._years(readings, keys, [True] * len(times))
        found = zip(times, years, strict=True)
        return [self.index_of(self._complete(time, year), time.text) for time, year in found]

    def of_time_and_beside(self, columns: Sequence[Column]) -> list[int]:
        """As :meth:`of_columns` for those that name a time; 전년 동월 is told by the latest of them."""
        timed = iter(self.of_columns(self._beside_last_year(columns)))
        found = [next(timed) if column.time is not None else None for column in columns]
        known = [self._out.records.periods[at] for at in found if at is not None]
        latest = max((period for period in known if period is not None), default=None)
        own = {c.time: at for at, c in zip(found, columns, strict=True) if c.role is not Role.LAST}
        return [
            self._beside(column, latest)
            if at is None
            else self._earlier(column, at)
            if column.role is Role.LAST and own.get(column.time) == at
            else at
            for at, column in zip(found, columns, strict=True)
        ]

    def _earlier(self, column: Column, at: int) -> int:
        """전년동월 beside 인원, both below 2026년 9월: of September 2025."""
        period, versus = self._out.records.periods[at], versus_of(column.header)
        other = other_period(period, versus) if period is not None and versus is not None else None
        return self._unknown(column) if other is None else self.index_of(other)

    def _beside_last_year(self, columns: Sequence[Column]) -> list[DateReading]:
        """전년 동기(1~10월) beside 금년(1~10월): the year that neither of them writes, and the one before."""
        times = [(column, column.time) for column in columns if column.time is not None]
        is_before = [versus_of(header_time(column.header)[1]) in _YEAR_BEFORE for column, _ in times]
        year = self._first_year()
        if year is None or not any(is_before) or any(time.needs != {"year"} for _, time in times):
            return [time for _, time in times]
        years = [year - before for before in is_before]
        return [
            time.settled(year, naming=self._context.naming)
            for (_, time), year in zip(times, years, strict=True)
        ]

    def _beside(self, column: Column, latest: Period | None) -> int:
        versus = versus_of(column.header)
        if versus is None or versus is Versus.THIS or latest is None:
            return self.of_table(replace(column, role=Role.THIS) if versus is None else column)
        other = other_period(latest, versus)
        return self._unknown(column) if other is None else self.index_of(other)

    def _unknown(self, column: Column) -> int:
        where = address(self._table.header[1], column.index)
        why = f"‘{column.name}’ 열은 어느 기간의 값인지 적혀 있지 않아 뺐습니다."
        self._out.left_out.append(LeftOut(where, why))
        return NOWHEN

    def of_table(self, column: Column) -> int:
        """The one period of a table without dates of its own, or the other one that ``column`` holds.

        :data:`NOWHEN` where its heading does not tell which (전년 beside a month).
        """
        answers = self._context.answers
        told = answers.get("date")
        if (own := own_month(column, self._context)) is not None:
            return self.index_of(own)
        reading = parse_date(told, naming=self._context.naming) if told else self._context.default
        period = None if reading is None else self._complete(reading, None)
        if period is not None and period.grain in _LONG and of_this_week(column.header) and not told:
            period = None  # 금주 below 2026년 11월: which week of it?
        if period is None:
            if reading is None or not self._needs & {"year", "order", "naming"}:
                self._needs.add("date")
            return self.index_of(None)
        span = _SPANS.get(answers.get("span", ""))
        if period.grain is Grain.DAY and span is not None:
            period = Period.around(period.start, span)
        versus = versus_of(column.header) if column.role is Role.LAST else None
        other = period if versus is None else other_period(period, versus)
        return self._unknown(column) if other is None else self.index_of(other)

    # --- rows ---------------------------------------------------------------------------------

    def of_rows(self, data: Sequence[bool]) -> Ints:
        """The period of every row by its own date cells; :data:`NOWHEN` where there is none.

        ``data`` says which rows hold figures: only those are complained about.
        """
        readings, keys = self._cells.readings()
        years = self._years(readings, keys, data)
        found = np.full(len(keys), NOWHEN, np.int32)
        indexes: dict[tuple[object, int | None], int] = {}
        for at, key in enumerate(keys):
            if not data[at]:
                continue
            mark = (key, years[at])
            index = indexes.get(mark)
            if index is None:
                index = indexes[mark] = self._index(readings[key], years[at], key, at)
            found[at] = index
        return found

    def of_rows_and_columns(self, data: Sequence[bool], times: Sequence[DateReading]) -> Ints:
        """Months down the side and years across: an index for every row and column of figures."""
        readings, keys = self._cells.readings()
        found = np.full((len(keys), len(times)), NOWHEN, np.int32)
        known: dict[tuple[object, int], int] = {}
        for at, key in enumerate(keys):
            if not data[at] or readings[key] is None:
                continue
            for column, time in enumerate(times):
                index = known.get((key, column))
                if index is None:
                    index = known[key, column] = self._crossing(readings[key], time)
                found[at, column] = index
        return found

    def _crossing(self, row: Reading, column: DateReading) -> int:
        if isinstance(row, Period) or row is None:
            return self.index_of(row)
        if row.period is None and "year" in row.needs:
            return self.index_of(self._complete(row, column.year), f"{column.text} {row.text}")
        if "year" in column.needs:
            return self.index_of(self._complete(column, row.year), f"{row.text} {column.text}")
        return self.index_of(self._complete(row, None), row.text)

    def _years(
        self, readings: dict[object, Reading], keys: list[object], data: Sequence[bool]
    ) -> list[int | None]:
        """The year of every row that does not write its own: the one above, turning with the months."""
        lacking = {key for key, reading in readings.items() if _lacks_year(reading)}
        years: list[int | None] = [None] * len(keys)
        if not lacking:
            return years
        months = [_month(readings[key]) for at, key in enumerate(keys) if data[at]]
        step = _direction([_place(readings[key]) for at, key in enumerate(keys) if data[at]])
        year = self._first_year() or year_of_writing(self._context.written, list(readings.values()), step)
        if not self._context.answers.get("year") and len(lacking) == len(readings) and _turns(months, step):
            year = _year_of_range(
                self._context, step, months
            )  # a year in the title may be that of either end
        before: int | None = None
        for at, key in enumerate(keys):
            reading = readings[key]
            if key not in lacking:
                year = _year_of(reading) or year
                before = _month(reading) or (0 if step > 0 else 13)
                continue
            month = _month(reading)
            if year is not None and month is not None and before is not None:
                year += step if (month - before) * step < 0 else 0
            before = month or before
            years[at] = year
        return years

    @property
    def _month(self) -> int | None:
        """The month of a title over days (“2026년 10월”: 1일, 2일 …)."""
        default = self._context.default
        known = default is not None and default.period is not None and default.period.grain is Grain.MONTH
        return default.month if known and default is not None else None

    def _first_year(self) -> int | None:
        told = self._context.answers.get("year", "")
        return int(told) if told.isdecimal() else self._context.year

    def _index(self, reading: Reading, year: int | None, key: object, at: int) -> int:
        if isinstance(reading, Period):
            return self.index_of(reading)
        where = address(self._table.first + at, self.columns[0].index)
        written = " ".join(text_of(cell) for cell in (key if isinstance(key, tuple) else (key,))).strip()
        if reading is None:
            why = "날짜가 비어 있습니다." if not written else f"날짜로 읽을 수 없습니다: ‘{written}’"
            self._out.left_out.append(LeftOut(where, why, is_error=True))
            return NOWHEN
        return self.index_of(self._complete(reading, year, where), written)

    # --- what is missing ----------------------------------------------------------------------

    def _complete(self, reading: DateReading, year: int | None, where: str = "") -> Period | None:
        if reading.period is not None:
            if reading.weekday_conflict:
                self._tell_weekday(reading.text, where)
            return reading.period
        if ASKED in reading.needs:
            return None
        naming = self._context.naming
        if reading.bound:
            self._bound = self._bound or reading.text
            told = self._context.answers.get("bound", "")
            return reading.first.completed(year, None).period(naming) if told == "period" else None
        month = self._month if "month" in reading.needs else None
        if (day := _day_within(reading, self._context, self._first_year())) is not None:
            return day
        year = year or self._first_year() or year_of_writing(self._context.written, [reading])
        period = reading.complete(year=year, month=month, naming=naming)
        if period is None:
            lacking = set(reading.needs & {"year", "order", "naming"}) - ({"year"} if year else set())
            self._needs |= lacking or ({"naming"} if reading.nth and reading.month else {"date"})
        elif reading.first.weekday not in {None, period.start.weekday()}:
            self._tell_weekday(reading.text, where)
        return period

    def _tell_weekday(self, written: str, where: str) -> None:
        told = f"{where} 적힌 요일이 날짜와 다릅니다: ‘{written}’".strip()
        if told not in self._out.warnings:
            self._out.warnings.append(told)

    def ask(self) -> None:
        """Put the questions that the dates left open."""
        in_name = self._context.file_dates
        ask = self._out.ask
        if "year" in self._needs:
            years = tuple(dict.fromkeys(str(period.start.year) for period in in_name))
            ask(Question("year", "날짜에 연도가 없습니다. 첫 줄은 몇 년인가요?", years))
        if "order" in self._needs:
            ask(Question("order", "05-06처럼 적힌 날짜가 일-월인가요, 월-일인가요?", ("dmy", "mdy")))
        if "naming" in self._needs:
            why = "우리 기관의 주차 세는 법으로는 없는 주가 있습니다. 어떻게 센 주인가요?"
            ask(Question("naming", why, ("thursday", "calendar_row", "nth_weekday")))
        if self._bound:
            why = f"‘{self._bound}’은(는) 끝이 열린 기간입니다. 그 해(달)의 값으로 적을까요, 뺄까요?"
            ask(Question("bound", why, ("period", "skip")))
        if "date" in self._needs:
            why = "언제 자료인지 파일에 적혀 있지 않습니다. 어느 날(주·달)의 값인가요?"
            ask(Question("date", why, tuple(period.code for period in in_name)))


def _day_within(reading: DateReading, context: Context, year: int | None) -> Period | None:
    """9(월) below 2026년 11월 2주: the one day of that week with this number."""
    default = context.default
    if "month" not in reading.needs or not reading.day or default is None:
        return None
    span = default.period or default.complete(year=year, naming=context.naming)
    if span is None or (span.end - span.start).days >= 28:
        return None
    days = (span.start + timedelta(days=at) for at in range((span.end - span.start).days + 1))
    return next((Period.day(day) for day in days if day.day == reading.day), None)


def _lacks_year(reading: Reading) -> bool:
    return isinstance(reading, DateReading) and reading.period is None and "year" in reading.needs


def _year_of(reading: Reading) -> int | None:
    if isinstance(reading, Period):
        return reading.start.year
    if reading is None:
        return None
    return reading.period.start.year if reading.period else reading.year


def _month(reading: Reading) -> int | None:
    """The month, or what stands for it in quarters, halves and weeks: it only has to go up or down."""
    if isinstance(reading, Period):
        return reading.start.month
    if reading is None:
        return None
    if reading.period is not None and not reading.month:
        return None if reading.period.grain is Grain.YEAR else reading.period.start.month
    return reading.month or (reading.quarter or reading.half or reading.week)


_HALF_YEAR = 6 * 32


def _place(reading: Reading) -> int | None:
    """Where in its year a reading stands: 32 for each month, and its day."""
    month = _month(reading)
    if month is None:
        return None
    period = reading if isinstance(reading, Period) else reading.period if reading else None
    day = period.start.day if period is not None else reading.day if isinstance(reading, DateReading) else 0
    return 32 * month + (day or 0)


def _direction(places: Sequence[int | None]) -> int:
    """1 where the dates go up, -1 where the newest stands first."""
    told = [place for place in places if place is not None]
    steps = [b - a for a, b in pairwise(told) if a != b and abs(b - a) <= _HALF_YEAR]
    return -1 if sum(step < 0 for step in steps) > len(steps) / 2 else 1


def _turns(months: Sequence[int | None], step: int) -> bool:
    told = [month for month in months if month is not None]
    return any((b - a) * step < 0 for a, b in pairwise(told))


def _year_of_range(context: Context, step: int, months: Sequence[int | None]) -> int | None:
    """The year of the first row: where a title's month is that of an end, or a name gives both ends."""
    default = context.default
    told = [month for month in months if month is not None]
    if (
        default is not None
        and default.period is not None
        and default.period.start.year == default.period.end.year
    ):
        month, year = default.period.start.month, default.period.start.year
        if default.period.grain is not Grain.YEAR and month == told[0] != told[-1]:
            return year
        if default.period.grain is not Grain.YEAR and month == told[-1] != told[0]:
            return year - step * sum((b - a) * step < 0 for a, b in pairwise(told))
    titled = [default.period] if default is not None and default.period is not None else []
    spans = [p for p in (*titled, *context.file_dates) if p.start.year != p.end.year]
    ends = [period for period in context.file_dates if period not in spans]
    if spans:
        return spans[0].start.year if step > 0 else spans[0].end.year
    if len(ends) == 2 and ends[0].start.year < ends[1].end.year:
        return ends[0].start.year if step > 0 else ends[1].end.year
    return None


def own_month(column: Column, context: Context) -> Period | None:
    """11월 게시글 beside 회원수 on 13 November: posts of the month, whatever the day of counting is."""
    time, default = column.time, context.default
    whole = default.period if default is not None else None
    if time is None or not time.month or time.day or time.nth or time.last or whole is None:
        return None
    month = time.complete(year=time.year or whole.end.year, naming=context.naming)
    return month if month is not None and whole.end in month else None


def year_of_writing(written: date | None, readings: Sequence[Reading], step: int = 1) -> int | None:
    """The year of the first reading where the sheet tells when it was written: the last is not after that.

    10월 … 11월, written on 16 November 2026, are of 2026; 11월 … 1월, written in January 2027, begin in 2026.
    """
    months = [_true_month(reading) for reading in readings]
    if written is None or not months or None in months:
        return None
    told = [month for month in months if month]
    last = told[-1] if step > 0 else told[0]
    year = written.year - (last > written.month)
    return year - (sum(b < a for a, b in pairwise(told)) if step > 0 else 0)


def _true_month(reading: Reading) -> int | None:
    if not isinstance(reading, DateReading) or reading.period is not None or reading.needs != {"year"}:
        return None
    return reading.month or (3 * reading.quarter - 2 if reading.quarter else None)
