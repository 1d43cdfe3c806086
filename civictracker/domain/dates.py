"""Korean dates and periods, in and out.

Reading tells what is written and what must be asked (:attr:`DateReading.needs`), and supplies
nothing by itself: a year that stands only in the file name comes from the caller. Writing follows
행정업무규정 (2026. 11. 13.).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from civictracker.domain._date_parts import Parts
from civictracker.domain._korean_dates import Words, folded, read_cell, read_inside
from civictracker.domain.weeks import WEEKDAYS, Grain, Period, WeekNaming

_LONGEST = 80
_ISO = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_FIRST_YEAR, _LAST_YEAR = 1990, 2079
_NOTHING: frozenset[str] = frozenset()
_DEFAULT = WeekNaming()


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, period or range as written.

    ``period`` is None while ``needs`` names what must be asked: ``year``, ``month``, ``order`` (of
    day and month in 05-06-2025) or ``naming`` (no week has this name under the office's custom).
    ``last`` is the end of a range. ``weekday_conflict``: the stated weekday is another one.
    ``provisional``: marked ``p)``. ``bound``: ``이전`` and the like, which make an open span, hence
    no period. ``text`` is what was read, and does not count in comparisons.
    """

    period: Period | None
    first: Parts = field(repr=False)
    last: Parts | None = field(default=None, repr=False)
    needs: frozenset[str] = _NOTHING
    weekday_conflict: bool = False
    provisional: bool = False
    bound: str = ""
    text: str = field(default="", compare=False)

    @property
    def year(self) -> int | None:
        return self.first.year

    @property
    def month(self) -> int | None:
        """With ``order`` in needs: the first figure as written."""
        return self.first.month

    @property
    def day(self) -> int | None:
        """With ``order`` in needs: the second figure as written."""
        return self.first.day

    @property
    def nth(self) -> int | None:
        """N of "M월 N주"."""
        return self.first.nth

    @property
    def week(self) -> int | None:
        """The week of an ISO 8601 year."""
        return self.first.week

    @property
    def quarter(self) -> int | None:
        return self.first.quarter

    @property
    def half(self) -> int | None:
        return self.first.half

    def complete(
        self, year: int | None = None, month: int | None = None, naming: WeekNaming = _DEFAULT
    ) -> Period | None:
        """The period with the answers filled in; None if it still lacks one or cannot exist.

        What is written wins over what is passed. ``month`` also settles an open order.
        """
        if self.period is not None or self.bound:
            return self.period
        first = self.first.completed(year, month)
        return _span(first, self.last.after(first) if self.last else None, naming)

    def settled(
        self, year: int | None = None, month: int | None = None, naming: WeekNaming = _DEFAULT
    ) -> DateReading:
        """As one that writes what is passed; unchanged where that makes no period."""
        period = self.complete(year, month, naming)
        return self if period is None else replace(self, period=period, needs=_NOTHING)


def parse_date(text: str, *, year: int | None = None, naming: WeekNaming = _DEFAULT) -> DateReading | None:
    """Read a cell that is a date as a whole; None if it is none (labels, 2월 30일).

    ``year`` serves texts that name none. Some plain numbers pass (``20200217``, ``11.13``): whether
    a column holds dates is for the caller to know.
    """
    if reading := _fast(text):
        return reading
    if len(text) > _LONGEST or not (words := read_cell(folded(text))):
        return None
    return _reading(words, text, year, naming)


def find_dates(text: str, *, naming: WeekNaming = _DEFAULT) -> list[DateReading]:
    """Dates inside a title or file name, left to right; a range is one reading.

    Only what is unmistakable there counts: no ``11.13``, no phone numbers, no long ids.
    """
    found = (_reading(words, quote, None, naming) for quote, words in read_inside(folded(text)))
    return [reading for reading in found if reading]


def _fast(text: str) -> DateReading | None:
    if _ISO.fullmatch(text):
        year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    elif found := _COMPACT.fullmatch(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        return None
    try:
        period = Period.day(date(year, month, day))
    except ValueError:
        return None
    return DateReading(period, Parts(year, month, day), text=text)


def _reading(words: Words, text: str, year: int | None, naming: WeekNaming) -> DateReading | None:
    first = words.first.completed(year, None)
    last = words.last.after(first) if words.last else None
    period = None if words.bound else _span(first, last, naming)
    needs = first.needs | (last.needs if last else _NOTHING)
    if period is None and not needs and not words.bound:
        if not (first.nth or (last and last.nth)):
            return None  # no such day
        needs = frozenset({"naming"})
    return DateReading(
        period,
        first,
        last,
        needs,
        weekday_conflict=_conflict(first, naming) or (last is not None and _conflict(last, naming)),
        provisional=words.provisional,
        bound=words.bound,
        text=text,
    )


def _span(first: Parts, last: Parts | None, naming: WeekNaming) -> Period | None:
    start = first.period(naming)
    if last is None or start is None:
        return start
    end = last.period(naming)
    return Period(start.start, end.end) if end and end.end >= start.start else None


def _conflict(parts: Parts, naming: WeekNaming) -> bool:
    period = parts.period(naming)
    return period is not None and parts.weekday not in (None, period.start.weekday())


def date_from_serial(serial: float, *, epoch1904: bool = False) -> date | None:
    """The day of a spreadsheet serial; None outside 1990 to 2079, where it is some other number.

    The 1900 system counts a 29 February 1900 that never was, so from 1 March 1900 on day 0 is
    1899-12-30. A time of day is dropped after rounding to the second.
    """
    if not math.isfinite(serial) or not 0 < serial < 100_000:
        return None
    epoch = date(1904, 1, 1) if epoch1904 else date(1899, 12, 30)
    day = epoch + timedelta(days=round(serial * 86_400) // 86_400)
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


# --- writing -----------------------------------------------------------------------------------
def official(day: date) -> str:
    """``2026. 11. 13.``"""
    return f"{day.year}. {day.month}. {day.day}."


def official_weekday(day: date) -> str:
    """``2026. 11. 13.(금)``"""
    return f"{official(day)}({WEEKDAYS[day.weekday()]})"


def short(day: date) -> str:
    """``11. 13.(금)``"""
    return f"{day.month}. {day.day}.({WEEKDAYS[day.weekday()]})"


def range_text(period: Period) -> str:
    """``2026. 11. 16. ~ 11. 22.``, with the second year only where it differs."""
    start, end = period.start, period.end
    if start == end:
        return official(start)
    last = official(end) if end.year != start.year else f"{end.month}. {end.day}."
    return f"{official(start)} ~ {last}"


def label(period: Period, naming: WeekNaming = _DEFAULT) -> str:
    """What people call the period: ``2026년 11월 3주``, ``2026년 11월``, ``2026년 3분기`` …"""
    start = period.start
    match period.grain:
        case Grain.WEEK:
            return naming.name(period).full
        case Grain.MONTH:
            return f"{start.year}년 {start.month}월"
        case Grain.QUARTER:
            return f"{start.year}년 {(start.month + 2) // 3}분기"
        case Grain.YEAR:
            return f"{start.year}년"
        case _:
            return range_text(period)
