"""The date and the year of a whole table: in the texts over and below it, in the sheet's or file's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from civictracker.domain.dates import DateReading, find_dates, parse_date
from civictracker.domain.texts import clean
from civictracker.domain.weeks import Grain, Period
from civictracker.sheets.grid import Grid, is_empty, text_of
from civictracker.sheets.headers import Role
from civictracker.sheets.labels import is_written, labelled, with_spans
from civictracker.sheets.layout import Layout, Table

_STAMP = re.compile(r"^(?:19|20)\d{6}")
_DIGIT_RUN = re.compile(r"\d{9,}")
_AS_OF = re.compile(r"기준|현재|as of", re.IGNORECASE)
_FOOT = 12  # rows below the figures in which they may be dated
# …_20240316162000: when it was fetched
_DOWNLOADED = re.compile(r"[_\s-](?:20\d{12}|\d{12})(?:\s?\(\d+\))?$")


class TableDates:
    """Looked up nearest first: titles, the corner of the header, the rows below, sheet, file."""

    def __init__(self, grid: Grid, table: Table, file: str) -> None:
        self._grid, self._table, self._file = grid, table, _DOWNLOADED.sub("", Path(file).stem)
        self._name = _DOWNLOADED.sub("", grid.name)

    def whole(self) -> DateReading | None:
        """The first date in the titles, a week before a day; a bare year only where nothing is nearer."""
        fine = [reading for reading in self._in_titles if _grain(reading) is not Grain.YEAR]
        coarse = [reading for reading in self._in_titles if _grain(reading) is Grain.YEAR]
        fine = self._months_of_quarters(fine)
        weeks = [reading for reading in fine if _grain(reading) in {Grain.WEEK, Grain.RANGE}]
        readings = [reading for text in self._texts for reading in find_dates(text)]
        whole = [reading for reading in readings if reading.period is not None]
        # "10월" of a sheet's name is nearer than the year in the file's.
        near = [
            r for r in readings
            if _grain(r) not in {Grain.YEAR, None} or (r.month and "month" not in r.needs)
        ]  # fmt: skip
        if coarse:  # 2026년 over the table: a date of another year in the file's name is that of saving it
            near = [r for r in near if _year(r) in {None, _year(coarse[0])}]
        for choice in (
            weeks,
            fine,
            self._below,
            self._in_heads,
            self._of_sheet,
            near,
            coarse,
            whole,
            readings,
        ):
            if choice:
                return choice[0]
        return None

    @property
    def year(self) -> int | None:
        """The one nearest to the table; that of a note below it where nothing else tells one."""
        below = (_year(each) for text in self._foot for each in find_dates(text))
        return next(iter(self._years), None) or next(filter(None, below), None)

    @property
    def written(self) -> date | None:
        """The day on which the sheet says it was written."""
        texts = [text for each in (self._table.titles, self._table.above) for text in labelled(each)]
        days = [each.period for text in texts if is_written(text) for each in find_dates(text)]
        return next((day.end for day in days if day is not None and day.grain is Grain.DAY), None)

    @property
    def is_as_of(self) -> bool:
        """Do the words beside the date say that it is the day of counting: 2026. 11. 20. 기준?"""
        used = self.whole()
        texts = (*self._titles, *self._foot)
        return used is not None and any(
            _AS_OF.search(text) and any(each.period == used.period for each in _dates(text)) for text in texts
        )

    @property
    def titled(self) -> DateReading | None:
        """The part of a year that titles or the sheet's name give to the figures; no day of counting."""
        texts = [text for text in self._titles if not _AS_OF.search(text)]
        told = [each for text in texts for each in _dates(text)]
        told += [*self._with_year(find_dates(" ".join(texts))), *self._of_sheet]
        parts = [(each.period, each) for each in told if each.period is not None]
        spans = [
            (period.end - period.start, each) for period, each in parts if period.grain is not Grain.YEAR
        ]
        return min(spans, key=lambda span: span[0], default=(None, None))[1]

    # --- where dates may stand ----------------------------------------------------------------

    @cached_property
    def _titles(self) -> list[str]:
        """The titles, a label joined to what stands beside it; without the day of writing."""
        titles = (self._table.titles, self._table.above)
        told = [text for each in titles for text in with_spans(labelled(each))]
        return [text for text in told if not is_written(text)]

    @cached_property
    def _texts(self) -> list[str]:
        corner = [c.name for c in self._table.columns if c.role is not None and c.time is None]
        names = (self._name, _DIGIT_RUN.sub(" ", self._file), self._file)
        return [*self._titles, *corner, *self._year_of_rows(), *names]

    def _year_of_rows(self) -> list[str]:
        """The one year that all names of rows carry: 2026년 유튜브 구독자."""
        texts = [text for column in self._table.having(Role.METRIC, Role.NAME) for text in column.sample]
        found = {reading.text for text in texts for reading in find_dates(text)[:1]}
        is_one = len(texts) > 1 and len(found) == 1 and all(find_dates(text) for text in texts)
        return list(found) if is_one else []

    @cached_property
    def _foot(self) -> list[str]:
        """Notes below the figures that say when they were counted."""
        rows = range(self._table.last, max(self._table.first, self._table.last - _FOOT), -1)
        found: list[str] = []
        for row in (*range(self._table.last + 1, min(self._table.last + 4, len(self._grid.rows))), *rows):
            cells = [cell for cell in self._grid.rows[row] if not is_empty(cell)]
            if 1 <= len(cells) <= 2:
                text = clean(" ".join(text_of(cell) for cell in cells))
                found += [text] if _AS_OF.search(text) and not is_written(text) else []
        return found

    @cached_property
    def _years(self) -> list[int]:
        """Nearest first; the day in a sheet's or file's name, often that of saving it, after all others."""
        found = [(text, reading) for text in self._texts for reading in find_dates(text) if _year(reading)]
        stamps = [pair for pair in found if self._is_stamp(*pair)]
        ordered = [pair for pair in found if pair not in stamps] + stamps
        return [year for _, reading in ordered if (year := _year(reading))]

    def _is_stamp(self, text: str, reading: DateReading) -> bool:
        """…_20210330 behind a name."""
        return text in {self._name, self._file} and _STAMP.search(reading.text) is not None

    # --- dates --------------------------------------------------------------------------------

    @cached_property
    def _in_titles(self) -> list[DateReading]:
        found = [each for text in self._titles for each in _dates(text) if each.period is not None]
        if any(_grain(each) is not Grain.YEAR for each in found):
            return found
        # (11.2.~11.8.), ‹10월›: the year stands in another title, in the sheet's or the file's name
        return [*(each for text in self._titles for each in self._with_year(find_dates(text))), *found]

    def _months_of_quarters(self, fine: list[DateReading]) -> list[DateReading]:
        """○ 7월 over one of the tables below 2026년 3분기 is nearer than the quarter."""
        if not fine or fine[0].period is None or _grain(fine[0]) in {Grain.DAY, Grain.WEEK, Grain.MONTH}:
            return fine
        texts = [
            text for text in labelled(self._table.titles) if not (_AS_OF.search(text) or is_written(text))
        ]
        found = [each for text in texts for each in _dates(text)]
        whole = fine[0].period
        months = [
            each for each in (*found, *self._with_year(found))
            if each.period is not None and _grain(each) is Grain.MONTH
            and whole.start <= each.period.start and each.period.end <= whole.end
        ]  # fmt: skip
        return months[-1:] or fine

    @cached_property
    def _below(self) -> list[DateReading]:
        readings = [reading for text in self._foot for reading in _dates(text)]
        return [each for each in readings if each.period is not None] or list(self._with_year(readings))

    @cached_property
    def _in_heads(self) -> list[DateReading]:
        """구독자(’26.10월말): the one month or day that a heading over figures names."""
        is_across = self._table.layout is Layout.WIDE_TIME
        heads = [
            c.header[-1]
            for c in self._table.columns
            if c.header and c.metric and not (is_across and c.time is not None)
        ]
        told = [each for text in heads for each in find_dates(text) if each.period is not None]
        fine = [each for each in told if _grain(each) is not Grain.YEAR]
        return fine[:1] if len({each.period for each in fine}) == 1 else []

    @cached_property
    def _of_sheet(self) -> list[DateReading]:
        """A sheet named 11.13 or 1주 in a file of 2026년 (11월)."""
        reading = parse_date(self._grid.name.strip())
        if reading is None or reading.bound or _is_number(self._grid.name):
            return []
        if reading.period is not None:
            return [reading]
        month = next((each.month for text in (*self._titles, self._file) for each in _dates(text)
                      if each.month and not each.last), None)  # fmt: skip
        told = reading.settled(self.year, month)
        return [told] if told.period is not None else []

    def _with_year(self, readings: list[DateReading]) -> Iterator[DateReading]:
        """Those that lack but the year, with it."""
        for each in readings:
            is_told = each.month or each.last or each.quarter or each.half
            if each.needs == {"year"} and is_told and self.year is not None:
                told = each.settled(self.year)
                if told.period is not None:
                    yield told


def _dates(text: str) -> list[DateReading]:
    whole = parse_date(text)
    return [whole] if whole is not None and whole.period is not None else find_dates(text)


def _is_number(name: str) -> bool:
    """Sheet 1, 2 … are numbered, not dated."""
    return name.strip().isdecimal() and len(name.strip()) <= 2


def _grain(reading: DateReading) -> Grain | None:
    return None if reading.period is None else reading.period.grain


def _year(reading: DateReading) -> int | None:
    period = reading.period
    return (_sole_year(period) if period is not None else None) or reading.year


def _sole_year(period: Period) -> int | None:
    return period.start.year if period.start.year == period.end.year else None
